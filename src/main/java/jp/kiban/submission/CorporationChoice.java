package jp.kiban.submission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.registry.CorporationFound;
import jp.kiban.registry.CorporationLookup;
import jp.kiban.standards.Field;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 法人の選択. Looks up what stands in the corporation fields of a form, and keeps name, seat and edition beside the number. A written name
/// becomes a number only by the writer's own choice among those that fit; a closed corporation and an unknown number are shown once
/// before the form goes on.
@Component
final class CorporationChoice {
    /// Before the path of a field: which corporation was chosen on the screen.
    static final String CHOSEN = "corporation:";

    private final CorporationLookup lookup;

    CorporationChoice(CorporationLookup lookup) { this.lookup = lookup; }

    /// The notes with the corporations of these fields; what was chosen becomes the answer.
    Beside beside(Beside before, List<Field> fields, JsonNode old, ObjectNode answers, Map<String, List<String>> sent) {
        var beside = before;
        for (var path : AddressMatching.paths(Field.Kind.CORPORATION, fields, answers)) {
            var text = text(answers, path);
            if (text.isBlank())
                continue;
            var earlier = beside.corporationAt(path).filter(found -> text(old, path).equals(text));
            var choice = sent.getOrDefault(CHOSEN + path, List.of());
            beside = beside.with(path, earlier.isPresent() && !choice.isEmpty()
                    ? chosen(earlier.get(), path, choice.getLast(), answers)
                    : earlier.filter(CorporationFound::asked).orElseGet(() -> lookup.found(text)));
        }
        return beside;
    }

    private CorporationFound chosen(CorporationFound shown, String path, String choice, ObjectNode answers) {
        if (!shown.offers(choice))
            return shown.shown();
        Answers.put(answers, path, JsonNodeFactory.instance.stringNode(choice));
        return lookup.found(choice).byChoice();
    }

    /// Whether the writer is still to be shown something in one of these fields.
    static boolean open(Beside beside, List<Field> fields, JsonNode answers, Known known) {
        return AddressMatching.paths(Field.Kind.CORPORATION, fields.stream().filter(f -> !known.locks(f)).toList(),
                answers).stream().anyMatch(
                        path -> beside.corporationAt(path).filter(CorporationFound::open)
                                .isPresent());
    }

    private static String text(JsonNode answers, String path) {
        return Optional.of(answers).flatMap(a -> Answers.at(a, path)).map(v -> v.asString("")).orElse("");
    }
}
