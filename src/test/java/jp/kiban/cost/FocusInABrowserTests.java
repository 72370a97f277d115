package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import jp.kiban.Chromium;
import jp.kiban.KibanTest;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.store.Store;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockMultipartFile;

/// A cloud's bill as a town's officer walks it: with faults, mended, taken, undone, given out; what is hostile is refused with a
/// word about it; and what was read stays read, whichever node is asked.
@KibanTest
class FocusInABrowserTests {
    private static final String HEAD = "BilledCost,BillingCurrency,BillingPeriodStart,ServiceCategory,ChargeCategory,ProviderName,SubAccountId\n";
    private static final String ROW = "1200.5,JPY,2026-04-01T00:00:00Z,Compute,Usage,Cloud,窓口\n";
    private static final Actor.Officer CLERK = new Actor.Officer(AuthorityId.of("242012"), "tester", "試験", Set.of(
            Role.REVIEW));

    @LocalServerPort
    int port;
    @Autowired
    FocusReadings readings;
    @Autowired
    Store store;
    @Autowired
    Ledger ledger;
    @Autowired
    Clock clock;
    @TempDir
    Path folder;

    @Test
    void aBillWithFaultsIsToldRowByRowAndTheMendedOneIsTakenUndoneAndGivenOut() {
        try (var chromium = Chromium.openOrSkip(); var visitor = chromium.visitor(1280, true)) {
            signIn(visitor, "tsu-shinsa");
            var page = visitor.newPage();
            open(page, "/cost/focus");
            Chromium.isSound(page);
            press(page, "読み込む");
            assertThat(page.locator("#findings li").allTextContents()).anyMatch(t -> t.contains("ファイルを選んでください"));

            bring(page, "四月.csv", (HEAD + ROW + "十円,JPY,2026-04-01T00:00:00Z,Compute,Usage,Cloud,窓口\n"
                    + "\"$10,000.00 \",JPY,46113,Compute,Usage,Cloud,NULL\n1,,2026-04-01T00:00:00Z,Compute,Usage,Cloud,x\n")
                    .getBytes(StandardCharsets.UTF_8));
            assertThat(cells(page)).contains("読み取り|義務違反|BilledCost|3|", "読み取り|義務違反|BillingCurrency|5|",
                    "読み取り|注記|SubAccountId|4|×1", "読み取り|注記|BilledCost|4|×1",
                    "読み取り|注記|BillingPeriodStart|4|×1", "Cost-C-002-M|義務違反|BilledCost|3|十円");
            assertThat(page.content()).contains("足せない行が 2 行あります", "「十円」は数として読めません");
            assertThat(page.locator("button:text-is('台帳に入れる前に確かめる')").count()).isZero();
            Chromium.isSound(page);
            show(page, "faults", 1280);
            var csv = page.request().get(page.url().replaceAll("\\?.*", "") + "/findings.csv").text();
            assertThat(csv).startsWith("\uFEFFrule,level,column,row,seen,text").contains("reader,fault,BilledCost,3");

            bring(page, "四月.csv", (HEAD + ROW + "\"$10,000.00 \",JPY,46113,Compute,Usage,Cloud,NULL\n").getBytes(
                    StandardCharsets.UTF_8));
            String reading = page.url().replaceAll("^https?://[^/]+|\\?.*", "");
            assertThat(page.content()).contains("JPY 11,200.5");
            page.locator("select[name=system]").nth(1).selectOption("resident-record");
            page.locator("#f-tax").selectOption("included");
            show(page, "mapping", 1280);
            press(page, "台帳に入れる前に確かめる");
            assertThat(page.url()).contains("/cost/ledger/imports/");
            assertThat(page.content()).contains("規則に反する指摘を残したまま取り込みました");
            String preview = page.url();
            press(page, "台帳に登録する");
            assertThat(page.content()).contains("台帳に入っています");

            var api = page.request();
            assertThat(api.get(at("/api/cost/focus")).text()).contains("四月.csv", "\"state\":\"READ\"");
            assertThat(api.get(at("/api" + reading)).text()).contains("\"JPY\":11200.5", preview.replaceAll(".*/", ""));
            assertThat(api.get(at("/api" + reading + "/findings?size=1")).text()).contains("\"total\":", "\"ja-easy\"");
            assertThat(api.get(at("/api" + reading + "/sources")).text())
                    .contains("\"remembered\":\"resident-record\"");
            assertThat(api.post(at("/api" + reading + "/take"), json(page, Map.of("tax", "maybe"))).status()).isEqualTo(
                    422);
            var out = api.get(at("/cost/focus.csv?year=2026")).text();
            assertThat(out).contains("BilledCost", "1200.5", "10000", "x_Baseline");
            assertThat(api.get(at("/api/cost/focus.xlsx?year=2026")).body()).startsWith('P', 'K');
            assertThat(api.get(at("/cost/focus.xlsx?year=26")).status()).isEqualTo(422);
            bring(page, "もどり.csv", out.getBytes(StandardCharsets.UTF_8));
            assertThat(page.content()).contains("台帳から書き出したファイルです");
            assertThat(page.locator("#f-tax").inputValue()).isEqualTo("included");

            for (int width : List.of(1280, 390))
                try (var looker = chromium.visitor(width, true)) {
                    signIn(looker, "tsu-shinsa");
                    var seen = looker.newPage();
                    for (Language language : Language.values())
                        for (String path : List.of("/cost/focus", reading)) {
                            open(seen, path + "?lang=" + language.code());
                            Chromium.fits(seen);
                            if (language == Language.JA)
                                Chromium.isSound(seen);
                            assertThat(seen.content()).as("texts on " + path).doesNotContain("??");
                            FiguresInABrowserTests.photograph(seen, "focus-" + (path.equals(reading) ? "one" : "list"),
                                    language, width);
                        }
                }
            page.navigate(preview);
            page.locator("[name=reason]").fill("練習でした");
            press(page, "この取込を取り消す");
            assertThat(page.content()).contains("取り消されていて", "練習でした");
            open(page, reading); // what was undone may be taken again, with other systems
            assertThat(page.locator("select[name=system]").nth(1).inputValue()).as("remembered").isEqualTo(
                    "resident-record");
            press(page, "台帳に入れる前に確かめる");
            assertThat(page.url()).contains("/cost/ledger/imports/").isNotEqualTo(preview);
            press(page, "登録しないでやめる");
        }
    }

