/// 玄関. The pages that belong to no single room: the first page, the three homes made of what rooms contribute, the list
/// of authorities, the page of parts, and the page that every error ends on.
@NullMarked
@ApplicationModule(displayName = "home 玄関")
package jp.kiban.home;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
