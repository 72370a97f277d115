package jp.kiban.payment;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Yen;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 受給権の台帳. What is owed to whom for which month: entered once from a grant, in one statement, and never changed. A grant told
/// twice changes nothing; the same month with another amount is refused aloud.
@Component
final class Entitlements {
    private final Store store;
    private final Clock clock;

    Entitlements(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void enter(JdbcClient jdbc, Grant grant) {
        var months = grant.months();
        int entered = jdbc.sql("""
                insert into payment.entitlement
                    (authority, receipt, beneficiary, month, person, standard, yen, reason, decided_at, entered_at)
                select ?, ?, beneficiary, month::date, ?, ?, yen, reason, ?, ?
                from unnest(?::text[], ?::text[], ?::bigint[], ?::text[]) as owed (beneficiary, month, yen, reason)
                on conflict do nothing
                """).params(grant.authority().code(), grant.receipt().text(), grant.person().number(),
                grant.standard().toString(), Timestamp.from(grant.decidedAt()), Timestamp.from(clock.instant()),
                months.stream().map(Grant.Owed::beneficiary).toArray(String[]::new),
                months.stream().map(o -> o.month().atDay(1).toString()).toArray(String[]::new),
                months.stream().map(o -> o.yen().amount()).toArray(Long[]::new),
                months.stream().map(Grant.Owed::reason).toArray(String[]::new)).update();
        if (entered < months.size())
            mustBeTheSame(jdbc, grant);
        grant.account().ifPresent(account -> enterAccount(jdbc, grant, account));
    }

    private static void mustBeTheSame(JdbcClient jdbc, Grant grant) {
        long kept = jdbc
                .sql("select coalesce(sum(yen), 0) from payment.entitlement where authority = ? and receipt = ?")
                .params(grant.authority().code(), grant.receipt().text()).query(Long.class).single();
        long granted = grant.months().stream().mapToLong(o -> o.yen().amount()).sum();
        if (kept != granted)
            throw new IllegalStateException("application " + grant.receipt() + " was granted " + granted
                    + " yen, but " + kept + " yen are entered already");
    }

    /// An account that a transfer file could not carry is not entered: the application then shows among the exceptions.
    private void enterAccount(JdbcClient jdbc, Grant grant, JsonNode account) {
        var reading = BankAccount.read("account.", text(account, "bankCode"), text(account, "bankName"),
                text(account, "branchCode"), text(account, "branchName"), text(account, "type"),
                text(account, "number"), text(account, "holderKana"));
        if (reading instanceof BankAccount.Reading.Sound(var sound))
            jdbc.sql("""
                    insert into payment.account (authority, receipt, version, person, bank_code, bank_name, branch_code,
                        branch_name, type, number, holder_kana, origin, entered_by, entered_at)
                    values (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 'CLAIM', '', ?) on conflict do nothing
                    """).params(grant.authority().code(), grant.receipt().text(), grant.person().number(),
                    sound.bankCode(), sound.bankName(), sound.branchCode(), sound.branchName(), sound.type(),
                    sound.number(), sound.holderKana(), Timestamp.from(clock.instant())).update();
    }

    private static String text(JsonNode account, String field) { return account.path(field).asString(""); }

    /// What is owed to one person, oldest month first, as that person may see it.
    List<OwedMonth> of(Scope.Resident resident) {
        return store.in(resident, jdbc -> jdbc.sql("""
                select e.receipt, e.standard, e.month, sum(e.yen), min(e.decided_at), min(m.pay_day), min(m.run)
                from payment.entitlement e left join payment.order_month m
                  on (m.authority, m.receipt, m.beneficiary, m.month) = (e.authority, e.receipt, e.beneficiary, e.month)
                where e.authority = ? and e.person = ?
                group by e.receipt, e.standard, e.month order by e.month, e.receipt
                """).params(resident.authority().code(), resident.person().number())
                .query((row, i) -> new OwedMonth(ReceiptNumber.of(row.getString(1)),
                        jp.kiban.kernel.StandardRef.parse(row.getString(2)),
                        java.time.YearMonth.from(row.getObject(3, java.time.LocalDate.class)),
                        new Yen(row.getLong(4)), row.getTimestamp(5).toInstant(),
                        Optional.ofNullable(row.getObject(6, java.time.LocalDate.class))))
                .list());
    }

    /// 月の受給額. One month of one application with the day of its order, when it is in one.
    record OwedMonth(ReceiptNumber receipt, jp.kiban.kernel.StandardRef standard, java.time.YearMonth month, Yen yen,
            java.time.Instant decidedAt, Optional<java.time.LocalDate> orderedFor) {}

    /// The person of an application that is owed something; empty when nothing is.
    static Optional<PersonId> person(JdbcClient jdbc, jp.kiban.kernel.AuthorityId authority, ReceiptNumber receipt) {
        return jdbc.sql("select distinct person from payment.entitlement where authority = ? and receipt = ?")
                .params(authority.code(), receipt.text()).query((row, i) -> PersonId.of(row.getString(1))).optional();
    }
}
