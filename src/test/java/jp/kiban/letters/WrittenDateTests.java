package jp.kiban.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kiban.letters.WrittenDate.Day;
import jp.kiban.letters.WrittenDate.Doubt;
import jp.kiban.letters.WrittenDate.Trouble;
import jp.kiban.letters.WrittenDate.Uncertain;
import jp.kiban.letters.WrittenDate.Unknown;
import jp.kiban.letters.WrittenDate.Unreadable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenDateTests {
    private static final Path FORMS = Path
            .of(System.getProperty("kiban.facts", "../shared/facts/domain"), "unknown_date_forms.csv");

    @ParameterizedTest
    @ValueSource(strings = {"令和5年4月1日", "令和５年４月１日", "令和五年四月一日", "R5.4.1", "r5/4/1", "Ｒ５．４．１", "㋿5年4月1日", "令5.4.1",
            "2023-04-01",
            "2023/4/1", "２０２３年４月１日", "西暦2023年4月1日", "20230401", "R050401", "令和 5 年 4 月 1 日", " 2023.4.1 ", "二〇二三年四月一日",
            "平成35年4月1日 "})
    void oneDayIsReadInEveryNotation(String text) {
        assertThat(WrittenDate.read(text).exactDay()).contains(LocalDate.of(2023, 4, 1));
        assertThat(WrittenDate.read(text).text()).isEqualTo(text);
    }

    @Test
    void everyDayWrittenAsAnEraYearIsReadBack() {
        for (var day = LocalDate.of(1873, 1, 1); day.isBefore(LocalDate.of(2040, 1, 1)); day = day.plusDays(1))
            assertThat(WrittenDate.read(Wareki.of(day))).isEqualTo(new Day(Wareki.of(day), day));
    }

    @ParameterizedTest
    @CsvSource({"明治45年7月30日,1912-07-30", "大正元年7月30日,1912-07-30", "大正15年12月25日,1926-12-25", "昭和元年12月25日,1926-12-25",
            "昭和64年1月7日,1989-01-07", "平成31年4月30日,2019-04-30"})
    void theLastDayOfAnEraAndTheFirstOfTheNextMayBeTheSame(String text, LocalDate day) {
        assertThat(WrittenDate.read(text)).isEqualTo(new Day(text, day));
    }

    @ParameterizedTest
    @CsvSource({"昭和64年1月8日,1989-01-08", "平成31年5月1日,2019-05-01", "令和元年4月30日,2019-04-30", "明治45年7月31日,1912-07-31"})
    void aDayOutsideItsEraIsCountedOnAndSaidToBe(String text, LocalDate day) {
        assertThat(WrittenDate.read(text)).isEqualTo(new Uncertain(text, day, day, Set.of(Doubt.BEYOND_ERA)));
        assertThat(WrittenDate.read(text).exactDay()).contains(day);
    }

    @ParameterizedTest
    @CsvSource({"令和5年2月29日,2023-02-01,2023-02-28", "2023-02-30,2023-02-01,2023-02-28",
            "令和5年4月31日,2023-04-01,2023-04-30",
            "令和5年13月1日,2023-01-01,2023-12-31", "令和5年4月0日,2023-04-01,2023-04-30"})
    void aDayThatNeverWasIsKeptAsTextWithTheDaysItMayStandFor(String text, LocalDate from, LocalDate to) {
        assertThat(WrittenDate.read(text)).isEqualTo(new Uncertain(text, from, to, Set.of(Doubt.NO_SUCH_DAY)));
        assertThat(WrittenDate.read(text).exactDay()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"令和5年頃,2023-01-01,2023-12-31,ABOUT MONTH_UNKNOWN", "令和5年7月頃,2023-07-01,2023-07-31,ABOUT DAY_UNKNOWN",
            "令和5年7月3日頃,2023-07-03,2023-07-03,ABOUT", "推定令和5年7月3日,2023-07-03,2023-07-03,PRESUMED",
            "推定令和5年7月,2023-07-01,2023-07-31,PRESUMED DAY_UNKNOWN", "令和5年春,2023-03-01,2023-05-31,SEASON",
            "令和5年7月上旬,2023-07-01,2023-07-10,TEN_DAYS", "令和5年7月中旬頃,2023-07-11,2023-07-20,TEN_DAYS ABOUT",
            "令和5年 月日不詳,2023-01-01,2023-12-31,MONTH_UNKNOWN", "令和5年07月 日不詳,2023-07-01,2023-07-31,DAY_UNKNOWN",
            "令和5年07月3日から08月5日頃までの間,2023-07-03,2023-08-05,BETWEEN ABOUT",
            "令和5年07月推定3日から5日までの間,2023-07-03,2023-07-05,BETWEEN PRESUMED",
            "令和5年07月3日頃から5日頃までの間,2023-07-03,2023-07-05,BETWEEN ABOUT",
            "令和5年12月30日から令和6年1月3日までの間,2023-12-30,2024-01-03,BETWEEN", "令和5年冬,2023-01-01,2024-02-29,SEASON",
            "令和6年2月下旬,2024-02-21,2024-02-29,TEN_DAYS", "令和元年 月日不詳,2019-05-01,2019-12-31,MONTH_UNKNOWN",
            "昭和64年 月日不詳,1989-01-01,1989-01-07,MONTH_UNKNOWN", "平成31年4月 日不詳,2019-04-01,2019-04-30,DAY_UNKNOWN"})
    void whatIsNotKnownIsARange(String text, LocalDate from, LocalDate to, String doubts) {
        assertThat(WrittenDate.read(text)).isEqualTo(new Uncertain(text, from, to,
                Arrays.stream(doubts.split(" ")).map(Doubt::valueOf).collect(Collectors.toSet())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"年月日不詳", "不詳", "生年月日不明"})
    void nothingKnownIsSaidToBeSo(String text) { assertThat(WrittenDate.read(text)).isEqualTo(new Unknown(text)); }

    @Test
    void whatIsNoDateIsNotGuessed() {
        assertThat(WrittenDate.read("5年4月1日")).isEqualTo(new Unreadable("5年4月1日", Trouble.NO_ERA));
        assertThat(WrittenDate.read("58.4.1")).isEqualTo(new Unreadable("58.4.1", Trouble.NO_ERA));
        assertThat(WrittenDate.read("きのう")).isEqualTo(new Unreadable("きのう", Trouble.NOT_A_DATE));
        assertThat(WrittenDate.read("")).isEqualTo(new Unreadable("", Trouble.EMPTY));
        assertThat(WrittenDate.read("令和5年07月9日から5日までの間").exactDay()).isEmpty();
        assertThat(WrittenDate.read("令和5年07月9日から5日までの間"))
                .isEqualTo(new Unreadable("令和5年07月9日から5日までの間", Trouble.BACKWARDS));
        assertThat(WrittenDate.read("令和0年4月1日")).isInstanceOf(Unreadable.class);
        assertThat(WrittenDate.read("令和100年4月1日")).isInstanceOf(Unreadable.class);
    }

    @Test
    void anyTextAtAllIsAnswered() {
        var pieces = List.of("令和", "R", "元", "5", "年", "月", "日", "頃", "推定", "から", "まで", "不詳", "-", "/", "13", "春", "上旬",
                "𠮷", "\uD842");
        var random = new java.util.Random(5);
        for (int i = 0; i < 20_000; i++) {
            var text = random.ints(random.nextInt(9), 0, pieces.size()).mapToObj(pieces::get)
                    .collect(Collectors.joining());
            assertThat(WrittenDate.read(text).text()).isEqualTo(text);
        }
    }

    /// Every form of the published list, with numbers in its circles.
    @Test
    void everyFormThatRegistersUseIsRead() throws IOException {
        if (!Files.exists(FORMS))
            System.out.println("skipped: the list of forms of unknown dates is not at " + FORMS);
        Assumptions.assumeTrue(Files.exists(FORMS));
        var forms = Files.readAllLines(FORMS).stream().skip(1).map(l -> l.split(",")[0]).filter(f -> !f.startsWith("("))
                .toList();
        assertThat(forms).hasSizeGreaterThan(10);
        for (var form : forms) {
            var text = form.replaceFirst("○+年", "5年").replaceFirst("○+月", "7月").replaceFirst("○+日", "3日")
                    .replaceFirst("○+月", "8月").replaceFirst("○+日", "5日");
            assertThat(WrittenDate.read(text)).as(form).isNotInstanceOf(Unreadable.class);
            if (WrittenDate.read(text) instanceof Uncertain(var _, var from, var to, var _))
                assertThat(YearMonth.from(from).getYear()).as(form).isEqualTo(2023).isEqualTo(to.getYear());
        }
    }
}
