/// 画面の土台. Layout, parts of the design system, languages, errors as pages and as problem JSON; and the places where
/// rooms hang what they show (`Viewer`, `HomeSection`, `HomeFigure`, `NavItem`). It has no page of its own and knows no room.
@NullMarked
@ApplicationModule(displayName = "portal 画面の土台")
package jp.kiban.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
