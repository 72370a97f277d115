/// 見本. Stand-ins for what lies outside (registers, bank, cards) and the synthetic people, for demonstrations and tests.
/// Every component carries `@Demo`: with `kiban.demo=false` nothing of it exists. Nothing depends on it.
@NullMarked
@ApplicationModule(displayName = "demo 見本")
package jp.kiban.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
