/// 申請等. The door: a standard's form already filled from the registers, kept as a draft on every page, checked once with
/// everything told at once, and received with a number. What has been received is never altered, only followed by a new
/// revision (補正) or a withdrawal (取下げ).
@NullMarked
@ApplicationModule(displayName = "submission 申請等")
package jp.kiban.submission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
