/// 統計. Figures from events, never retyped: claims, decisions, money, days and seconds by authority and day, under a second
/// old; small cells hidden so that they cannot be worked out from the totals.
@NullMarked
@ApplicationModule(displayName = "statistics 統計")
package jp.kiban.statistics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
