package jp.kiban.catalogue;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jp.kiban.authority.Authorities;
import jp.kiban.flow.FlowDrawing;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.letters.Wareki;
import jp.kiban.kernel.Yen;
import jp.kiban.standards.Choice;
import jp.kiban.standards.Edition;
import jp.kiban.standards.Field;
import jp.kiban.standards.FormPage;
import jp.kiban.standards.NationalValue;
import jp.kiban.standards.Registers;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Variation;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 標準の読み物. A version put into the order in which a citizen asks: who, what, when, what is asked, how it is decided, what
/// may differ from town to town, what one is told, what has changed.
@Component
final class PublicText {
    private final Publications publications;
    private final Standards standards;
    private final Authorities authorities;
    private final Registers registers;
    private final Layers layers;
    private final Adoptions adoptions;
    private final NoticeSamples samples;
    private final Changes changes;
    private final Clock clock;

    PublicText(Publications publications, Standards standards, Authorities authorities, Registers registers,
            Layers layers, Adoptions adoptions, NoticeSamples samples, Changes changes, Clock clock) {
        this.publications = publications;
        this.standards = standards;
        this.authorities = authorities;
        this.registers = registers;
        this.layers = layers;
        this.adoptions = adoptions;
        this.samples = samples;
        this.changes = changes;
        this.clock = clock;
    }

    /// 聞くこと. One question: from which register the answer comes, empty when the person answers; by which law.
    record Asked(String page, String label, boolean required, String source, String register, String law, String why) {}

    /// 市区町村の選択. The columns are what may vary, the rows the municipalities that differ from the standard (or adopted it).
    record Choices(List<Column> columns, List<Row> rows) {
        record Column(String key, String name) {}

        record Row(String code, String name, String prefecture, List<String> values) {}
    }

    /// 変えられること.
    record Varies(String name, String explanation, String type, String limits, String byDefault, boolean ordinance,
            String law) {}

    /// 例.
    record Example(String name, LocalDate filed, String outcome) {}

    /// 国の値.
    ///
    /// @param value with its unit; empty for a table, which has rows
    record Value(String key, String name, String value, List<String> columns, List<List<String>> rows, LocalDate from,
            String law, boolean confirmed) {}

    Map<String, Object> of(Edition edition, Language language) {
        var model = new LinkedHashMap<String, Object>();
        var standard = edition.standard();
        var one = publications.of(edition.ref());
        var description = edition.files().description();
        model.put("standard", standard);
        model.put("one", one);
        model.put("ministry", authorities.get(standard.ministry()).title());
        model.put("correctedBy", publications.correctedBy(edition.ref()));
        model.put("open", one.stage() == VersionStage.IN_FORCE);
        model.put("asked", asked(edition, language));
        model.put("tables", edition.files().ofVersion("decisions.dmn").map(DecisionTables::of).orElse(List.of()));
        model.put("flow", edition.version().flow().map(flow -> FlowDrawing.of(flow)));
        model.put("varies", varies(edition, language));
        model.put("choices", choices(edition, language));
        model.put("values", values(edition, language));
        model.put("notices", samples.of(edition, language));
        model.put("examples", examples(edition, language));
        model.put("reports", StreamSupport.stream(description.path("statistics").spliterator(), false).map(r -> r.path(
                "report").asString("")).filter(r -> !r.isBlank()).toList());
        model.put("indicators", StreamSupport.stream(description.path("indicators").spliterator(), false).map(i -> word(
                i.path("name"), language) + " — " + i.path("target").asString("")).toList());
        var history = publications.history(edition.ref().id());
        model.put("history", history);
        var before = history.stream().map(Publication::ref).filter(r -> standards.edition(r).inForceFrom().isBefore(
                edition.inForceFrom())
                || standards.edition(r).inForceFrom().equals(edition.inForceFrom()) && r.version()
                        .isBefore(edition.ref().version()))
                .findFirst();
        model.put("before", before);
        model.put("changes", before.map(r -> changes.between(standards.edition(r).files(), edition.files(), language))
                .orElse(List.of()));
        model.put("adopted", standard.pattern() == ServiceStandard.Pattern.B
                ? Optional.of(adoptions.inForce(standard.id(), LocalDate.now(clock)).stream().filter(a -> a
                        .kind() == Adoptions.Kind.ADOPTED).count())
                : Optional.empty());
        return model;
    }

    /// The same for programs.
    Map<String, Object> json(Edition edition, Language language) {
        var all = of(edition, language);
        var json = new LinkedHashMap<String, Object>();
        var standard = edition.standard();
        json.put("standard", standard.id());
        json.put("version", edition.ref().version());
        json.put("name", standard.name());
        json.put("summary", standard.summary());
        json.put("audience", standard.audience());
        json.put("ministry", standard.ministry());
        json.put("law", standard.law().toString());
        var one = publications.of(edition.ref());
        var publication = new LinkedHashMap<String, Object>(Map.of("stage", one.stage(), "inForceOn", edition
                .inForceFrom(), "urgentReason", one.urgentReason(), "digest", edition.files().digest()));
        one.corrects().ifPresent(c -> publication.put("corrects", c));
        publications.correctedBy(edition.ref()).ifPresent(c -> publication.put("correctedBy", c));
        json.put("publication", publication);
        for (var key : List.of("asked", "tables", "varies", "choices", "values", "examples", "changes"))
            Optional.ofNullable(all.get(key)).ifPresent(value -> json.put(key, value));
        return json;
    }

