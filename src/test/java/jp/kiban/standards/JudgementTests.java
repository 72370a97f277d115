package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class JudgementTests {
    private final StandardVersion standard = Published.CHILD_ALLOWANCE;

    @Test
    void isTheSameAfterBeingStoredAndReadAgain() {
        for (var example : Published.EXAMPLES.all()) {
            var judgement = standard.judge(example.answers(), example.filed(), standard.variations().defaults());
            var read = Published.JSON.readValue(Published.JSON.writeValueAsString(judgement), Judgement.class);
            assertThat(read).as(example.name()).isEqualTo(judgement);
        }
    }

    @Test
    void canBeReplayedFromWhatItKeeps() {
        var first = Published.judgement("G1");
        var replayed = standard.judge(first.inputs(), LocalDate.parse("2024-10-02"), standard.variations().defaults());
        assertThat(replayed).isEqualTo(first);
    }

    @Test
    void givesTheSameToManyAtOnce() {
        var expected = Published.judgement("G1");
        assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> Published.judgement("G1")))
                .allMatch(expected::equals);
    }

    @Test
    void everyReasonAndEveryFiredRuleNamesItsLawInWordsOfThreeLanguages() {
        for (var example : Published.EXAMPLES.all()) {
            var judgement = standard.judge(example.answers(), example.filed(), standard.variations().defaults());
            assertThat(judgement.trace()).isNotEmpty().allSatisfy(f -> {
                assertThat(f.law().toString()).startsWith("児童手当法");
                assertThat(f.inputs()).isNotEmpty();
                assertThat(f.output().path("理由").asString()).isEqualTo(f.code());
            });
            assertThat(judgement.reasons()).isNotEmpty().allSatisfy(r -> assertThat(r.text().en()).isNotBlank());
        }
    }

    @Test
    void saysWhatTheRulesSaw() {
        var rate = Published.judgement("G1").trace().stream().filter(f -> f.code().equals("CA-RATE-THIRD")).findFirst()
                .orElseThrow();
        assertThat(rate.decision()).isEqualTo("月額表");
        assertThat(rate.rule()).isEqualTo(4);
        assertThat(rate.inputs()).containsEntry("対象", Published.json("'c2'")).containsEntry("順位", Published.json("3"));
        assertThat(rate.output()).isEqualTo(Published.json("{'円': 30000, '理由': 'CA-RATE-THIRD'}"));
    }

    @Test
    void keepsTheLocalAndTheNationalValues() {
        var values = standard.variations().merge(Map.of("payDay", Published.json("15")));
        var judgement = standard.judge(Published.answers(), LocalDate.parse("2025-06-01"), values);
        assertThat(judgement.parameters()).containsEntry("payDay", Published.json("15")).containsEntry("startGraceDays",
                Published.json("15"));
    }

    @Test
    void judgesUnfinishedAnswersAsFarAsItCan() {
        var answers = Published.answers();
        answers.remove(List.of("account", "contact", "consent", "spouse", "event", "elders", "divorceApart"));
        assertThat(standard.judge(answers, LocalDate.parse("2025-06-01"), standard.variations().defaults()).outcome())
                .isEqualTo(Judgement.Outcome.GRANT);
    }

    @Test
    void monthsNeedAStartAndARefusalNeedsReasons() {
        var ref = new StandardRef("child-allowance", LocalDate.parse("2024-10-01"));
        var none = JsonNodeFactory.instance.objectNode();
        assertThatIllegalArgumentException().isThrownBy(() -> new Judgement(ref, Judgement.Outcome.GRANT, List.of(),
                List.of(), Optional.of(YearMonth.of(2025, 1)), List.of(), List.of(), List.of(), none, Map.of(),
                List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Judgement(ref, Judgement.Outcome.REFUSE, List.of(),
                List.of(), Optional.empty(), List.of(), List.of(), List.of(), none, Map.of(), List.of()));
    }

    /// A second opinion: the amounts written again in plain Java, against the published rules, for made-up families.
    @Test
    void agreesWithAnIndependentCalculationForAThousandFamilies() {
        var random = new Random(346);
        for (int i = 0; i < 300; i++) {
            var filed = LocalDate.of(2024, 10, 1).plusDays(random.nextInt(700));
            var event = random.nextInt(3) == 0 ? null : filed.minusDays(random.nextInt(25));
            var people = new ArrayList<Counted>();
            int count = 1 + random.nextInt(4);
            for (int n = 0; n < count; n++)
                people.add(new Counted("c" + n, filed.minusDays(random.nextInt(19 * 365)), true));
            if (random.nextBoolean())
                people.add(new Counted("e0", filed.minusDays(19 * 365 + random.nextInt(4 * 365)), false));
            var answers = Published.answers();
            var children = answers.putArray("children");
            var elders = answers.putArray("elders");
            for (var p : people) {
                var row = (p.child() ? children : elders).addObject().put("id", p.id()).put("name", "津")
                        .put("birthDate", p.birth().toString()).put("livingTogether", true).put("abroad", false)
                        .put("inFacility", false);
                if (!p.child())
                    row.put("confirmed", true);
            }
            if (event != null)
                answers.putObject("event").put("kind", "move-in").put("date", event.toString());
            var expected = calculate(filed, event, people);
            var seen = new TreeMap<YearMonth, Map<String, Long>>();
            standard.judge(answers, filed, standard.variations().defaults()).months().forEach(m -> {
                var lines = seen.computeIfAbsent(m.month(), k -> new TreeMap<>());
                m.lines().forEach(l -> lines.put(l.beneficiaryId(), l.yen().amount()));
            });
            assertThat(seen).as("filed %s, event %s, %s", filed, event, people).isEqualTo(expected);
        }
    }

    private record Counted(String id, LocalDate birth, boolean child) {
        YearMonth last() {
            var reaches = birth.plusYears(child ? 18 : 22).minusDays(1);
            return YearMonth.of(reaches.getMonthValue() <= 3 ? reaches.getYear() : reaches.getYear() + 1, 3);
        }
    }

    private static Map<YearMonth, Map<String, Long>> calculate(LocalDate filed,
            @org.jspecify.annotations.Nullable LocalDate event, List<Counted> people) {
        var from = event != null && !filed.isAfter(event.plusDays(15)) ? event : filed;
        var start = YearMonth.from(from).plusMonths(1);
        var months = new TreeMap<YearMonth, Map<String, Long>>();
        if (people.stream().noneMatch(p -> p.child() && !p.last().isBefore(start)))
            return months;
        for (var month = start; month.isBefore(start.plusMonths(24)); month = month.plusMonths(1)) {
            var lines = new TreeMap<String, Long>();
            int rank = 0;
            for (var p : people.stream().sorted(Comparator.comparing(Counted::birth)).toList()) {
                if (p.last().isBefore(month))
                    continue;
                rank++;
                boolean young = !YearMonth.from(p.birth().plusYears(3)).isBefore(month);
                lines.put(p.id(), !p.child() ? 0L : rank >= 3 ? 30_000L : young ? 15_000L : 10_000L);
            }
            if (lines.values().stream().anyMatch(y -> y > 0))
                months.put(month, lines);
        }
        return months;
    }

    @Test
    void zeroLinesAreNotMoney() {
        var month = Published.judgement("G1").months().getFirst();
        assertThat(month.lines()).anyMatch(l -> l.yen().equals(Yen.ZERO));
        assertThat(month.total()).isEqualTo(Yen.of(70_000));
    }
}
