/// 費用の見える化. What each application used (CPU, database time, bytes, messages) and its yen by a declared rate; what
/// belongs to no application stays visible as a line of its own, so that the totals are whole.
@NullMarked
@ApplicationModule(displayName = "cost 費用の見える化")
package jp.kiban.cost;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
