package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// 被災者生活再建支援金, worked out a second time from the sentences of the law, and not from the rules.
class LivelihoodRecoveryTests {
    private static final LocalDate FILED = LocalDate.of(2026, 11, 20);
    private static final List<String> CATEGORIES = List.of("full", "demolished", "evacuated", "large", "medium");
    private static final List<String> WAYS = List.of("build", "repair", "rent", "none");

    private final StandardVersion standard = StandardReader.readAll(Published.BUNDLE, new ArrayList<>()).stream()
            .filter(s -> s.id().equals("livelihood-recovery")).findFirst().orElseThrow().versions().getFirst();

    /// Three hundred, two hundred … in ten thousands of yen; a household of one gets three quarters.
    private static long yen(String category, String way, int persons) {
        long basic = switch (category) {
            case "large" -> 50;
            case "medium" -> 0;
            default -> 100;
        };
        long additional = switch (way) {
            case "build" -> 200;
            case "repair" -> 100;
            case "rent" -> 50;
            default -> 0;
        };
        long whole = (basic + (category.equals("medium") ? additional / 2 : additional)) * 10_000;
        return persons == 1 ? whole * 3 / 4 : whole;
    }

    private Judgement judge(String category, String way, int persons) {
        var grade = switch (category) {
            case "demolished" -> "half";
            case "evacuated" -> "partial";
            default -> category;
        };
        return standard.judge(Published.json("""
                {'claimant':{'name':'津 花子','kana':'ツ ハナコ'},'certificate':{'grade':'%s','livedIn':true,
                'disasterDate':'2026-10-05'},'area':{'designated':true,'longEvacuation':%s},'demolished':%s,
                'household':{'size':%d,'isHouseholder':true},'rebuild':'%s','account':{'holderKana':'ツハナコ'}}
                """.formatted(grade, category.equals("evacuated"), category.equals("demolished"), persons, way)), FILED,
                standard.variations().defaults());
    }

    @Test
    void allFortyAmountsAreThoseOfTheLaw() {
        int judged = 0;
        for (var category : CATEGORIES)
            for (var way : WAYS)
                for (int persons : List.of(1, 2)) {
                    var judgement = judge(category, way, persons);
                    long expected = yen(category, way, persons);
                    assertThat(judgement.onceTotal().amount()).as(category + " " + way + " " + persons)
                            .isEqualTo(expected);
                    assertThat(judgement.outcome()).isEqualTo(
                            expected == 0 ? Judgement.Outcome.REFUSE : Judgement.Outcome.GRANT);
                    judged++;
                }
        assertThat(judged).isEqualTo(40);
    }

    @Test
    void moreThanTwoPersonsGetNoMoreThanTwo() {
        for (int persons = 2; persons <= 12; persons++)
            assertThat(judge("full", "build", persons).onceTotal().amount()).isEqualTo(3_000_000);
    }
}
