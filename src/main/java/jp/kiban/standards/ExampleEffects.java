package jp.kiban.standards;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// 例への影響. What local values do to the national examples of a version: which come out otherwise, from what to what, and
/// which do not hold any more. A national example is one that names no local value of its own.
@Component
public final class ExampleEffects {
    private static final int MOST_KEPT = 500;

    private final Standards standards;
    private final Map<Tried, List<Failing>> tried = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Tried, List<Failing>> eldest) { return size() > MOST_KEPT; }
    };

    /// The values of a version that may not change an example, as they were held against all of them.
    private record Tried(StandardVersion version, Map<String, JsonNode> bound) {}

    public ExampleEffects(Standards standards) { this.standards = standards; }

    /// 影響. All of them, in the order of the examples.
    ///
    /// @param examples how many national examples there are
    /// @param failing the national examples that these values make fail although no variation that was set allows it
    public record Effects(int examples, List<Change> changed, List<Failing> failing) {}

    /// 変わる例. One example that comes out otherwise: outcome, sum of all amounts in yen, reason codes, and everything else
    /// that was decided.
    public record Change(String example, LocalDate filed, Said before, Said after) {}

    /// 判定の要約.
    public record Said(Judgement.Outcome outcome, long yen, List<String> reasons, Map<String, String> results) {}

    /// 守られない例. What the example wants and what it would get, and the keys of the values to blame.
    public record Failing(String example, List<Text> differences, List<String> keys) {
        /// All differences in one sentence.
        public Text said() {
            return differences.stream().reduce((a, b) -> new Text(a.ja() + "; " + b.ja(), a.easy() + "; " + b.easy(), a
                    .en() + "; " + b.en())).orElse(Text.same("—"));
        }
    }

    /// @param before the values in force, @param after what would be, both as the municipality set them (raw, without defaults)
    public Effects of(StandardRef ref, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        var edition = standards.edition(ref);
        var version = edition.version();
        var national = national(ref);
        var from = version.variations().keep(before).values();
        var to = version.variations().merge(after);
        var changed = new ArrayList<Change>();
        for (var example : national) {
            if (!version.check(example.answers()).isEmpty() && !example.expect().has("outcome"))
                continue;
            var earlier = said(version.judge(example.answers(), example.filed(), from));
            var later = said(version.judge(example.answers(), example.filed(), to));
            if (!earlier.equals(later))
                changed.add(new Change(example.name(), example.filed(), earlier, later));
        }
        return new Effects(national.size(), changed, failing(version, national, after));
    }

    /// 守られない例. Only the national examples that these values make fail although no variation that was set allows it.
    public List<Failing> failing(StandardRef ref, Map<String, JsonNode> values) {
        return failing(standards.edition(ref).version(), national(ref), values);
    }

    private List<Examples.Example> national(StandardRef ref) {
        return standards.examples(ref).all().stream().filter(e -> e.local().isEmpty() && e.authority().isBlank())
                .toList();
    }

    /// The rules say the same of the same: each set of values is held against the examples once. Values that may change
    /// examples, or that are the national ones, need not be held at all.
    private List<Failing> failing(StandardVersion version, List<Examples.Example> national,
            Map<String, JsonNode> values) {
        var bound = new LinkedHashMap<String, JsonNode>();
        values.forEach((key, value) -> {
            if (version.variations().find(key).filter(v -> !v.mayChangeExamples()
                    && !v.byDefault().equals(value)).isPresent())
                bound.put(key, value);
        });
        if (bound.isEmpty())
            return List.of();
        var key = new Tried(version, bound);
        synchronized (tried) {
            var known = tried.get(key);
            if (known != null)
                return known;
        }
        var found = judged(version, national, bound);
        synchronized (tried) {
            tried.put(key, found);
        }
        return found;
    }

    private static List<Failing> judged(StandardVersion version, List<Examples.Example> national,
            Map<String, JsonNode> bound) {
        var failing = new ArrayList<Failing>();
        for (var example : national) {
            var differences = differences(version, example, bound);
            if (differences.isEmpty() || !differences(version, example, Map.of()).isEmpty())
                continue;
            var alone = bound.entrySet().stream().filter(v -> !differences(version, example, Map.of(v.getKey(), v
                    .getValue())).isEmpty()).map(Map.Entry::getKey).toList();
            failing.add(
                    new Failing(example.name(), differences, alone.isEmpty() ? List.copyOf(bound.keySet()) : alone));
        }
        return List.copyOf(failing);
    }

    private static List<Text> differences(StandardVersion version, Examples.Example example,
            Map<String, JsonNode> values) {
        var local = JsonNodeFactory.instance.objectNode();
        values.forEach(local::set);
        var faults = new ArrayList<Fault>();
        try {
            example.with(local).verify(version, faults);
        } catch (BadInput | IllegalStateException | IllegalArgumentException stopped) {
            faults.add(Fault.of(example.file(), example.name(), Fault.Kind.EXAMPLE_STOPPED, stopped.getMessage()));
        }
        return faults.stream().map(Fault::words).toList();
    }

    private static Said said(Judgement judgement) {
        long yen = judgement.months().stream().mapToLong(m -> m.total().amount()).sum()
                + judgement.onceTotal().amount();
        var results = new LinkedHashMap<String, String>();
        judgement.results().forEach(r -> results.put(r.key(), r.value().isString()
                ? r.value().asString()
                : r.value().toString()));
        return new Said(judgement.outcome(), yen, judgement.reasons().stream().map(Judgement.Reason::code).toList(),
                results);
    }
}
