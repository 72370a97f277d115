package jp.kiban.standards;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// 申請の群. Some of the applications of a version, stated as a condition in FEEL over the answers. A name that the form does
/// not ask for is a fault, and so is a condition that is neither true nor false for any example of the standard: nobody
/// would notice that it never holds.
public final class AnswerGroup {
    private static final Pattern WORDS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern PATH = Pattern.compile("(?<![\\w.)\\]])[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*");
    private final Feel feel;
    private final String condition;
    private final FormSchema schema;

    private AnswerGroup(Feel feel, String condition, FormSchema schema) {
        this.feel = feel;
        this.condition = condition;
        this.schema = schema;
    }

    /// The group of this condition; empty when it cannot be understood, and why is told.
    public static Optional<AnswerGroup> read(StandardVersion version, String condition, List<String> wrong) {
        var schema = version.schema();
        var names = List.copyOf(schema.json().path("properties").propertyNames());
        var feel = new Feel(names);
        var unknown = new ArrayList<String>();
        var paths = PATH.matcher(WORDS.matcher(condition).replaceAll("\"\""));
        while (paths.find()) {
            var path = paths.group();
            if (names.contains(path.split("\\.")[0]) && !known(schema.json(), path))
                unknown.add(path);
        }
        unknown.stream().distinct().forEach(path -> wrong.add(path + " is no answer of the form"));
        feel.learn(condition).ifPresent(wrong::add);
        return wrong.isEmpty() ? Optional.of(new AnswerGroup(feel, condition, schema)) : Optional.empty();
    }

    private static boolean known(JsonNode schema, String path) {
        var now = schema;
        for (var part : path.split("\\.")) {
            now = now.path("items").isMissingNode() ? now : now.path("items");
            if (now.path("properties").isMissingNode())
                return true;
            now = now.path("properties").path(part);
            if (now.isMissingNode())
                return false;
        }
        return true;
    }

    /// Whether the application with these answers is one of the group.
    public boolean holds(JsonNode answers) { return says(answers).orElse(false); }

    /// Empty: the condition is neither true nor false, for example where it compares a word with a number.
    public Optional<Boolean> says(JsonNode answers) { return feel.says(condition, schema.complete(answers)); }
}
