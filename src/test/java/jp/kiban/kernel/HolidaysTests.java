package jp.kiban.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HolidaysTests {
    @Test
    void theHolidaysOf2024To2027AreThoseOfTheCabinetOffice() {
        assertThat(of(2024)).containsExactly("01-01", "01-08", "02-11", "02-12", "02-23", "03-20", "04-29", "05-03",
                "05-04", "05-05", "05-06", "07-15", "08-11", "08-12", "09-16", "09-22", "09-23", "10-14", "11-03",
                "11-04", "11-23");
        assertThat(of(2025)).containsExactly("01-01", "01-13", "02-11", "02-23", "02-24", "03-20", "04-29", "05-03",
                "05-04", "05-05", "05-06", "07-21", "08-11", "09-15", "09-23", "10-13", "11-03", "11-23", "11-24");
        assertThat(of(2026)).containsExactly("01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04",
                "05-05", "05-06", "07-20", "08-11", "09-21", "09-22", "09-23", "10-12", "11-03", "11-23");
        assertThat(of(2027)).containsExactly("01-01", "01-11", "02-11", "02-23", "03-21", "03-22", "04-29", "05-03",
                "05-04", "05-05", "07-19", "08-11", "09-20", "09-23", "10-11", "11-03", "11-23");
    }

    @Test
    void theYearsOfTheOlympicsMovedThreeHolidays() {
        assertThat(of(2020)).contains("07-23", "07-24", "08-10").doesNotContain("07-20", "08-11", "10-12");
        assertThat(of(2021)).contains("07-22", "07-23", "08-08", "08-09").doesNotContain("07-19", "08-11", "10-11");
    }

    @Test
    void aDayBetweenTwoHolidaysIsOne() {
        assertThat(Holidays.name(LocalDate.of(2026, 9, 22))).contains("休日");
        assertThat(Holidays.name(LocalDate.of(2025, 9, 22))).isEmpty();
    }

    @Test
    void yearsOutsideTheComputedOnesAreRefused() {
        assertThat(Holidays.isHoliday(LocalDate.of(2099, 12, 30))).isFalse();
        assertThatThrownBy(() -> Holidays.isHoliday(LocalDate.of(2100, 1, 1))).hasMessageContaining("2100");
        assertThatThrownBy(() -> Holidays.isHoliday(LocalDate.of(2019, 12, 31))).hasMessageContaining("2019");
    }

    @Test
    void paymentMovesToTheBusinessDayBefore() {
        // a Saturday
        assertThat(Holidays.businessDayOnOrBefore(LocalDate.of(2026, 12, 5))).isEqualTo("2026-12-04");
        // a business day stays
        assertThat(Holidays.businessDayOnOrBefore(LocalDate.of(2027, 2, 5))).isEqualTo("2027-02-05");
        // a Thursday that is a holiday
        assertThat(Holidays.businessDayOnOrBefore(LocalDate.of(2027, 2, 11))).isEqualTo("2027-02-10");
        // the whole Silver Week of 2026: Saturday to Wednesday
        assertThat(Holidays.businessDayOnOrBefore(LocalDate.of(2026, 9, 23))).isEqualTo("2026-09-18");
    }

    @Test
    void banksRestOverTheTurnOfTheYear() {
        assertThat(Holidays.isBusinessDay(LocalDate.of(2026, 12, 30))).isTrue();
        assertThat(Holidays.isBusinessDay(LocalDate.of(2026, 12, 31))).isFalse();
        assertThat(Holidays.businessDayOnOrBefore(LocalDate.of(2028, 1, 3))).isEqualTo("2027-12-30");
        assertThat(Holidays.isBusinessDay(LocalDate.of(2028, 1, 4))).isTrue();
    }

    private static List<String> of(int year) {
        return LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1)).filter(Holidays::isHoliday)
                .map(d -> d.toString().substring(5)).toList();
    }
}
