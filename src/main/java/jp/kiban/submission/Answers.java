package jp.kiban.submission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 回答. Ways into a tree of answers by field path: `claimant.name`, `children[0].birthDate`.
final class Answers {
    private Answers() {}

    static ObjectNode none() { return JsonNodeFactory.instance.objectNode(); }

    static Optional<JsonNode> at(JsonNode root, String path) {
        JsonNode node = root;
        for (Object step : steps(path)) {
            JsonNode next = step instanceof Integer i ? node.get(i) : node.get((String) step);
            if (next == null || next.isNull())
                return Optional.empty();
            node = next;
        }
        return Optional.of(node);
    }

    /// Sets the value, making objects and rows on the way.
    static void put(ObjectNode root, String path, JsonNode value) {
        var steps = steps(path);
        JsonNode node = root;
        for (int i = 0; i < steps.size() - 1; i++) {
            boolean rowsNext = steps.get(i + 1) instanceof Integer;
            JsonNode next = child(node, steps.get(i));
            if (rowsNext ? !(next instanceof ArrayNode) : !(next instanceof ObjectNode)) {
                next = rowsNext ? root.arrayNode() : root.objectNode();
                set(node, steps.get(i), next);
            }
            node = next;
        }
        set(node, steps.getLast(), value);
    }

    /// Takes the value away, and the objects that are empty then. Rows stay.
    static void remove(ObjectNode root, String path) {
        int dot = path.lastIndexOf('.');
        String parent = dot < 0 ? "" : path.substring(0, dot);
        if (!((parent.isEmpty() ? root : at(root, parent).orElse(root.missingNode())) instanceof ObjectNode owner))
            return;
        owner.remove(path.substring(dot + 1));
        if (owner.isEmpty() && !parent.isEmpty() && !parent.endsWith("]"))
            remove(root, parent);
    }

    /// Every value that is not a list or an object, by its path, in order.
    static Map<String, JsonNode> leaves(JsonNode root) {
        var leaves = new LinkedHashMap<String, JsonNode>();
        walk(root, "", leaves::put);
        return leaves;
    }

    private static void walk(JsonNode node, String path, BiConsumer<String, JsonNode> leaf) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(e -> walk(e.getValue(), path.isEmpty()
                        ? e.getKey()
                        : path + "."
                                + e.getKey(),
                        leaf));
            case ArrayNode rows -> {
                for (int i = 0; i < rows.size(); i++)
                    walk(rows.get(i), path + "[" + i + "]", leaf);
            }
            default -> {
                if (!node.isNull())
                    leaf.accept(path, node);
            }
        }
    }

    /// `children[0].name` lies within `children` and `children[0]`, not within `child`.
    static boolean within(String path, String ancestor) {
        return path.equals(ancestor) || path.startsWith(ancestor + ".") || path.startsWith(ancestor + "[");
    }

    static String last(String path) { return path.substring(path.lastIndexOf('.') + 1); }

    static String parent(String path) { return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : ""; }

    private static List<Object> steps(String path) {
        var steps = new ArrayList<Object>();
        for (String part : path.split("\\.")) {
            int bracket = part.indexOf('[');
            steps.add(bracket < 0 ? part : part.substring(0, bracket));
            while (bracket >= 0) {
                int end = part.indexOf(']', bracket);
                steps.add(Integer.parseInt(part.substring(bracket + 1, end)));
                bracket = part.indexOf('[', end);
            }
        }
        return steps;
    }

    private static JsonNode child(JsonNode node, Object step) {
        JsonNode child = step instanceof Integer i ? node.get(i) : node.get((String) step);
        return child == null ? JsonNodeFactory.instance.missingNode() : child;
    }

    private static void set(JsonNode node, Object step, JsonNode value) {
        if (step instanceof Integer i) {
            var rows = (ArrayNode) node;
            while (rows.size() <= i)
                rows.addObject();
            rows.set(i, value);
        } else {
            ((ObjectNode) node).set((String) step, value);
        }
    }
}
