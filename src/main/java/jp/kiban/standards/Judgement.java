package jp.kiban.standards;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.Yen;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// 判定. What the published rules say about one set of answers, and why: enough to be stored whole, read years later
/// and replayed. It is not yet a decision (処分): an officer proposes and another approves.
///
/// @param reasons why this outcome, most telling first (理由の提示, 行政手続法8条)
/// @param trace every rule that fired, in the order of evaluation, equal ones once
/// @param start the first month paid; absent unless something is granted by the month
/// @param months from the start as far as the standard looks ahead (24 months); months that pay nothing are left out
/// @param once what is paid once, in the next run; judgements of before this was known read as none
/// @param results what is decided besides money, by the keys that the standard declares
/// @param inputs the answers that were judged
/// @param parameters the national and local values in force when judged
/// @param questionsStillOpen what an officer must still see before deciding
public record Judgement(StandardRef version, Outcome outcome, List<Reason> reasons, List<FiredRule> trace,
        Optional<YearMonth> start, List<MonthlyAmount> months, List<AmountLine> once, List<Result> results,
        JsonNode inputs, Map<String, JsonNode> parameters, List<Requirement> questionsStillOpen) {

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

    /// 判定の項目. A value decided besides money, and why; its name, type and unit are the standard's (`Terms.ResultKind`).
    public record Result(String key, JsonNode value, Optional<Reason> reason) {}

    /// 確認事項. Something that an officer must see or ask before the decision; `where` is the answer it is about.
    public record Requirement(String code, Text text, LegalBasis law, String where) {}

    public Judgement {
        reasons = List.copyOf(reasons);
        trace = List.copyOf(trace);
        months = List.copyOf(months);
        once = List.copyOf(Objects.requireNonNullElse(once, List.of()));
        results = List.copyOf(Objects.requireNonNullElse(results, List.of()));
        questionsStillOpen = List.copyOf(questionsStillOpen);
        if (start.isPresent() == months.isEmpty())
            throw new IllegalArgumentException("a start without an amount, or months without a start");
        if (outcome != Outcome.GRANT && reasons.isEmpty())
            throw new IllegalArgumentException("a refusal or redirection without reasons");
    }

    /// What the first month pays; zero unless granted.
    public Yen firstMonthly() { return months.isEmpty() ? Yen.ZERO : months.getFirst().total(); }

    /// What is paid once, all lines together; zero when nothing is.
    public Yen onceTotal() { return once.stream().map(AmountLine::yen).collect(Yen.sum()); }

    /// The value decided under this key, if the rules gave one.
    public Optional<JsonNode> result(String key) {
        return results.stream().filter(r -> r.key().equals(key)).findFirst().map(Result::value);
    }

    /// Every value of a result that may be said more than once, in the order of the rules.
    public List<JsonNode> results(String key) {
        return results.stream().filter(r -> r.key().equals(key)).map(Result::value).toList();
    }

    /// The months' amounts of one month, if it pays.
    public Optional<MonthlyAmount> in(YearMonth month) {
        return months.stream().filter(m -> m.month().equals(month)).findFirst();
    }

    /// The judgement in the shape that the rules gave it: codes, not words.
    public ObjectNode facts() {
        var json = JsonNodeFactory.instance;
        var all = json.objectNode();
        all.put("outcome", outcome().name());
        reasons().forEach(reason -> all.withArray("reasons").add(reason.code()));
        start().ifPresent(start -> all.put("start", start.atDay(1).toString()));
        var months = all.putArray("months");
        months().forEach(month -> {
            var one = months.addObject().put("month", month.month().atDay(1).toString());
            lines(one.putArray("lines"), month.lines());
        });
        lines(all.putArray("once"), once());
        var results = all.putArray("results");
        results().forEach(r -> results.addObject().put("key", r.key()).set("value", r.value()));
        var requirements = all.putArray("requirements");
        questionsStillOpen()
                .forEach(r -> requirements.addObject().put("reason", r.code()).put("where", r.where()));
        return all;
    }

    private static void lines(tools.jackson.databind.node.ArrayNode into, List<Judgement.AmountLine> lines) {
        lines.forEach(line -> into.addObject().put("id", line.beneficiaryId()).put("yen", line.yen().amount())
                .put("reason", line.reasonCode()));
    }
}
