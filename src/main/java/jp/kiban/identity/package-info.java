/// 本人確認. Who is acting: residents and officers by their card's certificate, the session that follows, and the one
/// place that says who may do what. Keeps which certificate belongs to whom, never a name of a resident.
@NullMarked
@ApplicationModule(displayName = "identity 本人確認")
package jp.kiban.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