    @Test
    void whatIsHostileIsRefusedWithAWordAboutItAndNothingIsHalfIn() throws IOException {
        try (var chromium = Chromium.openOrSkip(); var visitor = chromium.visitor(1280, true)) {
            signIn(visitor, "tsu-shinsa");
            var page = visitor.newPage();
            open(page, "/cost/focus");
            long before = ledger.imports(CLERK.authority(), new jp.kiban.portal.Page.Wanted(1, 1)).total();
            for (var one : hostile().entrySet()) {
                String name = one.getKey().replaceAll(" .*", "");
                bring(page, name, one.getValue());
                String said = one.getKey().substring(one.getKey().indexOf(' ') + 1);
                assertThat(page.locator("main").textContent()).as(name).contains(said);
                assertThat(page.locator("button:text-is('台帳に入れる前に確かめる')").count()).as(name).isZero();
                assertThat(page.content()).as(name).doesNotContain("??", "Exception", CLERK.authority().code() + ".");
                press(page, "読み込んだ結果を捨てる");
                if (one.getKey().startsWith("formulas"))
                    show(page, "list", 1280);
            }
            assertThat(ledger.imports(CLERK.authority(), new jp.kiban.portal.Page.Wanted(1, 1)).total())
                    .isEqualTo(before);
        }
    }

