package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.Test;

/// Every type of local value, on both sides of its limits; layers that travel with the standard.
class VariationTypesTests {
    private static final String NAMES = """
                name: { ja: 項目, ja-easy: もの, en: Point }
                explanation: { ja: 説明, ja-easy: 説明, en: Explanation }
                basis: 地方自治法 第14条
            """;
    private static final String TYPES = """
            variations:
              - key: fee
                type: YEN
                default: 1000
                min: 0
                max: 5000
                ordinance: true
            %1$s  - key: rate
                type: DECIMAL
                default: 1.5
                min: 1.1
                max: 2.0
            %1$s  - key: order
                type: ORDERED
                default: [a, b]
                choices: [{ value: a, label: { ja: あ, ja-easy: あ, en: A } }, { value: b, label: { ja: い, ja-easy: い, en: B } }, { value: c, label: { ja: う, ja-easy: う, en: C } }]
            %1$s  - key: until
                type: DATE
                default: 2027-03-31
                min: 2026-04-01
                max: 2028-03-31
            %1$s  - key: due
                type: RECURRENCE
                default: every month 25
            %1$s  - key: points
                type: TABLE
                default: [{ work: full, score: 10 }]
                max-rows: 2
                columns:
                  - { key: work, type: CHOICE, name: { ja: 就労, ja-easy: 仕事, en: Work }, choices: [{ value: full, label: { ja: 常勤, ja-easy: いつも, en: Full }}, { value: part, label: { ja: 短時間, ja-easy: 短い, en: Part }}] }
                  - { key: score, type: INTEGER, name: { ja: 点数, ja-easy: 点, en: Score }, min: 0, max: 10 }
                  - { key: note, type: TEXT, name: { ja: 備考, ja-easy: メモ, en: Note }, required: false }
            %1$s  - key: formula
                type: FORMULA
                default: 合計方式
                choices: [{ value: 合計方式, label: { ja: 合計, ja-easy: 合計, en: Sum } }, { value: 最大方式, label: { ja: 最大, ja-easy: 最大, en: Most } }]
            %1$s  - key: questions
                type: FIELD
                default: []
                max: 1
            %1$s  - key: papers
                type: DOCUMENT
                default: []
            %1$s  - key: greeting
                type: TEXT
                default: { ja: こんにちは, ja-easy: こんにちは, en: Hello }
                max: 10
            %1$s  - key: ordinance
                type: ORDINANCE
                default: ""
            %1$s""".formatted(NAMES);
    private static final AuthorityId TSU = AuthorityId.of("242012");

    private final List<Fault> faults = new ArrayList<>();
    private final Variations variations = read(TYPES, "合計方式 最大方式");

    private Variations read(String yaml, String dmn) {
        return new VariationReader(bundle(Map.of("s/v/variations.yaml", yaml)), faults).variations(
                "s/v/variations.yaml", new NationalValues(List.of()), Optional.of(dmn));
    }

    private static Bundle bundle(Map<String, String> files) { return new Bundle("test", new TreeMap<>(files)); }

    private List<String> wrong(String key, String value) {
        return variations.check(key, Published.json(value)).stream().map(Finding::where).toList();
    }

    @Test
    void everyTypeIsReadWithItsDefault() {
        assertThat(faults).isEmpty();
        assertThat(variations.all()).hasSize(11);
        assertThat(variations.defaults().get("points").get(0).get("score").asInt()).isEqualTo(10);
    }

    @Test
    void yenIsAWholeAmountWithinItsLimits() {
        assertThat(wrong("fee", "0")).isEmpty();
        assertThat(wrong("fee", "5000")).isEmpty();
        assertThat(wrong("fee", "-1")).containsExactly("fee");
        assertThat(wrong("fee", "5001")).containsExactly("fee");
        assertThat(wrong("fee", "10.5")).containsExactly("fee");
    }

    @Test
    void aDecimalIncludesBothItsLimits() {
        assertThat(wrong("rate", "1.1")).isEmpty();
        assertThat(wrong("rate", "2.0")).isEmpty();
        assertThat(wrong("rate", "1.09")).hasSize(1);
        assertThat(wrong("rate", "2.01")).hasSize(1);
        assertThat(wrong("rate", "'1.5'")).hasSize(1);
    }

