package jp.kiban.store;

import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/// A store over a pool of a test's own, for what works on several threads without a house.
public final class StoreOver {
    private StoreOver() {}

    public static Store pool(DataSource pool) { return new Store(pool, new DataSourceTransactionManager(pool)); }
}
