package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import jp.kiban.Chromium;
import jp.kiban.KibanTest;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The pages of figures, costs and the audit trail, as a desk and a phone, in the three languages, for those who may see them.
@KibanTest
class FiguresInABrowserTests {
    private static final AuthorityId TSU = AuthorityId.of("242012");

    @LocalServerPort
    int port;
    @Autowired
    Store store;
    @Autowired
    Authorities authorities;
    @Autowired
    Meter meter;
    @Autowired
    EventLog events;
    @Autowired
    Quotes quotes;
    @Autowired
    Ledger ledger;
    @Autowired
    Causes causes;

    record Chimed(AuthorityId authority, Instant at, String subject, int times) implements Event {}

    @Test
    void everyPageIsAccessibleInEveryWidthAndLanguage() {
        lastYear();
        someCost();
        try (var chromium = Chromium.openOrSkip()) {
            for (int width : List.of(1280, 390)) {
                look(chromium, width, "", List.of("/statistics?year=2025", "/statistics?year=2031",
                        "/statistics?year=2025&measure=monthlyYen&area=240001&sort=-claims",
                        "/statistics?measure=nothing&size=0"));
                look(chromium, width, "cfa-tanto",
                        List.of("/ministry", "/ministry/figures?year=2025&sort=-zeroTyped&measure=zeroTyped",
                                "/ministry/figures?year=2025&area=all&q=%E3%81%A4&page=1", "/cost", "/cost?q=nowhere",
                                "/cost/fees", "/cost/fees?total=x&rule=people&path=3,2", "/cost/growth",
                                "/cost/benefit", "/cost/sharing"));
                look(chromium, width, "tsu-kessai",
                        List.of("/audit", "/audit?q=chime", "/audit?from=yesterday", "/cost", "/cost?month=2001-01",
                                "/cost/fees?total=1000&rule=population&path=5,1741&variable=3&among=all&rate=1"));
            }
        }
    }

    /// What a town hall with a quote, a ledger and its causes sees, and what everybody sees of it.
    @Test
    void thePagesOfATownsOwnCostAreAccessibleInEveryWidthAndLanguage() {
        var by = new Actor.Officer(TSU, "tsu-kessai", "係", Set.of(Role.REVIEW, Role.APPROVAL));
        var quote = quotes.add(by, "見積.csv", "単位：千円,,,\n作業内容,工数,令和8年度,令和9年度\n運用,12人月,1000,1100\n諸経費,1式,200,200\n"
                .getBytes(StandardCharsets.UTF_8), Map.of(), Optional.empty());
        var brought = ledger.bring(by, LedgerImport.Way.FILE, "台帳.xlsx", "figures-in-a-browser", keep -> {
            keep.accept(LedgerEntry.ofYear(new FiscalYear(2018), SystemCode.of("resident-record"),
                    CostKind.HARDWARE_LEASE, Baseline.FY2018, "機器", new BigDecimal("10800000"), Tax.included("8"),
                    "決算書",
                    Confidence.REPORTED));
            keep.accept(LedgerEntry.ofYear(new FiscalYear(2024), SystemCode.of("resident-record"), CostKind.CLOUD,
                    Baseline.ACTUAL, "クラウド", new BigDecimal("22000000"), Tax.included("10"), "請求書",
                    Confidence.SECOND_HAND));
        });
        ledger.commit(by, brought.id(), "");
        ledger.show(by, brought.id(), LedgerImport.Sight.PUBLISHED);
        var year = new FiscalYear(2024);
        var town = Target.own(ledger, authorities.get(TSU), year, Baseline.ACTUAL);
        causes.keep(by, year, Baseline.ACTUAL, new GrowthAsk(Causes.table(town).replace("20000000,", "20000000,S3"), "",
                "", ""), town);
        causes.show(by, year, Baseline.ACTUAL, LedgerImport.Sight.PUBLISHED);
        try (var chromium = Chromium.openOrSkip()) {
            for (int width : List.of(1280, 390)) {
                look(chromium, width, "", List.of("/cost/target?year=2024", "/cost/target?year=2024&cause=S3&band=5",
                        "/cost/here", "/cost/here/242012"));
                look(chromium, width, "tsu-kessai", List.of("/cost/own?year=2024", "/cost/quotes", "/cost/quotes/"
                        + quote, "/cost/quotes/" + quote + "/letter"));
            }
        }
        causes.show(by, year, Baseline.ACTUAL, LedgerImport.Sight.OWN);
        ledger.show(by, brought.id(), LedgerImport.Sight.OWN);
    }

    private void look(Chromium chromium, int width, String card, List<String> paths) {
        try (var visitor = chromium.visitor(width, true)) {
            if (!card.isEmpty())
                signIn(visitor, card);
            var page = visitor.newPage();
            var refused = new ArrayList<String>();
            page.onConsoleMessage(m -> {
                if (m.type().equals("error") && m.text().contains("Security Policy"))
                    refused.add(m.text());
            });
            for (Language language : Language.values())
                for (String path : paths) {
                    page.navigate("http://localhost:" + port + path + (path.contains("?") ? "&" : "?") + "lang="
                            + language.code());
                    if (language == Language.JA)
                        Chromium.isSound(page);
                    Chromium.fits(page);
                    assertThat(page.content()).as("texts on " + path).doesNotContain("??");
                    photograph(page, card + path, language, width);
                }
            assertThat(refused).as("what the content security policy refused").isEmpty();
        }
    }