    /// Name, a blank, and what is said of it.
    private static Map<String, byte[]> hostile() throws IOException {
        var all = new LinkedHashMap<String, byte[]>();
        all.put("empty.csv には行がありません", new byte[0]);
        all.put("headings.csv には行がありません", HEAD.getBytes(StandardCharsets.UTF_8));
        all.put("euc.csv 読めません",
                (HEAD + "1,JPY,2026-04-01T00:00:00Z,Compute,Usage,Cloud,東京\n").getBytes(Charset.forName(
                        "EUC-JP")));
        all.put("binary.csv 文字のファイルではありません", (HEAD + "1,J\0Y,2026-04-01,a,b,c,d\n").getBytes(StandardCharsets.UTF_8));
        all.put("null.csv BilledCost が空です", (HEAD + ROW + "NULL,JPY,2026-04-01T00:00:00Z,a,Usage,c,d\n").getBytes(
                StandardCharsets.UTF_8));
        all.put("formulas.csv 「=SUM(A1:A9)」は数として読めません",
                (HEAD + ROW + "=SUM(A1:A9),JPY,2026-04-01T00:00:00Z,a,Usage,c,d\n")
                        .getBytes(StandardCharsets.UTF_8));
        all.put("dates.csv 「31/12/2026」は日付として読めません", (HEAD + ROW + "1,JPY,31/12/2026,a,Usage,c,d\n").getBytes(
                StandardCharsets.UTF_8));
        all.put("twice.csv 「BilledCost」は数として読めません", (HEAD + HEAD + ROW).getBytes(StandardCharsets.UTF_8));
        all.put("columns.csv 同じ列が二度ある", (HEAD.strip() + ",BilledCost\n" + ROW.strip() + ",1\n").getBytes(
                StandardCharsets.UTF_8));
        all.put("quote.csv 閉じていません", (HEAD + "\"1,JPY,2026-04-01\n").getBytes(StandardCharsets.UTF_8));
        all.put("large.csv 数として読めません", (HEAD + "1e999,JPY,2026-04-01T00:00:00Z,a,Usage,c,d\n")
                .getBytes(StandardCharsets.UTF_8));
        all.put("merged.xlsx 表計算のブックまたは ZIP です", book());
        all.put("bomb.csv.gz 倍を超えて膨らみます", bomb());
        all.put("cut.csv.gz 途中で切れています", Arrays.copyOf(bomb(), 4_000));
        all.put("short.parquet 終わりがありません", "PAR1 and no end".getBytes(StandardCharsets.US_ASCII));
        all.put("footer.parquet Parquet",
                "PAR1xxxxxxxxxxxxxxxxxxxxxxxx\20\0\0\0PAR1".getBytes(StandardCharsets.ISO_8859_1));
        all.put("other.csv に FOCUS の列が一つもありません", "名前,値段\nりんご,100\n".getBytes(StandardCharsets.UTF_8));
        return all;
    }