    private List<Asked> asked(Edition edition, Language language) {
        var all = new ArrayList<Asked>();
        for (FormPage page : edition.version().form().pages())
            for (var field : page.fields())
                all.add(asked(page, field, language));
        return all;
    }

    private Asked asked(FormPage page, Field field, Language language) {
        var item = field.evidenceItem().flatMap(registers::find);
        return new Asked(page.title().in(language), field.label().in(language), field.required(), item.map(i -> i.name()
                .in(language)).or(field::evidenceItem).orElse(""), item.map(i -> i.register().in(language)).orElse(""),
                field.basis().toString(), field.handling().whyAsked().map(t -> t.in(language)).orElse(""));
    }

    private List<Varies> varies(Edition edition, Language language) {
        return edition.version().variations().all().stream().map(v -> new Varies(v.name().in(language), v.explanation()
                .in(language), v.type().title().in(language), v.limits().words(),
                said(v, v
                        .byDefault(), language),
                v.ordinanceNeeded(), v.basis().toString())).toList();
    }

    Choices choices(Edition edition, Language language) {
        var variations = edition.version().variations().all();
        var today = LocalDate.now(clock);
        var day = today.isBefore(edition.inForceFrom()) ? edition.inForceFrom() : today;
        var rows = new ArrayList<Choices.Row>();
        layers.everywhere(edition.version(), day).forEach((id, values) -> rows.add(row(id, variations.stream().map(
                v -> Optional.ofNullable(values.get(v.key())).map(value -> said(v, value, language)).orElse(""))
                .toList(),
                language)));
        return new Choices(variations.stream().map(v -> new Choices.Column(v.key(), v.name().in(language))).toList(),
                rows);
    }

    private Choices.Row row(AuthorityId id, List<String> values, Language language) {
        return new Choices.Row(id.code(), authorities.get(id).title().in(language), authorities.prefectureOf(id).title()
                .in(language), values);
    }

    /// A local value in words.
    static String said(Variation variation, JsonNode value, Language language) {
        return switch (variation.type()) {
            case YES_NO -> Words.in(language, value.asBoolean(false) ? "catalogue.yes" : "catalogue.no");
            case YEN -> language == Language.EN
                    ? String.format("¥%,d", value.asLong(0))
                    : Yen.of(Math.max(0, value.asLong(0))).toString();
            case CHOICE, FORMULA -> choice(variation.choices(), value, language);
            case SET,
                    ORDERED ->
                StreamSupport.stream(value.spliterator(), false).map(v -> choice(variation.choices(), v,
                        language))
                        .collect(Collectors.joining(variation.type() == Variation.Type.ORDERED ? " → " : "、"));
            case TABLE, FIELD, DOCUMENT -> value.isEmpty()
                    ? Words.in(language, "catalogue.no-rows")
                    : Words.in(language, "catalogue.rows", value.size());
            case DATE -> value.isString() ? Wareki.in(language, LocalDate.parse(value.asString())) : "";
            case INTEGER, DECIMAL -> value.asString("") + variation.unit().map(u -> " " + u).orElse("");
            case RECURRENCE, TEXT, ORDINANCE -> value.isObject() ? word(value, language) : value.asString("");
        };
    }

    private static String choice(List<Choice> choices, JsonNode value, Language language) {
        return choices.stream().filter(c -> c.value().equals(value.asString(""))).findFirst().map(c -> c.label().in(
                language)).orElse(value.asString(""));
    }

    private static String word(JsonNode text, Language language) {
        return text.path(language == Language.JA ? "ja" : language == Language.EN ? "en" : "ja-easy").asString("");
    }

    private static List<Value> values(Edition edition, Language language) {
        return edition.version().nationalValues().stream().map(v -> new Value(v.key(), v.called().in(language), v
                .written(language), v.columns().stream().map(c -> c.name().in(language)).toList(), rows(v, language),
                v
                        .from(),
                v.basis().toString(), v.confirmed())).toList();
    }

    private static List<List<String>> rows(NationalValue value, Language language) {
        if (!value.isTable())
            return List.of();
        return StreamSupport.stream(value.value().spliterator(), false)
                .map(row -> value.columns().stream().map(c -> value
                        .written(row.path(c.key()), c, language)).toList())
                .toList();
    }

    private List<Example> examples(Edition edition, Language language) {
        return standards.samples(edition.ref()).stream().map(s -> {
            var outcome = s.expect().path("outcome").asString("");
            return new Example(s.name(), s.filed(), Words.in(language, "catalogue.outcome." + (outcome.isEmpty()
                    ? "FINDINGS"
                    : outcome)));
        }).toList();
    }

}
