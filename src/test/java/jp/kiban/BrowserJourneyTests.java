package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// From the first page to the money, as the people who do it see it.
@KibanTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrowserJourneyTests {
    private static final String SERVICE = "児童手当";
    private static final String START = "/submission/child-allowance";

    private final Store store;
    private final Clock clock;
    private final int port;
    private Chromium chromium;

    private final jp.kiban.registry.Corporations corporations;

    BrowserJourneyTests(@Autowired jp.kiban.registry.Corporations corporations, @Autowired Store store,
            @Autowired Clock clock, @LocalServerPort int port) {
        this.corporations = corporations;
        this.store = store;
        this.clock = clock;
        this.port = port;
    }

    @BeforeAll
    void open() { chromium = Chromium.openOrSkip(); }

    @AfterAll
    void close() {
        if (chromium != null)
            chromium.close();
    }

    @Test
    void aMinistryUsesTheToolsOfStandardsAtADeskAndOnAPhone() throws java.io.IOException {
        var folder = java.nio.file.Path.of("standards/dog-registration");
        for (int width : new int[]{1280, 390})
            try (var ministry = visitor(width)) {
                ministry.signIn("staff", "cfa-tanto");
                for (var tool : java.util.List.of("check", "decide", "diff", "tables"))
                    ministry.open("/catalogue/" + tool).lookInEveryLanguage("tool-" + tool);
                ministry.open("/catalogue/decide");
                ministry.page.locator("#f-from").selectOption("child-allowance@2024-10-01");
                ministry.press("この版と例を使う");
                ministry.page.locator("#f-sample").selectOption(new com.microsoft.playwright.options.SelectOption()
                        .setIndex(1));
                ministry.press("この版と例を使う").press("判定する").look("tool-decided");
                assertThat(ministry.text()).contains("適用された規則", "支給の対象とする年齢");
                var json = ministry.page.waitForDownload(() -> ministry.page.locator("a[download]").click());
                assertThat(java.nio.file.Files.readString(json.path())).contains("\"outcome\"");
                ministry.open("/catalogue/decide").fill("date", "きのう").fill("input", "{").press("判定する").look(
                        "tool-decide-findings");
                assertThat(ministry.page.locator("[name=date]").inputValue()).as("what was typed").isEqualTo("きのう");
                ministry.open("/catalogue/diff");
                ministry.page.locator("[name=beforeStandard]").selectOption("dog-registration@2022-06-01");
                ministry.page.locator("[name=afterFolder]").setInputFiles(folder);
                ministry.press("比べる").look("tool-compared");
                assertThat(ministry.text()).contains("変わるところはありません");
                assertThat(ministry.page.locator("[name=beforeStandard]").inputValue()).isEqualTo(
                        "dog-registration@2022-06-01");
                ministry.open("/catalogue/tables");
                ministry.page.locator("[name=standard]").selectOption("dog-registration@2022-06-01");
                var sheets = ministry.page.waitForDownload(() -> ministry.press("書き出す"));
                ministry.page.locator("[name=sheets]").setInputFiles(new com.microsoft.playwright.options.FilePayload(
                        sheets.suggestedFilename(), "application/octet-stream", java.nio.file.Files.readAllBytes(sheets
                                .path())));
                ministry.press("検査する").look("tool-tables-same");
                assertThat(ministry.text()).contains("表は変わっていません");
            }
    }

    @Test
    void aKnownResidentIsPaidAsSeenAtADesk() {
        String receipt;
        try (var resident = visitor(1280)) {
            resident.open("/").lookInEveryLanguage("first").follow("住民の方").lookInEveryLanguage("sign-in")
                    .showCard("resident", "yokohama-futsu");
            assertThat(resident.path()).isEqualTo("/my");
            receipt = claims(resident);
        }
        paid("yokohama", 1280, receipt);
    }

    @Test
    void aResidentWithoutARegisteredAccountIsPaidAsSeenOnAPhone() {
        String receipt;
        try (var resident = visitor(390)) {
            resident.open("/").lookInEveryLanguage("first").follow("住民の方").lookInEveryLanguage("sign-in")
                    .showCard("resident", "aogashima-kaito");
            receipt = claims(resident);
        }
        paid("aogashima", 390, receipt);
    }

    /// 犬の登録: written from the documentation alone, no line of Java.
    @Test
    void aServiceThatIsOnlyAFolderIsFinishedInABrowser() {
        String receipt;
        try (var resident = visitor(390)) {
            resident.signIn("resident", "fukui-futsu").open("/submission/dog-registration").lookInEveryLanguage("dog")
                    .press("申請を始める");
            for (int step = 1; !resident.path().endsWith("/confirm"); step++) {
                assertThat(step).as("steps, now at " + resident.path()).isLessThan(8);
                resident.look("dog-" + step);
                if (resident.page.locator("[name='dog.name']").isVisible())
                    resident.fill("dog.name", "ハチ").fill("dog.breed", "柴犬").choose("dog.sex", "male")
                            .fill("dog.birthDate.year", "2026").fill("dog.birthDate.month", "5")
                            .fill("dog.birthDate.day", "1").fill("dog.acquired.year", "2026")
                            .fill("dog.acquired.month", "11").fill("dog.acquired.day", "10").choose("dog.here", "true")
                            .choose("dog.chip", "true");
                if (resident.page.locator("[name='contact.phone']").isVisible())
                    resident.fill("contact.phone", "090-1234-5678");
                resident.press("次へ");
            }
            resident.lookInEveryLanguage("dog-confirm");
            assertThat(resident.text()).contains("「登録」となる見込みです");
            consent(resident);
            resident.press("この内容で申請する").look("dog-receipt");
            receipt = resident.path().replaceAll(".*/|\\?.*", "");
        }
        String file = "/casework/cases/" + receipt;
        try (var reception = visitor(1280)) {
            reception.signIn("staff", "fukui-uketsuke").until("/casework/inbox", receipt).open(file)
                    .press("受け付けて審査へ回す");
        }
        try (var review = visitor(1280)) {
            review.signIn("staff", "fukui-shinsa").open(file).look("dog-checking").press("決裁に上げる");
        }
        try (var approval = visitor(1280)) {
            approval.signIn("staff", "fukui-kessai").open(file).press("登録する").look("dog-decided");
        }
        try (var resident = visitor(390)) {
            resident.signIn("resident", "fukui-futsu").until("/casework/my/" + receipt, "通知書").follow("通知書")
                    .lookInEveryLanguage("dog-notice");
            assertThat(resident.text()).contains("狂犬病予防法 第4条").contains("審査請求");
            resident.open("/casework/my/" + receipt).lookInEveryLanguage("dog-task");
            assertThat(resident.text()).contains("お願いしていること", "手数料を納めて鑑札を受け取る", "鑑札を犬に着けておく");
        }
        try (var resident = visitor(1280)) {
            resident.signIn("resident", "fukui-futsu").open("/casework/my/" + receipt).look("dog-task-wide")
                    .press("済んだことを知らせる").look("dog-task-done");
            assertThat(resident.text()).doesNotContain("お願いしていること");
        }
    }

    /// From one's own page to the receipt. Tells what it cost the resident.
    private String claims(Visitor resident) {
        resident.lookInEveryLanguage("my").follow(SERVICE).lookInEveryLanguage("start");
        long began = System.nanoTime();
        resident.press("申請を始める");
        long looking = 0;
        for (int step = 1; !resident.path().endsWith("/confirm"); step++) {
            assertThat(step).as("steps, now at " + resident.path()).isLessThan(8);
            long from = System.nanoTime();
            String name = "step-" + resident.path().replaceAll(".*/", "");
            resident.lookInEveryLanguage(name);
            if (resident.page.locator("[name='account.bankCode']").isVisible()) {
                resident.press("次へ").look(name + "-empty");
                assertThat(resident.page.locator("#findings").isVisible()).isTrue();
                fillAccount(resident);
            }
            if (resident.page.locator("[name='contact.phone']").isVisible()
                    && resident.page.locator("[name='contact.phone']").inputValue().isEmpty()) {
                resident.press("次へ").look(name + "-empty");
                assertThat(resident.page.locator("#findings").isVisible()).isTrue();
                resident.fill("contact.phone", "090-1234-5678");
            }
            looking += System.nanoTime() - from;
            resident.press("次へ");
        }
        long from = System.nanoTime();
        resident.lookInEveryLanguage("confirm");
        assertThat(resident.text()).contains("「認定」となる見込みです");
        resident.press("この内容で申請する").look("confirm-without-consent");
        assertThat(resident.page.locator("#findings").isVisible()).isTrue();
        looking += System.nanoTime() - from;
        consent(resident);
        resident.press("この内容で申請する");
        long machine = (System.nanoTime() - began - looking) / 1_000_000;
        assertThat(resident.path()).startsWith("/submission/receipts/");
        resident.lookInEveryLanguage("receipt");
        System.out.println(
                "a claim in a browser: " + machine + " ms from the start to the receipt without the time to look; "
                        + resident.text().lines().filter(l -> l.contains("入力した項目")).findFirst().orElse("?"));
        return resident.path().replaceAll(".*/|\\?.*", "");
    }

    private static void consent(Visitor resident) {
        resident.page.locator(".dads-checkbox label").all().forEach(label -> label.click());
    }

    private static void fillAccount(Visitor resident) {
        resident.fill("account.bankCode", "0989").fill("account.branchCode", "101").choose("account.type", "1")
                .fill("account.number", "1234567").fill("account.holderKana", "キムラ カイト");
    }

    /// The offices' part: received, proposed, decided by another, notified, paid, reconciled, counted, priced, audited.
    private void paid(String town, int width, String receipt) {
        String file = "/casework/cases/" + receipt;
        try (var reception = visitor(width)) {
            reception.signIn("staff", town + "-uketsuke").open("/office").look("office");
            reception.until("/casework/inbox", receipt).look("inbox").follow(receipt).look("case-received");
            reception.press("受け付けて審査へ回す").look("case-accepted");
        }
        try (var review = visitor(width)) {
            review.signIn("staff", town + "-shinsa").open(file).look("case-checking");
            review.open(file + "/departure").look("departure").open(file);
            review.page.locator("input[name=seen]").all().forEach(wanted -> wanted.check());
            review.press("決裁に上げる").look("case-proposed");
        }
        try (var approval = visitor(width)) {
            approval.signIn("staff", town + "-kessai").open(file).look("case-to-decide").press("認定する")
                    .look("case-granted");
            assertThat(approval.text()).contains("認定");
        }
        String card = town.equals("yokohama") ? "yokohama-futsu" : "aogashima-kaito";
        try (var resident = visitor(width)) {
            resident.signIn("resident", card).until("/casework/my/" + receipt, "通知書")
                    .lookInEveryLanguage("my-case");
            resident.follow("通知書").lookInEveryLanguage("notice");
            String pdf = resident.page.locator("a[href$='.pdf']").getAttribute("href");
            var answer = resident.page.request().get("http://localhost:" + port + pdf);
            assertThat(answer.status()).isIn(200, 503);
            if (answer.status() == 200)
                assertThat(new String(answer.body(), 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
                        .isEqualTo("%PDF-");
            resident.open("/exchange/my-log").lookInEveryLanguage("my-log");
            resident.open("/my").lookInEveryLanguage("my-granted");
        }
        pays(town, width, receipt);
        try (var approval = visitor(width)) {
            approval.signIn("staff", town + "-kessai").until(file, receipt).look("case-paid");
            approval.open("/cost").look("cost").open("/audit").look("audit");
        }
        try (var ministry = visitor(width)) {
            ministry.signIn("staff", "cfa-tanto").open("/ministry").look("ministry").open("/ministry/figures")
                    .look("figures").open("/cost").look("cost-of-all");
        }
        try (var resident = visitor(width)) {
            resident.signIn("resident", card).until("/my", "振込済").lookInEveryLanguage("my-paid");
        }
    }

    /// Moves the day of the demonstration to the first pay day, and back again.
    private void pays(String town, int width, String receipt) {
        var today = LocalDate.now(clock);
        try (var treasury = visitor(width); var approval = visitor(width)) {
            treasury.open("/demo/day").look("day").fill("day", "2027-02-01").press("この日にする");
            treasury.signIn("staff", town + "-kaikei").open("/office").look("office-treasury")
                    .until("/payment/runs", "支払回を作成する").look("runs").press("支払回を作成する").look("run-prepared");
            String run = treasury.path();
            assertThat(treasury.text()).contains(receipt);
            approval.signIn("staff", town + "-kessai").open(run).look("run-to-approve").press("決裁する")
                    .look("run-approved");
            treasury.open(run).look("run-to-send").press("銀行に送る").look("run-sent").press("銀行から結果を受け取る")
                    .look("run-waiting");
            treasury.open("/demo/day").fill("day", "2027-02-12").press("この日にする");
            treasury.open(run).press("銀行から結果を受け取る").look("run-completed");
            treasury.open(run).look("run-paid");
            assertThat(treasury.text()).contains("完了");
            treasury.open("/payment/reconciliation").look("reconciliation");
            assertThat(treasury.text()).contains("一致").doesNotContain("差異が");
            treasury.open("/payment/returns").look("returns").open("/payment/results").look("results")
                    .open("/payment/originator").look("originator").open("/payment/runs").look("runs-after");
        } finally {
            try (var anybody = visitor(1280)) {
                anybody.open("/demo/day").fill("day", today.toString()).press("この日にする");
            }
        }
    }

    /// 府中市 is in Tokyo and in Hiroshima: the form asks which, and what was typed stays as it was.
    @Test
    void anAddressIsSuggestedLookedUpAndNeverAltered() {
        try (var resident = visitor(390)) {
            resident.signIn("resident", "fukui-futsu").open("/submission/move-out").press("申請を始める");
            for (int step = 1; !resident.page.locator("[name='to.address']").isVisible(); step++) {
                assertThat(step).as("steps, now at " + resident.path()).isLessThan(6);
                resident.press("次へ");
            }
            var draft = resident.path().replaceAll("/[^/]*$", "");
            resident.page.locator("[name='to.address']").pressSequentially("府中市");
            var box = resident.page.locator("[name='to.address']");
            resident.page.locator("[role=option]").first().waitFor();
            resident.look("address-suggestions");
            assertThat(resident.page.locator(".suggestions").innerText()).contains("東京都府中市").contains("広島県府中市");
            byKeyboard(resident, box, "府中市");
            assertThat(box.inputValue()).as("the first suggestion").endsWith("府中市").isNotEqualTo("府中市");
            resident.look("address-chosen");
            resident.fill("moveDate.year", "令和8").fill("moveDate.month", "12").fill("moveDate.day", "10")
                    .choose("to.kind", "domestic").fill("to.address", "府中市宮西町２ー２４").press("次へ");
            assertThat(resident.text()).contains("どの場所ですか");
            assertThat(resident.page.locator("[name='to.address']").inputValue()).isEqualTo("府中市宮西町２ー２４");
            resident.lookInEveryLanguage("address-which");
            resident.page.getByLabel("東京都府中市").check();
            resident.press("次へ").open(draft + "/confirm");
            assertThat(resident.text()).contains("府中市宮西町２ー２４（台帳では: 東京都府中市）").contains("令和8年12月10日");
            resident.look("address-confirm");
        }
    }

    /// Arrows, Escape and Enter as a combobox has them; Enter on a suggestion sends nothing.
    private static void byKeyboard(Visitor somebody, com.microsoft.playwright.Locator box, String typed) {
        var page = somebody.page;
        String here = page.url();
        assertThat(box.getAttribute("aria-expanded")).isEqualTo("true");
        assertThat(box.getAttribute("aria-activedescendant")).as("nothing is chosen before an arrow").isNull();
        page.keyboard().press("ArrowDown");
        String first = box.getAttribute("aria-activedescendant");
        assertThat(page.locator("[role=option][aria-selected=true]").getAttribute("id")).isEqualTo(first);
        page.keyboard().press("ArrowUp");
        assertThat(box.getAttribute("aria-activedescendant")).as("round to the last").isNotEqualTo(first);
        page.keyboard().press("Escape");
        assertThat(page.locator(".suggestions:visible").count()).isZero();
        assertThat(box.inputValue()).isEqualTo(typed);
        assertThat(box.getAttribute("aria-expanded")).isEqualTo("false");
        page.keyboard().press("ArrowDown");
        page.locator("[role=option]").first().waitFor();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.locator(".suggestions:visible").count()).isZero();
        assertThat(page.url()).isEqualTo(here);
        assertThat(box.evaluate("e => document.activeElement === e")).isEqualTo(true);
    }

    /// At a desk, on a phone and without a script: the new address of a move.
    @Test
    void theNewAddressOfAMoveIsSuggestedAtADeskAndOnAPhone() {
        for (int width : new int[]{1280, 390})
            try (var resident = visitor(width)) {
                resident.signIn("resident", "kamaishi-takashi").open("/submission/move-in");
                resident.press(resident.button("続きから始める").isVisible() ? "続きから始める" : "申請を始める");
                for (int step = 1; !resident.page.locator("[name='to.address']").isVisible(); step++) {
                    assertThat(step).as("steps, now at " + resident.path() + resident.text()).isLessThan(6);
                    if (resident.page.locator("[name='from.address']").isVisible())
                        resident.choose("from.kind", "none").fill("from.address", "東京都府中市宮西町２");
                    resident.press("次へ");
                }
                resident.look("move-in-address");
                var box = resident.page.locator("[name='to.address']");
                box.fill("");
                box.pressSequentially("岩手県");
                resident.page.locator("[role=option]").first().waitFor();
                resident.look("move-in-suggestions");
                byKeyboard(resident, box, "岩手県");
                assertThat(box.inputValue()).startsWith("岩手県").isNotEqualTo("岩手県");
            }
        try (var resident = new Visitor(chromium, port, 390, false)) {
            resident.signIn("resident", "kamaishi-takashi").open("/submission/move-in").press("続きから始める");
            resident.look("move-in-without-script");
        }
    }

    /// On a day when the resident register did not answer, the claimant writes the address herself.
    @Test
    void aClaimantWhomNoRegisterKnewWritesTheAddressWithSuggestions() {
        try (var resident = visitor(390)) {
            resident.signIn("resident", "kamaishi-takashi").open(START).press("申請を始める");
            var draft = resident.path();
            store.run(Scope.resident(AuthorityId.of("032115"), jp.kiban.kernel.PersonId.of("0321100001")),
                    jdbc -> assertThat(jdbc.sql("""
                    update submission.draft set answers = answers - 'claimant', evidence = (
                      select jsonb_agg(case when e ->> 'item' = 'resident.person'
                        then (e - 'value') || '{"status":"UNAVAILABLE"}' else e end) from jsonb_array_elements(evidence) e)
                    where authority = '032115' and id = ?::uuid
                    """).param(draft.replaceAll(".*/drafts/|/.*", "")).update()).isEqualTo(1));
            resident.open(draft.replaceAll("(/drafts/[^/]*).*", "$1/you"));
            resident.look("allowance-outage");
            var box = resident.page.locator("[name='claimant.address']");
            box.pressSequentially("岩手県");
            resident.page.locator("[role=option]").first().waitFor();
            resident.look("allowance-suggestions");
            byKeyboard(resident, box, "岩手県");
            box.fill("府中市１ー１");
            resident.fill("claimant.name", "釜石 たかし").fill("claimant.kana", "カマイシ タカシ").fill(
                    "claimant.birthDate.year", "1980").fill("claimant.birthDate.month", "1").fill(
                            "claimant.birthDate.day", "2")
                    .press("次へ");
            assertThat(resident.text()).contains("どの場所ですか");
            assertThat(box.inputValue()).isEqualTo("府中市１ー１");
            resident.look("allowance-which");
        }
    }

    /// 勤務先: by a part of the name, chosen and never guessed; kept with the edition that said so; read by the officer.
    @Test
    void anEmployerIsFoundByNameAndReadByTheOfficerWithItsEdition() {
        String receipt;
        String search = "button[value='search:need.employer']";
        try (var plain = new Visitor(chromium, port, 390, false)) {
            plain.signIn("resident", "kumatori-futsu").open("/submission/nursery").press("申請を始める");
            toField(plain, "need.reason");
            plain.choose("need.reason", "employed").press("次へ");
            assertThat(plain.text()).contains("1か月の時間");
            plain.fill("need.employer", "8900000000000").fill("need.hours", "150").press("次へ");
            assertThat(plain.text()).contains("検査用数字（いちばん左の数字）が合いません").contains("8900000000000");
            plain.look("employer-check-digit");
            plain.fill("need.employer", "株式会社").page.locator(search).click();
            assertThat(plain.text()).contains("見つかりませんでした");
            plain.fill("need.employer", employerName()).page.locator(search).click();
            plain.look("employer-found-plain");
            assertThat(plain.page.locator("[name='need.employer']").inputValue()).as("nothing is chosen for her")
                    .isEqualTo(employerName());
            plain.press("次へ");
            assertThat(plain.text()).contains("13桁の数字").contains("どの法人ですか");
            plain.page.locator("[name='corporation:need.employer'][value='9900000000000']").check();
            plain.press("次へ");
            plain.open(plain.path().replaceAll("(/drafts/[^/]*).*", "$1/need"));
            assertThat(plain.page.locator("[name='need.employer']").inputValue()).isEqualTo("9900000000000");
        }
        try (var resident = visitor(390)) {
            resident.signIn("resident", "kumatori-futsu").open("/submission/nursery").press("続きから始める");
            toField(resident, "need.reason");
            var box = resident.page.locator("[name='need.employer']");
            box.fill("");
            box.pressSequentially(employerName().substring(0, employerName().length() - 1));
            resident.page.locator("[role=option]").first().waitFor();
            resident.look("employer-suggestions");
            resident.page.locator("[role=option]")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(
                            "9900000000000"))
                    .first().click();
            assertThat(box.inputValue()).isEqualTo("9900000000000");
            resident.look("employer-chosen");
            resident.press("次へ");
            for (int step = 1; !resident.path().endsWith("/confirm"); step++) {
                assertThat(step).as("steps, now at " + resident.path() + resident.text()).isLessThan(12);
                fillNursery(resident);
                resident.press("次へ");
            }
            resident.lookInEveryLanguage("employer-confirm");
            assertThat(resident.text()).contains("9900000000000").contains(employerName());
            consent(resident);
            resident.press("この内容で申請する");
            receipt = resident.path().replaceAll(".*/|\\?.*", "");
        }
        try (var reception = visitor(1280)) {
            reception.signIn("staff", "kumatori-uketsuke").until("/casework/inbox", receipt).open("/casework/cases/"
                    + receipt).lookInEveryLanguage("employer-case");
            assertThat(reception.page.content()).contains("9900000000000（法人の登録簿: " + employerName()).contains(
                    "版で確認）");
        }
    }

    private String employerName() {
        return corporations.find(jp.kiban.letters.CorporateNumber.of("9900000000000")).map(
                jp.kiban.registry.Corporation::name).orElseThrow();
    }

    private static void toField(Visitor somebody, String name) {
        for (int step = 1; somebody.page.locator("[name='" + name + "']").count() == 0; step++) {
            assertThat(step).as("steps, now at " + somebody.path() + somebody.text()).isLessThan(12);
            fillNursery(somebody);
            somebody.press("次へ");
        }
    }

    private static void fillNursery(Visitor somebody) {
        var page = somebody.page;
        var chosen = new java.util.LinkedHashMap<String, String>();
        for (var no : List.of("children[1].applying", "family.siblingsTogether", "family.lostJob"))
            chosen.put(no, "false");
        chosen.putAll(java.util.Map.of("children[0].applying", "true", "family.current", "home", "partner.reason",
                "job-seeking"));
        chosen.forEach((name, value) -> {
            if (page.locator("[name='" + name + "']").count() > 0)
                somebody.choose(name, value);
        });
        if (page.locator("[name='startDate.year']").count() > 0)
            somebody.fill("startDate.year", "2027").fill("startDate.month", "4").fill("startDate.day", "1");
        if (page.locator("[name='contact.phone']").count() > 0)
            somebody.fill("contact.phone", "090-1234-5678");
        if (page.locator("button[value='add:wishes']").count() > 0) {
            if (page.locator("[name='wishes[0].facility']").count() == 0)
                page.locator("button[value='add:wishes']").click();
            somebody.fill("wishes[0].facility", "熊取ひまわり園");
        }
    }

    @Test
    void manyAddressesAreMatchedForTheirOfficerAlone() throws java.io.IOException {
        var file = java.nio.file.Files.writeString(java.nio.file.Files.createTempDirectory("bulk").resolve("list.csv"),
                "番号,住所\r\n1,三重県津市西丸之内23-1\r\n2,府中市1-1\r\n3\r\n");
        try (var officer = visitor(390)) {
            officer.signIn("staff", "niigata-uketsuke").open("/registry/addresses/bulk").look("bulk-empty");
            officer.press("照合する");
            assertThat(officer.text()).contains("ファイルを選んでください");
            officer.page.locator("[name=file]").setInputFiles(file);
            officer.press("照合する").until("/registry/addresses/bulk", "終わりました").lookInEveryLanguage("bulk-done");
            assertThat(officer.text()).contains("読めない行が1行あります");
            var result = officer.page.waitForDownload(() -> officer.follow("結果を受け取る"));
            var lines = java.nio.file.Files.readAllLines(result.path());
            assertThat(lines).hasSize(4);
            assertThat(lines.get(1)).startsWith("1,三重県津市西丸之内23-1,三重県,津市,").contains("242012");
            assertThat(lines.get(2)).contains("東京都府中市").contains("広島県府中市").contains("ambiguous");
            assertThat(lines.get(3)).contains("bad line");
            var address = officer.page
                    .getByRole(com.microsoft.playwright.options.AriaRole.LINK, new Page.GetByRoleOptions()
                            .setName("結果を受け取る"))
                    .getAttribute("href");
            try (var other = visitor(1280)) {
                other.signIn("staff", "niigata-shinsa").open("/registry/addresses/bulk");
                assertThat(other.text()).contains("まだありません");
                assertThat(other.page.request().get("http://localhost:" + port + address).status()).isEqualTo(404);
            }
            officer.press("消す");
            assertThat(officer.text()).contains("まだありません");
        }
    }

    @Test
    void twoThingsAreAskedAtOnceAndAnsweredAtOnce() {
        try (var resident = visitor(390); var reception = visitor(390); var other = visitor(390)) {
            resident.signIn("resident", "narita-futsu");
            String receipt = claimsQuickly(resident);
            String file = "/casework/cases/" + receipt;
            reception.signIn("staff", "narita-uketsuke").until("/casework/inbox", receipt).open(file + "/correction")
                    .look("correction");
            other.signIn("staff", "narita-uketsuke").open(file).look("case-of-two");
            reception.page.locator("[name=where0]").selectOption("contact.phone");
            reception.page.locator("[name=phrase0]").selectOption("unreadable");
            reception.page.locator("[name=where1]").selectOption("account");
            reception.page.locator("[name=phrase1]").selectOption("explain");
            reception.press("まとめて送る").look("case-correction");
            assertThat(reception.text()).contains("補正待ち");
            // the other officer's page is older than this
            other.press("受け付けて審査へ回す").look("case-conflict");
            assertThat(other.text()).contains("あなたの操作は行われていません").contains("補正を求めました");

            resident.until("/my", "直して").lookInEveryLanguage("my-correction");
            resident.open("/casework/my/" + receipt).lookInEveryLanguage("my-case-correction").follow("直す");
            resident.lookInEveryLanguage("receipt-correction").press("直す");
            for (int step = 1; !resident.path().endsWith("/confirm"); step++) {
                assertThat(step).isLessThan(8);
                resident.lookInEveryLanguage("correct-" + resident.path().replaceAll(".*/", ""));
                if (resident.page.locator("[name='contact.phone']").count() > 0)
                    resident.fill("contact.phone", "080-8765-4321");
                resident.press("次へ");
            }
            resident.lookInEveryLanguage("correct-confirm");
            consent(resident);
            resident.page.locator("form.panel button[type=submit]").first().click();
            assertThat(resident.path()).startsWith("/submission/receipts/" + receipt);
            resident.look("receipt-corrected");
            reception.until(file, "補正が届きました").look("case-corrected");
            assertThat(reception.text()).contains("080-8765-4321");
        }
    }

    /// The known resident's way, with nothing looked at.
    private String claimsQuickly(Visitor resident) {
        resident.open(START).press("申請を始める");
        toTheEnd(resident);
        consent(resident);
        resident.press("この内容で申請する");
        assertThat(resident.path()).startsWith("/submission/receipts/");
        return resident.path().replaceAll(".*/|\\?.*", "");
    }

    private static void toTheEnd(Visitor resident) {
        for (int step = 1; !resident.path().endsWith("/confirm"); step++) {
            assertThat(step).as("steps, now at " + resident.path()).isLessThan(8);
            if (resident.page.locator("[name='contact.phone']").count() > 0)
                resident.fill("contact.phone", "090-1234-5678");
            resident.press("次へ");
        }
    }

    @Test
    void aDoubleClickAndTheBackButtonSendNothingTwice() {
        try (var resident = visitor(1280)) {
            resident.signIn("resident", "fukui-takuya").open(START).press("申請を始める");
            toTheEnd(resident);
            consent(resident);
            resident.button("この内容で申請する").dblclick();
            resident.page.waitForURL("**/submission/receipts/**");
            String receipt = resident.path().replaceAll(".*/|\\?.*", "");
            resident.page.goBack();
            resident.look("back-after-submit");
            if (resident.path().endsWith("/confirm") && resident.button("この内容で申請する").count() > 0) {
                if (resident.page.locator("input[type=checkbox]:checked").count() == 0)
                    consent(resident);
                resident.press("この内容で申請する");
            }
            assertThat(resident.path()).contains("/submission/receipts/" + receipt);
            resident.until("/my", receipt);
            assertThat(resident.text().split(receipt, -1)).as("claims on one's own page").hasSize(2);
            resident.open(START).look("start-again");
            assertThat(resident.text()).contains("すでに申請があります");
        }
    }

    @Test
    void whatWasTypedOutlivesTheSession() throws InterruptedException {
        try (var resident = visitor(390)) {
            resident.signIn("resident", "niigata-futsu").open(START).press("申請を始める");
            for (int step = 1; resident.page.locator("[name='contact.phone']").count() == 0; step++) {
                assertThat(step).as("steps, now at " + resident.path()).isLessThan(8);
                resident.press("次へ");
            }
            String here = resident.path();
            resident.fill("contact.phone", "090-5555-1234").fill("contact.email", "abe@example.jp");
            store.run(Scope.of(AuthorityId.of("151009")), jdbc -> jdbc.sql("""
                    update identity.session set seen_at = seen_at - interval '31 minutes', started_at = started_at - interval '31 minutes'
                    where authority = '151009' and kind = 'RESIDENT'
                    """).update());
            Thread.sleep(5_500);
            resident.press("次へ").lookInEveryLanguage("session-over");
            resident.showCard("resident", "niigata-futsu").look("continued");
            if (resident.path().equals("/identity/continue"))
                resident.press("続きから始める");
            if (!resident.path().endsWith("/confirm"))
                resident.open(here);
            if (!resident.path().endsWith("/confirm")) {
                assertThat(resident.page.locator("[name='contact.phone']").inputValue()).isEqualTo("090-5555-1234");
                resident.press("次へ");
            }
            assertThat(resident.text()).contains("090-5555-1234").contains("abe@example.jp");
        }
    }

    @Test
    void nothingNeedsAScript() {
        try (var resident = new Visitor(chromium, port, 390, false)) {
            resident.open("/").follow("住民の方").showCard("resident", "kamaishi-futsu");
            assertThat(claimsQuickly(resident)).isNotEmpty();
            resident.look("receipt-without-script");
        }
    }

    @Test
    void theKeyboardIsEnough() {
        try (var resident = visitor(1280)) {
            resident.signIn("resident", "kumatori-futsu").open(START);
            var page = resident.page;
            tabTo(page, "申請を始める");
            page.keyboard().press("Enter");
            page.waitForURL("**/submission/drafts/**");
            for (int step = 1; !resident.path().endsWith("/confirm"); step++) {
                assertThat(step).isLessThan(8);
                if (page.locator("[name='contact.phone']").count() > 0) {
                    tabToName(page, "contact.phone");
                    page.keyboard().type("090-1234-5678");
                }
                String before = resident.path();
                tabTo(page, "次へ");
                page.keyboard().press("Enter");
                page.waitForURL(url -> !url.endsWith(before));
            }
            tabToName(page, "consent");
            page.keyboard().press("Space");
            tabTo(page, "この内容で申請する");
            page.keyboard().press("Enter");
            page.waitForURL("**/submission/receipts/**");
        }
    }

    private static void tabTo(Page page, String words) {
        tabUntil(page, "document.activeElement.innerText === '" + words + "'");
    }

    private static void tabToName(Page page, String name) {
        tabUntil(page, "document.activeElement.name === '" + name + "'");
    }

    private static void tabUntil(Page page, String holds) {
        for (int i = 0; i < 120; i++) {
            page.keyboard().press("Tab");
            if ((Boolean) page.evaluate(holds)) {
                assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).as("focus is seen")
                        .isNotEqualTo("none");
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + holds + " on " + page.url());
    }

    private Visitor visitor(int width) { return new Visitor(chromium, port, width, true); }
}
