/// 共通語. The words every room speaks: value types only, no behaviour of a room, no database, no web.
@NullMarked
@ApplicationModule(displayName = "kernel 共通語", type = ApplicationModule.Type.OPEN, allowedDependencies = {})
package jp.kiban.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
