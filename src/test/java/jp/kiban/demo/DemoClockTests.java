package jp.kiban.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.regex.Pattern;
import jp.kiban.KibanTest;
import jp.kiban.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@KibanTest
class DemoClockTests {
    @Autowired
    DemoClock clock;
    @Autowired
    Clock theClock;
    @Autowired
    Store store;
    @LocalServerPort
    int port;

    private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @AfterEach
    void backToTheRealDay() { clock.set(clock.realToday()); }

    @Test
    void itIsTheClockOfTheHouse() { assertThat(theClock).isSameAs(clock); }

    @Test
    void theDayMovesAndTheTimeOfDayStays() {
        var real = clock.instant();
        clock.set(clock.realToday().plusDays(10));
        assertThat(Duration.between(real, clock.instant()).minusDays(10)).isBetween(Duration.ZERO,
                Duration.ofSeconds(30));
    }

    @Test
    void theDaySurvivesARestart() {
        var day = clock.realToday().plusMonths(2);
        clock.set(day);
        assertThat(new DemoClock(store, "").today()).isEqualTo(day);
    }

    @Test
    void thePropertySetsTheDayAtTheStart() {
        assertThat(new DemoClock(store, "2026-12-10").today()).isEqualTo(LocalDate.of(2026, 12, 10));
        assertThat(new DemoClock(store, "").today()).isEqualTo(LocalDate.of(2026, 12, 10));
    }

    @Test
    void itPlaysWithinTheTimeOfTheLaw() {
        clock.set(DemoClock.FIRST);
        assertThatIllegalArgumentException().isThrownBy(() -> clock.set(DemoClock.FIRST.minusDays(1)));
        assertThat(clock.today()).isEqualTo(DemoClock.FIRST);
    }

    @Test
    void anybodyMovesTheDayOnThePageAndIsToldWhatIsWrong() throws Exception {
        assertThat(post("to=plus-day&day=").statusCode()).isIn(302, 303);
        assertThat(clock.today()).isEqualTo(clock.realToday().plusDays(1));
        var wrong = post("to=day&day=" + URLEncoder.encode("来月", StandardCharsets.UTF_8));
        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(wrong.body()).contains("来月").contains("2024-10-01");
        assertThat(post("to=real&day=").statusCode()).isIn(302, 303);
        assertThat(clock.today()).isEqualTo(clock.realToday());
    }

    @Test
    void aPostWithoutThePagesTokenMovesNothing() throws Exception {
        var answer = browser.send(form("to=plus-day"), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(clock.today()).isEqualTo(clock.realToday());
    }

    private HttpResponse<String> post(String fields) throws Exception {
        var page = browser.send(HttpRequest.newBuilder(address()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        var token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page.body());
        assertThat(token.find()).isTrue();
        return browser.send(form(fields + "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest form(String fields) {
        return HttpRequest.newBuilder(address()).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields)).build();
    }

    private URI address() { return URI.create("http://localhost:" + port + "/demo/day"); }
}
