package jp.kiban.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.Cookie;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.Chromium;
import jp.kiban.KibanTest;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Yen;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/// One pay run by its pages, with the cards of 会計 and 決裁 of 新潟市.
@KibanTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PaymentPagesTests {
    private static final AuthorityId NIIGATA = AuthorityId.of("151009");

    private final Store store;
    private final Entitlements entitlements;
    private final JsonMapper json;
    private final Clock clock;
    private final int port;

    PaymentPagesTests(@Autowired Store store, @Autowired Entitlements entitlements, @Autowired JsonMapper json,
            @Autowired Clock clock, @LocalServerPort int port) {
        this.store = store;
        this.entitlements = entitlements;
        this.json = json;
        this.clock = clock;
        this.port = port;
    }

    @Test
    @Order(1)
    void aRunIsPreparedByOneApprovedByAnotherSentAndAnswered() {
        var resident = SignIn.resident(port, "niigata-futsu");
        var person = PersonId.of(store.in(Scope.of(NIIGATA), jdbc -> jdbc
                .sql("select person from demo.person where authority = ? and name = '上原 哲平'").param(NIIGATA.code())
                .query(String.class).single()));
        owe(person, "1234567");
        for (int i = 0; i < 24; i++)
            owe(PersonId.of(String.valueOf(8_800_000 + i)), i == 3 ? "9000001" : i == 5 ? "" : "10000" + (10 + i));

        var my = resident.page("/my").body();
        assertThat(my).contains("末尾が 567 の口座").doesNotContain("1234567");
        assertThat(resident.page("/payment/runs").statusCode()).isEqualTo(403);

        var treasury = SignIn.staff(port, "niigata-kaikei");
        var list = treasury.page("/payment/runs").body();
        String press = list.replaceAll("(?s).*name=\"press\" value=\"([^\"]+)\".*", "$1");
        var form = Map.of("service", "child-allowance", "press", press);
        var first = treasury.post("/payment/runs", form);
        assertThat(first.statusCode()).isIn(302, 303);
        assertThat(SignIn.path(treasury.post("/payment/runs", form))).isEqualTo(SignIn.path(first));
        String run = SignIn.path(first);
        assertThat(treasury.post(run + "/approve", Map.of()).statusCode()).isEqualTo(403);

        var approval = SignIn.staff(port, "niigata-kessai");
        assertThat(SignIn.path(approval.post(run + "/approve", Map.of()))).isEqualTo(run);
        assertThat(SignIn.path(treasury.post(run + "/send", Map.of()))).isEqualTo(run);
        assertThat(treasury.page(run).body()).contains("SOFURI_151009_");
        // the pay day has not come
        assertThat(SignIn.path(treasury.post(run + "/fetch", Map.of()))).isEqualTo(run + "?waiting=true");

        String number = run.substring(run.lastIndexOf('/') + 1);
        var csv = new StringBuilder("run,line,amount,result,reason,day\n");
        var orders = json.readTree(treasury.get("/api/payment/orders?size=100&run=" + number).body()).path("items");
        for (var order : orders)
            csv.append(number).append(',').append(order.path("line").asInt()).append(',')
                    .append(order.path("amount").asLong())
                    .append(order.path("line").asInt() == 4 ? ",returned,03" : ",paid,")
                    .append(",2026-12-04\n");
        var wrong = upload(treasury, csv.toString().replaceFirst(",paid,,", ",payed,,"));
        assertThat(wrong).contains("RESULT");
        var right = json.readTree(upload(treasury, csv.toString()));
        assertThat(right.path("faults").isEmpty()).isTrue();
        String id = right.path("id").asString();
        assertThat(treasury.page("/payment/results/" + id).body()).contains("この内容で反映する");
        treasury.post("/payment/results/" + id + "/apply", Map.of());
        treasury.post("/payment/results/" + id + "/apply", Map.of());
        assertThat(treasury.page(run).body()).contains("完了");
        assertThat(treasury.page("/payment/returns").body()).contains("銀行から戻った");
        String returned = "";
        for (var order : orders)
            if (order.path("line").asInt() == 4)
                returned = order.path("receipt").asString();
        var bad = treasury.post("/payment/accounts/" + returned, Map.of("bankCode", "12", "number", "1",
                "holderKana", "山田"));
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("金融機関コードは数字4桁です").contains("山田");
        var entered = treasury.post("/payment/accounts/" + returned, Map.of("bankCode", "0989", "branchCode", "101",
                "type", "1", "number", "7654321", "holderKana", "ヤマダ ハナコ"));
        assertThat(SignIn.path(entered)).isEqualTo("/payment/returns");
        assertThat(treasury.post("/payment/accounts/" + returned + "/2/confirm", Map.of()).statusCode()).isEqualTo(409);
        assertThat(treasury.get(run + "/orders.csv").body()).contains("受付番号").doesNotContain("1234567");
        assertThat(treasury.get("/payment/reconciliation.csv?service=child-allowance").statusCode()).isEqualTo(200);
        assertThat(treasury.page("/payment/runs/999").statusCode()).isEqualTo(404);
        assertThat(SignIn.staff(port, "tsu-kaikei").page(run).statusCode()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void everyPageIsSoundOnADeskAndOnAPhone() {
        var treasury = SignIn.staff(port, "niigata-kaikei");
        var resident = SignIn.resident(port, "niigata-futsu");
        String receipt = json.readTree(treasury.get("/api/payment/orders?size=100&stage=RETURNED").body()).path("items")
                .path(0).path("receipt").asString();
        String result = json.readTree(treasury.get("/api/payment/results").body()).path("items").path(0).path("id")
                .asString();
        String faulty = json.readTree(treasury.get("/api/payment/results").body()).path("items").path(1).path("id")
                .asString();
        var pages = List.of("/payment/runs", "/payment/runs/1", "/payment/returns", "/payment/accounts/" + receipt,
                "/payment/results", "/payment/results/" + result, "/payment/results/" + faulty,
                "/payment/reconciliation?day=2026-12-10", "/payment/reconciliation?day=2026-11-01",
                "/payment/originator", "/office");
        try (var chromium = Chromium.openOrSkip()) {
            for (int width : new int[]{1280, 390}) {
                for (String path : pages)
                    look(chromium, treasury, width, path);
                look(chromium, resident, width, "/my");
            }
            look(chromium, treasury, 390, "/payment/runs/1?lang=en");
            look(chromium, resident, 320, "/my?lang=ja-easy");
        }
    }

    private void look(Chromium chromium, SignIn as, int width, String path) {
        try (var context = chromium.visitor(width, true)) {
            var cookies = new ArrayList<Cookie>();
            as.cookies().getCookieStore().getCookies().forEach(cookie -> cookies.add(
                    new Cookie(cookie.getName(), cookie.getValue()).setUrl("http://localhost:" + port)));
            context.addCookies(cookies);
            var page = context.newPage();
            var response = page.navigate("http://localhost:" + port + path);
            assertThat(response.status()).as(path).isEqualTo(200);
            String folder = System.getProperty("kiban.screenshots", "");
            if (!folder.isEmpty())
                page.screenshot(new ScreenshotOptions().setFullPage(true).setPath(
                        Path.of(folder, path.replaceAll("[^a-z0-9]+", "-") + "-" + width + ".png")));
            assertThat(page.content()).as(path).doesNotContain("??payment.");
            Chromium.isSound(page);
        }
    }

    private static String upload(SignIn as, String csv) {
        try {
            return as.client().send(as.request("/api/payment/results?name=kekka.csv").header("X-XSRF-TOKEN", as.token())
                    .header("Content-Type", "text/csv")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(csv)).build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private void owe(PersonId person, String number) {
        var months = new ArrayList<Grant.Owed>();
        for (var m = YearMonth.of(2026, 10); m.isBefore(YearMonth.of(2027, 10)); m = m.plusMonths(1)) {
            months.add(new Grant.Owed("first", m, new Yen(15_000), "CA-RATE"));
            months.add(new Grant.Owed("second", m, new Yen(10_000), "CA-RATE"));
        }
        var account = number.isEmpty()
                ? Optional.<tools.jackson.databind.JsonNode>empty()
                : Optional.<tools.jackson.databind.JsonNode>of(json.valueToTree(Map.of("bankCode", "0989", "branchCode",
                        "101", "type", "1", "number", number, "holderKana", "ウエハラ テッペイ")));
        var grant = new Grant(NIIGATA, ReceiptNumber.next(LocalDate.now(clock)), person,
                StandardRef.parse("child-allowance@2024-10-01"), clock.instant(), months, account);
        store.run(Scope.of(NIIGATA), jdbc -> entitlements.enter(jdbc, grant));
    }
}
