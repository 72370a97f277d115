package jp.kiban.standards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 追加の様式. The form of a version with the questions and papers that one municipality adds, on a page of their own before
/// the last; their answers lie under `local` and are checked like all others, but the rules never see them. What a register
/// holds is not asked this way either, unless the municipality says why and by which law.
@Component
public final class LocalForms {
    private static final int MOST_KEPT = 5_000;
    private final Standards standards;
    private final Map<Key, StandardVersion> kept = new ConcurrentHashMap<>();

    private record Key(StandardVersion version, List<ExtraField> questions, List<ExtraDocument> papers) {}

    public LocalForms(Standards standards) { this.standards = standards; }

    /// The version with the form of a municipality that has these values; the version itself where it adds nothing.
    public StandardVersion with(StandardVersion version, Variations.Values values) {
        var questions = ExtraField.of(version.variations(), values);
        var papers = ExtraDocument.of(version.variations(), values);
        if (questions.isEmpty() && papers.isEmpty())
            return version;
        if (kept.size() > MOST_KEPT)
            kept.clear();
        return kept.computeIfAbsent(new Key(version, questions, papers), k -> version.withForm(questions, papers));
    }

    /// The same for whoever has only the standard itself, such as the conformance kit.
    public static StandardVersion asked(StandardVersion version, Variations.Values values) {
        var questions = ExtraField.of(version.variations(), values);
        var papers = ExtraDocument.of(version.variations(), values);
        return questions.isEmpty() && papers.isEmpty() ? version : version.withForm(questions, papers);
    }

    /// What is wrong with the questions and papers among these local values: what a register holds is not asked.
    public List<Finding> check(StandardRef ref, Map<String, JsonNode> local) {
        var edition = standards.edition(ref);
        var version = edition.version();
        var asking = version.variations().all().stream().filter(v -> local.containsKey(v.key())
                && (v.type() == Variation.Type.FIELD || v.type() == Variation.Type.DOCUMENT)).toList();
        if (asking.isEmpty())
            return List.of();
        var lints = standards.lints(ref);
        var findings = new ArrayList<Finding>();
        for (var variation : asking)
            findings.addAll(lints.asked(variation.key(), variation.type() == Variation.Type.FIELD, Optional.ofNullable(
                    local.get(variation.key())).orElse(JsonNodeFactory.instance.arrayNode())));
        return findings;
    }

    /// The schema with a group `local` and a page for it.
    static JsonNode schema(JsonNode schema, String dataClass, List<ExtraField> questions, List<ExtraDocument> papers) {
        var with = (ObjectNode) schema.deepCopy();
        var local = with.withObject("/properties").putObject("local").put("type", "object").put("description",
                "市区町村が条例等で加えた項目。").put("x-kiban-class", dataClass);
        var properties = local.putObject("properties");
        var required = local.putArray("required");
        var fields = JsonNodeFactory.instance.arrayNode();
        for (var question : questions) {
            property(properties.putObject(question.key()), question);
            if (question.required())
                required.add(question.key());
            fields.add("local." + question.key());
        }
        for (var paper : papers) {
            var property = properties.putObject(paper.key()).put("description", "添付書類").put("x-kiban-kind", "PHOTO")
                    .put(
                            "x-kiban-basis", words(paper.basis()));
            property.set("x-kiban-label", text(paper.name()));
            support(property, paper.support(), paper.whyAsked());
            if (paper.required()) {
                required.add(paper.key());
                property.put("minItems", 1);
            }
            fields.add("local." + paper.key());
        }
        var page = JsonNodeFactory.instance.objectNode().put("id", "local");
        page.set("title", text(new Text("市区町村からの質問", "まちからの 質問（しつもん）", "Questions from your municipality")));
        page.set("lead", text(new Text("お住まいの市区町村が条例などで加えた質問です。", "あなたの まちが きまりで 聞いて いる ことです。",
                "Your municipality has added these by its own rules.")));
        page.set("fields", fields);
        var pages = JsonNodeFactory.instance.arrayNode();
        var own = with.path("x-kiban-pages");
        for (int i = 0; i < own.size(); i++) {
            if (i == own.size() - 1)
                pages.add(page);
            pages.add(own.get(i));
        }
        with.set("x-kiban-pages", pages);
        return with;
    }

    private static void property(ObjectNode property, ExtraField question) {
        property.put("description", question.label().ja()).put("x-kiban-kind", question.kind().name()).put(
                "x-kiban-basis", words(question.basis()));
        property.set("x-kiban-label", text(question.label()));
        support(property, question.support(), question.whyAsked());
        switch (question.kind()) {
            case TEXT -> property.put("type", "string").put("maxLength", 200);
            // where somebody lives or lived leads to a protected person, whoever asks it
            case ADDRESS -> property.put("type", "string").put("maxLength", 200).put("x-kiban-shield", "address");
            // type and pattern are those of every corporation
            case CORPORATION -> property.put("type", "string");
            case TEXTAREA -> property.put("type", "string").put("maxLength", 2_000);
            case INTEGER -> property.put("type", "integer");
            case YEN -> property.put("type", "integer").put("minimum", 0);
            case DATE -> property.put("type", "string").put("format", "date");
            case YES_NO -> property.put("type", "boolean");
            case CHOICE -> choices(property.put("type", "string"), property, question);
            case MULTI_CHOICE -> choices(property.put("type", "array").putObject("items").put("type", "string"),
                    property, question);
        }
    }

    private static void choices(ObjectNode limited, ObjectNode property, ExtraField question) {
        var values = limited.putArray("enum");
        var shown = property.putObject("x-kiban-choices");
        for (var choice : question.choices()) {
            values.add(choice.value());
            shown.set(choice.value(), text(choice.label()));
        }
    }

    private static void support(ObjectNode property, Optional<Text> support, Optional<String> why) {
        support.or(() -> why.map(Text::same)).ifPresent(words -> property.set("x-kiban-support", text(words)));
    }

    private static String words(jp.kiban.kernel.LegalBasis basis) {
        return (basis.law() + " " + basis.article()).strip();
    }

    private static JsonNode text(Text text) {
        return JsonNodeFactory.instance.objectNode().put("ja", text.ja()).put("ja-easy", text.easy()).put("en", text
                .en());
    }
}
