package jp.kiban.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SqlProvider;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// 文の実行. Runs what `JdbcClient` says, and meters each statement from the moment it is sent until the database has answered.
/// The scope of a transaction travels with its first statement: one round trip less a transaction. Until then row-level
/// security lets nothing be seen, so that a way around this class finds nothing.
final class Statements extends JdbcTemplate {
    private static final String ENTER = "select set_config('kiban.scope', ?, true), set_config('kiban.authority', ?, true), set_config('kiban.person', ?, true)";
    /// How many places ENTER takes before those of the first statement.
    private static final int PLACES = 3;

    Statements(DataSource data) { super(data); }

    /// From the next statement of this transaction on.
    void enter(Scope scope) {
        left();
        TransactionSynchronizationManager.bindResource(Statements.class, scope);
    }

    /// The transaction has ended; a scope in which nothing was said is forgotten.
    void left() { TransactionSynchronizationManager.unbindResourceIfPossible(Statements.class); }

    private static @Nullable Scope waiting() {
        return TransactionSynchronizationManager.unbindResourceIfPossible(Statements.class) instanceof Scope scope
                ? scope
                : null;
    }

    @Override
    public <T extends @Nullable Object> T query(PreparedStatementCreator creator,
            @Nullable PreparedStatementSetter setter, ResultSetExtractor<T> rows) {
        if (getFetchSize() > 0)
            enterNow(); // rows that come in portions come alone
        var metered = new Metered();
        var scope = waiting();
        if (scope == null)
            return metered.run(() -> super.query(creator, setter, result -> {
                metered.answered();
                return rows.extractData(result);
            }));
        return metered.run(() -> execute(first(creator, setter, scope), statement -> {
            statement.execute();
            statement.getMoreResults();
            metered.answered();
            try (var result = statement.getResultSet()) {
                return rows.extractData(result);
            }
        }));
    }

    @Override
    protected int update(PreparedStatementCreator creator, @Nullable PreparedStatementSetter setter) {
        var metered = new Metered();
        var scope = waiting();
        if (scope == null)
            return metered.run(() -> super.update(creator, setter));
        return metered.run(() -> execute(first(creator, setter, scope), statement -> {
            statement.execute();
            statement.getMoreResults();
            return statement.getUpdateCount();
        }));
    }

    @Override
    public int update(PreparedStatementCreator creator, KeyHolder keys) {
        enterNow();
        return new Metered().run(() -> super.update(creator, keys));
    }

    @Override
    public <T extends @Nullable Object> Stream<T> queryForStream(PreparedStatementCreator creator,
            @Nullable PreparedStatementSetter setter, RowMapper<T> mapper) {
        enterNow();
        return new Metered().run(() -> super.queryForStream(creator, setter, mapper));
    }

    /// For what does not go by this class.
    void enterNow() {
        var scope = waiting();
        if (scope != null)
            new Metered().run(() -> execute((Connection connection) -> {
                var statement = connection.prepareStatement(ENTER);
                tell(statement, scope);
                return statement;
            }, PreparedStatement::execute));
    }

    /// The first statement of a transaction, with the scope before it.
    private static PreparedStatementCreator first(PreparedStatementCreator creator,
            @Nullable PreparedStatementSetter setter, Scope scope) {
        if (!(creator instanceof SqlProvider says))
            throw new IllegalStateException("statements are said through JdbcClient: " + creator.getClass());
        return connection -> {
            var statement = connection.prepareStatement(ENTER + ";\n" + says.getSql());
            tell(statement, scope);
            var after = after(statement);
            if (creator instanceof PreparedStatementSetter values)
                values.setValues(after);
            if (setter != null)
                setter.setValues(after);
            return statement;
        };
    }

    private static void tell(PreparedStatement statement, Scope scope) throws SQLException {
        switch (scope) {
            case Scope.Of(var authority) -> tell(statement, "authority", authority.code(), "");
            case Scope.Resident(var authority, var person) ->
                tell(statement, "resident", authority.code(), person.number());
            case Scope.Nation() -> tell(statement, "nation", "", "");
        }
    }

    private static void tell(PreparedStatement statement, String scope, String authority, String person)
            throws SQLException {
        statement.setString(1, scope);
        statement.setString(2, authority);
        statement.setString(3, person);
    }

    /// The same statement, whose values are counted from behind those of ENTER.
    private static PreparedStatement after(PreparedStatement statement) {
        return (PreparedStatement) Proxy.newProxyInstance(Statements.class.getClassLoader(),
                new Class<?>[]{PreparedStatement.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length > 1 && method.getName().startsWith("set")
                            && arguments[0] instanceof Integer place)
                        arguments[0] = place + PLACES;
                    try {
                        return method.invoke(statement, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                });
    }

    /// 計測. The time of one statement, counted once.
    private static final class Metered {
        private final long started = System.nanoTime();
        private boolean counted;

        void answered() {
            if (!counted)
                Work.current().usedDatabase(System.nanoTime() - started);
            counted = true;
        }

        <T extends @Nullable Object> T run(java.util.function.Supplier<T> statement) {
            try {
                return statement.get();
            } finally {
                answered();
            }
        }
    }
}
