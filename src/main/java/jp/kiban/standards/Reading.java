package jp.kiban.standards;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// 読み取り. Reads one file of a standard and gathers what is wrong in it, so that all faults are told at once. A value that
/// is wrong is replaced by a harmless one, so that the reading can go on.
final class Reading {
    static final LegalBasis NO_LAW = new LegalBasis("?", "");
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String file;
    private final List<Fault> faults;

    Reading(String file, List<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    void fault(String place, String message) { faults.add(new Fault(file, place, message)); }

    void fault(String place, String message, String mend) { faults.add(new Fault(file, place, message, mend)); }

    JsonNode json(Optional<String> text) { return tree(JSON, text); }

    JsonNode yaml(Optional<String> text) { return tree(YAML, text); }

    private JsonNode tree(ObjectMapper mapper, Optional<String> text) {
        if (text.isEmpty()) {
            fault("", "the file is missing", "write it; docs/reference/standard-format.md says what it holds");
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            var node = mapper.readTree(text.get());
            if (node.isObject())
                return node;
            fault("1", "expected a mapping, saw " + node.getNodeType(), "begin with a key, as the other standards do");
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            fault(at == null ? "" : at.getLineNr() + ":" + at.getColumnNr(),
                    String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("cannot be read"),
                    "mend the signs at or just before this place: a bracket, a comma, a quotation mark, an indentation, a key given twice");
        }
        return JsonNodeFactory.instance.objectNode();
    }

    Text text(JsonNode node, String place) {
        var missing = Stream.of("ja", "ja-easy", "en").filter(l -> node.path(l).asString("").isBlank()).toList();
        if (missing.isEmpty())
            return new Text(node.get("ja").asString(), node.get("ja-easy").asString(), node.get("en").asString());
        fault(place, "a text in three languages is wanted; missing: " + String.join(", ", missing),
                "write { ja: …, ja-easy: …, en: … }");
        return Text.same("?");
    }

    LegalBasis law(JsonNode node, String place) {
        var words = node.asString("").strip();
        if (words.isEmpty()) {
            fault(place, "the legal basis (law and article) is missing",
                    "name it as 法律の名 第N条第N項, with a space before the article");
            return NO_LAW;
        }
        return law(words);
    }

    /// `児童手当法 第8条第3項`: the law, a space, the article.
    static LegalBasis law(String words) {
        var parts = words.strip().split("\\s+", 2);
        return new LegalBasis(parts[0], parts.length > 1 ? parts[1] : "");
    }

    String word(JsonNode parent, String key, String place) {
        var value = parent.path(key).asString("");
        if (value.isBlank())
            fault(join(place, key), "is missing", "add “" + key + "”");
        return value;
    }

    int number(JsonNode parent, String key, String place) {
        var value = parent.path(key);
        if (!value.isIntegralNumber())
            fault(join(place, key), "a whole number is wanted, saw " + value, "write a number without quotation marks");
        return value.asInt(0);
    }

    @Nullable
    LocalDate date(String text, String place) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            fault(place, "a date (2024-10-01) is wanted, saw “" + text + "”", "write year-month-day");
            return null;
        }
    }

    Optional<AuthorityId> authority(String code, String place) {
        if (AuthorityId.isValid(code))
            return Optional.of(AuthorityId.of(code));
        fault(place, "not an authority code: “" + code + "”",
                "six digits with their check digit, or G and five signs for a ministry; see the verb authorities");
        return Optional.empty();
    }

    List<String> words(JsonNode node) {
        var words = new ArrayList<String>();
        node.forEach(n -> words.add(n.asString("")));
        return words;
    }

    static String join(String place, String key) { return place.isEmpty() ? key : place + "." + key; }
}
