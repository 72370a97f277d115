package jp.kiban.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.store.EventHandler;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/// 監査証跡. Links every event of the house into the chain of its authority, and finds the first entry that somebody
/// altered, removed or moved. Kinds are found among the classes: a new event is audited without being named here.
@Component
public final class AuditTrail implements EventHandler {
    private static final int CHUNK = 5_000;
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private final Store store;
    private final JsonMapper json;
    private final Set<Class<? extends Event>> kinds = everyKind();

    AuditTrail(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /// What to look for: words in kind, subject or body, and the days (Asia/Tokyo), both ends included.
    public record Search(String words, Optional<LocalDate> from, Optional<LocalDate> to) {}

    /// The newest link of a chain; number 0 before the first.
    public record Head(long number, String hash) {}

    @Override
    public String name() { return "audit.trail"; }

    @Override
    public Set<Class<? extends Event>> kinds() { return kinds; }

    @Override
    public void handle(AuthorityId authority, List<? extends Event> events, JdbcClient jdbc) {
        var last = head(authority, jdbc);
        var added = new ArrayList<AuditEntry>();
        for (var event : events) {
            var entry = AuditEntry.next(authority, last.number() + 1, event.at(), Event.kind(event.getClass()),
                    event.subject(), AuditEntry.canonical(json, event), last.hash());
            added.add(entry);
            last = new Head(entry.number(), entry.hash());
        }
        jdbc.sql("""
                insert into audit.entry (authority, number, at, kind, subject, body, previous, hash)
                select ?, * from unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                """)
                .params(authority.code(), added.stream().map(AuditEntry::number).toArray(Long[]::new),
                        added.stream().map(e -> e.at().toString()).toArray(String[]::new),
                        added.stream().map(AuditEntry::kind).toArray(String[]::new),
                        added.stream().map(AuditEntry::subject).toArray(String[]::new),
                        added.stream().map(AuditEntry::body).toArray(String[]::new),
                        added.stream().map(AuditEntry::previous).toArray(String[]::new),
                        added.stream().map(AuditEntry::hash).toArray(String[]::new))
                .update();
        jdbc.sql("""
                insert into audit.head (authority, number, hash) values (?, ?, ?)
                on conflict (authority) do update set number = excluded.number, hash = excluded.hash
                """).params(authority.code(), last.number(), last.hash()).update();
    }

    public Head head(AuthorityId authority) { return store.in(Scope.of(authority), jdbc -> head(authority, jdbc)); }

    private static Head head(AuthorityId authority, JdbcClient jdbc) {
        return jdbc.sql("select number, hash from audit.head where authority = ?").param(authority.code())
                .query((row, i) -> new Head(row.getLong(1), row.getString(2))).optional()
                .orElse(new Head(0, AuditEntry.BEGINNING));
    }

    public long count(AuthorityId authority, Search search) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("select count(*) " + FOUND)
                .params(parameters(authority, search)).query(Long.class).single());
    }

    /// Newest first.
    public List<AuditEntry> find(AuthorityId authority, Search search, long offset, int limit) {
        return store.in(Scope.of(authority), jdbc -> {
            var parameters = parameters(authority, search);
            parameters.add(limit);
            parameters.add(offset);
            return jdbc.sql("select * " + FOUND + " order by number desc limit ? offset ?").params(parameters)
                    .query(AuditTrail::entry).list();
        });
    }

    private static final String FOUND = """
            from audit.entry where authority = ?
              and (? = '' or position(lower(?) in lower(kind || ' ' || subject || ' ' || body)) > 0)
              and at >= ?::timestamptz and at < ?::timestamptz
            """;

    private static List<Object> parameters(AuthorityId authority, Search search) {
        String words = search.words().strip();
        return new ArrayList<>(List.of(authority.code(), words, words,
                search.from().map(d -> d.atStartOfDay(JAPAN).toInstant().toString()).orElse("-infinity"),
                search.to().map(d -> d.plusDays(1).atStartOfDay(JAPAN).toInstant().toString()).orElse("infinity")));
    }

    /// Recomputes the whole chain. `progress` hears the number of the last entry read, after each chunk.
    public Verification verify(AuthorityId authority, Consumer<Long> progress) {
        return store.in(Scope.of(authority), jdbc -> {
            var head = head(authority, jdbc);
            var walk = new Walk();
            while (true) {
                var chunk = jdbc
                        .sql("select * from audit.entry where authority = ? and number > ? order by number limit ?")
                        .params(authority.code(), walk.last().number(), CHUNK).query(AuditTrail::entry).list();
                for (var entry : chunk) {
                    var broken = walk.step(entry);
                    if (broken.isPresent())
                        return broken.get();
                }
                progress.accept(walk.last().number());
                if (chunk.size() < CHUNK)
                    return walk.end(head);
            }
        });
    }

    /// 検証の歩み. Goes along a chain from its beginning, one entry at a time.
    static final class Walk {
        private Head last = new Head(0, AuditEntry.BEGINNING);

        Head last() { return last; }

        Optional<Verification> step(AuditEntry entry) {
            if (entry.number() > last.number() + 1)
                return Optional.of(new Verification.Broken(last.number() + 1, Verification.Fault.MISSING));
            if (entry.number() < last.number() + 1)
                return Optional.of(new Verification.Broken(entry.number(), Verification.Fault.OUT_OF_ORDER));
            if (!entry.hash().equals(entry.recomputed()))
                return Optional.of(new Verification.Broken(entry.number(), Verification.Fault.ALTERED));
            if (!entry.previous().equals(last.hash()))
                return Optional.of(new Verification.Broken(entry.number(), Verification.Fault.OUT_OF_ORDER));
            last = new Head(entry.number(), entry.hash());
            return Optional.empty();
        }

        /// The chain must end where its head says.
        Verification end(Head head) {
            if (last.number() < head.number())
                return new Verification.Broken(last.number() + 1, Verification.Fault.MISSING);
            if (!last.equals(head))
                return new Verification.Broken(last.number(), Verification.Fault.ALTERED);
            return new Verification.Whole(last.number(), last.hash());
        }
    }

    /// Everything found, newest first, read in chunks: for downloads of any length. Each chunk goes on below the last number,
    /// so that what happens meanwhile neither repeats nor hides an entry.
    Iterator<List<AuditEntry>> chunks(AuthorityId authority, Search search) { return chunks(authority, search, CHUNK); }

    Iterator<List<AuditEntry>> chunks(AuthorityId authority, Search search, int size) {
        return new Iterator<>() {
            private List<AuditEntry> next = below(authority, search, Long.MAX_VALUE, size);

            @Override
            public boolean hasNext() { return !next.isEmpty(); }

            @Override
            public List<AuditEntry> next() {
                var current = next;
                next = current.size() < size
                        ? List.of()
                        : below(authority, search, current.getLast().number(), size);
                return current;
            }
        };
    }

    private List<AuditEntry> below(AuthorityId authority, Search search, long number, int size) {
        return store.in(Scope.of(authority), jdbc -> {
            var parameters = parameters(authority, search);
            parameters.add(number);
            parameters.add(size);
            return jdbc.sql("select * " + FOUND + " and number < ? order by number desc limit ?").params(parameters)
                    .query(AuditTrail::entry).list();
        });
    }

    private static AuditEntry entry(ResultSet row, int i) throws SQLException {
        return new AuditEntry(AuthorityId.of(row.getString("authority")), row.getLong("number"),
                row.getTimestamp("at").toInstant(), row.getString("kind"), row.getString("subject"),
                row.getString("body"), row.getString("previous"), row.getString("hash"));
    }

    private static Set<Class<? extends Event>> everyKind() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(Event.class));
        return scanner.findCandidateComponents("jp.kiban").stream()
                .map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()),
                        AuditTrail.class.getClassLoader()))
                .<Class<? extends Event>>map(type -> type.asSubclass(Event.class))
                .collect(Collectors.toUnmodifiableSet());
    }
}
