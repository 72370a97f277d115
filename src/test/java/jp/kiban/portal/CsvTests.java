package jp.kiban.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTests {
    @Test
    void aSpreadsheetOpensItRight() {
        assertThat(Csv.write(List.of("名称", "人口"), List.of(List.of("津市", 270000L), List.of("a,\"b\"\n", 0L))))
                .isEqualTo("\uFEFF名称,人口\r\n津市,270000\r\n\"a,\"\"b\"\"\n\",0\r\n");
    }

    @Test
    void noTextBecomesAFormulaAndNumbersStayNumbers() {
        assertThat(Csv.write(List.of("a", "b"), List.of(List.of("=1+1", -5L), List.of("@x", "-1"))))
                .contains("'=1+1,-5").contains("'@x,'-1");
    }

    @Test
    void aRowHasAsManyValuesAsTheHead() {
        assertThatThrownBy(() -> Csv.write(List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
