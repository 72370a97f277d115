package jp.kiban.casework;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 案内の一覧. Told by the flow of a case (`open:`, `remind`), read by the person alone. A next procedure is no longer offered
/// when she has claimed it since, or when its time has lapsed; a delay is no longer told when the case is over.
@Component
final class Hints {
    /// How long a delay is worth telling.
    private static final Period DELAY = Period.ofDays(90);

    private final Store store;
    private final Clock clock;

    Hints(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void next(JdbcClient jdbc, Case file, String opens, Period within) {
        tell(jdbc, file, Hint.Kind.NEXT, opens, today().plus(within));
    }

    void late(JdbcClient jdbc, Case file, Hint.Kind whose) { tell(jdbc, file, whose, "", today().plus(DELAY)); }

    private void tell(JdbcClient jdbc, Case file, Hint.Kind kind, String opens, LocalDate until) {
        jdbc.sql("""
                insert into casework.hint (authority, receipt, number, person, kind, opens, told_at, until_day)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """).params(file.authority().code(), file.receipt().text(), file.version() + 1, file.person().number(),
                kind.name(), opens, Timestamp.from(clock.instant()), until).update();
    }

    /// What counts today, of one case or of all, the newest first; of several that say the same, one.
    List<Hint> of(Scope.Resident scope, Optional<ReceiptNumber> receipt) {
        return store.in(scope, jdbc -> jdbc.sql("""
                select receipt, standard, kind, opens, told_at, until_day from (
                    select distinct on (h.receipt, h.kind, h.opens) h.receipt, c.standard, h.kind, h.opens, h.told_at, h.until_day
                    from casework.hint h join casework.case_file c on (c.authority, c.receipt) = (h.authority, h.receipt)
                    where h.authority = ? and h.person = ? and (h.receipt = ? or ?) and h.until_day >= ?
                      and (h.kind = 'NEXT' or c.stage in ('RECEIVED', 'CHECKING', 'CORRECTION', 'PROPOSED')
                          or h.kind = 'YOURS' and c.stage in ('GRANTED', 'REFUSED', 'REDIRECTED') and c.reminder <> '')
                      and not (h.kind = 'NEXT' and exists (select from casework.case_file later
                          where later.authority = h.authority and later.person = h.person and later.standard = h.opens
                            and later.arrived_at >= h.told_at and later.stage <> 'WITHDRAWN'))
                    order by h.receipt, h.kind, h.opens, h.told_at desc) newest
                order by told_at desc
                """).params(scope.authority().code(), scope.person().number(),
                receipt.map(ReceiptNumber::text).orElse(""), receipt.isEmpty(), today())
                .query((row, i) -> new Hint(ReceiptNumber.of(row.getString(1)), row.getString(2),
                        Hint.Kind.valueOf(row.getString(3)), row.getString(4), row.getTimestamp(5).toInstant(),
                        row.getObject(6, LocalDate.class)))
                .list());
    }

    private LocalDate today() { return LocalDate.now(clock); }
}
