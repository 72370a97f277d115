package jp.kiban.standards;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Wareki;
import jp.kiban.kernel.Yen;
import tools.jackson.databind.JsonNode;

/// 標準の約束. What `standard.yaml` says of a service as a whole: how it is offered, what it pays, what it decides besides
/// money, how it can end and with which word, and what may be decided without a hand.
///
/// @param noticeDays 予告日数. Days between publishing a version and the day it comes into force
/// @param outcomes how a case can end; a notice exists for each of them
/// @param counted 統計の項目. What the reports of the standard count (`statistics`, `measures`)
/// @param verb the word of a grant on screens: 認定, 交付, 受理, 支給決定
public record Terms(int format, ServiceStandard.Pattern pattern, int noticeDays, Payment payment,
        List<ResultKind> results, Set<Judgement.Outcome> outcomes, Text verb, Optional<Automatic> automatic,
        List<String> counted, List<Asked> tasks) {

    /// 頼みごと. What the resident is asked to do in a task of the flow that is hers: its name and what it takes, in her
    /// language.
    ///
    /// @param id that of the task in the flow
    public record Asked(String id, Text name, Text text) {}

    /// 支払. What is paid: every month by the pay calendar, once in the next run, or nothing.
    public record Payment(Kind kind, LegalBasis basis) {
        public enum Kind {
            MONTHLY, ONCE, NONE
        }
    }

    /// 判定の項目. Something that is decided besides money: a grade, points, hours, the day until which it holds.
    public record ResultKind(String key, Text name, Type type, Optional<Text> unit, List<Choice> choices) {
        public enum Type {
            TEXT, INTEGER, YEN, DATE, CHOICE
        }

        public ResultKind { choices = List.copyOf(choices); }

        /// The value as a person reads it: `12点`, `令和8年3月31日`, the words of a choice.
        public String written(JsonNode value, Language language) {
            if (value.isNull() || value.isMissingNode())
                return "";
            return switch (type) {
                case YEN -> yen(value.asLong(), language);
                case DATE -> Wareki.in(language, LocalDate.parse(value.asString()));
                case INTEGER -> String.format("%,d", value.asLong()) + unit(language);
                case CHOICE -> choices.stream().filter(c -> c.value().equals(value.asString(""))).findFirst()
                        .map(c -> c.label().in(language)).orElse(value.asString(""));
                case TEXT -> value.asString("") + unit(language);
            };
        }

        private String unit(Language language) {
            return unit.map(u -> (language == Language.EN ? " " : "") + u.in(language)).orElse("");
        }

        private static String yen(long amount, Language language) {
            return language == Language.EN ? String.format("%,d yen", amount) : Yen.of(amount).toString();
        }

        /// What is wrong with a value the rules gave; empty when it is of this type.
        Optional<String> fault(JsonNode value) {
            boolean fits = switch (type) {
                case TEXT -> value.isString() || value.isNumber();
                case INTEGER -> value.isIntegralNumber();
                case YEN -> value.isIntegralNumber() && value.asLong() >= 0;
                case DATE -> value.isString() && value.asString().matches("\\d{4}-\\d{2}-\\d{2}");
                case CHOICE -> choices.stream().anyMatch(c -> c.value().equals(value.asString("")));
            };
            return fits ? Optional.empty() : Optional.of("the result " + key + " is no " + type + ": " + value);
        }
    }

    /// 自動の処理. Cases for which the condition (FEEL over 判定 and 申請) holds need no hand.
    public record Automatic(String when, LegalBasis basis) {}

    public Terms {
        results = List.copyOf(results);
        outcomes = Set.copyOf(outcomes);
        counted = List.copyOf(counted);
        tasks = List.copyOf(tasks);
    }

    public Optional<Asked> task(String id) { return tasks.stream().filter(t -> t.id().equals(id)).findFirst(); }

    public Optional<ResultKind> result(String key) {
        return results.stream().filter(r -> r.key().equals(key)).findFirst();
    }

    public boolean pays() { return payment.kind() != Payment.Kind.NONE; }

    public boolean paysMonthly() { return payment.kind() == Payment.Kind.MONTHLY; }

    public boolean paysOnce() { return payment.kind() == Payment.Kind.ONCE; }

    /// Names that notices already use for other facts.
    private static final Set<String> TAKEN = Set.of("reasons", "results", "once", "total", "monthly", "start",
            "changes", "children", "counted", "payDay", "payMonths", "firstPayMonth", "recipient", "receipt", "filedOn",
            "date", "due", "findings", "authority", "mayor", "governor", "name", "value", "rate", "yen", "code", "text",
            "law", "month", "item", "message");

    /// Format 1 said nothing of all this: it granted, paid by its calendar and could end in every way.
    static Terms read(JsonNode yaml, Reading reading) {
        int format = yaml.path("format").asInt(1);
        boolean two = format >= 2;
        if (format < 1 || format > 2)
            reading.fault("format", Fault.Kind.FORMAT_NUMBER, yaml.path("format"));
        var pattern = one(yaml, "pattern", List.of(ServiceStandard.Pattern.values()), two, reading)
                .orElse(ServiceStandard.Pattern.A);
        int noticeDays = two ? reading.number(yaml, "notice-days", "") : 30;
        var kind = one(yaml.path("payment"), "kind", List.of(Payment.Kind.values()), two, reading)
                .orElse(yaml.has("pay-calendar") ? Payment.Kind.MONTHLY : Payment.Kind.NONE);
        var basis = two
                ? reading.law(yaml.path("payment").path("basis"), "payment.basis")
                : Reading.law(yaml.path("pay-calendar").path("basis").asString("?"));
        if (yaml.has("pay-calendar") != (kind == Payment.Kind.MONTHLY))
            reading.fault("pay-calendar", Fault.Kind.PAY_CALENDAR);
        var outcomes = EnumSet.noneOf(Judgement.Outcome.class);
        for (var word : reading.words(yaml.path("outcomes")))
            one(word, "outcomes", List.of(Judgement.Outcome.values()), reading).ifPresent(outcomes::add);
        if (two && outcomes.isEmpty())
            reading.fault("outcomes", Fault.Kind.OUTCOMES_MISSING);
        var verb = two ? reading.text(yaml.path("verb"), "verb") : new Text("認定", "認定（にんてい）", "Granted");
        var automatic = yaml.has("automatic")
                ? Optional.of(new Automatic(reading.word(yaml.path("automatic"), "when", "automatic"),
                        reading.law(yaml.path("automatic").path("basis"), "automatic.basis")))
                : Optional.<Automatic>empty();
        var counted = new java.util.LinkedHashSet<String>();
        yaml.path("statistics").forEach(report -> report.path("measures").forEach(m -> counted.add(m.asString(""))));
        return new Terms(format, pattern, noticeDays, new Payment(kind, basis), results(yaml.path("results"), reading),
                outcomes.isEmpty() ? EnumSet.allOf(Judgement.Outcome.class) : outcomes, verb, automatic,
                List.copyOf(counted), tasks(yaml.path("tasks"), reading));
    }

    private static List<Asked> tasks(JsonNode yaml, Reading reading) {
        var tasks = new ArrayList<Asked>();
        int i = 0;
        for (var node : yaml) {
            var place = "tasks[" + i++ + "]";
            tasks.add(new Asked(reading.word(node, "id", place), reading.text(node.path("name"), place + ".name"),
                    reading.text(node.path("text"), place + ".text")));
        }
        return tasks;
    }

    private static List<ResultKind> results(JsonNode yaml, Reading reading) {
        var results = new ArrayList<ResultKind>();
        var seen = new HashSet<>(TAKEN);
        int i = 0;
        for (var node : yaml) {
            var place = "results[" + i++ + "]";
            var key = reading.word(node, "key", place);
            if (!key.matches("[A-Za-z][A-Za-z0-9-]*"))
                reading.fault(place + ".key", Fault.Kind.RESULT_KEY, key);
            if (!seen.add(key))
                reading.fault(place + ".key", Fault.Kind.RESULT_TAKEN, key);
            var choices = new ArrayList<Choice>();
            for (var choice : node.path("choices"))
                choices.add(new Choice(reading.word(choice, "value", place + ".choices"),
                        reading.text(choice.path("label"), place + ".choices")));
            var type = one(node, "type", List.of(ResultKind.Type.values()), true, reading)
                    .orElse(ResultKind.Type.TEXT);
            if ((type == ResultKind.Type.CHOICE) == choices.isEmpty())
                reading.fault(place + ".choices", Fault.Kind.CHOICES_FOR_CHOICE);
            var unit = node.path("unit");
            results.add(new ResultKind(key, reading.text(node.path("name"), place + ".name"), type,
                    unit.isMissingNode()
                            ? Optional.empty()
                            : Optional.of(unit.isString()
                                    ? Text.same(unit.asString())
                                    : reading.text(unit, place + ".unit")),
                    choices));
        }
        return results;
    }

    private static <E extends Enum<E>> Optional<E> one(JsonNode parent, String key, List<E> all, boolean wanted,
            Reading reading) {
        if (!wanted && !parent.has(key))
            return Optional.empty();
        return one(parent.path(key).asString(""), key, all, reading);
    }

    private static <E extends Enum<E>> Optional<E> one(String word, String place, List<E> all, Reading reading) {
        var found = all.stream().filter(e -> e.name().equalsIgnoreCase(word)).findFirst();
        if (found.isEmpty())
            reading.fault(place, Fault.Kind.ONE_OF, all, word);
        return found;
    }
}
