package jp.kiban.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BankKanaTests {
    @Test
    void aCutNeverSeparatesAMarkFromItsKana() {
        assertThat(BankKana.cut("ｱｶﾞ", 3)).isEqualTo("ｱｶﾞ");
        assertThat(BankKana.cut("ｱｶﾞ", 2)).isEqualTo("ｱ");
        assertThat(BankKana.cut("ｱｶﾞｲ", 3)).isEqualTo("ｱｶﾞ");
        assertThat(BankKana.cut("ｱ ｶ", 2)).isEqualTo("ｱ");
    }
}
