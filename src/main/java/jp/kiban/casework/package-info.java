/// 事案・処分. What an authority does with an application after the door: the case and its stages, the clock of the standard
/// processing period, correction, proposal and decision by two persons, notices; the pages of officers, and what the
/// resident may see of it.
@NullMarked
@ApplicationModule(displayName = "casework 事案・処分")
package jp.kiban.casework;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
