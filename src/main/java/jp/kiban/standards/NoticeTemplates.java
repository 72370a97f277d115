package jp.kiban.standards;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kiban.kernel.Language;
import jp.kiban.letters.Wareki;
import jp.kiban.kernel.Yen;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.springframework.web.util.HtmlUtils;

/// 通知書のひな形. Markdown with `{{names}}` of facts, in each language: `notices/grant.ja.md`. `{{#rows}}…{{/rows}}` repeats for
/// every row of a list, `{{^rows}}…{{/rows}}` stands when the list is empty; for one value, the first stands when there is
/// one and the second when it is empty; `{{> remedies}}` takes in `notices/_remedies.ja.md`. Values
/// never pass through Markdown and are escaped on their way into HTML, so that nothing in a name can become markup.
final class NoticeTemplates {
    private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([#^/>]?)\\s*([A-Za-z][A-Za-z0-9-]*)\\s*}}");
    private static final Pattern TOKEN = Pattern.compile("\uE000(\\d+)\uE001");
    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer HTML = HtmlRenderer.builder().extensions(TABLES).escapeHtml(true)
            .sanitizeUrls(true).build();
    private static final TextContentRenderer TEXT = TextContentRenderer.builder().extensions(TABLES).build();

    /// A template, taken apart.
    private sealed interface Part {}

    private record Words(String text) implements Part {}

    private record Value(String name) implements Part {}

    private record Section(String name, boolean whenEmpty, List<Part> parts) implements Part {}

    private final Map<String, Map<Language, List<Part>>> templates = new TreeMap<>();

    /// Reads the templates of a folder, `child-allowance/2024-10-01/notices`.
    NoticeTemplates(Bundle bundle, String folder, List<Fault> faults) {
        for (var name : bundle.names(folder)) {
            if (name.startsWith("_"))
                continue;
            var parts = name.split("\\.");
            var reading = new Reading(folder + "/" + name, faults);
            if (parts.length != 3 || !parts[2].equals("md") || !List.of("ja", "ja-easy", "en").contains(parts[1])) {
                reading.fault("", Fault.Kind.NOTICE_NAME);
                continue;
            }
            var language = Language.of(parts[1]);
            var text = include(bundle, folder, bundle.read(folder + "/" + name).orElse(""), language, reading);
            templates.computeIfAbsent(parts[0], k -> new EnumMap<>(Language.class)).put(language, parse(text, reading));
            if (!text.startsWith("# "))
                reading.fault("1", Fault.Kind.NOTICE_TITLE);
        }
        templates.forEach((kind, languages) -> {
            for (var language : Language.values())
                if (!languages.containsKey(language))
                    faults.add(Fault.of(folder + "/" + kind + "." + language.code() + ".md", "",
                            Fault.Kind.NOTICE_LANGUAGE));
            var wanted = languages.values().stream().map(p -> names(p)).distinct().toList();
            if (wanted.size() > 1)
                faults.add(Fault.of(folder, kind, Fault.Kind.NOTICE_FACTS, wanted));
        });
    }

    private static String include(Bundle bundle, String folder, String text, Language language, Reading reading) {
        return TAG.matcher(text).replaceAll(tag -> {
            if (!tag.group(1).equals(">"))
                return Matcher.quoteReplacement(tag.group());
            var file = folder + "/_" + tag.group(2) + "." + language.code() + ".md";
            var part = bundle.read(file);
            if (part.isEmpty())
                reading.fault(line(text, tag.start()), Fault.Kind.PART_MISSING, tag.group(2), file);
            return Matcher.quoteReplacement(part.orElse("").strip());
        });
    }

    private static List<Part> parse(String text, Reading reading) {
        var open = new ArrayList<Section>();
        open.add(new Section("", false, new ArrayList<>()));
        int at = 0;
        var tags = TAG.matcher(text);
        while (tags.find()) {
            int from = tags.start();
            int to = tags.end();
            boolean section = !tags.group(1).isEmpty();
            if (section && alone(text, from, to)) {
                from = text.lastIndexOf('\n', from - 1) + 1;
                to = Math.min(text.length(), text.indexOf('\n', to) < 0 ? text.length() : text.indexOf('\n', to) + 1);
            }
            if (from > at)
                open.getLast().parts().add(new Words(text.substring(at, from)));
            at = to;
            var name = tags.group(2);
            switch (tags.group(1)) {
                case "#", "^" -> {
                    var inner = new Section(name, tags.group(1).equals("^"), new ArrayList<>());
                    open.getLast().parts().add(inner);
                    open.add(inner);
                }
                case "/" -> {
                    if (open.size() == 1 || !open.getLast().name().equals(name))
                        reading.fault(line(text, tags.start()), Fault.Kind.SECTION_CLOSES, name);
                    else
                        open.removeLast();
                }
                default -> open.getLast().parts().add(new Value(name));
            }
        }
        open.getLast().parts().add(new Words(text.substring(at)));
        if (open.size() > 1)
            reading.fault("", Fault.Kind.SECTION_OPEN, open.getLast().name());
        if (TAG.matcher(text).replaceAll("").contains("{{"))
            reading.fault(line(text, TAG.matcher(text).replaceAll(m -> " ".repeat(m.end() - m.start())).indexOf("{{")),
                    Fault.Kind.FACT_NAMELESS);
        return open.getFirst().parts();
    }

    private static boolean alone(String text, int from, int to) {
        int end = text.indexOf('\n', to);
        return text.substring(text.lastIndexOf('\n', from - 1) + 1, from).isBlank()
                && text.substring(to, end < 0 ? text.length() : end).isBlank();
    }

    private static String line(String text, int at) {
        return String.valueOf(1 + text.substring(0, Math.max(0, at)).chars().filter(c -> c == '\n').count());
    }

    Set<String> kinds() { return templates.keySet(); }

    Set<String> facts(String kind) { return names(template(kind, Language.JA)); }

    private static Set<String> names(List<Part> parts) {
        var names = new TreeSet<String>();
        for (var part : parts)
            switch (part) {
                case Value value -> names.add(value.name());
                case Section section -> names.add(section.name());
                case Words words -> {
                }
            }
        return names;
    }

    private List<Part> template(String kind, Language language) {
        return Optional.ofNullable(templates.get(kind)).map(t -> t.get(language)).orElseThrow(
                () -> new IllegalArgumentException("no notice of kind " + kind + "; there are " + templates.keySet()));
    }

    RenderedNotice render(String kind, Language language, Map<String, Object> facts) {
        var missing = new LinkedHashSet<String>();
        var values = new ArrayList<String>();
        var markdown = new StringBuilder();
        fill(template(kind, language), facts, "", language, markdown, values, missing);
        if (!missing.isEmpty())
            throw new IllegalArgumentException("the notice " + kind + " (" + language.code() + ") lacks: "
                    + String.join(", ", missing));
        var document = PARSER.parse(markdown.toString());
        var title = title(document);
        return new RenderedNotice(plain(title, values), html(HTML.render(document), values),
                plain(TEXT.render(document), values));
    }

    private static void fill(List<Part> parts, Map<String, Object> facts, String within, Language language,
            StringBuilder markdown, List<String> values, Set<String> missing) {
        for (var part : parts)
            switch (part) {
                case Words words -> markdown.append(words.text());
                case Value value -> {
                    var fact = facts.get(value.name());
                    if (fact == null)
                        missing.add(within + value.name());
                    else {
                        markdown.append('\uE000').append(values.size()).append('\uE001');
                        values.add(write(fact, language));
                    }
                }
                case Section section -> {
                    var fact = facts.get(section.name());
                    var rows = fact instanceof List<?> list
                            ? list
                            : fact instanceof String word && word.isEmpty() ? List.of() : List.of(facts);
                    if (fact == null)
                        missing.add(within + section.name() + "[]");
                    else if (section.whenEmpty() && rows.isEmpty())
                        fill(section.parts(), facts, within, language, markdown, values, missing);
                    else if (!section.whenEmpty())
                        for (var row : rows) {
                            var own = new TreeMap<>(facts);
                            if (row instanceof Map<?, ?> columns)
                                columns.forEach((k, v) -> own.put(String.valueOf(k), v));
                            fill(section.parts(), own, within + section.name() + "[].", language, markdown, values,
                                    missing);
                        }
                }
            }
    }

    private static String write(Object fact, Language language) {
        return switch (fact) {
            case LocalDate day -> Wareki.in(language, day);
            case YearMonth month -> Wareki.in(language, month);
            case Yen yen when language == Language.EN -> String.format("%,d yen", yen.amount());
            case jp.kiban.kernel.Text text -> text.in(language);
            default -> fact.toString();
        };
    }

    private static String title(Node document) {
        var title = new StringBuilder();
        if (document.getFirstChild() instanceof Heading heading && heading.getLevel() == 1) {
            heading.accept(new AbstractVisitor() {
                @Override
                public void visit(Text text) { title.append(text.getLiteral()); }
            });
            heading.unlink();
        }
        return title.toString();
    }

    private static String html(String rendered, List<String> values) {
        return TOKEN.matcher(rendered).replaceAll(t -> Matcher.quoteReplacement(HtmlUtils.htmlEscape(values.get(Integer
                .parseInt(t.group(1))), "UTF-8").replace("\n", "<br>")));
    }

    private static String plain(String rendered, List<String> values) {
        return TOKEN.matcher(rendered)
                .replaceAll(t -> Matcher.quoteReplacement(values.get(Integer.parseInt(t.group(1)))));
    }
}
