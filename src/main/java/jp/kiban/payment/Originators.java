package jp.kiban.payment;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.letters.Kana;
import jp.kiban.letters.ZenginKana;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 振込依頼人. Each authority at its own bank, as set by its officers; the newest counts, the earlier ones are kept.
@Component
public final class Originators {
    private final Store store;
    private final Clock clock;

    Originators(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// The originator in force and whether its bank wants CRLF between records.
    record Current(ZenginFile.Originator originator, boolean crlf) {}

    public boolean isSet(AuthorityId authority) { return current(authority).isPresent(); }

    Optional<Current> current(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> current(jdbc, authority));
    }

    Optional<Current> current(JdbcClient jdbc, AuthorityId authority) {
        return jdbc.sql("""
                select code, name_kana, bank_code, bank_name, branch_code, branch_name, type, number, crlf
                from payment.originator where authority = ? order by version desc limit 1
                """).param(authority.code())
                .query((row, i) -> new Current(
                        new ZenginFile.Originator(row.getString(1), row.getString(2), new BankAccount(row.getString(3),
                                row.getString(4), row.getString(5), row.getString(6), row.getInt(7), row.getString(8),
                                row.getString(2))),
                        row.getBoolean(9)))
                .optional();
    }

    /// Sets the originator from its parts as people write them; refuses all that is wrong at once. The same again changes
    /// nothing.
    public void set(AuthorityId authority, String by, String code, String name, String bankCode, String bankName,
            String branchCode, String branchName, String type, String number, boolean crlf) {
        var findings = new java.util.ArrayList<jp.kiban.kernel.Finding>();
        String digits = Kana.narrow(code);
        if (!digits.matches("[0-9]{10}"))
            findings.add(new jp.kiban.kernel.Finding("code", "ORIGINATOR_CODE",
                    Words.of("payment.finding.originatorCode", code)));
        var kana = ZenginKana.of(name);
        if (kana.text().length() > 40)
            findings.add(new jp.kiban.kernel.Finding("holderKana", "ORIGINATOR_NAME",
                    Words.of("payment.finding.originatorName", kana.text().length())));
        switch (BankAccount.read("", bankCode, bankName, branchCode, branchName, type, number, name)) {
            case BankAccount.Reading.Faulty(var faults) -> findings.addAll(faults);
            case BankAccount.Reading.Sound(var account) -> {
                if (findings.isEmpty())
                    keep(authority, by, new Current(new ZenginFile.Originator(digits, kana.text(), account), crlf));
            }
        }
        if (!findings.isEmpty())
            throw new jp.kiban.kernel.BadInput(findings);
    }

    private void keep(AuthorityId authority, String by, Current wanted) {
        store.run(Scope.of(authority), jdbc -> {
            PayRuns.lock(jdbc, authority);
            if (current(jdbc, authority).filter(wanted::equals).isPresent())
                return;
            var account = wanted.originator().account();
            jdbc.sql("""
                    insert into payment.originator (authority, version, code, name_kana, bank_code, bank_name,
                        branch_code, branch_name, type, number, crlf, set_by, set_at)
                    select ?, 1 + coalesce(max(version), 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                    from payment.originator where authority = ?
                    """).params(authority.code(), wanted.originator().code(), wanted.originator().name(),
                    account.bankCode(), account.bankName(), account.branchCode(), account.branchName(),
                    account.type(), account.number(), wanted.crlf(), by, Timestamp.from(clock.instant()),
                    authority.code()).update();
        });
    }
}
