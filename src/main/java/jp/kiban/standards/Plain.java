package jp.kiban.standards;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Between JSON and the plain values that the engine of decisions knows: maps, lists, text, `BigDecimal`, true and false.
final class Plain {
    private Plain() {}

    static @Nullable Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                node.forEachEntry((key, value) -> map.put(key, of(value)));
                yield map;
            }
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                node.forEach(n -> list.add(of(n)));
                yield list;
            }
            case STRING -> node.asString();
            case NUMBER -> node.decimalValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    static JsonNode json(@Nullable Object value) {
        var make = JsonNodeFactory.instance;
        return switch (value) {
            case null -> make.nullNode();
            case JsonNode node -> node;
            case Boolean yes -> make.booleanNode(yes);
            case BigDecimal number when isInt(number) -> make.numberNode(number.intValueExact());
            case BigDecimal number -> make.numberNode(number);
            case Number number -> make.numberNode(number.longValue());
            case Map<?, ?> map -> {
                var node = make.objectNode();
                map.forEach((k, v) -> node.set(String.valueOf(k), json(v)));
                yield node;
            }
            case Iterable<?> list -> {
                var node = make.arrayNode();
                list.forEach(v -> node.add(json(v)));
                yield node;
            }
            case Function<?, ?> function -> make.nullNode();
            default -> make.stringNode(value.toString());
        };
    }

    /// As a reader of JSON would hold it, so that what was stored and read again is equal.
    private static boolean isInt(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0
                && number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    }
}
