package jp.kiban.standards;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// 位置. Finds the line and column of a place in the files of some standards: a path (`values[2].key`) in YAML and JSON by the
/// tokens of their parsers, an id in XML by SAX. A path may leave out what everybody leaves out when speaking (`properties`,
/// `items`), and may name an entry of a list by its key, id or case; what cannot be found falls back to what holds it.
final class Positions {
    private static final List<String> NAMES = List.of("key", "id", "case", "value", "report");

    /// A node of the file with its place.
    private static final class Node {
        private final int line;
        private final int column;
        private final Map<String, Node> children = new LinkedHashMap<>();
        private final List<Node> items = new ArrayList<>();
        private String words = "";

        Node(int line, int column) {
            this.line = line;
            this.column = column;
        }
    }

    private final Bundle bundle;
    private final Map<String, Optional<Node>> trees = new HashMap<>();
    private final Map<String, Map<String, int[]>> ids = new HashMap<>();

    Positions(Bundle bundle) { this.bundle = bundle; }

    List<Fault> locate(List<Fault> faults) { return faults.stream().map(this::locate).toList(); }

    /// The fault with its line, where it can be told.
    Fault locate(Fault fault) {
        if (fault.line() > 0)
            return fault;
        var number = fault.place().split(":");
        if (fault.place().matches("\\d+(:\\d+)?"))
            return fault.in(fault.file(), "").at(Integer.parseInt(number[0]), number.length > 1
                    ? Integer.parseInt(number[1])
                    : 0);
        if (fault.place().isEmpty())
            return fault;
        if (fault.file().endsWith(".dmn") || fault.file().endsWith(".bpmn"))
            return Optional.ofNullable(xml(fault.file()).get(fault.place())).map(at -> fault.at(at[0], at[1]))
                    .orElse(fault);
        return tree(fault.file()).map(root -> find(root, fault.place()))
                .map(node -> fault.at(node.line, node.column)).orElse(fault);
    }

    private static Node find(Node root, String place) {
        var at = root;
        var rest = place;
        while (!rest.isEmpty()) {
            Node next = null;
            int taken = 0;
            for (int end = rest.length(); end > 0 && next == null; end = cut(rest, end)) {
                next = step(at, unbracketed(rest.substring(0, end)));
                taken = end;
            }
            if (next == null)
                return at;
            at = next;
            rest = rest.substring(taken).replaceFirst("^\\.", "");
        }
        return at;
    }

    /// The end of the next shorter head of the path: names may hold dots and spaces, so the longest is tried first.
    private static int cut(String path, int end) {
        return Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1));
    }

    private static String unbracketed(String step) {
        return step.matches("\\[\\d+]") ? step.substring(1, step.length() - 1) : step;
    }

    private static @Nullable Node step(Node at, String name) {
        if (at.children.containsKey(name))
            return at.children.get(name);
        if (name.matches("\\d{1,6}") && Integer.parseInt(name) < at.items.size())
            return at.items.get(Integer.parseInt(name));
        for (var item : at.items)
            for (var key : NAMES)
                if (item.children.containsKey(key) && item.children.get(key).words.equals(name))
                    return item;
        for (var through : List.of("properties", "items", "variations", "cases", "answers", "values", "kiban"))
            if (at.children.containsKey(through) && !through.equals(name)) {
                var found = step(at.children.get(through), name);
                if (found != null)
                    return found;
            }
        return null;
    }

    private Optional<Node> tree(String file) {
        return trees.computeIfAbsent(file, f -> bundle.read(f).flatMap(text -> {
            boolean yaml = f.endsWith(".yaml") || f.endsWith(".yml");
            if (!yaml && !f.endsWith(".json"))
                return Optional.empty();
            try (var parser = yaml
                    ? YAMLFactory.builder().build().createParser(tools.jackson.core.ObjectReadContext.empty(), text)
                    : JsonFactory.builder().build().createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
                parser.nextToken();
                return Optional.of(node(parser, parser.currentTokenLocation().getLineNr(),
                        parser.currentTokenLocation().getColumnNr()));
            } catch (JacksonException broken) {
                return Optional.empty();
            }
        }));
    }

    private static Node node(JsonParser parser, int line, int column) {
        var node = new Node(line, column);
        if (parser.currentToken() == JsonToken.START_OBJECT)
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var at = parser.currentTokenLocation();
                var name = parser.currentName();
                parser.nextToken();
                node.children.put(name, node(parser, at.getLineNr(), at.getColumnNr()));
            }
        else if (parser.currentToken() == JsonToken.START_ARRAY)
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                var at = parser.currentTokenLocation();
                node.items.add(node(parser, at.getLineNr(), at.getColumnNr()));
            }
        else if (parser.currentToken() != null)
            node.words = String.valueOf(parser.getString());
        return node;
    }

    private Map<String, int[]> xml(String file) {
        return ids.computeIfAbsent(file, f -> {
            var found = new HashMap<String, int[]>();
            bundle.read(f).ifPresent(text -> scan(text, found));
            return found;
        });
    }

    /// Reads XML for its ids (and, under `element`, nothing else); says what is not well-formed, with its line.
    static Optional<SAXParseException> scan(String xml, Map<String, int[]> ids) {
        try {
            var factory = SAXParserFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(new InputSource(new StringReader(xml)), new DefaultHandler() {
                private @Nullable Locator locator;

                @Override
                public void setDocumentLocator(Locator locator) { this.locator = locator; }

                @Override
                public void startElement(String uri, String local, String name, Attributes attributes) {
                    var id = attributes.getValue("id");
                    if (id != null && locator != null)
                        ids.putIfAbsent(id, new int[]{locator.getLineNumber(), 0});
                }
            });
            return Optional.empty();
        } catch (SAXParseException broken) {
            return Optional.of(broken);
        } catch (SAXException | IOException | ParserConfigurationException broken) {
            return Optional.of(new SAXParseException(String.valueOf(broken.getMessage()), null));
        }
    }
}
