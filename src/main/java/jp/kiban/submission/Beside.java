package jp.kiban.submission;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.registry.AddressFound;
import jp.kiban.registry.CorporationFound;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// 添え書き. What stands beside the answers without being one of them, by the path of a field. `written` is the text as the resident
/// wrote it, where it was brought into another form (any width, era years, hyphens): the answer is the form, this is the proof.
/// `addresses` are the registered places that written addresses were found to mean: there the answer is the text itself.
/// `corporations` are names and seats as the registry had them when the number was written: there the answer is the number.
public record Beside(Map<String, String> written, Map<String, AddressFound> addresses,
        Map<String, CorporationFound> corporations) {
    public static final Beside NOTHING = new Beside(Map.of(), Map.of(), Map.of());

    // what was kept before there was a word for it reads as nothing
    public Beside(@Nullable Map<String, String> written, @Nullable Map<String, AddressFound> addresses,
            @Nullable Map<String, CorporationFound> corporations) {
        this.written = written == null ? Map.of() : Map.copyOf(written);
        this.addresses = addresses == null ? Map.of() : Map.copyOf(addresses);
        this.corporations = corporations == null ? Map.of() : Map.copyOf(corporations);
    }

    /// As it was written, where that differs from the answer.
    public Optional<String> writtenAt(String path) { return Optional.ofNullable(written.get(path)); }

    public Optional<AddressFound> addressAt(String path) { return Optional.ofNullable(addresses.get(path)); }

    public Optional<CorporationFound> corporationAt(String path) { return Optional.ofNullable(corporations.get(path)); }

    Beside withoutCorporation(String path) {
        var bodies = new TreeMap<>(corporations);
        bodies.remove(path);
        return new Beside(written, addresses, bodies);
    }

    /// Only for answers that are there.
    Beside of(JsonNode answers) { return kept(path -> Answers.at(answers, path).isPresent()); }

    /// Without what concerns the rows of a table, whose numbers have changed.
    Beside withoutRows(String table) { return kept(path -> !path.startsWith(table + "[")); }

    private Beside kept(java.util.function.Predicate<String> keeps) {
        var texts = new TreeMap<>(written);
        texts.keySet().removeIf(keeps.negate());
        var places = new TreeMap<>(addresses);
        places.keySet().removeIf(keeps.negate());
        var bodies = new TreeMap<>(corporations);
        bodies.keySet().removeIf(keeps.negate());
        return new Beside(texts, places, bodies);
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
        return new Beside(all, addresses, corporations);
    }

    Beside with(String path, AddressFound found) {
        var all = new TreeMap<>(addresses);
        all.put(path, found);
        return new Beside(written, all, corporations);
    }

    Beside with(String path, CorporationFound found) {
        var all = new TreeMap<>(corporations);
        all.put(path, found);
        return new Beside(written, addresses, all);
    }
}
