package jp.kiban.submission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.letters.CorporateNumber;
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

    /// 調べたもの. What the registry says of every text that stands in such a field, and of every choice: asked before the draft is
    /// held, because the registry is everybody's and a draft is one person's.
    Map<String, CorporationFound> looked(List<Field> fields, JsonNode answers, Map<String, List<String>> sent) {
        var looked = new HashMap<String, CorporationFound>();
        for (var path : AddressMatching.paths(Field.Kind.CORPORATION, fields, answers)) {
            var text = text(answers, path);
            if (!text.isBlank())
                looked.computeIfAbsent(text, lookup::found);
            for (var choice : sent.getOrDefault(CHOSEN + path, List.of()))
                if (CorporateNumber.isValid(choice))
                    looked.computeIfAbsent(choice, lookup::found);
        }
        return looked;
    }

    /// The notes with the corporations of these fields; what was chosen becomes the answer.
    static Beside beside(Beside before, List<Field> fields, JsonNode old, ObjectNode answers,
            Map<String, List<String>> sent, Map<String, CorporationFound> looked) {
        var beside = before;
        for (var path : AddressMatching.paths(Field.Kind.CORPORATION, fields, answers)) {
            var text = text(answers, path);
            if (text.isBlank())
                continue;
            var earlier = beside.corporationAt(path).filter(found -> text(old, path).equals(text));
            var choice = sent.getOrDefault(CHOSEN + path, List.of());
            var now = looked.get(earlier.isPresent() && !choice.isEmpty() && earlier.get().offers(choice.getLast())
                    ? choice.getLast()
                    : text);
            if (earlier.isPresent() && !choice.isEmpty()) {
                if (now != null && earlier.get().offers(choice.getLast())) {
                    Answers.put(answers, path, JsonNodeFactory.instance.stringNode(choice.getLast()));
                    beside = beside.with(path, now.byChoice());
                } else {
                    beside = beside.with(path, earlier.get().shown());
                }
            } else if (earlier.filter(CorporationFound::asked).isEmpty()) {
                beside = now == null ? beside.withoutCorporation(path) : beside.with(path, now);
            }
        }
        return beside;
    }

    /// The notes for answers that a program sent: what the registry says of every number; a number that it does not know, or that is
    /// closed, is taken as it was sent and told.
    Beside beside(Beside before, List<Field> fields, JsonNode answers) {
        var beside = before;
        for (var path : AddressMatching.paths(Field.Kind.CORPORATION, fields, answers)) {
            var text = text(answers, path);
            if (CorporateNumber.isValid(text))
                beside = beside.with(path, lookup.found(text).shown());
        }
        return beside;
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
