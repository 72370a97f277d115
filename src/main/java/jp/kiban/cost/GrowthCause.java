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

/// 増加の原因. Why running costs grew, as the council sorted it: ten structural causes, three functional ones, external; besides,
/// replacement, quantity, and what nobody has explained. Data in `cost/causes.yaml`.
public record GrowthCause(String code, String group, Text name) {
    public static final String EXCHANGE = "X3";
    public static final String WAGES = "X2";
    public static final String QUANTITY = "Q";
    public static final String UNEXPLAINED = "U";
    private static final List<GrowthCause> ALL = read();

    public static List<GrowthCause> all() { return ALL; }

    public static Optional<GrowthCause> of(String code) {
        return ALL.stream().filter(c -> c.code().equals(code)).findFirst();
    }

    private static List<GrowthCause> read() {
        try (var in = GrowthCause.class.getResourceAsStream("/cost/causes.yaml")) {
            var found = new ArrayList<GrowthCause>();
            if (new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Objects.requireNonNull(in)) instanceof Map<?, ?> top
                    && top.get("causes") instanceof List<?> causes)
                for (var one : causes)
                    if (one instanceof Map<?, ?> cause && cause.get("name") instanceof Map<?, ?> name)
                        found.add(new GrowthCause(word(cause, "code"), word(cause, "group"),
                                new Text(word(name, "ja"), word(name, "ja-easy"), word(name, "en"))));
            if (found.stream().noneMatch(c -> c.code().equals(UNEXPLAINED)))
                throw new IllegalStateException("causes.yaml names no unexplained rest");
            return List.copyOf(found);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String word(Map<?, ?> in, String key) { return Objects.requireNonNull(in.get(key), key).toString(); }
}
