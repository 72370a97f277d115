package jp.kiban.cost;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.Letters;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 利用明細の控え. The table of usage that a municipality brought last, and what it says may be spent less. Refuses what cannot be read.
@Component
final class Advices {
    private static final int LONGEST = 500;

    private final Store store;
    private final Clock clock;

    Advices(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// 控え.
    record Kept(UUID id, String file, AdviceAsk ask, Instant at, String by) {}

    /// A kept table and what it says today.
    record Opened(Kept kept, AdvicePlan plan) {}

    /// Keeps a table; the one before stays and is shown again when this one is removed.
    void keep(Actor.Officer by, UUID id, String file, byte[] content, AdviceAsk ask) {
        check(ask);
        ask.read(content);
        store.run(Scope.of(by.authority()), jdbc -> jdbc.sql("""
                insert into cost.advice_usage (authority, id, file, content, hours, target, offers, storages, start, at, by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """).params(by.authority().code(), id, Letters.first(file.isBlank() ? "利用明細" : file, 200), content, ask
                .hours(), ask.target(), ask.offers(), ask.storages(), ask.start(),
                Timestamp.from(clock.instant()
                        .truncatedTo(ChronoUnit.MICROS)),
                by.id()).update());
    }

    private static void check(AdviceAsk ask) {
        var faults = List.of(ask.hours(), ask.target(), ask.offers(), ask.storages(), ask.start()).stream().filter(
                t -> t.length() > LONGEST).map(
                        t -> CostWords.finding("offers", "cost.advice.fault.offers", Letters
                                .first(t, 40)))
                .toList();
        if (!faults.isEmpty())
            throw new BadInput(faults);
    }

    /// Looks at the kept table with other terms.
    void ask(Actor.Officer by, UUID id, AdviceAsk ask) {
        check(ask);
        var content = store.in(Scope.of(by.authority()), jdbc -> jdbc.sql(
                "select content from cost.advice_usage where authority = ? and id = ? and removed_at is null").params(
                        by
                                .authority().code(),
                        id)
                .query((row, i) -> row.getBytes(1)).optional()).orElseThrow(
                        () -> new NotThere());
        ask.read(content);
        store.run(Scope.of(by.authority()), jdbc -> jdbc.sql("""
                update cost.advice_usage set hours = ?, target = ?, offers = ?, storages = ?, start = ? where authority = ? and id = ?
                """).params(ask.hours(), ask.target(), ask.offers(), ask.storages(), ask.start(), by.authority().code(),
                id).update());
    }

    Optional<Opened> latest(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select id, file, hours, target, offers, storages, start, at, by, content from cost.advice_usage
                where authority = ? and removed_at is null order by at desc, id limit 1
                """).params(authority.code()).query((row, i) -> {
            var ask = new AdviceAsk(row.getString("hours"), row.getString("target"), row.getString("offers"), row
                    .getString("storages"), row.getString("start"));
            return new Opened(new Kept(row.getObject("id", UUID.class), row.getString("file"), ask, row.getTimestamp(
                    "at").toInstant(), row.getString("by")), ask.read(row.getBytes("content")));
        }).optional());
    }

    /// Undone by `restore`.
    void remove(Actor.Officer by, UUID id) {
        store.run(Scope.of(by.authority()), jdbc -> {
            if (jdbc.sql("update cost.advice_usage set removed_at = ? where authority = ? and id = ?").params(Timestamp
                    .from(clock.instant()), by.authority().code(), id).update() == 0)
                throw new NotThere();
        });
    }

    void restore(Actor.Officer by, UUID id) {
        store.run(Scope.of(by.authority()), jdbc -> {
            if (jdbc.sql("update cost.advice_usage set removed_at = null where authority = ? and id = ?").params(by
                    .authority().code(), id).update() == 0)
                throw new NotThere();
        });
    }
}
