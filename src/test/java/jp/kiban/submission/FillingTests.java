package jp.kiban.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import jp.kiban.standards.Field;
import jp.kiban.standards.Form;
import jp.kiban.standards.FormPage;
import jp.kiban.standards.RegisterItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class FillingTests {
    private final Map<String, String> written = new LinkedHashMap<>();

    @ParameterizedTest
    @CsvSource({"KANA,ﾔﾏﾀﾞ はなこ,ヤマダ ハナコ", "POSTAL_CODE,〒５１４ー８６１１,514-8611", "POSTAL_CODE,5148611,514-8611",
            "TEL,（０５９）２２９－３１１１,059-229-3111",
            "TEL,+81 90 1234 5678,090-1234-5678", "INTEGER,１２，０００,12000", "TEXT,３ー５,3-5"})
    void whatIsWrittenIsTakenInItsFormAndTheOriginalIsKept(Field.Kind kind, String typed, String taken) {
        var answers = fill(kind, Answers.none(), Map.of("x", List.of(typed)));
        assertThat(answers.path("x").asString()).isEqualTo(taken);
        assertThat(written).containsEntry("x", typed);
        // the screen comes back with what was shown
        var again = fill(kind, answers, Map.of("x", List.of(taken)));
        assertThat(again).isEqualTo(answers);
        assertThat(written).as("nothing new is said of the original").isEmpty();
        fill(kind, answers, Map.of("x", List.of("")));
        assertThat(written).containsEntry("x", "");
    }

    @ParameterizedTest
    @CsvSource({"R5,4,1", "令和5年,4月,1日", "㋿五,四,一", "2023,04,01", "２０２３,４,１", "R5.4.1,,", "令和五年四月一日,,", "20230401,,",
            "平成35,4,1"})
    void aDayIsReadFromTheBoxesInAnyNotation(String year, String month, String day) {
        var answers = fill(Field.Kind.DATE, Answers.none(), boxes(year, month, day));
        assertThat(answers.path("x").asString()).isEqualTo("2023-04-01");
        assertThat(written.getOrDefault("x", "").isEmpty()).isEqualTo(year.equals("2023"));
        fill(Field.Kind.DATE, answers, boxes("2023", "04", "01"));
        assertThat(written).isEmpty();
    }

    @Test
    void whatIsNoDayStaysAsItWasWrittenForTheCheckToName() {
        assertThat(fill(Field.Kind.DATE, Answers.none(), boxes("令和5", "2", "29")).path("x").asString())
                .isEqualTo("令和5-02-29");
        assertThat(fill(Field.Kind.DATE, Answers.none(), boxes("5", "4", "1")).path("x").asString())
                .isEqualTo("5-04-01");
        assertThat(fill(Field.Kind.DATE, Answers.none(), boxes("おととし", "", "")).path("x").asString()).isEqualTo("おととし");
        assertThat(fill(Field.Kind.TEL, Answers.none(), Map.of("x", List.of("なし"))).path("x").asString())
                .isEqualTo("なし");
    }

    @Test
    void namesAreNeverAltered() {
        for (var name : List.of("葛\uDB40\uDD00城", "𠮷田", "塚\uFA10", "ＡＢＣ　商店", "か\u3099")) {
            assertThat(fill(Field.Kind.TEXT, Answers.none(), Map.of("x", List.of(name))).path("x").asString())
                    .isEqualTo(name);
            assertThat(written).doesNotContainEntry("x", name);
        }
    }

    @Test
    void anOriginalGoesWithItsAnswer() {
        var beside = Beside.NOTHING.with(Map.of("a", "１", "rows[0].b", "２"));
        var answers = Answers.none().put("a", "1");
        assertThat(beside.of(answers).written()).containsOnlyKeys("a");
        assertThat(beside.withoutRows("rows").written()).containsOnlyKeys("a");
        assertThat(beside.with(Map.of("a", "")).writtenAt("a")).isEmpty();
    }

    private ObjectNode fill(Field.Kind kind, ObjectNode answers, Map<String, List<String>> sent) {
        var text = Text.same("x");
        var field = new Field("x", text, Optional.empty(), kind, true, Optional.empty(), new LegalBasis("法", "1条"),
                "plain",
                false, Optional.empty(), List.of(), List.of(),
                new Field.Handling(Optional.empty(), RegisterItem.Shield.NONE,
                        Optional.empty(), Optional.empty(), Optional.empty()));
        var page = new FormPage("p", text, text, Optional.empty(), List.of(field));
        written.clear();
        return Filling.fill(page, Known.of(new Form(List.of(page)), List.of()), answers, sent, written);
    }

    private static Map<String, List<String>> boxes(String year, String month, String day) {
        return Map.of("x.year", List.of(year == null ? "" : year), "x.month", List.of(month == null ? "" : month),
                "x.day",
                List.of(day == null ? "" : day));
    }
}
