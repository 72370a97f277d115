package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class SchemasTests {
    private static final String STANDARD = "child-allowance/standard.yaml";
    private static final String VARIATIONS = "child-allowance/2024-10-01/variations.yaml";
    private static final String EXAMPLES = "child-allowance/2024-10-01/examples/age.yaml";
    private static final String LAYER = "child-allowance/2024-10-01/layers/242012.yaml";
    private static final Schemas SCHEMAS = new Schemas();

    private static List<Fault> check(String file, String text) {
        var files = new TreeMap<String, String>();
        files.put(file, text);
        var bundle = new Bundle("a test", files);
        var faults = new ArrayList<Fault>();
        SCHEMAS.check(bundle, faults);
        return new Positions(bundle).locate(faults);
    }

    @Test
    void thePublishedStandardsFollowTheSchemas() {
        var faults = new ArrayList<Fault>();
        SCHEMAS.check(Published.BUNDLE, faults);
        assertThat(new Positions(Published.BUNDLE).locate(faults)).isEmpty();
    }

    private static DynamicTest planted(String what, String file, String before, String after, String at) {
        return DynamicTest.dynamicTest(what, () -> {
            var text = Published.BUNDLE.read(file).orElseThrow();
            assertThat(text).contains(before);
            int line = 1 + (int) text.substring(0, text.indexOf(before)).lines().count()
                    - (text.charAt(text.indexOf(before) - 1) == '\n' ? 0 : 1);
            assertThat(check(file, text.replaceFirst(java.util.regex.Pattern.quote(before),
                    java.util.regex.Matcher.quoteReplacement(after))))
                    .as(what).anyMatch(f -> f.line() == line && f.toString().contains(at) && !f.mend().isEmpty());
        });
    }

    @TestFactory
    Stream<DynamicTest> aPlantedFaultIsFoundOnItsLine() {
        return Stream.of(
                planted("an unknown key", STANDARD, "retention:", "retensions:", "did you mean “retention”?"),
                planted("a wrong word", STANDARD, "who: municipality", "who: municipalty", "is one of"),
                planted("a text for a number", STANDARD, "covers: 2", "covers: two", "is of the type"),
                planted("a month that is none", STANDARD, "[2, 4, 6, 8, 10, 12]", "[2, 4, 6, 8, 10, 14]", "at most 12"),
                planted("a key of another kind", STANDARD, "key: childUntilAge", "key: child-until", "as wanted"),
                planted("an unknown type", VARIATIONS, "type: YES_NO", "type: BOOLEAN", "is one of"),
                planted("an unknown key of a variation", VARIATIONS, "max: 28", "maxi: 28", "did you mean “max”?"),
                planted("an unknown outcome", EXAMPLES, "outcome: GRANT", "outcome: GRANTED", "is one of"),
                planted("an unknown expectation", EXAMPLES, "nothing-in: [2025-04]", "nothing: [2025-04]",
                        "unknown key"),
                planted("a day that is none", EXAMPLES, "filed: \"2026-01-10\"", "filed: \"2026-1-10\"", "as wanted"));
    }

    @Test
    void aLayerAndTheRegistersAreHeldAgainstTheirSchemas() {
        assertThat(check(LAYER, """
                authority: "242012"
                from: 2026-04-01
                ordinance: 津市条例
                source: 津市例規集
                values: { payDay: 10 }
                """)).isEmpty();
        assertThat(check(LAYER, "authority: 24201\nfrom: 2026-04-01\nvalue: {}\n")).hasSizeGreaterThanOrEqualTo(3)
                .anyMatch(f -> f.line() == 1 && f.place().equals("authority"))
                .anyMatch(f -> f.line() == 3 && f.mend().contains("values"));
        assertThat(check("registers.yaml", """
                items:
                  - id: school.enrolment
                    name: { ja: 在学, ja-easy: 学校, en: School }
                    register: { ja: 学齢簿, ja-easy: 学校の 記録, en: School register }
                    keeper: school
                    shape: { type: object }
                    class: family
                    shield: household
                    basis: 学校教育法施行令 第1条
                """)).singleElement().matches(f -> f.line() == 5 && f.place().equals("items[0].keeper"));
    }

    @Test
    void everyKeywordOfEverySchemaIsDescribed() {
        for (var name : Schemas.NAMES)
            described(name, Published.JSON.readTree(Schemas.text(name).orElseThrow()), name);
        assertThat(Schemas.text("../application")).isEmpty();
    }

    private static void described(String name, JsonNode node, String place) {
        node.path("properties").forEachEntry((key, property) -> {
            if (!place.endsWith("if"))
                assertThat(property.has("description") || property.has("$ref") || property.has("const"))
                        .as(place + "." + key + " says what it is").isTrue();
            described(name, property, place + "." + key);
        });
        described(name, node, "items", place);
        described(name, node, "additionalProperties", place);
    }

    private static void described(String name, JsonNode node, String under, String place) {
        if (node.path(under).isObject())
            described(name, node.get(under), place + "." + under);
    }
}
