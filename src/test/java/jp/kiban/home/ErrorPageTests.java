package jp.kiban.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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

    @Test
    void whatIsTooLargeIsRefusedByItsHeadAndNobodyBringsAGigabyte() throws Exception {
        assertThat(head("/cost/focus", "Content-Length: 1073741824")).startsWith("HTTP/1.1 401").contains("サインインが必要");
        assertThat(head("/api/registry/addresses/bulk", "Content-Length: 1073741824")).startsWith("HTTP/1.1 401")
                .contains(
                        "application/problem+json");
        assertThat(head("/cost/quotes", "Content-Length: 200000000")).startsWith("HTTP/1.1 413").contains("190.7 MB",
                "100 MB");
        assertThat(head("/cost/focus", "Transfer-Encoding: chunked")).startsWith("HTTP/1.1 411")
                .contains("Content-Length");
    }

    /// The answer to the head of a form with files, of which no byte follows.
    private String head(String path, String length) throws Exception {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: localhost:" + port
                    + "\r\nAccept: text/html\r\nContent-Type: multipart/form-data; boundary=x\r\n" + length
                    + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            var answer = new ByteArrayOutputStream();
            byte[] some = new byte[8192];
            try {
                for (int got = socket.getInputStream().read(some); got > 0; got = socket.getInputStream().read(some))
                    answer.write(some, 0, got);
            } catch (SocketTimeoutException waits) {
                // it has answered, and waits for what will not come
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        return client.send(HttpRequest.newBuilder(at(path)).header("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI at(String path) { return URI.create("http://localhost:" + port + path); }
}
