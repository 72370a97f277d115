package jp.kiban.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.registry.AddressFound;
import jp.kiban.registry.Addresses;
import jp.kiban.standards.Field;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 住所の照合. Looks up what stands in the address fields of a form and keeps the registered place beside the text. Where several
/// places fit, the writer is asked once which is meant; nothing is chosen for them, and they may leave it open.
@Component
final class AddressMatching {
    private final Addresses addresses;

    AddressMatching(Addresses addresses) { this.addresses = addresses; }

    /// The notes with what the addresses of these fields mean. What was found for the same text with the same dictionary stays, and
    /// so does what the writer chose (`match:` and the path in what the screen sent).
    Beside beside(Beside before, List<Field> fields, JsonNode old, JsonNode answers, Map<String, List<String>> sent) {
        var beside = before;
        for (var path : paths(Field.Kind.ADDRESS, fields, answers)) {
            var text = Answers.at(answers, path).map(v -> v.asString("")).orElse("");
            if (text.isBlank())
                continue;
            var earlier = beside.addressAt(path)
                    .filter(found -> Answers.at(old, path).map(v -> v.asString("")).equals(Optional.of(text)))
                    .filter(found -> found.chosen() || found.dataVersion().equals(addresses.version()));
            var found = earlier.orElseGet(() -> addresses.found(text));
            var choice = sent.getOrDefault("match:" + path, List.of());
            if (earlier.isPresent() && !choice.isEmpty() && !found.candidates().isEmpty())
                found = found.choosing(choice.getLast());
            beside = beside.with(path, found);
        }
        return beside;
    }

    /// Whether the writer is still to be shown several places in one of these fields.
    static boolean open(Beside beside, List<Field> fields, JsonNode answers, Known known) {
        return paths(Field.Kind.ADDRESS, fields.stream().filter(f -> !known.locks(f)).toList(), answers).stream()
                .anyMatch(path -> beside.addressAt(path).filter(AddressFound::open).isPresent());
    }

    static boolean holds(Field field, Field.Kind kind) {
        return field.kind() == kind || field.columns().stream().anyMatch(c -> c.kind() == kind);
    }

    /// Where answers of this kind are, in tables too.
    static List<String> paths(Field.Kind kind, List<Field> fields, JsonNode answers) {
        var paths = new ArrayList<String>();
        for (var field : fields) {
            if (field.kind() == kind)
                paths.add(field.path());
            if (field.kind() == Field.Kind.TABLE)
                for (int row = 0; row < Answers.at(answers, field.path()).map(JsonNode::size).orElse(0); row++)
                    for (var column : field.columns())
                        if (column.kind() == kind)
                            paths.add(field.path() + "[" + row + "]." + column.path());
        }
        return paths;
    }
}
