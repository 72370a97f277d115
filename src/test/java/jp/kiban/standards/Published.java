package jp.kiban.standards;

import java.nio.file.Path;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The published standards of this repository, read once for the tests of the room.
final class Published {
    static final Path FOLDER = Path.of("standards");
    static final Bundle BUNDLE = Bundle.ofFolder(FOLDER);
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final StandardVersion CHILD_ALLOWANCE = read();
    static final Examples EXAMPLES = Examples.of(BUNDLE, CHILD_ALLOWANCE.ref(), new ArrayList<>());

    private Published() {}

    private static StandardVersion read() {
        var faults = new ArrayList<Fault>();
        var standards = StandardReader.readAll(BUNDLE, faults);
        if (!faults.isEmpty())
            throw new FaultyStandards(FOLDER.toString(), faults);
        return standards.stream().filter(s -> s.id().equals("child-allowance")).findFirst().orElseThrow().versions()
                .getFirst();
    }

    static Examples.Example example(String start) {
        return EXAMPLES.all().stream().filter(e -> e.name().startsWith(start)).findFirst().orElseThrow();
    }

    static Judgement judgement(String example) {
        var found = example(example);
        return CHILD_ALLOWANCE.judge(found.answers(), found.filed(), CHILD_ALLOWANCE.variations().defaults());
    }

    /// Ordinary answers without a finding, to be changed by a test.
    static ObjectNode answers() { return (ObjectNode) example("事由のない請求は、請求の翌月から（月の初日）").answers().deepCopy(); }

    static JsonNode json(String text) { return JSON.readTree(text.replace('\'', '"')); }
}
