package jp.kiban.submission;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// 添え書き. What stands beside the answers without being one of them. `written` is, by the path of a field, the text as the resident
/// wrote it, where it was brought into another form (any width, era years, hyphens): the answer is the form, this is the proof.
public record Beside(Map<String, String> written) {
    public static final Beside NOTHING = new Beside(Map.of());

    // what was kept before there was a word for it reads as nothing
    public Beside(@Nullable Map<String, String> written) {
        this.written = written == null ? Map.of() : Map.copyOf(written);
    }

    /// As it was written, where that differs from the answer.
    public Optional<String> writtenAt(String path) { return Optional.ofNullable(written.get(path)); }

    /// Only for answers that are there.
    Beside of(JsonNode answers) {
        var kept = new TreeMap<>(written);
        kept.keySet().removeIf(path -> Answers.at(answers, path).isEmpty());
        return new Beside(kept);
    }

    /// Without what concerns the rows of a table, whose numbers have changed.
    Beside withoutRows(String table) {
        var kept = new TreeMap<>(written);
        kept.keySet().removeIf(path -> path.startsWith(table + "["));
        return new Beside(kept);
    }

    /// With what a screen wrote: an empty text forgets what was there.
    Beside with(Map<String, String> now) {
        var all = new TreeMap<>(written);
        now.forEach((path, text) -> {
            if (text.isEmpty())
                all.remove(path);
            else
                all.put(path, text);
        });
        return new Beside(all);
    }
}