    @Test
    void anOrderCountsAndNothingIsInItTwice() {
        assertThat(wrong("order", "['c', 'a']")).isEmpty();
        assertThat(wrong("order", "['a', 'a']")).hasSize(1);
        assertThat(wrong("order", "['d']")).hasSize(1);
        assertThat(variations.merge(Map.of("order", Published.json("['c', 'a']"))).get("order").toString()).isEqualTo(
                "[\"c\",\"a\"]");
    }

    @Test
    void aDateHasAFirstAndALastDay() {
        assertThat(wrong("until", "'2026-04-01'")).isEmpty();
        assertThat(wrong("until", "'2028-03-31'")).isEmpty();
        assertThat(wrong("until", "'2026-03-31'")).hasSize(1);
        assertThat(wrong("until", "'2028-04-01'")).hasSize(1);
        assertThat(wrong("until", "'2027-02-30'")).hasSize(1);
    }

    @Test
    void eachCellOfATableIsNamedByRowAndColumn() {
        assertThat(wrong("points", "[{'work':'full','score':10,'note':'a'},{'work':'part','score':0}]")).isEmpty();
        assertThat(wrong("points", "[{'work':'none','score':11},{'score':5,'hue':1},{'work':'full','score':1}]"))
                .containsExactlyInAnyOrder("points", "points[0].work", "points[0].score", "points[1].work",
                        "points[1].hue");
        assertThat(variations.check("points", Published.json("[{'work':'full','score':11}]")).getFirst().message().ja())
                .contains("1行目", "点数", "0–10", "11");
    }

    @Test
    void aFormulaIsOneThatTheRulesName() {
        assertThat(wrong("formula", "'最大方式'")).isEmpty();
        assertThat(wrong("formula", "'平均方式'")).hasSize(1);
        read(TYPES, "合計方式");
        assertThat(faults).anyMatch(f -> f.message().contains("does not name the formula “最大方式”"));
    }

    @Test
    void addedQuestionsHaveWordsInThreeLanguagesAndABasis() {
        assertThat(wrong("questions",
                "[{'key':'bus','label':{'ja':'路線','ja-easy':'バス','en':'Bus line'},'kind':'TEXT','basis':'条例 第3条'}]"))
                .isEmpty();
        assertThat(wrong("questions", "[{'key':'Bus','label':{'ja':'路線'},'kind':'ACCOUNT'}]"))
                .containsExactlyInAnyOrder(
                        "questions[0].key", "questions[0].basis", "questions[0].label.ja-easy", "questions[0].label.en",
                        "questions[0].kind");
        assertThat(wrong("papers", "[{'key':'lease','name':{'ja':'契約書','ja-easy':'契約','en':'Lease'},'basis':'規則'}]"))
                .isEmpty();
        assertThat(wrong("papers", "[{'key':'lease'}]")).contains("papers[0].name.ja", "papers[0].basis");
    }

    @Test
    void wordsHaveALengthInEachLanguage() {
        assertThat(wrong("greeting", "{'ja':'1234567890','ja-easy':'a','en':'b'}")).isEmpty();
        assertThat(wrong("greeting", "{'ja':'12345678901','ja-easy':'a'}")).containsExactly("greeting.ja",
                "greeting.en");
        assertThat(wrong("ordinance", "''")).isEmpty();
        assertThat(wrong("ordinance", "'津市手当条例'")).isEmpty();
        assertThat(wrong("ordinance", "5")).hasSize(1);
    }

