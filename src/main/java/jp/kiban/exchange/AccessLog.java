package jp.kiban.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kiban.exchange.Evidence.Status;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 利用記録. Every look at a person's items, for that person to read: who, when, why, by which law, which item, answered or
/// not, and never the value (番号法23条の記録に準じる). Append only.
@Component
final class AccessLog {
    private final Store store;
    private final Clock clock;

    AccessLog(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// 記録の一行.
    record Entry(long seq, Instant at, String item, String purpose, LegalBasis basis, String receipt,
            String requestedBy, Status result) {}

    void append(Inquiry inquiry, List<Evidence> answer) {
        append(inquiry, answer.stream().map(Evidence::item).toArray(String[]::new),
                answer.stream().map(e -> e.status().name()).toArray(String[]::new));
    }

    /// A look at values that an application already carries.
    void append(Inquiry seen) {
        append(seen, seen.items().toArray(String[]::new),
                seen.items().stream().map(item -> Status.PROVIDED.name()).toArray(String[]::new));
    }

    private void append(Inquiry inquiry, String[] items, String[] results) {
        store.run(Scope.of(inquiry.authority()), jdbc -> jdbc.sql("""
                insert into exchange.access
                  (authority, person, at, item, purpose, law, article, receipt, requested_by, result)
                select ?, ?, ?, item, ?, ?, ?, ?, ?, result
                from unnest(?, ?) with ordinality as answer (item, result, place) order by place
                """).params(inquiry.authority().code(), inquiry.subject().number(), Timestamp.from(clock.instant()),
                inquiry.purpose(), inquiry.basis().law(), inquiry.basis().article(),
                inquiry.receipt().map(r -> r.text()).orElse(""), inquiry.requestedBy(),
                items, results).update());
    }

    /// 一度の閲覧. What one inquiry looked at: its items in the order asked, each with its result.
    record Look(Instant at, String purpose, LegalBasis basis, String receipt, String requestedBy, List<Seen> items) {}

    /// 見られた項目.
    record Seen(String item, Status result) {}

    long looks(AuthorityId authority,
            PersonId person) { return store.<Long>in(Scope.resident(authority, person), jdbc -> jdbc.sql("""
                select count(*) from (select distinct at, purpose, law, article, receipt, requested_by
                                      from exchange.access where authority = ? and person = ?) look
                """).params(authority.code(), person.number()).query(Long.class).single()); }

    /// Newest first, read in the person's own scope.
    List<Look> looks(AuthorityId authority, PersonId person, long skip, int size) {
        return store.in(Scope.resident(authority, person), jdbc -> jdbc.sql("""
                select at, purpose, law, article, receipt, requested_by,
                       array_agg(item order by seq), array_agg(result order by seq)
                from exchange.access where authority = ? and person = ?
                group by at, purpose, law, article, receipt, requested_by order by max(seq) desc offset ? limit ?
                """).params(authority.code(), person.number(), skip, size).query((row, i) -> {
            var items = (String[]) row.getArray(7).getArray();
            var results = (String[]) row.getArray(8).getArray();
            return new Look(row.getTimestamp(1).toInstant(), row.getString(2),
                    new LegalBasis(row.getString(3), row.getString(4)), row.getString(5), row.getString(6),
                    IntStream.range(0, items.length)
                            .mapToObj(n -> new Seen(items[n], Status.valueOf(results[n]))).toList());
        }).list());
    }

    /// One entry an item, newest first, read in the person's own scope.
    /// All of them, the newest first, fetched by the thousand.
    Stream<Entry> all(AuthorityId authority, PersonId person) {
        return Stream
                .iterate(before(authority, person, Long.MAX_VALUE), some -> !some.isEmpty(), some -> before(authority,
                        person, some.getLast().seq()))
                .flatMap(List::stream);
    }

    private List<Entry> before(AuthorityId authority, PersonId person,
            long seq) { return store.in(Scope.resident(authority, person), jdbc -> jdbc.sql("""
                select seq, at, item, purpose, law, article, receipt, requested_by, result from exchange.access
                where authority = ? and person = ? and seq < ? order by seq desc limit 1000
                """).params(authority.code(), person.number(), seq).query((row, i) -> entry(row)).list()); }

    List<Entry> of(AuthorityId authority, PersonId person, int skip,
            int size) { return store.in(Scope.resident(authority, person), jdbc -> jdbc.sql("""
                select seq, at, item, purpose, law, article, receipt, requested_by, result from exchange.access
                where authority = ? and person = ? order by seq desc offset ? limit ?
                """).params(authority.code(), person.number(), skip, size)
                    .query((row, i) -> entry(row))
                    .list()); }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getLong(1), row.getTimestamp(2).toInstant(), row.getString(3), row.getString(4),
                new LegalBasis(row.getString(5), row.getString(6)), row.getString(7), row.getString(8),
                Status.valueOf(row
                        .getString(9)));
    }
}
