package jp.kiban.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The folding of addresses stands on that of `letters` and goes further, where places need it.
class FoldingTests {
    @Test
    void whatIsOneCharacterForPeoplesNamesIsOneForPlacesToo() {
        for (int c = 0x3041; c < 0xFB00; c++) {
            if (c == '・' || c >= 0xA000 && c < 0xF900 || !Character.isDefined(c))
                continue;
            char folded = Folding.fold((char) c);
            assertThat(Folding.fold((char) jp.kiban.letters.Folding.fold(c))).as("%x", c).isEqualTo(folded);
            assertThat(Folding.fold(folded)).as("folded twice, %x", c).isEqualTo(folded);
        }
        for (var beyond : new String[]{"𠮷吉", "𣘺橋", "𠀋丈"}) {
            var key = Folding.of(beyond).toString();
            assertThat(key.charAt(0)).isEqualTo(key.charAt(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"が,ケ", "之,ノ", "ヲ,オ", "ヅ,ズ", "埼,崎", "畠,畑", "十,拾", "〇,零", "阪,坂"})
    void placesTakeForOneWhatNamesKeepApart(String one, String other) {
        assertThat(Folding.key(one)).isEqualTo(Folding.key(other));
        assertThat(jp.kiban.letters.Folding.key(one)).isNotEqualTo(jp.kiban.letters.Folding.key(other));
    }

    @ParameterizedTest
    @CsvSource({"山,川", "上,下", "ハ,バ", "土,士", "一,二", "袴,褐"})
    void whatIsAnotherPlaceStaysAnother(String one, String other) {
        assertThat(Folding.key(one)).isNotEqualTo(Folding.key(other));
    }

    @Test
    void theSameTextInEveryNormalFormAndWidthHasOneKey() {
        for (var text : new String[]{"ガード下１－２－３", "北海道札幌市", "パピプペポ町", "神戸市", "ｶﾞｰﾄﾞ下1-2-3"})
            for (var form : Normalizer.Form.values())
                if (form == Normalizer.Form.NFC || form == Normalizer.Form.NFD)
                    assertThat(Folding.of(Normalizer.normalize(text, form)).toString()).as(text + form)
                            .isEqualTo(Folding.of(text).toString());
        assertThat(Folding.of("ｶﾞｰﾄﾞ下1-2-3").toString()).isEqualTo(Folding.of("ガード下１－２－３").toString());
        assertThat(Folding.of("㈱①").toString()).as("not NFKC").isEqualTo("㈱①");
        assertThat(Folding.of("1 2").toString()).as("a gap between numbers parts them").isEqualTo("1 2");
        assertThat(Folding.of("本町 2・3").toString()).isEqualTo("本町2・3");
    }
}
