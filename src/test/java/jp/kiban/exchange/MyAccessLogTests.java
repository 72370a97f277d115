package jp.kiban.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import jp.kiban.KibanTest;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.PersonId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@KibanTest
class MyAccessLogTests {
    private static final AuthorityId YOKOHAMA = AuthorityId.of("141003");

    @Autowired
    Exchange exchange;
    @LocalServerPort
    int port;

    @Test
    void aResidentReadsWhoLookedInThreeLanguagesAsPageCsvAndJson() {
        look("1410000005", "officer:shinsa", "exchange.log.nav");
        var chinatsu = SignIn.resident(port, "yokohama-chinatsu");
        assertThat(chinatsu.page("/exchange/my-log").body()).contains("横浜市の職員（職員番号 shinsa）")
                .contains("児童手当法 第7条").contains("あなたの氏名・生年月日・住所").contains("配偶者（該当する情報なし）").contains("利用記録");
        assertThat(chinatsu.page("/exchange/my-log?lang=en").body())
                .contains("Officer of Yokohama-shi (number shinsa)").contains("Spouse（Nothing on record）")
                .contains("Who looked");
        assertThat(chinatsu.page("/exchange/my-log?lang=ja-easy").body()).contains("あなたの 名前・生まれた 日");
        assertThat(chinatsu.get("/exchange/my-log.csv").body()).startsWith("\uFEFF").contains("shinsa")
                .doesNotContain("千夏");
        assertThat(chinatsu.get("/api/exchange/my-log").body()).contains("\"resident.spouse\"").contains("\"total\":");
    }

    @Test
    void nobodyReadsAnothersLog() {
        look("1410000007", "officer:shinsa", "池田さんの審査");
        assertThat(SignIn.resident(port, "yokohama-emi").page("/exchange/my-log").body()).doesNotContain("池田さんの審査");
        assertThat(SignIn.resident(port, "tsu-makoto").get("/api/exchange/my-log").body()).doesNotContain("池田さんの審査");
    }

    @Test
    void itIsAPageOfResidentsOnly() {
        assertThat(SignIn.nobody(port).page("/exchange/my-log").statusCode()).isEqualTo(303);
        assertThat(SignIn.nobody(port).get("/api/exchange/my-log").statusCode()).isEqualTo(401);
        assertThat(SignIn.staff(port, "yokohama-shinsa").page("/exchange/my-log").statusCode()).isEqualTo(403);
    }

    @Test
    void aPageBehindTheEndIsEmptyAndABadNumberIsExplained() {
        look("1410000001", "officer:shinsa", "審査");
        var tsuyoshi = SignIn.resident(port, "yokohama-tsuyoshi");
        assertThat(tsuyoshi.page("/exchange/my-log?page=99").statusCode()).isEqualTo(200);
        assertThat(tsuyoshi.get("/api/exchange/my-log?size=0").statusCode()).isIn(400, 422);
    }

    private void look(String person, String who, String purpose) {
        exchange.provide(new Inquiry(YOKOHAMA, PersonId.of(person), List.of(Items.PERSON, Items.SPOUSE), purpose,
                new LegalBasis("児童手当法", "第7条"), Optional.empty(), who));
    }
}
