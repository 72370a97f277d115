package jp.kiban.catalogue;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Yen;
import jp.kiban.letters.Wareki;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.Ruling;
import tools.jackson.databind.JsonNode;

/// 判定の文. A ruling as a person reads it: what came out, how much for which months, by when, why and by which article, which
/// rules fired and what they saw, under which version and values.
final class RulingText {
    private RulingText() {}

    /// 金額. The same amount from one month to another.
    record Amount(String months, Yen total, List<Line> lines) {}

    /// 明細.
    record Line(String id, String what, Yen yen) {}

    /// 判定の項目.
    record Result(String name, String value, String law) {}

    /// 理由.
    record Reason(String code, String text, String law) {}

    /// 規則.
    record Rule(String table, int number, String code, String text, String law, Map<String, String> saw,
            String gave) {}

    /// 使った値.
    record Value(String key, String name, String value) {}

    static Map<String, Object> of(Ruling ruling, Language language) {
        var model = new LinkedHashMap<String, Object>();
        var judgement = ruling.judgement();
        var version = ruling.version();
        boolean grant = judgement.outcome() == Judgement.Outcome.GRANT;
        model.put("outcome", judgement.outcome());
        model.put("outcomeWord", grant
                ? version.terms().verb().in(language)
                : ToolWords.in(language, "catalogue.tool.outcome." + judgement.outcome()));
        model.put("amounts", amounts(judgement, language));
        model.put("once", judgement.once().stream().map(l -> line(l, language)).toList());
        model.put("onceTotal", judgement.onceTotal());
        model.put("results", judgement.results().stream().map(r -> new Result(version.terms().result(r.key()).map(
                k -> k.name().in(language)).orElse(r.key()), version.terms().result(r.key())
                        .map(k -> k.written(r
                                .value(), language))
                        .orElse(shown(r.value())),
                r.reason().map(x -> x.law().toString())
                        .orElse("")))
                .toList());
        model.put("deadline", Wareki.in(language, ruling.deadline()));
        model.put("deadlineDays", version.standardPeriodDays(ruling.values()).getDays());
        model.put("reasons", judgement.reasons().stream().map(r -> new Reason(r.code(), r.text().in(language), r.law()
                .toString())).toList());
        model.put("open", judgement.questionsStillOpen().stream().map(q -> new Reason(q.code(), q.text().in(language)
                + (q.where().isEmpty() ? "" : " (" + q.where() + ")"), q.law().toString())).toList());
        model.put("rules", judgement.trace().stream().map(f -> rule(f, language)).toList());
        model.put("ref", version.ref());
        model.put("date", Wareki.in(language, ruling.date()));
        model.put("authority", ruling.authority().map(a -> a.title().in(language) + " (" + a.id().code() + ")"));
        model.put("layer", ruling.layer().map(l -> ToolWords.in(language, "catalogue.tool.layer", Wareki.in(language, l
                .from()), l.ordinance().isBlank() ? "－" : l.ordinance())));
        var values = new ArrayList<Value>();
        judgement.parameters().forEach((key, value) -> values.add(new Value(key, version.called(key).in(language),
                value(ruling, key, value, language))));
        model.put("parameters", values);
        return model;
    }

    private static String value(Ruling ruling, String key, JsonNode value, Language language) {
        var version = ruling.version();
        var local = version.variations().find(key);
        if (local.isPresent())
            return PublicText.said(local.get(), value, language);
        return version.nationalValues().stream().filter(n -> n.key().equals(key) && n.value().equals(value)).findFirst()
                .filter(n -> !n.isTable()).map(n -> n.written(language)).orElseGet(() -> value.isArray()
                        ? Words.in(language, "catalogue.rows", value.size())
                        : shown(value));
    }

    private static List<Amount> amounts(Judgement judgement, Language language) {
        var amounts = new ArrayList<Amount>();
        Judgement.MonthlyAmount first = null;
        YearMonth last = null;
        for (var month : judgement.months()) {
            if (first != null && last != null && month.month().equals(last.plusMonths(1)) && month.lines().equals(first
                    .lines()))
                last = month.month();
            else {
                if (first != null && last != null)
                    amounts.add(amount(first, last, language));
                first = month;
                last = month.month();
            }
        }
        if (first != null && last != null)
            amounts.add(amount(first, last, language));
        return amounts;
    }

    private static Amount amount(Judgement.MonthlyAmount from, YearMonth until, Language language) {
        var months = from.month().equals(until)
                ? Wareki.in(language, from.month())
                : ToolWords.in(language, "catalogue.tool.months", Wareki.in(language, from.month()), Wareki.in(language,
                        until));
        return new Amount(months, from.total(), from.lines().stream().map(l -> line(l, language)).toList());
    }

    private static Line line(Judgement.AmountLine line, Language language) {
        return new Line(line.beneficiaryId(), line.what().in(language), line.yen());
    }

    private static Rule rule(Judgement.FiredRule fired, Language language) {
        var saw = new LinkedHashMap<String, String>();
        fired.inputs().forEach((name, value) -> saw.put(name, shown(value)));
        return new Rule(fired.decision(), fired.rule(), fired.code(), fired.text().in(language), fired.law().toString(),
                saw, shown(fired.output()));
    }

    private static String shown(JsonNode value) {
        var text = value.isMissingNode() || value.isNull()
                ? "－"
                : value.isString()
                        ? value.asString()
                        : value
                                .toString();
        return text.length() > 300 ? text.substring(0, 299) + "…" : text;
    }

}
