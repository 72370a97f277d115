package jp.kiban.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import jp.kiban.KibanTest;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.PersonId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@KibanTest
class StoreTests {
    private static final AuthorityId AOGASHIMA = AuthorityId.of("134023");
    private static final AuthorityId YUBARI = AuthorityId.of("012092");

    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    JdbcClient bare;

    record Happened(AuthorityId authority, Instant at, String subject) implements Event {}

    @Test
    void theApplicationOwnsNoTable() {
        assertThat(bare.sql("""
                select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v') and n.nspname not like 'pg%' and n.nspname <> 'information_schema'
                  and pg_get_userbyid(c.relowner) = current_user
                """).query(Long.class).single()).isZero();
        assertThat(bare.sql("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
                .query(Boolean.class).single()).isFalse();
    }

    @Test
    void everyTableWithAnAuthorityIsGuardedAndLeadsWithIt() {
        List<String> unguarded = bare.sql("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'authority' and not a.attisdropped
                where c.relkind in ('r', 'p') and n.nspname not like 'pg%'
                  and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))
                  and (n.nspname, c.relname) <> ('store', 'parked')
                """).query(String.class).list();
        assertThat(unguarded).isEmpty();
    }

    @Test
    void aTransactionWithoutAScopeSeesNothing() {
        store.run(Scope.of(AOGASHIMA), jdbc -> events.append(jdbc, new Happened(AOGASHIMA, Instant.EPOCH, "seen")));
        assertThat(bare.sql("select count(*) from store.event").query(Long.class).single()).isZero();
    }

    @Test
    void anotherAuthoritysRowsAreNeitherReadNorWritten() {
        store.run(Scope.of(AOGASHIMA), jdbc -> events.append(jdbc, new Happened(AOGASHIMA, Instant.EPOCH, "mine")));
        List<EventLog.Entry> foreign = store.in(Scope.of(YUBARI), jdbc -> events.about(jdbc, AOGASHIMA, "mine"));
        List<EventLog.Entry> own = store.in(Scope.of(AOGASHIMA), jdbc -> events.about(jdbc, AOGASHIMA, "mine"));
        assertThat(foreign).isEmpty();
        assertThat(own).hasSize(1);
        assertThatThrownBy(() -> store.run(Scope.of(YUBARI),
                jdbc -> events.append(jdbc, new Happened(AOGASHIMA, Instant.EPOCH, "foreign"))))
                .hasStackTraceContaining("row-level security");
    }

    @Test
    void theScopeTravelsWithTheFirstStatementWhateverItIs() {
        String seen = "select current_setting('kiban.authority', true)";
        String told = store.in(Scope.of(YUBARI), jdbc -> jdbc.sql(seen).query(String.class).single());
        assertThat(told).isEqualTo(YUBARI.code());
        told = store.in(Scope.of(AOGASHIMA),
                jdbc -> jdbc.sql(seen + " || ?::text || ?::text").params("-", 7).query(String.class).single());
        assertThat(told).isEqualTo(AOGASHIMA.code() + "-7");
        told = store.in(Scope.of(YUBARI),
                jdbc -> jdbc.sql(seen + " || :mark").param("mark", "!").query(String.class).single());
        assertThat(told).isEqualTo(YUBARI.code() + "!");
        List<String> rows = store.in(Scope.of(YUBARI), jdbc -> {
            try (var stream = jdbc.sql(seen).query(String.class).stream()) {
                return stream.toList();
            }
        });
        assertThat(rows).containsExactly(YUBARI.code());
        store.portions(Scope.of(YUBARI), jdbc -> assertThat(
                jdbc.sql(seen + " from generate_series(1, 2500)").query(String.class).list()).hasSize(2500)
                .containsOnly(YUBARI.code()));
        store.run(Scope.of(YUBARI), jdbc -> assertThat(
                jdbc.sql("update store.cursor set seq = seq where handler = ?").param("nobody").update()).isZero());
        store.run(Scope.of(YUBARI), nothing -> {
        });
        told = store.in(Scope.nation(), jdbc -> jdbc.sql(seen).query(String.class).single());
        assertThat(told).isEmpty();
        assertThatThrownBy(() -> store.run(Scope.of(YUBARI), jdbc -> jdbc.sql("select broken").query().singleValue()))
                .hasStackTraceContaining("broken");
        var work = Work.begin("test");
        store.run(Scope.of(YUBARI), jdbc -> jdbc.sql(seen).query(String.class).single());
        assertThat(work.statements()).as("one round trip").isEqualTo(1);
        assertThat(work.databaseNanos()).isPositive();
        work.end();
    }

    @Test
    void oneTransactionHasOneScope() {
        assertThatIllegalStateException().isThrownBy(() -> store.run(Scope.of(AOGASHIMA),
                outer -> store.run(Scope.resident(AOGASHIMA, PersonId.of("1")), inner -> {
                })));
        store.run(Scope.of(AOGASHIMA), outer -> store.run(Scope.of(AOGASHIMA), inner -> {
        }));
        store.run(Scope.of(YUBARI), next -> {
        });
    }

    @Test
    void whatHappenedIsNeverChanged() {
        assertThatThrownBy(() -> store.run(Scope.of(AOGASHIMA),
                jdbc -> jdbc.sql("update store.event set subject = 'other'").update()))
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> store.run(Scope.of(AOGASHIMA), jdbc -> jdbc.sql("delete from store.event").update()))
                .hasStackTraceContaining("permission denied");
    }
}
