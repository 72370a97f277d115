package jp.kiban.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// Each room's migrations (`db/<room>/V*.sql`) into the schema of its name, as the owner. The application's role may use
/// the tables, and owns none: row-level security therefore binds it.
final class Migrations {
    private final PGSimpleDataSource owner = new PGSimpleDataSource();

    Migrations(String ownerUrl) { owner.setUrl(ownerUrl); }

    void run() {
        execute("""
                do $$ begin
                  if not exists (select from pg_roles where rolname = '%1$s') then
                    create role %1$s login noinherit nosuperuser nocreatedb nocreaterole nobypassrls;
                  end if;
                end $$
                """.formatted(Database.APPLICATION_ROLE));
        execute("grant %s to current_user".formatted(Database.APPLICATION_ROLE));
        for (String room : rooms()) {
            execute("create schema if not exists " + room);
            execute("grant usage on schema %s to %s".formatted(room, Database.APPLICATION_ROLE));
            execute("""
                    alter default privileges in schema %1$s grant select, insert, update, delete on tables to %2$s;
                    alter default privileges in schema %1$s grant usage on sequences to %2$s;
                    """.formatted(room, Database.APPLICATION_ROLE));
            Flyway.configure().dataSource(owner).schemas(room).defaultSchema(room).locations("classpath:db/" + room)
                    .table("flyway_history").load().migrate();
        }
    }

    private static List<String> rooms() {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:db/*/V*.sql"))
                    .map(resource -> {
                        try {
                            String[] parts = resource.getURL().getPath().split("/");
                            return parts[parts.length - 2];
                        } catch (IOException failed) {
                            throw new UncheckedIOException(failed);
                        }
                    }).distinct().sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void execute(String sql) {
        try (var connection = owner.getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException("the database refused: " + sql.strip() + " (" + failed.getMessage() + ")",
                    failed);
        }
    }
}
