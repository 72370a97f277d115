/// 標準の公表と独自施策. How a standard comes to be in force and stays so: uploaded, checked, published by two people, signed,
/// offered to municipalities, replaced and withdrawn; and the pages on which everybody can read it.
@NullMarked
@ApplicationModule(displayName = "catalogue 標準の公表と独自施策")
package jp.kiban.catalogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
