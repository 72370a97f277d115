package jp.kiban.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BankKanaTests {
    @Test
    void kanaOfEveryWidthBecomesLargeHalfWidthKana() {
        assertThat(BankKana.of("ヤマダ　ハナコ").text()).isEqualTo("ﾔﾏﾀﾞ ﾊﾅｺ");
        assertThat(BankKana.of("やまだ はなこ").text()).isEqualTo("ﾔﾏﾀﾞ ﾊﾅｺ");
        assertThat(BankKana.of("ﾔﾏﾀﾞ ﾊﾅｺ").text()).isEqualTo("ﾔﾏﾀﾞ ﾊﾅｺ");
        assertThat(BankKana.of("ショウジ　キョウコ").text()).isEqualTo("ｼﾖｳｼﾞ ｷﾖｳｺ");
        assertThat(BankKana.of("ｼｮｳｼﾞ").text()).isEqualTo("ｼﾖｳｼﾞ");
        assertThat(BankKana.of("パーク（カ").text()).isEqualTo("ﾊﾟ-ｸ(ｶ");
    }

    @Test
    void theTrapsOfTheBankStandardAreAvoided() {
        assertThat(BankKana.of("ヲカベ").text()).isEqualTo("ｵｶﾍﾞ");
        assertThat(BankKana.of("ｵｰﾃｨ").text()).isEqualTo("ｵ-ﾃｲ");
        assertThat(BankKana.of("ヴァン").text()).isEqualTo("ｳﾞｱﾝ");
        assertThat(BankKana.of("smith　ジョン・Ｂ").text()).isEqualTo("SMITH ｼﾞﾖﾝ.B");
        assertThat(BankKana.of("カ゛").text()).isEqualTo("ｶﾞ");
    }

    @Test
    void whatHasNoFormForBanksIsRefusedAndNamed() {
        assertThat(BankKana.of("山田ハナコ").refused()).isEqualTo("山田");
        assertThat(BankKana.of("ハナコ,").refused()).isEqualTo(",");
        assertThat(BankKana.of("ア゛").refused()).isEqualTo("ﾞ");
        assertThat(BankKana.of("ﾞｱ").isSound()).isFalse();
        assertThat(BankKana.of("É").isSound()).isFalse();
        assertThat(BankKana.of("😀").isSound()).isFalse();
    }

    @Test
    void aCutNeverSeparatesAMarkFromItsKana() {
        assertThat(BankKana.cut("ｱｶﾞ", 3)).isEqualTo("ｱｶﾞ");
        assertThat(BankKana.cut("ｱｶﾞ", 2)).isEqualTo("ｱ");
        assertThat(BankKana.cut("ｱｶﾞｲ", 3)).isEqualTo("ｱｶﾞ");
        assertThat(BankKana.cut("ｱ ｶ", 2)).isEqualTo("ｱ");
    }
}
