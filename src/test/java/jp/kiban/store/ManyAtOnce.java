package jp.kiban.store;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/// A store for several threads, on a database whose tables are there: a pool of four connections.
public final class ManyAtOnce {
    private ManyAtOnce() {}

    public static Store on(String url) {
        var source = new HikariDataSource();
        source.setJdbcUrl(url);
        source.setConnectionInitSql("set role " + Database.APPLICATION_ROLE);
        source.setMaximumPoolSize(4);
        return new Store(source, new DataSourceTransactionManager(source));
    }
}
