package jp.kiban.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;
import jp.kiban.standards.Judgement;
import tools.jackson.databind.JsonNode;

/// 認定. What a decision record says that matters for money: to whom, from when, how much for which month, and the account that was
/// given with the application.
record Grant(AuthorityId authority, ReceiptNumber receipt, PersonId person, StandardRef standard, Instant decidedAt,
        List<Owed> months, Optional<JsonNode> account) {

    /// 月額. Yen for one child (or other beneficiary) and one month; never zero.
    record Owed(String beneficiary, YearMonth month, Yen yen, String reason) {}

    Grant { months = List.copyOf(months); }

    Grant decidedAt(Instant at) { return new Grant(authority, receipt, person, standard, at, months, account); }

    /// Month by month; what is paid once belongs to the month of its grant, the lines of one beneficiary together.
    static List<Owed> owed(List<Judgement.MonthlyAmount> months, List<Judgement.AmountLine> once, LocalDate granted) {
        var owed = new LinkedHashMap<String, Owed>();
        for (var line : once)
            if (line.yen().amount() > 0)
                owed.merge(line.beneficiaryId(),
                        new Owed(line.beneficiaryId(), YearMonth.from(granted), line.yen(), line.reasonCode()),
                        (a, b) -> new Owed(a.beneficiary(), a.month(), a.yen().plus(b.yen()),
                                a.reason() + "+" + b.reason()));
        return Stream.concat(monthly(months), owed.values().stream()).toList();
    }

    private static Stream<Owed> monthly(List<Judgement.MonthlyAmount> months) {
        return months.stream().flatMap(month -> month.lines().stream().filter(line -> line.yen().amount() > 0)
                .map(line -> new Owed(line.beneficiaryId(), month.month(), line.yen(), line.reasonCode())));
    }
}