    private static byte[] book() {
        var bytes = new ByteArrayOutputStream();
        try (var book = new Workbook(bytes, "test", "1.0")) {
            var sheet = book.newWorksheet("請求");
            sheet.value(0, 0, "BilledCost");
            sheet.range(0, 0, 0, 3).merge();
            book.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] bomb() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(HEAD.getBytes(StandardCharsets.UTF_8));
            byte[] lines = "1,JPY,2026-04-01T00:00:00Z,a,b,c,d\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 40; i++)
                gzip.write(lines);
        }
        return bomb.toByteArray();
    }

    @Test
    void whatWasReadIsKnownAtAnotherNodeAndWhatWasBeingReadIsReadAtTheNextStart() throws InterruptedException {
        var first = new FocusReadings(store, ledger, clock, folder);
        first.start();
        var read = begin(first, HEAD + ROW);
        until(first, read);
        var other = new FocusReadings(store, ledger, clock, folder.resolve("elsewhere"));
        assertThat(other.one(CLERK.authority(), read)).isEqualTo(first.one(CLERK.authority(), read)).extracting(
                FocusReadings.Reading::state).isEqualTo(FocusReadings.State.READ);
        assertThat(other.totals(CLERK.authority(), read)).hasToString("{JPY=1200.5}");
        assertThatThrownBy(() -> other.one(AuthorityId.of("182010"), read)).isInstanceOf(NotThere.class);
        assertThat(other.all(AuthorityId.of("182010"))).noneMatch(r -> r.id().equals(read));
        var preview = other.take(CLERK, read, Map.of(), Map.of(), Tax.UNSTATED);
        assertThat(first.take(CLERK, read, Map.of(), Map.of(), Tax.UNSTATED)).as("a second press").isEqualTo(preview);

        var going = begin(first, HEAD + ROW.repeat(200_000));
        first.stop();
        var state = first.one(CLERK.authority(), going).state();
        var next = new FocusReadings(store, ledger, clock, folder);
        next.start();
        until(next, going);
        assertThat(next.one(CLERK.authority(), going).rows()).as("from " + state).isEqualTo(200_000);
        assertThat(folder.resolve("cost/focus")).isEmptyDirectory();
        next.stop();

        var later = new FocusReadings(store, ledger, Clock.offset(clock, FocusReadings.KEPT_FOR.plus(Duration.ofHours(
                1))), folder);
        assertThatThrownBy(() -> later.one(CLERK.authority(), read)).isInstanceOf(NotThere.class);
        ledger.undo(CLERK, preview, "");
    }

    private static UUID begin(FocusReadings node, String text) {
        return node.begin(CLERK, new MockMultipartFile("file", "node.csv", "text/csv", text.getBytes(
                StandardCharsets.UTF_8)), Optional.empty(), new FocusAsk("SubAccountId", "", "BilledCost", "", "").read(
                        true))
                .id();
    }

    private static void until(FocusReadings node, UUID id) throws InterruptedException {
        for (int i = 0; i < 600 && node.one(CLERK.authority(), id).running(); i++)
            Thread.sleep(100);
        assertThat(node.one(CLERK.authority(), id).state()).isEqualTo(FocusReadings.State.READ);
    }

    private static RequestOptions json(Page page, Map<String, String> body) {
        var token = page.context().cookies().stream().filter(c -> c.name.equals("XSRF-TOKEN")).findFirst().map(
                c -> c.value).orElse("");
        return RequestOptions.create().setData(body).setHeader("X-XSRF-TOKEN", token);
    }

    private void bring(Page page, String name, byte[] bytes) {
        open(page, "/cost/focus");
        page.locator("#f-file").setInputFiles(new FilePayload(name, "application/octet-stream", bytes));
        page.locator("details summary").first().click();
        page.locator("#f-rules").setInputFiles(new FilePayload("model.json", "application/json", FocusTests.modelText()
                .getBytes(StandardCharsets.UTF_8)));
        press(page, "読み込む");
        for (int i = 0; i < 300 && page.locator("button:text-is('読むのを止める')").count() > 0; i++) {
            page.waitForTimeout(200);
            page.reload();
        }
    }

    private static List<String> cells(Page page) {
        return page.locator("section[aria-labelledby=found] tbody tr").all().stream().map(row -> String.join("|", row
                .locator("th, td").allTextContents().subList(0, 5).stream().map(String::strip).toList())).toList();
    }

    private static void press(Page page, String button) { page.locator("button:text-is('" + button + "')").click(); }

    private String at(String path) { return "http://localhost:" + port + path; }

    private void open(Page page, String path) { page.navigate(at(path)); }

    private void signIn(BrowserContext visitor, String card) {
        visitor.addCookies(SignIn.staff(port, card).cookies().getCookieStore().getCookies().stream()
                .map(c -> new Cookie(c.getName(), c.getValue()).setUrl("http://localhost:" + port)).toList());
    }

    private static void show(Page page, String name, int width) {
        FiguresInABrowserTests.photograph(page, "focus-" + name, Language.JA, width);
    }
}
