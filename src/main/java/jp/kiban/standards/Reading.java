package jp.kiban.standards;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kiban.flow.FlowFault;
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

    void fault(String place, Fault.Kind kind, @Nullable Object... with) {
        faults.add(Fault.of(file, place, kind, with));
    }

    void fault(FlowFault flow) { faults.add(Fault.of(file, flow)); }

    JsonNode json(Optional<String> text) { return tree(JSON, text); }

    JsonNode yaml(Optional<String> text) { return tree(YAML, text); }

    private JsonNode tree(ObjectMapper mapper, Optional<String> text) {
        if (text.isEmpty()) {
            fault("", Fault.Kind.FILE_MISSING);
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            var node = mapper.readTree(text.get());
            if (node.isObject())
                return node;
            fault("1", Fault.Kind.MAPPING_WANTED, node.getNodeType());
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            fault(at == null ? "" : at.getLineNr() + ":" + at.getColumnNr(), Fault.Kind.UNREADABLE,
                    String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("?"));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    Text text(JsonNode node, String place) {
        var missing = Stream.of("ja", "ja-easy", "en").filter(l -> node.path(l).asString("").isBlank()).toList();
        if (missing.isEmpty())
            return new Text(node.get("ja").asString(), node.get("ja-easy").asString(), node.get("en").asString());
        fault(place, Fault.Kind.TEXT_LANGUAGES, String.join(", ", missing));
        return Text.same("?");
    }

    LegalBasis law(JsonNode node, String place) {
        var words = node.asString("").strip();
        if (words.isEmpty()) {
            fault(place, Fault.Kind.LAW_MISSING);
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
            fault(join(place, key), Fault.Kind.WORD_MISSING, key);
        return value;
    }

    int number(JsonNode parent, String key, String place) {
        var value = parent.path(key);
        if (!value.isIntegralNumber())
            fault(join(place, key), Fault.Kind.WHOLE_NUMBER, value.isMissingNode() ? "—" : value);
        return value.asInt(0);
    }

    @Nullable
    LocalDate date(String text, String place) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            fault(place, Fault.Kind.DATE_WANTED, text);
            return null;
        }
    }

    Optional<AuthorityId> authority(String code, String place) {
        if (AuthorityId.isValid(code))
            return Optional.of(AuthorityId.of(code));
        fault(place, Fault.Kind.AUTHORITY_CODE, code);
        return Optional.empty();
    }

    List<String> words(JsonNode node) {
        var words = new ArrayList<String>();
        node.forEach(n -> words.add(n.asString("")));
        return words;
    }

    static String join(String place, String key) { return place.isEmpty() ? key : place + "." + key; }
}
