package jp.kiban.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

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
    void aLongListIsSentAsItIsReadAndNeverWhole() {
        var response = new MockHttpServletResponse();
        var sent = new ArrayList<Integer>();
        var rows = IntStream.range(0, 2_000).mapToObj(i -> {
            sent.add(response.getContentAsByteArray().length);
            return List.of(i, "x".repeat(100));
        }).iterator();
        Csv.stream(response, "long.csv", List.of("a", "b"), rows);
        assertThat(sent.get(1_900)).as("most has gone out before the last is read").isGreaterThan(150_000);
        assertThat(response.getContentType()).isEqualTo("text/csv;charset=UTF-8");
        assertThat(new String(response.getContentAsByteArray(), StandardCharsets.UTF_8)).startsWith("\uFEFFa,b\r\n0,x")
                .endsWith("x\r\n");
    }

    @Test
    void aFaultOfTheFirstRowIsToldBeforeAnythingIsSent() {
        var response = new MockHttpServletResponse();
        var rows = Stream.<List<?>>generate(() -> {
            throw new IllegalStateException("no database");
        }).iterator();
        assertThatThrownBy(() -> Csv.stream(response, "a.csv", List.of("a"), rows)).isInstanceOf(
                IllegalStateException.class);
        assertThat(response.isCommitted()).isFalse();
        assertThat(response.getContentAsByteArray()).isEmpty();
    }

    @Test
    void aRowHasAsManyValuesAsTheHead() {
        assertThatThrownBy(() -> Csv.write(List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
