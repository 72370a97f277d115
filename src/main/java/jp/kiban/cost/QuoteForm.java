package jp.kiban.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.letters.Folding;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 見積の様式. What a quote may say, read from `cost/quote-form.yaml`: its head, the columns of its lines, and the items of cost (費目),
/// each under its own heading or one that vendors write.
final class QuoteForm {
    /// 欄.
    ///
    /// @param key what rules use
    /// @param title the heading of the template
    record Column(String key, String kind, String title, List<String> others) {
        boolean isUnder(String heading) {
            var wanted = folded(heading);
            return !wanted.isEmpty() && (key.equalsIgnoreCase(heading.strip()) || folded(title).equals(wanted)
                    || others.stream().anyMatch(o -> folded(o).equals(wanted)));
        }
    }

    private final List<Column> head;
    private final List<Column> columns;
    private final List<Column> items;

    private QuoteForm(JsonNode form) {
        head = columns(form.path("head"));
        columns = columns(form.path("columns"));
        items = columns(form.path("items"));
    }

    static QuoteForm shipped() { return new QuoteForm(yaml("/cost/quote-form.yaml")); }

    static JsonNode yaml(String resource) {
        try (InputStream in = Objects.requireNonNull(QuoteForm.class.getResourceAsStream(resource), resource)) {
            return new JsonMapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Column> columns(JsonNode nodes) {
        var columns = new ArrayList<Column>();
        for (var node : nodes) {
            var others = new ArrayList<String>();
            node.path("others").forEach(o -> others.add(o.asString()));
            columns.add(new Column(node.path("key").asString(), node.path("kind").asString(""),
                    node.path("title").asString(), List.copyOf(others)));
        }
        return List.copyOf(columns);
    }

    List<Column> head() { return head; }

    List<Column> columns() { return columns; }

    List<Column> items() { return items; }

    Optional<Column> column(String key) { return columns.stream().filter(c -> c.key().equals(key)).findFirst(); }

    Optional<Column> columnUnder(String heading) {
        return columns.stream().filter(c -> c.isUnder(heading)).findFirst();
    }

    Optional<Column> headNamed(String name) { return head.stream().filter(h -> h.isUnder(name)).findFirst(); }

    Optional<Column> item(String name) { return items.stream().filter(i -> i.isUnder(name)).findFirst(); }

    /// What a key is called, for people.
    String title(String key) {
        return columns.stream().filter(c -> c.key().equals(key)).findFirst().or(() -> head.stream().filter(h -> h.key()
                .equals(key)).findFirst()).map(Column::title).orElse(key);
    }

    private static String folded(String words) { return Folding.key(words.replaceAll("[\\s　()（）:：・%％]", "")); }
}
