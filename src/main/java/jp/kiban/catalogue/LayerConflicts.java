package jp.kiban.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.ExampleEffects;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Variation;
import tools.jackson.databind.JsonNode;

/// 引き継ぎの判断. Which of the values that were set under one version another does not take. What was set under a version itself
/// was checked then. Kept, since every application asks.
final class LayerConflicts {
    private static final int MOST_KEPT = 2_000;
    private final Standards standards;
    private final ExampleEffects effects;
    private final Map<Asked, List<LayerConflict>> kept = new ConcurrentHashMap<>();

    /// 設定されている値. What a municipality has set, by which ordinance, and the version that it was checked against.
    record Setting(Map<String, JsonNode> values, String ordinance, StandardRef origin) {}

    private record Asked(StandardVersion to, Setting setting) {}

    LayerConflicts(Standards standards, ExampleEffects effects) {
        this.standards = standards;
        this.effects = effects;
    }

    List<LayerConflict> of(StandardVersion to, Setting setting) {
        if (setting.values().isEmpty() || setting.origin().equals(to.ref()))
            return List.of();
        if (kept.size() > MOST_KEPT)
            kept.clear();
        var asked = new Asked(to, setting);
        var known = kept.get(asked);
        if (known == null) {
            known = List.copyOf(found(to, setting).values());
            kept.put(asked, known);
        }
        return known;
    }

    /// The values that the version takes.
    Map<String, JsonNode> settled(StandardVersion to, Setting setting) {
        var conflicts = of(to, setting);
        if (conflicts.isEmpty())
            return setting.values();
        var values = new LinkedHashMap<>(setting.values());
        conflicts.forEach(c -> values.remove(c.key()));
        return values;
    }

    private Map<String, LayerConflict> found(StandardVersion to, Setting setting) {
        var from = origin(setting.origin());
        var conflicts = new LinkedHashMap<String, LayerConflict>();
        setting.values().forEach((key, value) -> to.variations().find(key).ifPresentOrElse(
                now -> one(now, from.flatMap(f -> f.variations().find(key)), value, setting).ifPresent(c -> conflicts
                        .put(key, c)),
                () -> conflicts.put(key, new LayerConflict(key, LayerConflict.Kind.GONE, value, Optional.empty(), List
                        .of(LayerWords.text("catalogue.layer.conflict.gone"))))));
        var taken = new LinkedHashMap<>(setting.values());
        taken.keySet().removeAll(conflicts.keySet());
        for (var failing : effects.failing(to.ref(), taken))
            for (var key : failing.keys())
                to.variations().find(key).ifPresent(v -> conflicts.putIfAbsent(key, new LayerConflict(key,
                        LayerConflict.Kind.EXAMPLE, taken.getOrDefault(key, v.byDefault()), Optional.of(v.byDefault()),
                        List.of(LayerWords
                                .text("catalogue.layer.conflict.example", failing.example(), failing.said())))));
        return conflicts;
    }

    private static Optional<LayerConflict> one(Variation now, Optional<Variation> before, JsonNode value,
            Setting setting) {
        var findings = now.check(value);
        if (!findings.isEmpty())
            return Optional.of(new LayerConflict(now.key(), before.filter(b -> b.type() != now.type()).isPresent()
                    ? LayerConflict.Kind.TYPE
                    : LayerConflict.Kind.RANGE, value, Optional.of(now.byDefault()),
                    findings.stream().map(
                            Finding::message).toList()));
        return now.ordinanceNeeded() && before.filter(Variation::ordinanceNeeded).isEmpty() && setting.ordinance()
                .isBlank() && !value.equals(now.byDefault())
                        ? Optional.of(new LayerConflict(now.key(), LayerConflict.Kind.ORDINANCE, value, Optional.of(now
                                .byDefault()), List.of(LayerWords.text("catalogue.layer.conflict.ordinance"))))
                        : Optional.empty();
    }

    private Optional<StandardVersion> origin(StandardRef ref) {
        try {
            return Optional.of(standards.version(ref));
        } catch (NotThere gone) {
            return Optional.empty();
        }
    }
}
