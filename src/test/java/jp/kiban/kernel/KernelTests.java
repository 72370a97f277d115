package jp.kiban.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTests {
    @ParameterizedTest
    @ValueSource(strings = {"011002", "242012", "141003", "134023", "010006", "GCFA00"})
    void knowsACodeByItsCheckDigit(String code) { assertThat(AuthorityId.isValid(code)).isTrue(); }

    @ParameterizedTest
    @ValueSource(strings = {"011003", "24201", "2420120", "", "GCFA0", "gcfa00", "２４２０１２", "24201X"})
    void refusesWhatIsNoAuthorityCode(String code) {
        assertThat(AuthorityId.isValid(code)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> AuthorityId.of(code));
    }

    @Test
    void anAddresseeNumberIsNeverAMyNumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> PersonId.of("123456789018"));
        assertThatIllegalArgumentException().isThrownBy(() -> PersonId.of("12345678901"));
        assertThat(PersonId.of("1234567890").number()).isEqualTo("1234567890");
        assertThat(PersonId.of("123456789012345").number()).hasSize(15);
        assertThatIllegalArgumentException().isThrownBy(() -> PersonId.of("1234567890123456"));
    }

    @Test
    void aReceiptNumberNoticesOneWrongLetter() {
        for (int i = 0; i < 200; i++) {
            String text = ReceiptNumber.next(LocalDate.of(2026, 11, 21)).text();
            assertThat(ReceiptNumber.isValid(text)).isTrue();
            int at = 7 + i % 5;
            char other = text.charAt(at) == '7' ? '8' : '7';
            assertThat(ReceiptNumber.isValid(text.substring(0, at) + other + text.substring(at + 1))).isFalse();
        }
    }

    @Test
    void aReceiptNumberBeginsWithTheDayOfArrival() {
        assertThat(ReceiptNumber.next(LocalDate.of(2026, 11, 21)).text()).startsWith("261121-").hasSize(18);
    }

    @Test
    void yenIsNeverNegativeAndNeverOverflows() {
        assertThatIllegalArgumentException().isThrownBy(() -> Yen.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Yen.of(1).minus(Yen.of(2)));
        assertThatThrownBy(() -> Yen.of(Long.MAX_VALUE).plus(Yen.of(1))).isInstanceOf(ArithmeticException.class);
        assertThat(Stream.of(Yen.of(15000), Yen.of(10000)).collect(Yen.sum())).isEqualTo(Yen.of(25000));
        assertThat(Yen.of(1234567)).hasToString("1,234,567円");
    }

    @Test
    void aTextWithoutPlainJapaneseDoesNotExist() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Text("認定", " ", "granted"));
    }

    @Test
    void eachLanguageFindsItsWayBackFromItsLocale() {
        for (var language : Language.values())
            assertThat(Language.of(language.locale())).isEqualTo(language);
    }
}
