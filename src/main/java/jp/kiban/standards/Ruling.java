package jp.kiban.standards;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 判定の試し. What a standard decides about some answers on a day under the values of one municipality, told whole: outcome, amounts,
/// deadline, reasons with their articles, the rules that fired, and which version and values were used. Decides nothing for
/// anybody and keeps nothing.
public record Ruling(StandardVersion version, LocalDate date, Optional<Authority> authority, Variations.Values values,
        Optional<Layer> layer, Judgement judgement) {

    /// Judges, or says everything that is wrong with what was given.
    public static Ruling of(ServiceStandard standard, LocalDate date, Optional<Authority> authority, JsonNode answers) {
        return of(standard, date, authority, answers, version -> authority.flatMap(a -> version.layer(a.id(), date)));
    }

    /// The same under the layer that the municipality has in force, wherever it was set.
    public static Ruling of(ServiceStandard standard, LocalDate date, Optional<Authority> authority, JsonNode answers,
            Function<StandardVersion, Optional<Layer>> inForce) {
        var version = standard.versions().stream().filter(v -> !v.ref().day().isAfter(date)).reduce((a, b) -> b);
        if (version.isEmpty())
            throw BadInput.of("date", "version.none", before(standard, date));
        var layer = inForce.apply(version.get());
        var values = version.get().variations().merge(layer.map(Layer::values).orElse(Map.of()));
        if (!answers.isObject())
            throw BadInput.of("", "answers.shape", new Text("回答は項目と値の組（JSON の object）で渡してください。",
                    "答え（こたえ）の 形（かたち）が ちがいます。", "The answers are a JSON object."));
        var findings = new ArrayList<>(version.get().check(answers));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        try {
            return new Ruling(version.get(), date, authority, values, layer, version.get().judge(answers, date,
                    values));
        } catch (IllegalStateException | IllegalArgumentException stopped) {
            throw BadInput.of("", "rules.stopped", new Text("規則がこの回答を判定できませんでした: " + stopped.getMessage(),
                    "この 答えは 判定（はんてい）できません。", "The rules could not judge these answers: " + stopped.getMessage()));
        }
    }

    static Text before(ServiceStandard standard, LocalDate date) {
        var first = standard.versions().getFirst().ref().day();
        return new Text(date + " に効力のある版はありません。最初の版は " + first + " からです。",
                date + "は まだ 始まって いません。" + first + "からです。",
                "No version is in force on " + date + "; the first is from " + first + ".");
    }

    /// 標準処理期間の末日.
    public LocalDate deadline() { return date.plus(version.standardPeriodDays(values)); }

    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        StandardRef ref = version.ref();
        json.put("standard", ref.id()).put("version", ref.version().toString()).put("date", date.toString());
        authority.ifPresent(a -> json.putObject("authority").put("code", a.id().code()).put("name", a.name()));
        json.put("outcome", judgement.outcome().name());
        judgement.start().ifPresent(s -> json.put("start", s.toString()));
        var months = json.putArray("months");
        judgement.months().forEach(m -> {
            var month = months.addObject().put("month", m.month().toString()).put("total", m.total().amount());
            m.lines().forEach(l -> month.withArray("lines").add(line(l)));
        });
        var once = json.putArray("once");
        judgement.once().forEach(l -> once.add(line(l)));
        json.put("onceTotal", judgement.onceTotal().amount());
        var results = json.putArray("results");
        judgement.results().forEach(r -> {
            var result = results.addObject().put("key", r.key());
            result.set("value", r.value());
            version.terms().result(r.key()).ifPresent(k -> {
                result.set("name", text(k.name()));
                result.put("written", k.written(r.value(), Language.JA));
            });
            r.reason().ifPresent(reason -> result.put("reason", reason.code()));
        });
        json.putObject("deadline").put("days", version.standardPeriodDays(values).getDays()).put("until", deadline()
                .toString());
        var reasons = json.putArray("reasons");
        judgement.reasons().forEach(r -> {
            var reason = reasons.addObject().put("code", r.code()).put("law", r.law().toString());
            reason.set("text", text(r.text()));
        });
        var open = json.putArray("requirements");
        judgement.questionsStillOpen().forEach(q -> {
            var one = open.addObject().put("code", q.code()).put("law", q.law().toString()).put("where", q.where());
            one.set("text", text(q.text()));
        });
        var rules = json.putArray("rules");
        judgement.trace().forEach(f -> {
            var rule = rules.addObject().put("table", f.decision()).put("rule", f.rule()).put("code", f.code()).put(
                    "law", f.law().toString());
            var saw = rule.putObject("saw");
            f.inputs().forEach(saw::set);
            rule.set("gave", f.output());
        });
        var parameters = json.putObject("parameters");
        layer.ifPresent(l -> parameters.putObject("layer").put("authority", l.authority().code()).put("from", l.from()
                .toString()).put("ordinance", l.ordinance()));
        var used = parameters.putObject("values");
        judgement.parameters().forEach(used::set);
        return json;
    }

    private static ObjectNode line(Judgement.AmountLine line) {
        var json = JsonNodeFactory.instance.objectNode().put("id", line.beneficiaryId()).put("yen", line.yen()
                .amount()).put("reason", line.reasonCode());
        json.set("what", text(line.what()));
        return json;
    }

    public static ObjectNode text(Text text) {
        return JsonNodeFactory.instance.objectNode().put("ja", text.ja()).put("ja-easy", text.easy()).put("en", text
                .en());
    }

    /// The findings as the verb and the API give them.
    public static ObjectNode json(List<Finding> findings) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("findings");
        findings.forEach(f -> {
            var one = list.addObject().put("where", f.where()).put("code", f.code());
            one.set("message", text(f.message()));
        });
        return json;
    }
}
