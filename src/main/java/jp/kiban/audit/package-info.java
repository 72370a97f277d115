/// 監査証跡. What happened in an authority, as a chain of hashes: nobody, not even with the database's password, can alter,
/// remove or reorder an entry without being found. Listens to everything, is called by nobody.
@NullMarked
@ApplicationModule(displayName = "audit 監査証跡")
package jp.kiban.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
