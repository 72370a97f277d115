package jp.kiban.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import jp.kiban.kernel.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarekiTests {
    @ParameterizedTest
    @CsvSource({"2019-04-30,平成31年4月30日", "2019-05-01,令和元年5月1日", "2020-01-01,令和2年1月1日", "1989-01-07,昭和64年1月7日",
            "1989-01-08,平成元年1月8日", "1926-12-24,大正15年12月24日", "1926-12-25,昭和元年12月25日"})
    void anEraBeginsOnItsDay(LocalDate date, String wareki) { assertThat(Wareki.of(date)).isEqualTo(wareki); }

    @Test
    void datesFollowTheLanguageOfThePage() {
        assertThat(Wareki.in(Language.EN, LocalDate.of(2026, 11, 21))).isEqualTo("21 November 2026");
        assertThat(Wareki.in(Language.JA_EASY, YearMonth.of(2026, 12))).isEqualTo("令和8年12月");
    }
}
