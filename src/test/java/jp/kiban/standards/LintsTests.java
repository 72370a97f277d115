package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LintsTests {
    private static final String VERSION = "child-allowance/2024-10-01/";
    private static final String REGISTERS = """
            items:
              - id: resident.person
                name: { ja: 本人の氏名と住所, ja-easy: 名前と 住所, en: Name and address }
                register: { ja: 住民記録, ja-easy: 住民の 記録, en: Resident register }
                keeper: municipality
                shape: { type: object, properties: { name: { type: string }, birthDate: { type: string, x-kiban-gif: 生年月日 } } }
                class: personal
                shield: address
                basis: 住民基本台帳法 第7条
            """;

    /// A copy of the published standard with one thing changed.
    private static Bundle changed(String file, String before, String after) {
        var files = new TreeMap<>(Published.BUNDLE.files());
        files.keySet().removeIf(f -> !f.startsWith("child-allowance/") && !f.equals("registers.yaml"));
        String text = Published.BUNDLE.read(file).orElseThrow();
        assertThat(text).as(file).contains(before);
        files.put(file, text.replace(before, after));
        return new Bundle("a test", files);
    }

    private static DynamicTest refused(String what, String file, String before, String after, int line, String words) {
        return DynamicTest.dynamicTest(what, () -> {
            var inspection = Inspection.of(changed(file, before, after));
            assertThat(inspection.faults()).anyMatch(f -> f.file().equals(file) && (line == 0 || f.line() == line)
                    && f.message().contains(words) && !f.mend().isEmpty());
        });
    }

    private static int line(String file, String words) {
        var text = Published.BUNDLE.read(file).orElseThrow();
        return 1 + (int) text.substring(0, text.indexOf(words)).chars().filter(c -> c == '\n').count();
    }

    @TestFactory
    Stream<DynamicTest> aPlantedFaultIsRefusedOnItsLine() {
        var standard = "child-allowance/standard.yaml";
        return Stream.of(
                refused("an export of nothing", standard, "exports: [outcome,", "exports: [outcom,",
                        line(standard, "exports:"), "does not exist"),
                refused("a dimension nobody knows", standard, "pension class", "shoe size",
                        line(standard, "pension class"), "cannot be counted"),
                refused("a measure nobody knows", standard, "measures: [recipients", "measures: [happiness",
                        line(standard, "measures:"), "cannot be counted"),
                refused("a ministry that is none", standard, "ministry: GCFA00", "ministry: GXYZ00",
                        line(standard, "ministry: GCFA00"), "there is no ministry"),
                refused("limits the wrong way round", VERSION + "variations.yaml", "min: 1\n    max: 28",
                        "min: 28\n    max: 1", line(VERSION + "variations.yaml", "min: 1"), "above the greatest"),
                refused("a gate that is none", VERSION + "form.schema.json", "\"x-kiban-class\": \"tax\",",
                        "\"x-kiban-class\": \"tax\", \"x-kiban-gate\": \"たぶん\",", 0, "no gate"),
                refused("a flow that BPMN knows and we do not", VERSION + "flow.bpmn", "<startEvent id=\"arrived\"",
                        "<subProcess id=\"s\" name=\"副\"/>\n<startEvent id=\"arrived\"", 0, "subProcess"));
    }

    @Test
    void whatARegisterHoldsIsNotAskedAgain() {
        var asked = changed(VERSION + "form.schema.json", "\"x-kiban-source\": \"resident.person\",", "");
        asked.files().put("registers.yaml", REGISTERS);
        assertThat(messages(asked)).anyMatch(m -> m.contains("properties.claimant.birthDate: asks what the register"
                + " item resident.person"));
        var byLaw = changed(VERSION + "form.schema.json", "\"x-kiban-source\": \"resident.person\",",
                "\"x-kiban-why-asked\": { \"ja\": \"本人を確かめるため\", \"ja-easy\": \"本人か 見る ため\", \"en\": \"To identify\" },");
        byLaw.files().put("registers.yaml", REGISTERS);
        assertThat(messages(byLaw)).noneMatch(m -> m.contains("claimant.birthDate: asks what"));
    }

    @TestFactory
    Stream<DynamicTest> whatARegisterWantsOfGrantedCasesIsExportedByTheirStandard() {
        return Stream.of(
                List.of("standard: disaster-certificate", "standard: disaster-certificat", "there is no standard"),
                List.of("grade: grade,", "grade: gradient,", "is not among what disaster-certificate exports"),
                List.of("livedIn: house.livedIn", "lived: house.livedIn", "which the shape does not have"),
                List.of("when: { certificate: risai }", "when: { certificates: risai }", "has no result"),
                List.of("when: { certificate: risai }", "when: { certificate: risei }", "is not a choice"),
                List.of("keeper: municipality", "keeper: national", "another number with every authority"))
                .map(planted -> DynamicTest.dynamicTest(planted.get(2), () -> {
                    var files = new TreeMap<>(Published.BUNDLE.files());
                    var text = Published.BUNDLE.read("registers.yaml").orElseThrow();
                    int at = text.indexOf("- id: disaster.certificate");
                    files.put("registers.yaml",
                            text.substring(0, at) + text.substring(at).replaceFirst(Pattern.quote(planted.get(0)),
                                    planted.get(1)));
                    files.keySet().removeIf(f -> f.contains("/examples/"));
                    var lints = new ArrayList<Fault>();
                    new Lints(new Bundle("a test", files), lints).files();
                    Registers.read(new Bundle("a test", files), lints);
                    assertThat(lints).anyMatch(f -> f.file().equals("registers.yaml")
                            && f.message().contains(planted.get(2)) && !f.mend().isEmpty());
                }));
    }

    @Test
    void aPlaceholderThatNothingFillsIsRefusedInEveryLanguage() {
        var files = new TreeMap<>(Published.BUNDLE.files());
        for (var language : List.of("ja", "ja-easy", "en"))
            files.computeIfPresent(VERSION + "notices/grant." + language + ".md", (f, text) -> text.replace(
                    "{{#changes}}", "{{shoeSize}}\n\n{{#changes}}"));
        var faults = Inspection.of(new Bundle("a test", files)).faults();
        assertThat(faults).hasSize(3).allMatch(f -> f.line() > 10 && f.message().contains("shoeSize")
                && f.mend().contains("payMonths"));
    }

    private static List<String> messages(Bundle bundle) {
        return Inspection.of(bundle).faults().stream().map(Fault::toString).toList();
    }

    @Test
    void aPlainTextThatIsNotPlainIsWarnedOf() {
        var said = List.of(new PlainWords.Said("name", "請求（せいきゅう）は 市でします。請求の 期限です。児童手当法 第7条です。"));
        assertThat(PlainWords.check("f", said)).singleElement().matches(f -> f.warning() && f.message().contains("期限"));
        assertThat(PlainWords.check("f", List.of(new PlainWords.Said("name", "あ".repeat(60) + "。" + "い".repeat(60)))))
                .isEmpty();
        assertThat(PlainWords.check("f", List.of(new PlainWords.Said("name", "あ".repeat(61))))).singleElement()
                .matches(f -> f.message().contains("61"));
    }

    @Test
    void thePublishedStandardsHaveNoFault() { assertThat(Inspection.of(Published.BUNDLE).faults()).isEmpty(); }
}
