package jp.kiban.conformity;

import java.time.Instant;
import jp.kiban.kernel.VersionName;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 適合性の報告書. Which standard, in exactly which text, was held against which target, when and with which kit; what was
/// checked how often; and each difference. It is conform when there is none.
record Report(String standard, String name, VersionName version, String digest, String versionDigest,
        String target, String product,
        String productVersion, String contract, Instant startedAt, Instant endedAt, int examples, int generated,
        int calls, Notebook notebook) {
    private static final int MOST_DIFFERENCES = 500;

    boolean conform() { return notebook.different() == 0; }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("report", "kiban-conformity-report/1");
        json.put("conform", conform());
        json.putObject("standard").put("id", standard).put("name", name).put("version", version.toString())
                .put("digest", digest).put("versionDigest", versionDigest);
        json.putObject("target").put("url", target).put("product", product).put("productVersion", productVersion)
                .put("contract", contract);
        json.putObject("kit").put("name", "kiban standards verify").put("version", Kit.VERSION);
        json.put("startedAt", startedAt.toString());
        json.put("endedAt", endedAt.toString());
        var counts = json.putObject("counts").put("examples", examples).put("generated", generated).put("calls", calls);
        counts.put("checks", notebook.counts().values().stream().mapToInt(c -> c.made).sum());
        counts.put("differences", notebook.different());
        var checks = json.putObject("checks");
        notebook.counts().forEach((code, count) -> checks.putObject(code).put("made", count.made).put("different",
                count.different));
        var differences = json.putArray("differences");
        notebook.differences().stream().limit(MOST_DIFFERENCES)
                .forEach(d -> differences.addObject().put("code", d.code()).put("trial", d.trial())
                        .put("where", d.where()).put("expected", d.expected()).put("seen", d.seen())
                        .put("words", d.words()).set("said", Told.text(d.said())));
        return json;
    }

    String text() { return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(json()); }
}
