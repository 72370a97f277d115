package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.kiban.flow.FlowFault;
import jp.kiban.kernel.Language;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FaultTests {
    private static ResourceBundle words(String room, Language language) {
        return ResourceBundle.getBundle("messages/" + room, language == Language.JA ? Locale.ROOT : language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static DynamicTest told(String room, String code) {
        return DynamicTest.dynamicTest(room + " " + code, () -> {
            var named = new HashSet<TreeSet<String>>();
            for (var language : Language.values()) {
                var key = room + ".fault." + code;
                var what = words(room, language).getString(key);
                var mend = words(room, language).getString(key + ".mend");
                assertThat(what).as(language + " what").isNotBlank();
                assertThat(mend).as(language + " mend").isNotBlank().isNotEqualTo(what);
                if (language != Language.EN && !what.equals("{0}"))
                    assertThat(what + mend).as(language.name()).matches("(?s).*[\\p{IsHiragana}\\p{IsKatakana}].*");
                var arguments = new TreeSet<String>();
                Pattern.compile("\\{(\\d)}").matcher(what + mend).results().forEach(m -> arguments.add(m.group(1)));
                if (language != Language.JA_EASY)
                    named.add(arguments);
            }
            assertThat(named).as("what the Japanese and the English sentence name").hasSize(1);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyKindOfFaultIsToldInThreeLanguagesWithAWayToMendIt() {
        return Stream.concat(Arrays.stream(Fault.Kind.values()).map(k -> told("standards", k.code())),
                Arrays.stream(FlowFault.Kind.values()).map(k -> told("flow", k.code())));
    }

    @Test
    void noSentenceIsLeftOfAKindThatIsGone() {
        for (var room : new String[]{"standards", "flow"}) {
            var known = new TreeSet<String>();
            Stream.concat(room.equals("flow")
                    ? Stream.empty()
                    : Arrays.stream(Fault.Kind.values()).map(
                            Fault.Kind::code),
                    room.equals("flow")
                            ? Arrays.stream(FlowFault.Kind.values()).map(FlowFault.Kind::code)
                            : Stream.empty())
                    .forEach(known::add);
            for (var key : words(room, Language.JA).keySet())
                if (key.startsWith(room + ".fault."))
                    assertThat(known).as(key).contains(key.substring((room + ".fault.").length()).replaceFirst(
                            "\\.mend$", ""));
        }
    }

    @Test
    void everyPartOfEverySchemaSaysInJapaneseWhatItIs() {
        for (var name : Schemas.NAMES) {
            var text = Schemas.text(name).orElseThrow();
            assertThat(text.split("\"description\"", -1)).as(name).hasSameSizeAs(text.split("\"x-kiban-ja\"", -1));
        }
    }

    @Test
    void aFaultIsOneLineInTheReadersLanguage() {
        var fault = Fault.of("a/standard.yaml", "law", Fault.Kind.WORD_MISSING, "name").at(3, 1);
        assertThat(fault).hasToString("a/standard.yaml:3:1: law: “name” is missing → add “name”");
        assertThat(fault.told(Language.JA)).isEqualTo("a/standard.yaml:3:1: law: 「name」がありません。 → 「name」を書き足してください。");
        assertThat(Fault.of("f", "", Fault.Kind.READING_MISSING, "期限").told(Language.JA)).startsWith("f: 注意: ");
        // brackets of YAML and Markdown mean themselves
        assertThat(Fault.of("f", "", Fault.Kind.SECTION_OPEN, "rows").message()).isEqualTo("{{#rows}} is not closed");
    }

    /// A copy of the published child allowance with one file changed or, with an empty text, taken away.
    private static Inspection with(String file, String text) {
        var files = new TreeMap<>(Published.BUNDLE.files());
        files.keySet().removeIf(f -> !f.startsWith("child-allowance/") && !f.equals("registers.yaml"));
        if (text.isEmpty())
            files.remove(file);
        else
            files.put(file, text);
        return Inspection.of(new Bundle("a test", files));
    }

    private static String text(String file) { return Published.BUNDLE.read("child-allowance/" + file).orElseThrow(); }

    @Test
    void aVersionWithoutAFlowIsAFault() {
        assertThat(with("child-allowance/2024-10-01/flow.bpmn", "").faults()).singleElement().matches(f -> f.is(
                Fault.Kind.FLOW_MISSING) && f.file().endsWith("flow.bpmn"));
    }

    @Test
    void aFlowThatDoesNotListenToAWithdrawalIsWarnedOfUnlessThereIsNone() {
        var flow = text("2024-10-01/flow.bpmn");
        var deaf = flow.replaceAll("(?m)^.*(id|sourceRef)=\"review-withdrawn\".*\n", "");
        assertThat(deaf).isNotEqualTo(flow);
        assertThat(with("child-allowance/2024-10-01/flow.bpmn", deaf).warnings()).filteredOn(f -> f.is(
                Fault.Kind.FLOW_WITHDRAWAL)).singleElement().matches(f -> f.line() > 0 && f.message().contains("審査"));
        var files = new TreeMap<>(Published.BUNDLE.files());
        files.keySet().removeIf(f -> !f.startsWith("child-allowance/") && !f.equals("registers.yaml"));
        files.put("child-allowance/2024-10-01/flow.bpmn", deaf);
        files.put("child-allowance/standard.yaml", text("standard.yaml")
                + "\nwithdrawal: { allowed: false, basis: 児童手当法 第7条第1項 }\n");
        var without = Inspection.of(new Bundle("a test", files));
        assertThat(without.faults()).isEmpty();
        assertThat(without.warnings()).noneMatch(f -> f.is(Fault.Kind.FLOW_WITHDRAWAL));
    }

    @Test
    void aNationalValueHasANameAndTheSameOnEveryDay() {
        var yaml = text("standard.yaml");
        var nameless = yaml.replaceFirst("confidence: verified,\n\\s*name: \\{ ja: 支給の対象.*\\} \\}",
                "confidence: verified }");
        assertThat(nameless).isNotEqualTo(yaml);
        assertThat(with("child-allowance/standard.yaml", nameless).faults()).singleElement().matches(f -> f.is(
                Fault.Kind.SCHEMA_REQUIRED) && f.message().contains("name"));
        var twice = yaml.replaceFirst("(?m)^(  - \\{ key: childUntilAge, .*\n)(.*)$",
                "$1$2\n  - { key: childUntilAge, value: 18, from: 2023-04-01, basis: 児童手当法 第3条第1項, confidence: verified, name: { ja: 別の名前, ja-easy: べつの 名前, en: Another } }");
        assertThat(with("child-allowance/standard.yaml", twice).faults()).singleElement().matches(f -> f.is(
                Fault.Kind.VALUE_NAMES));
        var table = yaml.replace("value: 24, unit: { ja: か月, ja-easy: か月, en: months }", "value: [{ size: 1 }]");
        assertThat(with("child-allowance/standard.yaml", table).faults()).anyMatch(f -> f.is(Fault.Kind.VALUE_COLUMNS)
                && f.message().contains("size"));
    }

    @Test
    void aShippedLayerDoesNotAskWhatARegisterHolds() {
        var layer = """
                authority: "242012"
                from: 2026-04-01
                ordinance: 津市児童手当事務取扱条例
                source: 津市例規集
                values:
                  moreQuestions:
                    - { key: whoLives, kind: TEXT, basis: 津市条例 第1条, label: { ja: %s, ja-easy: 家族, en: Household } }
                """;
        var known = Published.BUNDLE.read("registers.yaml").orElseThrow();
        assertThat(known).contains("ja: 災害の日の世帯");
        var variations = text("2024-10-01/variations.yaml") + """

                  - key: moreQuestions
                    name: { ja: 追加の質問, ja-easy: 質問（しつもん）, en: More questions }
                    explanation: { ja: 追加の質問, ja-easy: 質問（しつもん）, en: More questions }
                    type: FIELD
                    default: []
                    max: 3
                    basis: 地方自治法 第14条第1項
                """;
        var files = new TreeMap<>(Published.BUNDLE.files());
        files.keySet().removeIf(f -> !f.startsWith("child-allowance/") && !f.equals("registers.yaml"));
        files.put("child-allowance/2024-10-01/variations.yaml", variations);
        var at = "child-allowance/2024-10-01/layers/242012.yaml";
        files.put(at, layer.formatted("災害の日の世帯"));
        assertThat(Inspection.of(new Bundle("a test", files)).faults()).singleElement().matches(f -> f.is(
                Fault.Kind.LAYER_ASKS_AGAIN) && f.file().equals(at) && f.line() == 7
                && f.message().contains("resident.household") && f.words().ja().contains("台帳"));
        files.put(at, layer.formatted("好きな給食"));
        assertThat(Inspection.of(new Bundle("a test", files)).faults()).isEmpty();
    }

    @Test
    void aResultThatIsSaidSeveralTimesIsComparedAsAList() {
        var moveIn = Published.FOLDER.resolve("move-in");
        var bundle = Bundle.ofFolder(moveIn);
        var read = StandardReader.readAll(bundle, new java.util.ArrayList<>()).getFirst().versions().getFirst();
        var several = Examples.of(bundle, read.ref(), new java.util.ArrayList<>()).all().stream().filter(e -> read
                .check(
                        e.answers())
                .isEmpty()
                && read.judge(e.answers(), e.filed(), read.variations().defaults()).results("nextStep").size() > 1)
                .findFirst().orElseThrow();
        var said = read.judge(several.answers(), several.filed(), read.variations().defaults()).results("nextStep");
        assertThat(differences(read, several, Published.json("{'nextStep':" + said + "}"))).isEmpty();
        assertThat(differences(read, several, Published.json("{'nextStep':" + said.reversed() + "}"))).hasSize(1);
        assertThat(differences(read, several, Published.json("{'nextStep':" + said.getFirst() + "}"))).hasSize(1);
    }

    private static java.util.List<String> differences(StandardVersion version, Examples.Example example,
            tools.jackson.databind.JsonNode results) {
        var expect = (tools.jackson.databind.node.ObjectNode) example.expect().deepCopy();
        expect.set("results", results);
        var faults = new java.util.ArrayList<Fault>();
        new Examples.Example(example.file(), example.name(), example.filed(), example.answers(), "", example.local(),
                expect).verify(version, faults);
        return faults.stream().filter(f -> f.message().startsWith("nextStep")).map(Fault::message).toList();
    }
}
