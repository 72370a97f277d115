package jp.kiban.payment;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 口座の訂正. A corrected account is entered by one officer and confirmed by another; only then is it used. Earlier ones stay.
@Component
public final class Accounts {
    private final Store store;
    private final EventLog events;
    private final Clock clock;

    Accounts(Store store, EventLog events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    /// An account that waits for its second person. The number is shown whole to officers, who must compare it.
    record Waiting(ReceiptNumber receipt, int version, BankAccount account, String enteredBy) {}

    /// Enters a corrected account. Entered again the same, it is one.
    int enter(Actor.Officer by, ReceiptNumber receipt, BankAccount.Reading reading) {
        PayRuns.must(by, Role.TREASURY);
        return switch (reading) {
            case BankAccount.Reading.Faulty(var findings) -> throw new BadInput(findings);
            case BankAccount.Reading.Sound(var account) -> store.in(Scope.of(by.authority()),
                    jdbc -> enter(jdbc, by, receipt, account));
        };
    }

    private int enter(JdbcClient jdbc, Actor.Officer by, ReceiptNumber receipt, BankAccount account) {
        PayRuns.lock(jdbc, by.authority());
        var person = Entitlements.person(jdbc, by.authority(), receipt).orElseThrow(NotThere::new);
        var waiting = waiting(jdbc, by.authority(), Optional.of(receipt));
        if (!waiting.isEmpty() && waiting.getLast().account().equals(account))
            return waiting.getLast().version();
        return jdbc.sql("""
                insert into payment.account (authority, receipt, version, person, bank_code, bank_name, branch_code,
                    branch_name, type, number, holder_kana, origin, entered_by, entered_at)
                select ?, ?, 1 + coalesce(max(version), 1), ?, ?, ?, ?, ?, ?, ?, ?, 'OFFICER', ?, ?
                from payment.account where authority = ? and receipt = ? returning version
                """).params(by.authority().code(), receipt.text(), person.number(), account.bankCode(),
                account.bankName(), account.branchCode(), account.branchName(), account.type(), account.number(),
                account.holderKana(), by.id(), Timestamp.from(clock.instant()), by.authority().code(), receipt.text())
                .query(Integer.class).single();
    }

    /// Confirms it; by somebody else than who entered it.
    void confirm(Actor.Officer by, ReceiptNumber receipt, int version) {
        PayRuns.must(by, Role.TREASURY, Role.APPROVAL);
        store.run(Scope.of(by.authority()), jdbc -> {
            PayRuns.lock(jdbc, by.authority());
            String enteredBy = jdbc.sql("""
                    select entered_by from payment.account
                    where authority = ? and receipt = ? and version = ? and origin = 'OFFICER'
                    """).params(by.authority().code(), receipt.text(), version).query(String.class).optional()
                    .orElseThrow(NotThere::new);
            if (enteredBy.equals(by.id()))
                throw new Conflict(Words.of("payment.conflict.sameEntry"));
            int confirmed = jdbc.sql("""
                    insert into payment.account_confirmation
                        (authority, receipt, version, entered_by, confirmed_by, confirmed_at)
                    values (?, ?, ?, ?, ?, ?) on conflict do nothing
                    """).params(by.authority().code(), receipt.text(), version, enteredBy, by.id(),
                    Timestamp.from(clock.instant())).update();
            if (confirmed == 1)
                events.append(jdbc, new AccountCorrected(by.authority(), clock.instant(), receipt.text(), receipt,
                        version, enteredBy, by.id()));
        });
    }

    /// Those that wait for a second person; the newest of each application.
    List<Waiting> waiting(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> waiting(jdbc, authority, Optional.empty()));
    }

    private static List<Waiting> waiting(JdbcClient jdbc, AuthorityId authority, Optional<ReceiptNumber> receipt) {
        return jdbc.sql("""
                select receipt, version, bank_code, bank_name, branch_code, branch_name, type, number, holder_kana,
                       entered_by
                from (select distinct on (a.receipt) a.*, c.version as confirmed from payment.account a
                      left join payment.account_confirmation c
                        on (c.authority, c.receipt, c.version) = (a.authority, a.receipt, a.version)
                      where a.authority = ? order by a.receipt, a.version desc) newest
                where origin = 'OFFICER' and confirmed is null and (?::text is null or receipt = ?) order by receipt
                """)
                .params(java.util.Arrays.asList(authority.code(), receipt.map(ReceiptNumber::text).orElse(null),
                        receipt.map(ReceiptNumber::text).orElse(null)))
                .query((row, i) -> new Waiting(ReceiptNumber.of(row.getString(1)), row.getInt(2),
                        new BankAccount(row.getString(3), row.getString(4), row.getString(5), row.getString(6),
                                row.getInt(7), row.getString(8), row.getString(9)),
                        row.getString(10)))
                .list();
    }
}
