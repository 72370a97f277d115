package jp.kiban.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.kernel.Text;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// 公表値. A figure that somebody published about running costs: whose, how much, of what against what, when, where it was seen and how
/// well it is known. Data in `cost/target-facts.yaml`. Shown beside the ledger's figures, never added to them.
public record TargetFact(Text who, Text value, Text base, Text now, String asOf, String source,
        Confidence confidence) {
    private static final List<TargetFact> ALL = read();

    public static List<TargetFact> all() { return ALL; }

    private static List<TargetFact> read() {
        try (var in = TargetFact.class.getResourceAsStream("/cost/target-facts.yaml")) {
            var found = new ArrayList<TargetFact>();
            if (new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Objects.requireNonNull(in)) instanceof Map<?, ?> top
                    && top.get("facts") instanceof List<?> facts)
                for (var one : facts)
                    if (one instanceof Map<?, ?> fact)
                        found.add(new TargetFact(text(fact, "who"), new Text(word(fact, "value"), word(fact, "value"),
                                Optional.ofNullable(fact.get("value_en")).map(Object::toString).orElse(word(fact,
                                        "value"))),
                                text(fact, "base"), text(fact, "now"), word(fact, "as_of"), word(
                                        fact, "source"),
                                Confidence.valueOf(word(fact, "confidence"))));
            return List.copyOf(found);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Text text(Map<?, ?> in, String key) {
        if (in.get(key) instanceof Map<?, ?> texts)
            return new Text(word(texts, "ja"), word(texts, "ja-easy"), word(texts, "en"));
        throw new IllegalStateException("target-facts.yaml: " + key + " is no text");
    }

    private static String word(Map<?, ?> in, String key) { return Objects.requireNonNull(in.get(key), key).toString(); }
}
