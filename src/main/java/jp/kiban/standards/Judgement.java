package jp.kiban.standards;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.Yen;
import tools.jackson.databind.JsonNode;

/// 判定. What the published rules say about one set of answers, and why: enough to be stored whole, read years later
/// and replayed. It is not yet a decision (処分): an officer proposes and another approves.
///
/// @param reasons why this outcome, most telling first (理由の提示, 行政手続法8条)
/// @param trace every rule that fired, in the order of evaluation, equal ones once
/// @param start the first month paid; absent unless granted
/// @param months from the start as far as the standard looks ahead (24 months); months that pay nothing are left out
/// @param inputs the answers that were judged
/// @param parameters the national and local values in force when judged
/// @param questionsStillOpen what an officer must still see before deciding
public record Judgement(StandardRef version, Outcome outcome, List<Reason> reasons, List<FiredRule> trace,
        Optional<YearMonth> start, List<MonthlyAmount> months, JsonNode inputs, Map<String, JsonNode> parameters,
        List<Requirement> questionsStillOpen) {

    /// 結論. REDIRECT: another body is the right one to ask (公務員の職場, 住所地の市町村).
    public enum Outcome {
        GRANT, REFUSE, REDIRECT
    }

    /// 理由. A published reason with its code, its words and its article.
    public record Reason(String code, Text text, LegalBasis law) {}

    /// 適用された規則. One rule of one decision table that fired.
    ///
    /// @param rule its number in the table, from 1
    /// @param inputs what the rule saw, by the table's own column names
    /// @param output what it answered
    public record FiredRule(String decision, int rule, String code, Text text, LegalBasis law,
            Map<String, JsonNode> inputs, JsonNode output) {}

    /// 月ごとの額. Lines of zero yen are persons who count towards the rank of others but are not paid for.
    public record MonthlyAmount(YearMonth month, List<AmountLine> lines) {
        public MonthlyAmount { lines = List.copyOf(lines); }

        public Yen total() { return lines.stream().map(AmountLine::yen).collect(Yen.sum()); }
    }

    /// 明細. For whom (the id of the child in the answers, never a name), by which rate.
    public record AmountLine(String beneficiaryId, Text what, Yen yen, String reasonCode) {}

    /// 確認事項. Something that an officer must see or ask before the decision; `where` is the answer it is about.
    public record Requirement(String code, Text text, LegalBasis law, String where) {}

    public Judgement {
        reasons = List.copyOf(reasons);
        trace = List.copyOf(trace);
        months = List.copyOf(months);
        questionsStillOpen = List.copyOf(questionsStillOpen);
        if (outcome == Outcome.GRANT && (start.isEmpty() || months.isEmpty()))
            throw new IllegalArgumentException("a grant without a start or without an amount");
        if (outcome != Outcome.GRANT && reasons.isEmpty())
            throw new IllegalArgumentException("a refusal or redirection without reasons");
    }

    /// What the first month pays; zero unless granted.
    public Yen firstMonthly() { return months.isEmpty() ? Yen.ZERO : months.getFirst().total(); }

    /// The months' amounts of one month, if it pays.
    public Optional<MonthlyAmount> in(YearMonth month) {
        return months.stream().filter(m -> m.month().equals(month)).findFirst();
    }
}
