package jp.kiban.standards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.Yen;
import tools.jackson.databind.JsonNode;

/// 通知書に書く事実. What a notice says, under the names that the templates use. The caller adds what it alone knows:
/// `recipient` 宛名, `receipt` 受付番号, `filedOn` 請求日, `date` 通知日; for a correction also `due` 期限. Days and months may be
/// given as `LocalDate` and `YearMonth`, yen as `Yen`: they are written as the language writes them.
public final class NoticeFacts {
    private NoticeFacts() {}

    /// Who sends: `authority`, `mayor`, `governor` (to whom a review is requested), in the words of the language.
    public static Map<String, Object> issuer(Authority municipality, Authority prefecture, Language language) {
        if (language == Language.EN)
            return Map.of("authority", municipality.roman(), "mayor", "Mayor of " + municipality.roman(), "governor",
                    "Governor of " + prefecture.roman());
        return Map.of("authority", municipality.name(), "mayor", municipality.name() + "長", "governor",
                prefecture.name()
                        + "知事");
    }

    /// What follows from the judgement: `reasons` (rows of code, text, law), `results` (rows of name, value) and each
    /// declared result under its own key (empty when not decided), `once` (rows of name, rate, yen) with their `total`;
    /// and for a grant by the month `children` (rows of name,
    /// rate, yen), `counted` (rows of name: persons who count but are not paid for), `monthly`, `start`, `changes` (rows of
    /// month, monthly: when the amount changes), `firstPayMonth`, `payDay`, `payMonths`.
    static Map<String, Object> of(Judgement judgement, Terms terms, Optional<PayCalendar> calendar,
            Variations.Values values, Language language) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("reasons",
                judgement.reasons().stream().map(r -> Map.<String, Object>of("code", r.code(), "text", r.text()
                        .in(language), "law", r.law().toString())).toList());
        var names = new LinkedHashMap<String, String>();
        names(judgement.inputs(), names);
        for (var kind : terms.results())
            facts.put(kind.key(), judgement.result(kind.key()).map(v -> kind.written(v, language)).orElse(""));
        facts.put("results", judgement.results().stream().flatMap(r -> terms.result(r.key()).stream()
                .map(kind -> Map.<String, Object>of("name", kind.name().in(language), "value", kind.written(r.value(),
                        language))))
                .toList());
        facts.put("once", judgement.once().stream().map(line -> row(line, names, language)).toList());
        facts.put("total", judgement.onceTotal());
        if (calendar.isEmpty())
            return facts;
        facts.put("payDay", values.number("payDay"));
        facts.put("payMonths",
                calendar.get().payMonths().stream().map(m -> month(m, language)).collect(Collectors.joining(
                        language == Language.EN ? ", " : "・")));
        if (judgement.months().isEmpty())
            return facts;
        var first = judgement.months().getFirst();
        var paid = new ArrayList<Map<String, Object>>();
        var counted = new ArrayList<Map<String, Object>>();
        for (var line : first.lines()) {
            var row = row(line, names, language);
            (line.yen().equals(Yen.ZERO) ? counted : paid).add(row);
        }
        facts.put("children", paid);
        facts.put("counted", counted);
        facts.put("monthly", first.total());
        facts.put("start", first.month());
        facts.put("firstPayMonth", calendar.get().payMonthOf(first.month()));
        facts.put("changes", changes(judgement));
        return facts;
    }

    private static Map<String, Object> row(Judgement.AmountLine line, Map<String, String> names, Language language) {
        return Map.of("name", names.getOrDefault(line.beneficiaryId(), line.beneficiaryId()), "rate",
                line.what().in(language), "yen", line.yen());
    }

    private static List<Map<String, Object>> changes(Judgement judgement) {
        var changes = new ArrayList<Map<String, Object>>();
        for (int i = 1; i < judgement.months().size(); i++) {
            var month = judgement.months().get(i);
            if (!month.total().equals(judgement.months().get(i - 1).total()))
                changes.add(Map.of("month", month.month(), "monthly", month.total()));
        }
        return changes;
    }

    private static String month(int number, Language language) {
        return language == Language.EN
                ? java.time.Month.of(number).getDisplayName(java.time.format.TextStyle.FULL, java.util.Locale.ENGLISH)
                : number + "月";
    }

    /// The names of those whom the answers know by an id.
    private static void names(JsonNode node, Map<String, String> names) {
        if (node.isObject() && node.path("id").isString() && node.path("name").isString())
            names.put(node.path("id").asString(), node.path("name").asString());
        node.forEach(inner -> names(inner, names));
    }
}
