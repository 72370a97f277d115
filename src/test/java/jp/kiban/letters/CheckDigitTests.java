package jp.kiban.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import jp.kiban.kernel.AuthorityId;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckDigitTests {
    private final Random random = new Random(20261121);

    @ParameterizedTest
    @CsvSource({"130001,8000020130001", "141003,3000020141003", "011002,9000020011002", "271004,6000020271004"})
    void theNumberOfALocalGovernmentFollowsFromItsCode(String code, String number) {
        assertThat(CorporateNumber.of(AuthorityId.of(code))).contains(CorporateNumber.of(number));
        assertThat(CorporateNumber.of(AuthorityId.of("GCFA00"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7000012050002", "７０００－０１２０５０００２", "T7000012050002", " 7000 0120 5000 2 "})
    void aCorporateNumberIsReadInEveryNotation(String text) {
        assertThat(CorporateNumber.read(text)).contains(CorporateNumber.of("7000012050002"));
    }

    @Test
    void ofACorporateNumberOnlyZeroForNineAndNineForZeroPassUnseen() {
        for (int i = 0; i < 2_000; i++) {
            var number = CorporateNumber.withBase(digits(12)).digits();
            for (int at = 0; at < 13; at++)
                for (char c = '0'; c <= '9'; c++) {
                    boolean missed = at > 0 && Math.abs(number.charAt(at) - c) == 9;
                    if (number.charAt(at) != c)
                        assertThat(CorporateNumber.isValid(with(number, at, c))).as(number + " " + at + c)
                                .isEqualTo(missed);
                }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> CorporateNumber.of("1000012050002"));
    }

    /// All 100,000 codes, all wrong digits: what the rule cannot catch is exactly the remainder 0 taken for 10 and back.
    @Test
    void ofALocalGovernmentCodeOnlyTheRemaindersZeroAndTenAreMixedUp() {
        long missed = 0;
        long all = 0;
        for (int n = 0; n < 100_000; n++) {
            var five = "%05d".formatted(n);
            int check = AuthorityId.checkDigit(five);
            for (int at = 0; at < 5; at++)
                for (char c = '0'; c <= '9'; c++) {
                    if (five.charAt(at) == c)
                        continue;
                    var wrong = with(five, at, c);
                    boolean same = AuthorityId.checkDigit(wrong) == check;
                    if (same != (remainder(five) % 10 == 0 && remainder(wrong) % 10 == 0))
                        throw new AssertionError(five + " and " + wrong);
                    all++;
                    missed += same ? 1 : 0;
                }
        }
        assertThat(all).isEqualTo(4_500_000);
        assertThat(missed * 1000 / all).as("missed, in thousandths").isEqualTo(18);
    }

    private static int remainder(String five) {
        int sum = 0;
        for (int i = 0; i < 5; i++)
            sum += (five.charAt(i) - '0') * (6 - i);
        return sum % 11;
    }

    @Test
    void ofAnIndividualNumberOnlyTheRemaindersZeroAndOneAreMixedUp() {
        assertThat(MyNumbers.isValid("123456789018")).isTrue();
        for (int i = 0; i < 2_000; i++) {
            var eleven = digits(11);
            var number = eleven + MyNumbers.checkDigit(eleven);
            assertThat(MyNumbers.isValid(number)).isTrue();
            for (int at = 0; at < 12; at++)
                for (char c = '0'; c <= '9'; c++) {
                    if (number.charAt(at) == c)
                        continue;
                    var wrong = with(number, at, c);
                    boolean missed = at < 11 && weighted(number) <= 1 && weighted(wrong) <= 1;
                    assertThat(MyNumbers.isValid(wrong)).as(number + " " + at + c).isEqualTo(missed);
                }
        }
    }

    private static int weighted(String number) {
        int sum = 0;
        for (int n = 1; n <= 11; n++)
            sum += (number.charAt(11 - n) - '0') * (n <= 6 ? n + 1 : n - 5);
        return sum % 11;
    }

    /// Two neighbours in turn are the other slip of the hand.
    @Test
    void neighboursInTurnAreCaughtButForTheSameMixUps() {
        for (int i = 0; i < 5_000; i++) {
            var corporate = CorporateNumber.withBase(digits(12)).digits();
            for (int at = 1; at < 12; at++)
                assertThat(CorporateNumber.isValid(turned(corporate, at))).as(corporate + " " + at)
                        .isEqualTo(Math.abs(corporate.charAt(at) - corporate.charAt(at + 1)) % 9 == 0);
            var eleven = digits(11);
            var own = eleven + MyNumbers.checkDigit(eleven);
            for (int at = 0; at < 10; at++) {
                var turned = turned(own, at);
                assertThat(MyNumbers.isValid(turned)).as(own + " " + at)
                        .isEqualTo(own.equals(turned) || weighted(own) <= 1
                                && weighted(turned) <= 1);
            }
        }
        for (int n = 0; n < 100_000; n++) {
            var five = "%05d".formatted(n);
            for (int at = 0; at < 4; at++) {
                var turned = turned(five, at);
                boolean same = AuthorityId.checkDigit(turned) == AuthorityId.checkDigit(five);
                if (same != (five.equals(turned) || remainder(five) % 10 == 0 && remainder(turned) % 10 == 0))
                    throw new AssertionError(five + " and " + turned);
            }
        }
    }

    private static String turned(String number, int at) {
        return number.substring(0, at) + number.charAt(at + 1) + number.charAt(at) + number.substring(at + 2);
    }

    /// A number of digits too few or too many, or with anything else in it, has no check digit to be right.
    @Test
    void onlyTheRightLengthIsANumber() {
        for (var text : List.of("", "700001205000", "70000120500021", "700001205000２", "70000120500O2"))
            assertThat(CorporateNumber.isValid(text)).as(text).isFalse();
        for (var text : List.of("", "12345678901", "1234567890180", "12345678901８", "12345678901x"))
            assertThat(MyNumbers.isValid(text)).as(text).isFalse();
    }

    /// What the published table of check digits gives as examples.
    @Test
    void theExamplesOfThePublishedTableHold() throws IOException {
        var table = Path.of(System.getProperty("kiban.facts", "../shared/facts/domain"), "check_digits.csv");
        if (!Files.exists(table))
            System.out.println("skipped: the table of check digits is not at " + table);
        Assumptions.assumeTrue(Files.exists(table));
        var examples = new HashMap<String, String>();
        try (var rows = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get()
                .parse(Files.newBufferedReader(
                        table))) {
            rows.forEach(row -> examples.put(row.get("number"), row.get("example").split(" ")[0]));
        }
        assertThat(AuthorityId.of(Objects.requireNonNull(examples.get("全国地方公共団体コード"))).code()).isEqualTo("011002");
        assertThat(MyNumbers.isValid(Objects.requireNonNull(examples.get("個人番号")))).isTrue();
        assertThat(CorporateNumber.isValid(Objects.requireNonNull(examples.get("法人番号")))).isTrue();
        assertThat(PostalCode.read(Objects.requireNonNull(examples.get("郵便番号")))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"番号は123456789018です", "1234-5678-9018", "１２３４　５６７８　９０１８", "x123456789018"})
    void anIndividualNumberIsFoundWhereverItStands(String text) { assertThat(MyNumbers.in(text)).hasSize(1); }

    @ParameterizedTest
    @ValueSource(strings = {"123456789017", "1123456789018", "1234567890180", "12-3456789018", "090-1234-5678",
            "7000012050002", ""})
    void otherNumbersAreNotTakenForOne(String text) { assertThat(MyNumbers.in(text)).isEmpty(); }

    @ParameterizedTest
    @ValueSource(strings = {"514-8611", "5148611", "〒514-8611", "５１４－８６１１", "514ー8611", "〒 514 8611", "514‐8611"})
    void aPostalCodeIsReadInEveryNotation(String text) {
        assertThat(PostalCode.read(text)).contains(new PostalCode("5148611"));
        assertThat(new PostalCode("5148611")).hasToString("514-8611");
    }

    @ParameterizedTest
    @ValueSource(strings = {"514-861", "51486111", "津市", "", "5-148611"})
    void whatIsNoPostalCodeIsNotMadeOne(String text) { assertThat(PostalCode.read(text)).isEmpty(); }

    @ParameterizedTest
    @CsvSource({"059-229-3111,059-229-3111", "０５９ー２２９ー３１１１,059-229-3111", "(059)229-3111,059-229-3111",
            "059（229）3111,059-229-3111",
            "0592293111,0592293111", "+81 59 229 3111,059-229-3111", "+81-59-229-3111,059-229-3111",
            "+81 (0)59-229-3111,059-229-3111",
            "TEL:059.229.3111,059-229-3111", "09012345678,090-1234-5678", "+81 90 1234 5678,090-1234-5678",
            "0120-444-113,0120-444-113",
            "0120444113,0120-444-113", "03 1234 5678,03-1234-5678", "0312345678,03-1234-5678",
            "08001234567,0800-123-4567",
            "電話 06-6208-8181,06-6208-8181", "0266-52-4111,0266-52-4111", "0570012345,0570-012-345"})
    void aPhoneNumberIsReadInEveryNotation(String text, String grouped) {
        assertThat(PhoneNumber.read(text)).map(PhoneNumber::grouped).contains(grouped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"229-3111", "059-229-31111", "1592293111", "でんわなし", "", "+1 202 456 1111", "0090123456"})
    void whatIsNoPhoneNumberOfJapanIsNotMadeOne(String text) { assertThat(PhoneNumber.read(text)).isEmpty(); }

    private String digits(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
            text.append(random.nextInt(10));
        return text.toString();
    }

    private static String with(String number, int at, char c) {
        return number.substring(0, at) + c + number.substring(at + 1);
    }
}
