package jp.kiban.casework;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jp.kiban.kernel.BadInput;
import jp.kiban.standards.Form;
import jp.kiban.standards.Judgement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// 回答の中の場所. Reads and replaces one value by its path, such as `children[0].birthDate`.
final class Answers {
    private static final Pattern PART = Pattern.compile("([A-Za-z][A-Za-z0-9]*)|\\[([0-9]{1,3})]");

    private Answers() {}

    static JsonNode get(JsonNode answers, String path) {
        JsonNode node = answers;
        for (Object part : parts(path))
            node = part instanceof Integer index ? node.path(index) : node.path((String) part);
        return node;
    }

    /// Puts the value in and answers what was there before (null where nothing was). `asked`: the form knows this place, so
    /// a group that nobody has answered yet (what a survey is to find) is opened.
    static JsonNode put(ObjectNode answers, String path, JsonNode value, boolean asked) {
        var parts = parts(path);
        JsonNode node = answers;
        for (Object part : parts.subList(0, parts.size() - 1)) {
            if (asked && part instanceof String name && node instanceof ObjectNode object
                    && (object.path(name).isMissingNode() || object.path(name).isNull()))
                object.putObject(name);
            node = part instanceof Integer index ? node.path(index) : node.path((String) part);
        }
        var last = parts.getLast();
        JsonNode before;
        if (node instanceof ObjectNode object && last instanceof String name) {
            before = object.path(name);
            object.set(name, value);
        } else if (node instanceof ArrayNode array && last instanceof Integer index && index < array.size()) {
            before = array.path(index);
            array.set(index, value);
        } else {
            throw BadInput.of("facts", "casework.no-such-answer", Words.noSuchAnswer(path));
        }
        return before instanceof MissingNode ? NullNode.getInstance() : before;
    }

    private static List<Object> parts(String path) {
        var parts = new ArrayList<Object>();
        for (String piece : path.split("\\.")) {
            var found = PART.matcher(piece);
            int at = 0;
            while (at < piece.length() && found.find(at) && found.start() == at) {
                parts.add(found.group(1) != null ? found.group(1) : (Object) Integer.valueOf(found.group(2)));
                at = found.end();
            }
            if (at != piece.length() || piece.isEmpty())
                throw BadInput.of("facts", "casework.no-such-answer", Words.noSuchAnswer(path));
        }
        return parts;
    }

    /// The same judgement for eyes that may not see where a protected person lives.
    static Judgement withoutAddresses(Judgement judgement, Form form) {
        return new Judgement(judgement.version(), judgement.outcome(), judgement.reasons(),
                judgement.trace().stream()
                        .map(rule -> new Judgement.FiredRule(rule.decision(), rule.rule(), rule.code(), rule.text(),
                                rule.law(), Map.of(), rule.output()))
                        .toList(),
                judgement.start(), judgement.months(), judgement.once(), judgement.results(),
                withoutAddresses(judgement.inputs(), form), judgement.parameters(),
                judgement.questionsStillOpen());
    }

    private static JsonNode withoutAddresses(JsonNode answers, Form form) {
        var copy = answers.deepCopy();
        for (var field : form.fields()) {
            if (Seen.leadsHome(field))
                without(copy, field.path());
            for (var column : field.columns())
                if (Seen.leadsHome(column))
                    get(copy, field.path()).forEach(row -> without(row, column.path()));
        }
        for (String key : List.of("address", "postalCode"))
            for (var holder : copy.findParents(key))
                ((ObjectNode) holder).remove(key);
        return copy;
    }

    private static void without(JsonNode answers, String path) {
        int dot = path.lastIndexOf('.');
        if ((dot < 0 ? answers : get(answers, path.substring(0, dot))) instanceof ObjectNode holder)
            holder.remove(path.substring(dot + 1));
    }
}
