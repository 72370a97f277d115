package jp.kiban.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import jp.kiban.KibanTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What goes wrong is told as a page to people and as a problem document to programs, and tells nothing else.
@KibanTest
class ErrorPageTests {
    private final HttpClient client = HttpClient.newHttpClient();
    @LocalServerPort
    int port;

    @Test
    void whatIsNotThereIsAPageForPeopleAndAProblemForPrograms() throws Exception {
        var page = get("/authorities/999999", "text/html");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("ページが見つかりません").doesNotContain("Exception");
        for (String path : new String[]{"/api/authorities/999999", "/api/authorities/242013", "/api/authorities/xyz",
                "/api/nothing/here"}) {
            var problem = get(path, "*/*");
            assertThat(problem.statusCode()).as(path).isEqualTo(404);
            assertThat(problem.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(problem.body().replaceAll("\"instance\":\"[^\"]*\",?", ""))
                    .as("the same words, whyever it is not there").isEqualTo(get("/api/none", "*/*").body()
                            .replaceAll("\"instance\":\"[^\"]*\",?", ""));
        }
        assertThat(get("/nothing", "application/json").headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
    }

    @Test
    void theListTellsHowManyThereAreAndAllFaultsAtOnce() throws Exception {
        assertThat(get("/api/authorities?kind=municipality&size=5", "*/*").body()).startsWith("{\"total\":1741,")
                .contains("\"pages\":349");
        var bad = get("/api/authorities?kind=x&page=0&lang=en", "*/*");
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("\"where\":\"kind\"").contains("\"where\":\"page\"").contains("seen: x");
    }

    @Test
    void aWrongMethodIsRefusedInTheLanguageOfTheReader() throws Exception {
        var answer = client.send(HttpRequest.newBuilder(at("/api/authorities?lang=en")).header("Accept", "*/*")
                .method("PUT", HttpRequest.BodyPublishers.ofString("{}")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isIn(403, 405);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void theFileOpensInASpreadsheet() throws Exception {
        var csv = get("/authorities.csv?kind=prefecture", "*/*");
        assertThat(csv.body()).startsWith("\uFEFF団体コード,種類,名称").hasLineCount(48);
        assertThat(csv.headers().firstValue("Content-Disposition").orElse("")).contains("authorities.csv");
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        return client.send(HttpRequest.newBuilder(at(path)).header("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) { return URI.create("http://localhost:" + port + path); }
}
