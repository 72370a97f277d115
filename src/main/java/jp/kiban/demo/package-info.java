/// デモ. Stand-ins for what lies outside (registers, cards, bank) and the synthetic people. Nothing depends on it;
/// `kiban.demo=false` leaves all of it out.
@NullMarked
@ApplicationModule(displayName = "demo デモ")
package jp.kiban.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
