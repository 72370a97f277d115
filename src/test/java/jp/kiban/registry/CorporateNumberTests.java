package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jp.kiban.letters.CorporateNumber;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CorporateNumberTests {
    @Test
    void theNumbersOfGovernmentsAreRight() {
        // 東京都, 横浜市, 札幌市, 大阪市
        for (var number : List.of("8000020130001", "3000020141003", "9000020011002", "6000020271004"))
            assertThat(CorporateNumber.isValid(number)).isTrue();
    }

    @Test
    void nearlyEveryWrongDigitIsFound() {
        var random = new SplittableRandom(3);
        int missed = 0;
        int tried = 0;
        for (int n = 0; n < 2_000; n++) {
            var digits = SyntheticCorporations.number(random.nextLong(5_000_000)).digits();
            int at = random.nextInt(13);
            for (char c = '0'; c <= '9'; c++)
                if (c != digits.charAt(at)) {
                    tried++;
                    boolean zeroForNine = c == '0' && digits.charAt(at) == '9' || c == '9' && digits.charAt(at) == '0';
                    boolean taken = CorporateNumber.isValid(digits.substring(0, at) + c + digits.substring(at + 1));
                    if (taken)
                        missed++;
                    assertThat(taken).as("only 0 for 9 is missed").isEqualTo(zeroForNine && at > 0);
                }
        }
        assertThat(missed * 20).isLessThan(tried);
    }

    @Test
    void itIsReadHoweverItIsTyped() {
        for (var typed : List.of("8000020130001", "Ｔ８００００２０１３０００１", "T8000020130001", "8-0000-2013-0001",
                " 8000 0201 30001 "))
            assertThat(CorporateNumber.read(typed)).contains(CorporateNumber.of("8000020130001"));
        for (var typed : List.of("7000020130001", "800002013000", "80000201300011", "株式会社8000020130001", ""))
            assertThat(CorporateNumber.read(typed)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> CorporateNumber.of("7000020130001"))
                .withMessageContaining(
                        "7000020130001");
    }

    @Test
    void namesAreFoundInAnySpelling() {
        for (var same : List.of(List.of("株式会社齋藤建設", "斎藤建設", "（株）斎藤建設", "㈱斎藤建設", "斎藤　建設株式会社"),
                List.of("トヨタ自動車株式会社", "とよた自動車", "ﾄﾖﾀ自動車", "トヨタ・自動車"), List.of("ＡＢＣ商事", "abc商事", "ABC 商事㈱"),
                List.of("有限会社髙木", "高木"), List.of("葛\uDB40\uDD00飾商店", "葛飾商店"), List.of("𠮷野家", "吉野家"),
                List.of("コンピューター・サービス", "コンピュータサービス"), List.of("株式会社", "㈱"), List.of("カ\u3099ス会社", "ガス会社")))
            assertThat(same.stream().map(SearchKey::of).distinct()).as(same.toString()).hasSize(1);
        assertThat(SearchKey.of("医療法人社団若葉会")).isEqualTo("若葉会");
        assertThat(SearchKey.of("大田")).isNotEqualTo(SearchKey.of("太田"));
    }

    @Test
    void theTableOfVariantsIsInPairsAndLeadsToItself() {
        for (var pair : List.of("齋斎", "邊辺", "邉辺", "濱浜", "龍竜", "舘館"))
            assertThat(SearchKey.folded(pair.substring(0, 1))).isEqualTo(SearchKey.folded(pair.substring(1)));
        assertThat(SearchKey.folded("鷗")).isEqualTo("鴎");
        assertThat(SearchKey.folded("靑")).isEqualTo("青");
    }

    @Test
    void aLineIsTakenApartAsRfc4180SaysIt() {
        assertThat(SourceFile.cells("a,\"b,\"\"c\"\"\",,\"\",d", 5)).containsExactly("a", "b,\"c\"", "", "", "d");
        assertThat(SourceFile.cells("a,", 2)).containsExactly("a", "");
        assertThat(SourceFile.cells("\"a", 1)).isNull();
    }
}
