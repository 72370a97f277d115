/// 団体・行政庁. The tenants: 47 prefectures, 1,741 municipalities, the wards of designated cities as their parts, national
/// bodies; and what each has set for itself within a standard (local parameters).
@NullMarked
@ApplicationModule(displayName = "authority 団体・行政庁")
package jp.kiban.authority;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
