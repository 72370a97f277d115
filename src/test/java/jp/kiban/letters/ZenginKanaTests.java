package jp.kiban.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ZenginKanaTests {
    @Test
    void kanaOfEveryWidthBecomesLargeHalfWidthKana() {
        assertThat(ZenginKana.of("ヤマダ　ハナコ").text()).isEqualTo("ﾔﾏﾀﾞ ﾊﾅｺ");
        assertThat(ZenginKana.of("やまだ はなこ").text()).isEqualTo("ﾔﾏﾀﾞ ﾊﾅｺ");
        assertThat(ZenginKana.of("ﾔﾏﾀﾞ ﾊﾅｺ").text()).isEqualTo("ﾔﾏﾀﾞ ﾊﾅｺ");
        assertThat(ZenginKana.of("ショウジ　キョウコ").text()).isEqualTo("ｼﾖｳｼﾞ ｷﾖｳｺ");
        assertThat(ZenginKana.of("ｼｮｳｼﾞ").text()).isEqualTo("ｼﾖｳｼﾞ");
        assertThat(ZenginKana.of("パーク（カ").text()).isEqualTo("ﾊﾟ-ｸ(ｶ");
    }

    @Test
    void theTrapsOfTheBankStandardAreAvoided() {
        assertThat(ZenginKana.of("ヲカベ").text()).isEqualTo("ｵｶﾍﾞ");
        assertThat(ZenginKana.of("ｵｰﾃｨ").text()).isEqualTo("ｵ-ﾃｲ");
        assertThat(ZenginKana.of("ヴァン").text()).isEqualTo("ｳﾞｱﾝ");
        assertThat(ZenginKana.of("smith　ジョン・Ｂ").text()).isEqualTo("SMITH ｼﾞﾖﾝ.B");
        assertThat(ZenginKana.of("カ゛").text()).isEqualTo("ｶﾞ");
    }

    @Test
    void whatHasNoFormForBanksIsRefusedAndNamed() {
        assertThat(ZenginKana.of("山田ハナコ").refused()).isEqualTo("山田");
        assertThat(ZenginKana.of("ハナコ,").refused()).isEqualTo(",");
        assertThat(ZenginKana.of("ア゛").refused()).isEqualTo("ﾞ");
        assertThat(ZenginKana.of("ﾞｱ").isSound()).isFalse();
        assertThat(ZenginKana.of("É").isSound()).isFalse();
        assertThat(ZenginKana.of("😀").isSound()).isFalse();
    }
}