    @Test
    void theFiguresRefreshUntilTheyArePaused() {
        lastYear();
        try (var chromium = Chromium.openOrSkip(); var visitor = chromium.visitor(1280, true)) {
            signIn(visitor, "cfa-tanto");
            var page = visitor.newPage();
            page.navigate("http://localhost:" + port + "/ministry/figures?year=2025&area=240001&sort=-claims");
            page.waitForResponse(r -> r.url().contains("/ministry/figures?year=2025&area=240001"), () -> {
            });
            page.getByText("自動更新を止める").click();
            assertThat(page.locator("[data-live-toggle]").getAttribute("aria-pressed")).isEqualTo("true");
            assertThat(page.locator("#figures-live")).isNotNull();
            assertThat(page.locator("#figures-live").count()).isEqualTo(1);
        }
    }

    @Test
    void withoutAScriptTheFiguresAreThereAndAPlainLinkReloadsThem() {
        lastYear();
        try (var chromium = Chromium.openOrSkip(); var visitor = chromium.visitor(390, false)) {
            signIn(visitor, "cfa-tanto");
            var page = visitor.newPage();
            page.navigate("http://localhost:" + port + "/ministry/figures?year=2025");
            assertThat(page.locator(".tile").count()).isEqualTo(47);
            assertThat(page.getByText("最新の数字を読み込む").isVisible()).isTrue();
            page.locator(".tile").nth(23).click();
            assertThat(page.url()).contains("area=240001");
            assertThat(page.locator(".figures-table tbody").textContent()).contains("津市");
        }
    }

    private void signIn(BrowserContext visitor, String card) {
        visitor.addCookies(SignIn.staff(port, card).cookies().getCookieStore().getCookies().stream()
                .map(c -> new Cookie(c.getName(), c.getValue()).setUrl("http://localhost:" + port)).toList());
    }

    /// A fiscal year in the past, so that nobody else's figures are changed.
    private void lastYear() {
        var random = new Random(5);
        var codes = new ArrayList<String>();
        var counts = new ArrayList<Long>();
        for (var town : authorities.municipalities()) {
            codes.add(town.id().code());
            counts.add((long) (town.population() / 700.0 * (0.5 + random.nextDouble())));
        }
        for (int month : new int[]{4, 6, 9, 12})
            store.run(Scope.nation(), jdbc -> {
                jdbc.sql("""
                        insert into statistics.day (authority, standard, version, day, claims, zero_typed, grants, refusals, monthly_yen, sent_yen, payees)
                        select code, 'child-allowance', '2024-10-01', ?, n, n * 7 / 10, n * 9 / 10, n / 20, n * 9 / 10 * 15000, n * 9 / 10 * 28000, n * 9 / 10
                        from unnest(?::text[], ?::bigint[]) as t (code, n) on conflict do nothing
                        """).params(LocalDate.of(2025, month, 10), codes.toArray(String[]::new),
                        counts.toArray(Long[]::new)).update();
                jdbc.sql("""
                        insert into statistics.histogram (authority, standard, version, month, measure, bucket, count)
                        select code, 'child-allowance', '2024-10-01', ?, measure, bucket + (n % 7)::int, n / 2 + 1
                        from unnest(?::text[], ?::bigint[]) as t (code, n), (values ('days', 5), ('days', 9), ('seconds', 41), ('seconds', 57)) as m (measure, bucket)
                        on conflict do nothing
                        """)
                        .params(LocalDate.of(2025, month, 1), codes.toArray(String[]::new), counts.toArray(Long[]::new))
                        .update();
            });
    }

    private void someCost() {
        var random = new Random(9);
        for (int i = 0; i < 30; i++) {
            var receipt = ReceiptNumber.next(LocalDate.of(2026, 11, 1 + i % 20));
            for (String what : List.of("POST /submission/x", "event casework.opening", "GET /casework/cases/x",
                    "event payment.orders")) {
                var work = Work.begin(what);
                work.concerns(i % 3 == 0 ? AuthorityId.of("182010") : TSU, receipt);
                work.usedDatabase(random.nextInt(9_000_000));
                work.moved(random.nextInt(90_000));
                if (what.contains("payment"))
                    work.sentMessage();
                work.end();
            }
        }
        meter.flush();
        for (int i = 0; i < 3; i++) {
            int times = i;
            store.run(Scope.of(TSU), jdbc -> events.append(jdbc,
                    new Chimed(TSU, Instant.parse("2026-11-20T03:00:00Z"), "chime", times)));
        }
    }

    /// With `-Dkiban.photos=FOLDER` every page is photographed, for looking at.
    static void photograph(Page page, String path, Language language, int width) {
        String folder = System.getProperty("kiban.photos", "");
        if (folder.isEmpty())
            return;
        var file = Path.of(folder, path.replaceAll("[^a-z0-9]+", "_") + "-" + language.code() + "-" + width + ".png");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }
}
