package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.kiban.Chromium;
import jp.kiban.KibanTest;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.Language;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The ledger as a town's officer walks it: a file with faults, the same mended, committed, compared, shared, undone.
@KibanTest
class LedgerInABrowserTests {
    @LocalServerPort
    int port;

    private static FilePayload file() {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("費用");
            for (var column : LedgerColumn.values())
                sheet.value(0, column.ordinal(), column.title().ja());
            var rows = new LedgerTemplate(Language.JA).example();
            for (int r = 0; r < rows.size(); r++)
                for (int c = 0; c < rows.get(r).size(); c++)
                    LedgerTemplate.put(sheet, r + 1, c, rows.get(r).get(c));
            book.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new FilePayload("令和7年度 費用.xlsx", "application/octet-stream", bytes.toByteArray());
    }

    @Test
    void aTownsFiguresComeInAreComparedAndGoOutAgain() {
        try (var chromium = Chromium.openOrSkip()) {
            String at;
            try (var visitor = chromium.visitor(1280, true)) {
                signIn(visitor, "tsu-shinsa");
                var page = visitor.newPage();
                open(page, "/cost/ledger/import");
                page.locator("#f-file").setInputFiles(new FilePayload("壊れた表.csv", "text/csv", """
                        年度,業務,費目,基準,名称,金額,通貨,税の別,出典,確からしさ
                        令和7年度,住民票,クラウド利用経費,実績,雲,"$10,000.00 ",,税抜,請求書,計測
                        令和7年度,個人住民税,クラウド利用経費,予想,雲,NULL,,税抜,,計測
                        """.getBytes(StandardCharsets.UTF_8)));
                press(page, "内容を確かめる");
                assertThat(page.locator("#findings li").allTextContents()).hasSize(5);
                assertThat(page.content()).contains("F3", "何も入っていません");
                show(page, "faults", 1280);
                page.locator("#f-file").setInputFiles(file());
                press(page, "内容を確かめる");
                assertThat(page.url()).contains("/cost/ledger/imports/");
                at = page.url().replaceAll("^https?://[^/]+", "");
                Chromium.isSound(page);
                show(page, "preview", 1280);
                press(page, "台帳に登録する");
                assertThat(page.content()).contains("台帳に入っています");
                open(page, "/cost/ledger?year=2025&baseline=ACTUAL&sort=-yen");
                assertThat(page.locator("tbody").last().locator("tr").count()).isGreaterThanOrEqualTo(4);
                assertThat(page.content()).contains("USD 52,000.25 × 149.5");
                open(page, "/cost/ledger?q=%E5%B0%82%E7%94%A8%E7%B7%9A");
                assertThat(page.locator("tbody").last().locator("tr").count()).isEqualTo(1);
                var csv = page.request().get("http://localhost:" + port + "/cost/ledger.csv?year=2025").text();
                assertThat(csv.lines().count()).isGreaterThanOrEqualTo(7);
                assertThat(csv).startsWith("\uFEFF").contains("8551441.1125");
                assertThat(page.request().get("http://localhost:" + port + "/cost/ledger.xlsx?year=2025").body())
                        .startsWith('P', 'K');
                assertThat(page.request().get("http://localhost:" + port + "/cost/ledger/template.xlsx").body())
                        .startsWith('P', 'K');
                assertThat(page.request().get("http://localhost:" + port
                        + "/api/cost/ledger/compare?left=LAST_YEAR&leftYear=2025&right=KEEP&rightYear=2025").text())
                        .contains("\"ratio\":2");
            }
            try (var visitor = chromium.visitor(1280, true)) {
                signIn(visitor, "tsu-kessai");
                var page = visitor.newPage();
                open(page, at);
                page.locator("#f-act").selectOption("SHARED");
                press(page, "見える範囲を変える");
                assertThat(page.content()).contains("国と共有");
            }
            for (int width : List.of(1280, 390)) {
                look(chromium, width, "tsu-kessai",
                        List.of("/cost", "/cost/fees", "/cost/ledger", "/cost/ledger?year=x&size=0",
                                "/cost/ledger?year=2025&sort=-yen&size=5", "/cost/ledger/import", at,
                                "/cost/ledger/compare?left=LAST_YEAR&leftYear=2025&right=ACTUAL&rightYear=2025",
                                "/cost/ledger/compare?left=FY2018&leftYear=2018&right=FY2018&rightYear=2018"));
                look(chromium, width, "digital-tanto", List.of("/cost/ledger"));
            }
            try (var visitor = chromium.visitor(1280, true)) {
                signIn(visitor, "tsu-kessai");
                var page = visitor.newPage();
                open(page, at);
                press(page, "この取込を取り消す");
                assertThat(page.locator("#findings li").count()).as("without a reason").isEqualTo(1);
                page.locator("[name=reason]").fill("練習でした");
                press(page, "この取込を取り消す");
                assertThat(page.content()).contains("取り消されていて", "練習でした");
            }
        }
    }

    private void look(Chromium chromium, int width, String card, List<String> paths) {
        try (var visitor = chromium.visitor(width, true)) {
            signIn(visitor, card);
            var page = visitor.newPage();
            for (Language language : Language.values())
                for (String path : paths) {
                    open(page, path + (path.contains("?") ? "&" : "?") + "lang=" + language.code());
                    if (language == Language.JA)
                        Chromium.isSound(page);
                    Chromium.fits(page);
                    assertThat(page.content()).as("texts on " + path).doesNotContain("??");
                    show(page, card + path.replaceAll("[0-9a-f-]{36}", "one") + "-" + language.code(), width);
                }
        }
    }

    private static void press(Page page, String button) { page.locator("button:text-is('" + button + "')").click(); }

    private void open(Page page, String path) { page.navigate("http://localhost:" + port + path); }

    private void signIn(BrowserContext visitor, String card) {
        visitor.addCookies(SignIn.staff(port, card).cookies().getCookieStore().getCookies().stream()
                .map(c -> new Cookie(c.getName(), c.getValue()).setUrl("http://localhost:" + port)).toList());
    }

    private static void show(Page page, String name, int width) {
        FiguresInABrowserTests.photograph(page, "ledger-" + name, Language.JA, width);
    }
}
