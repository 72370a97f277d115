package jp.kiban.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.kernel.Text;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// 費用負担の考え方. Who bears what of a common service, by kind (pattern A and B, DPI, infrastructure, data exchange) and stage
/// (survey, specification, initial, usage, migration): data in `cost/sharing.yaml`, each line with the article of the basic policy, its words
/// and how firm they are. Refuses a table with a gap.
public record Sharing(String source, List<Kind> kinds) {
    private static final Sharing RULES = read();

    /// 段階.
    public enum Stage {
        SURVEY, SPECIFICATION, INITIAL, USAGE, MIGRATION;

        public String word() { return name().toLowerCase(Locale.ROOT); }
    }

    /// 根拠の強さ. Said by the policy, said as a principle, to be considered, or not said.
    public enum Firmness {
        STATED, PRINCIPLE, POSSIBLE, UNSTATED;

        public String word() { return name().toLowerCase(Locale.ROOT); }
    }

    /// 一つの負担. The State's part in percent, who bears the rest, and what that rests on.
    public record Burden(int statePercent, String who, Firmness firmness, String words) {}

    /// 種類. One kind of common service.
    public record Kind(String id, Text name, String article, Map<Stage, Burden> burdens) {
        public Burden burden(Stage stage) { return Objects.requireNonNull(burdens.get(stage)); }

        /// The State's part of an amount, half a yen up.
        public long stateYen(Stage stage, long yen) {
            return BigDecimal.valueOf(yen).multiply(BigDecimal.valueOf(burden(stage).statePercent())).movePointLeft(2)
                    .setScale(0, RoundingMode.HALF_UP).longValueExact();
        }
    }

    public static Sharing rules() { return RULES; }

    public Optional<Kind> kind(String id) { return kinds.stream().filter(k -> k.id().equals(id)).findFirst(); }

    private static Sharing read() {
        try (var in = Sharing.class.getResourceAsStream("/cost/sharing.yaml")) {
            return read(Objects.requireNonNull(in));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Sharing read(InputStream in) {
        if (!(new Yaml(new SafeConstructor(new LoaderOptions())).load(in) instanceof Map<?, ?> top))
            throw new IllegalArgumentException("sharing.yaml is not a map");
        var kinds = new ArrayList<Kind>();
        for (var one : list(top, "kinds")) {
            var id = word(one, "id");
            var burdens = new EnumMap<Stage, Burden>(Stage.class);
            for (var stage : Stage.values()) {
                var burden = map(map(one, "stages"), stage.word());
                int state = Integer.parseInt(word(burden, "state"));
                if (state < 0 || state > 100)
                    throw new IllegalArgumentException(id + ": the State's part is " + state + " %");
                burdens.put(stage, new Burden(state, word(burden, "who"),
                        Firmness.valueOf(word(burden, "firmness").toUpperCase(Locale.ROOT)), word(burden, "words")));
            }
            var name = map(one, "name");
            kinds.add(new Kind(id, new Text(word(name, "ja"), word(name, "ja-easy"), word(name, "en")),
                    word(one, "article"), Map.copyOf(burdens)));
        }
        return new Sharing(word(top, "source"), List.copyOf(kinds));
    }

    private static List<Map<?, ?>> list(Map<?, ?> in, String key) {
        var found = new ArrayList<Map<?, ?>>();
        if (in.get(key) instanceof List<?> list)
            for (var one : list)
                if (one instanceof Map<?, ?> map)
                    found.add(map);
        if (found.isEmpty())
            throw new IllegalArgumentException("sharing.yaml has no " + key);
        return found;
    }

    private static Map<?, ?> map(Map<?, ?> in, String key) {
        if (in.get(key) instanceof Map<?, ?> map)
            return map;
        throw new IllegalArgumentException("sharing.yaml has no " + key + " in " + in);
    }

    private static String word(Map<?, ?> in, String key) {
        var value = in.get(key);
        if (value == null)
            throw new IllegalArgumentException("sharing.yaml has no " + key + " in " + in);
        return value.toString();
    }
}
