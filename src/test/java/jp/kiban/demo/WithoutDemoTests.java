package jp.kiban.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import jp.kiban.KibanTest;
import jp.kiban.exchange.Evidence.Status;
import jp.kiban.exchange.Exchange;
import jp.kiban.exchange.Inquiry;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.PersonId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/// The application as it runs for real: no stand-in, no invented person, and it starts all the same.
@KibanTest
@TestPropertySource(properties = "kiban.demo=false")
class WithoutDemoTests {
    @Autowired
    ApplicationContext context;
    @Autowired
    Exchange exchange;
    @Autowired
    Clock clock;
    @LocalServerPort
    int port;

    @Test
    void nothingOfTheDemonstrationExists() {
        assertThat(Arrays.stream(context.getBeanDefinitionNames()).map(context::getType)
                .filter(type -> type != null && type.getPackageName().equals("jp.kiban.demo"))).isEmpty();
        assertThat(clock).isEqualTo(Clock.system(ZoneId.of("Asia/Tokyo")));
    }

    @Test
    void itsPagesAreNotThere() throws Exception {
        for (String path : List.of("/demo/day", "/api/demo/day"))
            assertThat(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode()).isEqualTo(404);
    }

    @Test
    void registersThatNobodyConnectedAreUnavailable() {
        var inquiry = Inquiry.bySelf(AuthorityId.of("242012"), PersonId.of("2420100001"),
                List.of("resident.person", "resident.children", "tax.higher-earner", "pension.class", "account.payout"),
                "児童手当 認定請求", new LegalBasis("児童手当法", "第7条"));
        assertThat(exchange.provide(inquiry).evidence())
                .allMatch(evidence -> evidence.status() == Status.UNAVAILABLE && evidence.value().isEmpty());
    }
}
