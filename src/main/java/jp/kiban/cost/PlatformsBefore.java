package jp.kiban.cost;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 移行前の基盤. On what a municipality's systems ran before the move, as it says itself: one word of a fixed list. Others see it of those
/// that published figures. Refuses a word that is not of the list.
@Component
final class PlatformsBefore {
    private final Store store;
    private final Clock clock;

    PlatformsBefore(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void say(Actor.Officer by, String word) {
        var platform = Arrays.stream(QuoteBase.Platform.values()).filter(p -> p.word().equals(word)).findFirst()
                .orElseThrow(() -> new BadInput(List.of(CostWords.finding("platform", "cost.base.fault.platform",
                        word))));
        store.run(Scope.of(by.authority()), jdbc -> jdbc.sql("""
                insert into cost.platform_before (authority, platform, at, by) values (?, ?, ?, ?)
                on conflict (authority) do update set platform = excluded.platform, at = excluded.at, by = excluded.by
                """).params(by.authority().code(), platform.word(), Timestamp.from(clock.instant().truncatedTo(
                ChronoUnit.MICROS)), by.id()).update());
    }

    Optional<QuoteBase.Platform> of(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql(
                "select platform from cost.platform_before where authority = ?").params(authority.code()).query(
                        (row, i) -> platform(row.getString(1)))
                .optional());
    }

    /// Of those that published figures.
    Map<AuthorityId, QuoteBase.Platform> published() {
        var all = new HashMap<AuthorityId, QuoteBase.Platform>();
        store.run(Scope.nation(), jdbc -> jdbc.sql("select authority, platform from cost.platform_before").query(
                (row, i) -> Map.entry(AuthorityId.of(row.getString(1)), platform(row.getString(2)))).list().forEach(
                        e -> all.put(e.getKey(), e.getValue())));
        return all;
    }

    private static QuoteBase.Platform platform(String word) {
        return QuoteBase.Platform.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
