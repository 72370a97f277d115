package jp.kiban.standards;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;

/// 独自施策. What a local government may change in a standard, with the limits; merges what it has set with the defaults.
public record Variations(List<Variation> all) {
    public Variations { all = List.copyOf(all); }

    /// 適用される値. The values in force: the local ones where set, else the standard's defaults.
    public record Values(Map<String, JsonNode> all) {
        public Values { all = Map.copyOf(all); }

        public JsonNode get(String key) {
            var value = all.get(key);
            if (value == null)
                throw new IllegalArgumentException("no such variation: " + key);
            return value;
        }

        public int number(String key) { return get(key).asInt(); }

        public boolean yes(String key) { return get(key).asBoolean(); }

        public String text(String key) { return get(key).asString(); }

        public Set<String> set(String key) {
            return StreamSupport.stream(get(key).spliterator(), false).map(JsonNode::asString)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// Whether a municipality may add questions or papers.
    public boolean asksMore() {
        return all.stream().anyMatch(v -> v.type() == Variation.Type.FIELD || v.type() == Variation.Type.DOCUMENT);
    }

    public Optional<Variation> find(String key) { return all.stream().filter(v -> v.key().equals(key)).findFirst(); }

    /// The values when a local government has set nothing.
    public Values defaults() { return merge(Map.of()); }

    /// Local values over defaults. A value outside its limits, or a key that the standard does not offer, is refused, all at
    /// once.
    public Values merge(Map<String, JsonNode> raw) {
        var findings = new ArrayList<Finding>();
        raw.forEach((key, value) -> findings.addAll(check(key, value)));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var values = new LinkedHashMap<String, JsonNode>();
        for (var variation : all)
            values.put(variation.key(), raw.getOrDefault(variation.key(), variation.byDefault()));
        return new Values(values);
    }

    /// 引き継ぎ. What becomes of local values under these variations, limits enforced: a value that may not be set here is left
    /// out, and the default stands in for it.
    public Kept keep(Map<String, JsonNode> raw) {
        var kept = new LinkedHashMap<String, JsonNode>();
        var refused = new LinkedHashMap<String, List<Finding>>();
        raw.forEach((key, value) -> {
            var findings = check(key, value);
            if (findings.isEmpty())
                kept.put(key, value);
            else
                refused.put(key, findings);
        });
        return new Kept(merge(kept), kept, refused);
    }

    /// 引き継いだ値. The values in force, the local ones among them, and what could not be kept, with the reasons.
    public record Kept(Values values, Map<String, JsonNode> local, Map<String, List<Finding>> refused) {}

    /// What is wrong with one local value; empty when it may be set.
    public List<Finding> check(String key, JsonNode value) {
        return find(key).map(v -> v.check(value)).orElseGet(() -> List.of(new Finding(key, "variation.unknown",
                new Text("この標準には「" + key + "」という設定項目はありません。", "「" + key + "」は 決めることが できません。",
                        "This standard has no variation named “" + key + "”."))));
    }
}
