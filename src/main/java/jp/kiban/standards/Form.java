package jp.kiban.standards;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// 様式. The pages and fields of a standard's form, as `form.schema.json` describes them.
public record Form(List<FormPage> pages) {
    public Form { pages = List.copyOf(pages); }

    public Optional<FormPage> page(String id) { return pages.stream().filter(p -> p.id().equals(id)).findFirst(); }

    public List<Field> fields() { return pages.stream().flatMap(p -> p.fields().stream()).toList(); }

    /// The register items that fill this form, each once, in the order of the form: one inquiry asks for them all.
    public Set<String> evidenceItems() {
        return fields().stream().flatMap(f -> f.evidenceItem().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Where the value of a register item goes in the answers: `resident.person` to `claimant`, as it is.
    public Map<String, String> sources() {
        var sources = new LinkedHashMap<String, String>();
        for (var field : fields())
            field.evidenceItem().ifPresent(item -> sources.putIfAbsent(item, field.path().split("\\.")[0]));
        return sources;
    }
}
