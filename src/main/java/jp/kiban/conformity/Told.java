package jp.kiban.conformity;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import jp.kiban.standards.Judgement;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 決定の書き方. A judgement as the contract writes it: codes, articles, days, yen and ids, never a name.
final class Told {
    private Told() {}

    static ObjectNode of(Judgement judgement) { return of(judgement, judgement.outcome().name(), judgement.reasons()); }

    /// With another outcome and other reasons, where an officer departed from the rules.
    static ObjectNode of(Judgement judgement, String outcome, List<Judgement.Reason> reasons) {
        var told = JsonNodeFactory.instance.objectNode();
        told.put("outcome", outcome);
        var list = told.putArray("reasons");
        for (var reason : reasons)
            list.addObject().put("code", reason.code()).put("law", reason.law().toString())
                    .set("text", text(reason.text()));
        var requirements = told.putArray("requirements");
        for (var requirement : judgement.questionsStillOpen())
            requirements.addObject().put("code", requirement.code()).put("where", requirement.where());
        var results = told.putArray("results");
        for (var result : judgement.results()) {
            var node = results.addObject().put("key", result.key());
            node.set("value", result.value());
            result.reason().ifPresent(reason -> node.put("reason", reason.code()));
        }
        if (!outcome.equals(Judgement.Outcome.GRANT.name()))
            return told;
        judgement.start().ifPresent(start -> told.put("start", start.toString()));
        var months = told.putArray("months");
        for (var month : judgement.months()) {
            var node = months.addObject().put("month", month.month().toString()).put("total",
                    month.total().amount());
            lines(node.putArray("lines"), month.lines());
        }
        lines(told.putArray("once"), judgement.once());
        return told;
    }

    private static void lines(ArrayNode into, List<Judgement.AmountLine> lines) {
        for (var line : lines)
            into.addObject().put("id", line.beneficiaryId()).put("yen", line.yen().amount()).put("reason",
                    line.reasonCode());
    }

    static ObjectNode text(Text text) {
        var node = JsonNodeFactory.instance.objectNode();
        for (var language : Language.values())
            node.put(language.code(), text.in(language));
        return node;
    }

    /// 一件の経過.
    record Followed(String receipt, String standard, VersionName version, String status, String stage,
            LocalDate arrivedOn, java.util.Optional<LocalDate> dueOn) {}

    /// 通知書. In the three languages, each with title and text.
    record Notice(int number, String kind, LocalDate issuedOn, Map<String, Words> words) {}

    /// 通知書の言葉.
    record Words(String title, String text) {}
}
