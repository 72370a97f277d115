package jp.kiban.store;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// 取引. The only way to the tables: a transaction in one scope. Joins the transaction that is open, and refuses to join
/// one of another scope.
@Component
public final class Store {
    private static final int PORTION = 1_000;

    private final JdbcClient jdbc;
    private final JdbcClient portions;
    private final Statements statements;
    private final DataSource source;
    private final TransactionTemplate transaction;

    Store(DataSource data, PlatformTransactionManager transactions) {
        this.source = data;
        this.statements = new Statements(data);
        this.jdbc = JdbcClient.create(statements);
        var longLists = new Statements(data);
        longLists.setFetchSize(PORTION);
        this.portions = JdbcClient.create(longLists);
        this.transaction = new TransactionTemplate(transactions);
    }

    public <T> T in(Scope scope, Function<JdbcClient, T> work) { return in(scope, jdbc, work); }

    /// For lists without an end: rows come in portions and are not kept all at once.
    public void portions(Scope scope, Consumer<JdbcClient> work) {
        in(scope, portions, jdbc -> {
            work.accept(jdbc);
            return true;
        });
    }

    private <T> T in(Scope scope, JdbcClient jdbc, Function<JdbcClient, T> work) {
        var open = TransactionSynchronizationManager.getResource(this);
        if (open != null) {
            if (!open.equals(scope))
                throw new IllegalStateException("a transaction of " + open + " cannot read or write for " + scope);
            return work.apply(jdbc);
        }
        // the function may answer null for "nothing" only through Optional: T is never null
        return Optional.ofNullable(transaction.execute(status -> {
            TransactionSynchronizationManager.bindResource(this, scope);
            TransactionSynchronizationManager.registerSynchronization(new Leave());
            statements.enter(scope);
            return work.apply(jdbc);
        })).orElseThrow(() -> new IllegalStateException("a unit of work answered null"));
    }

    public void run(Scope scope, Consumer<JdbcClient> work) {
        in(scope, jdbc -> {
            work.accept(jdbc);
            return true;
        });
    }

    /// Many rows at once into a table without row-level security (a temporary one, PostgreSQL takes no other): `copy` is
    /// `copy … from stdin`, the rows are in its text format, UTF-8. Only inside a unit of work; answers how many rows.
    public long copy(String copy, InputStream rows) {
        if (TransactionSynchronizationManager.getResource(this) == null)
            throw new IllegalStateException("copying outside of a transaction");
        statements.enterNow();
        var connection = DataSourceUtils.getConnection(source);
        try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, rows, 1 << 16);
        } catch (SQLException | IOException failed) {
            throw new IllegalStateException("the database refused rows: " + failed.getMessage(), failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }

    /// For the dispatcher alone: goes from authority to authority inside one transaction that it opened itself.
    void move(Scope scope) {
        TransactionSynchronizationManager.unbindResourceIfPossible(this);
        TransactionSynchronizationManager.bindResource(this, scope);
        statements.enter(scope);
    }

    private final class Leave implements TransactionSynchronization {
        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Store.this);
            statements.left();
        }
    }
}
