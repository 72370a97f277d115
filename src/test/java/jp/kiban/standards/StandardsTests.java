package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import org.junit.jupiter.api.Test;

class StandardsTests {
    private final Standards standards = Standards.of(Published.FOLDER);

    @Test
    void aVersionIsInForceFromItsDay() {
        assertThat(standards.inForce("child-allowance", LocalDate.parse("2024-10-01")).ref())
                .hasToString("child-allowance@2024-10-01");
        assertThat(standards.inForce("child-allowance", LocalDate.parse("2099-01-01")).ref())
                .hasToString("child-allowance@2024-10-01");
        assertThatThrownBy(() -> standards.inForce("child-allowance", LocalDate.parse("2024-09-30")))
                .isInstanceOf(NotThere.class);
    }

    @Test
    void whatIsNotPublishedIsNotThere() {
        assertThatThrownBy(() -> standards.get("nothing")).isInstanceOf(NotThere.class);
        assertThatThrownBy(() -> standards.version(StandardRef.parse("child-allowance@2020-01-01")))
                .isInstanceOf(NotThere.class);
    }

    @Test
    void theJarCarriesTheSameStandards() {
        assertThat(Bundle.ofClassPath().files()).containsAllEntriesOf(Published.BUNDLE.files());
    }

    @Test
    void aStandardSaysWhoseItIs() {
        var standard = standards.get("child-allowance");
        assertThat(standard.ministry().code()).isEqualTo("GCFA00");
        assertThat(standard.law()).hasToString("児童手当法 第7条第1項");
        assertThat(standard.name().ja()).isEqualTo("児童手当 認定請求");
    }
}