    @Test
    void aRecurrenceFallsOnBusinessDays() {
        var payday = Recurrence.read("every month 25").orElseThrow();
        assertThat(payday.in(YearMonth.of(2026, 4))).contains(LocalDate.of(2026, 4, 24));
        assertThat(payday.in(YearMonth.of(2026, 5))).contains(LocalDate.of(2026, 5, 25));
        assertThat(Recurrence.read("every month 25 after").orElseThrow().in(YearMonth.of(2026, 4))).contains(LocalDate
                .of(2026, 4, 27));
        assertThat(Recurrence.read("every month 25 same").orElseThrow().in(YearMonth.of(2026, 4))).contains(LocalDate
                .of(2026, 4, 25));
        assertThat(Recurrence.read("every month last").orElseThrow().in(YearMonth.of(2026, 12))).contains(LocalDate.of(
                2026, 12, 30));
        assertThat(Recurrence.read("every year 1-1").orElseThrow().in(YearMonth.of(2027, 1))).as(
                "before would leave the month").contains(LocalDate.of(2027, 1, 4));
        assertThat(Recurrence.read("months 2,8 5").orElseThrow().next(LocalDate.of(2026, 2, 6), 2)).containsExactly(
                LocalDate.of(2026, 8, 5), LocalDate.of(2027, 2, 5));
        assertThat(Recurrence.read("every week mon").orElseThrow().onOrAfter(LocalDate.of(2026, 11, 24))).isEqualTo(
                LocalDate.of(2026, 11, 30));
        for (var no : List.of("every month 0", "every month 32", "months 2 30", "months 13 1", "every year 2-30",
                "every day", "monthly"))
            assertThat(Recurrence.read(no)).as(no).isEmpty();
        assertThat(wrong("due", "'every month 31'")).as("not every month has it").hasSize(1);
        assertThat(wrong("due", "'every month 28'")).isEmpty();
    }

    @Test
    void everyFaultOfTheDeclarationIsTold() {
        read("""
                variations:
                  - key: a-b
                    type: COLOUR
                  - key: c
                    type: TABLE
                    default: []
                    shade: dark
                    basis: 法 第1条
                    name: { ja: 表, ja-easy: 表, en: Table }
                    explanation: { ja: 表, ja-easy: 表, en: Table }
                  - key: d
                    type: YEN
                    default: 5
                    min: 9
                    max: 3
                    basis: 法 第1条
                    name: { ja: 額, ja-easy: 額, en: Amount }
                    explanation: { ja: 額, ja-easy: 額, en: Amount }
                """, "");
        var told = faults.stream().map(Fault::toString).toList();
        assertThat(told).anyMatch(t -> t.contains("a-b.type")).anyMatch(t -> t.contains("a-b: a key is letters"))
                .anyMatch(t -> t.contains("c.columns: a table has columns")).anyMatch(t -> t.contains("c.shade"))
                .anyMatch(t -> t.contains("min 9 is above max 3")).anyMatch(t -> t.contains("d.default"));
    }

    @Test
    void aShippedLayerCountsFromItsDayOn() {
        var reader = new VariationReader(bundle(Map.of("s/v/layers/242012.yaml", """
                { authority: "242012", from: 2026-04-01, ordinance: 津市手数料条例, source: 津市例規集, values: { fee: 2000 } }
                """)), faults);
        var layers = reader.layers("s/v/layers", variations);
        assertThat(faults).isEmpty();
        assertThat(VariationReader.inForce(layers, TSU, LocalDate.of(2026, 4, 1))).isPresent();
        assertThat(VariationReader.inForce(layers, TSU, LocalDate.of(2026, 3, 31))).isEmpty();
    }

    @Test
    void aFaultyShippedLayerIsToldWithItsFile() {
        new VariationReader(bundle(Map.of("s/v/layers/242012.yaml", """
                { authority: "182010", source: 例規集, values: { fee: 9000, colour: red } }
                """)), faults).layers("s/v/layers", variations);
        assertThat(faults.stream().map(Fault::toString)).anyMatch(t -> t.contains("values.fee"))
                .anyMatch(t -> t.contains("values.colour"))
                .anyMatch(t -> t.contains("authority: the authority is “182010”"))
                .anyMatch(t -> t.contains("from")).anyMatch(t -> t.contains("ordinance: “fee” is set by ordinance"));
    }

    @Test
    void anUpgradeKeepsWhatIsWithinTheNewLimits() {
        var kept = variations.keep(Map.of("fee", Published.json("9000"), "rate", Published.json("1.2"), "gone",
                Published.json("1")));
        assertThat(kept.local()).containsOnlyKeys("rate");
        assertThat(kept.refused()).containsOnlyKeys("fee", "gone");
        assertThat(kept.values().number("fee")).isEqualTo(1000);
    }
}
