/// データ連携. What the authorities already know is fetched, not asked again: each look names its purpose and its law, is
/// written down for the person to see, and never crosses the shield of a protected person (支援措置).
@NullMarked
@ApplicationModule(displayName = "exchange データ連携")
package jp.kiban.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
