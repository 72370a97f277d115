/// 保管. The ground under the rooms: the database is started or reached, each room's migrations are run, a transaction is
/// opened in the name of one authority (row-level security), and what happened is kept in order and handed on.
@NullMarked
@ApplicationModule(displayName = "store 保管")
package jp.kiban.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
