package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.kiban.registry.Corporation;
import jp.kiban.registry.Corporations;
import jp.kiban.letters.CorporateNumber;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The corporations as people use them: looked up while typing, found to be wrong by a resident, answered by the keeper, brought up to
/// date by two of its people from a file with a bad row.
@KibanTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegistryInABrowserTests {
    /// The first of the demonstration's invented corporations.
    private static final CorporateNumber NUMBER = CorporateNumber.of("9900000000000");

    private final Corporations corporations;
    private final int port;
    private Chromium chromium;

    RegistryInABrowserTests(@Autowired Corporations corporations, @LocalServerPort int port) {
        this.corporations = corporations;
        this.port = port;
    }

    @BeforeAll
    void open() { chromium = Chromium.openOrSkip(); }

    @AfterAll
    void close() {
        if (chromium != null)
            chromium.close();
    }

    private Visitor visitor(int width, boolean scripts) { return new Visitor(chromium, port, width, scripts); }

    @Test
    void aCorporationIsFoundWhileTypingAndWithoutAScript() {
        String name = corporations.find(NUMBER).map(Corporation::name).orElseThrow();
        for (int width : List.of(1280, 390))
            try (var anybody = visitor(width, true)) {
                anybody.open("/registry").lookInEveryLanguage("registry");
                anybody.open("/registry/corporations").lookInEveryLanguage("registry-empty");
                anybody.page.locator("[name=q]").pressSequentially(name.substring(4));
                anybody.page.locator("#results a[href$='" + NUMBER + "']").waitFor();
                anybody.look("registry-found");
                anybody.page.locator("#results a[href$='" + NUMBER + "']").click();
                anybody.lookInEveryLanguage("registry-one");
                anybody.fill("on", "2015-10-05").press("この時点を見る").look("registry-as-of");
                anybody.open("/open-data").lookInEveryLanguage("registry-open");
            }
        try (var anybody = visitor(390, false)) {
            anybody.open("/registry/corporations").fill("q", "T" + NUMBER).press("さがす").look("registry-plain");
            assertThat(anybody.text()).contains(name);
        }
    }

    @Test
    void anAddressIsLookedUpByTheKeyboardAndWithoutAScript() {
        for (int width : List.of(1280, 390))
            try (var anybody = visitor(width, true)) {
                anybody.open("/registry/addresses").look("address-empty");
                anybody.page.locator("[name=q]").pressSequentially("三重県津");
                anybody.page.locator("#f-q-suggestions [role=option]").first().waitFor();
                anybody.page.keyboard().press("ArrowDown");
                anybody.page.keyboard().press("Enter");
                assertThat(anybody.page.locator("[name=q]").inputValue()).isEqualTo("三重県津市");
                anybody.page.keyboard().press("Enter");
                anybody.page.locator("#found").waitFor();
                anybody.lookInEveryLanguage("address-found");
            }
        try (var anybody = visitor(390, false)) {
            anybody.open("/registry/addresses").fill("q", "府中市1-1").press("さがす").lookInEveryLanguage("address-several");
            assertThat(anybody.text()).contains("東京都府中市", "広島県府中市");
            anybody.fill("q", "あいうえお").press("さがす").look("address-nothing");
            anybody.fill("q", "999-9999").press("さがす").look("address-no-code");
        }
    }

    @Test
    void aMistakeIsToldToTheKeeperAndMendedByALaterEditionOnly() {
        var entry = corporations.find(NUMBER).orElseThrow();
        String correction;
        try (var resident = visitor(390, true)) {
            resident.signIn("resident", "tsu-futsu").open("/registry/corporations/" + NUMBER).follow("誤りを伝える")
                    .lookInEveryLanguage("registry-tell").press("管理者に送る").look("registry-tell-faults");
            assertThat(resident.text()).contains("誤っている項目を選んでください。").contains("根拠を書いてください。");
            resident.choose("field", "name").fill("claimed", "株式会社正しい名").fill("evidence", "登記事項証明書（令和8年11月1日）").press(
                    "管理者に送る").lookInEveryLanguage("registry-told");
            correction = resident.path().replaceAll("[?].*", "");
            resident.open("/registry/corrections").look("registry-told-list");
        }
        assertThat(corporations.find(NUMBER).orElseThrow().name()).as("nothing changes by telling").isEqualTo(entry
                .name());
        String desk = correction.replace("/registry/", "/registry/desk/");
        String load;
        try (var keeper = visitor(1280, true)) {
            keeper.signIn("staff", "digital-tanto").look("registry-ministry").open("/registry/desk/corrections")
                    .lookInEveryLanguage("registry-desk-list").open(desk).look("registry-desk-one");
            keeper.press("誤りと認め、所管に伝えた").look("registry-desk-fault").fill("note", "国税庁に連絡しました。").press("誤りと認め、所管に伝えた");
            assertThat(keeper.text()).contains("誤りと認めた");
            keeper.open("/registry/desk").lookInEveryLanguage("registry-desk");
            keeper.page.locator("[name=file]").setInputFiles(new FilePayload("diff_20261120.csv", "text/csv",
                    "nothing of the kind".getBytes(StandardCharsets.UTF_8)));
            keeper.press("検査して承認に回す").look("registry-desk-refused");
            assertThat(keeper.text()).contains("開庁日が");
            keeper.page.locator("[name=file]").setInputFiles(new FilePayload("diff_20261104.csv", "text/csv", (row(
                    entry, "株式会社正しい名") + "\r\n" + row(entry, "x").replace(NUMBER.digits(), "1234567890123") + "\r\n"
                    + row(entry, "y").replace("9900000000000", "2900000000007")).getBytes(StandardCharsets.UTF_8)));
            keeper.press("検査して承認に回す").lookInEveryLanguage("registry-load");
            load = keeper.path().replaceAll("[?].*", "");
            assertThat(keeper.text()).contains("検査用数字が合いません").contains("1234567890123").contains("別の人が承認します");
        }
        try (var other = visitor(390, true)) {
            other.signIn("staff", "digital-shonin").open(load).look("registry-load-approve").press("承認して読み込む");
            other.until(load, "読込み済み").look("registry-load-done");
        }
        assertThat(corporations.find(NUMBER).orElseThrow().name()).isEqualTo("株式会社正しい名");
        try (var resident = visitor(1280, true)) {
            resident.signIn("resident", "tsu-futsu").open(correction).look("registry-mended");
            assertThat(resident.text()).contains("反映済み").contains("国税庁に連絡しました。").contains("diff_20261104.csv");
        }
    }

    @Test
    void anOfficerFindsALotAndNobodyElseDoes() {
        for (int width : List.of(1280, 390))
            try (var officer = visitor(width, true)) {
                officer.signIn("staff", "tsu-shinsa").open("/registry").look("registry-officer").open(
                        "/registry/real-estate").lookInEveryLanguage("real-estate");
                officer.fill("place", "丸之内").fill("lot", "１２番地３");
                officer.page.locator("form:has([name=lot]) button").click();
                officer.look("real-estate-found").follow("2400000000012").lookInEveryLanguage("real-estate-one");
                // the same lot by its address in one line, found while typing
                officer.open("/registry/real-estate").page.locator("[name=place]").pressSequentially("三重県津");
                officer.page.locator("[role=option]").first().waitFor();
                officer.look("real-estate-suggestions");
                officer.page.keyboard().press("ArrowDown");
                officer.page.keyboard().press("Enter");
                assertThat(officer.page.locator("[name=place]").inputValue()).isEqualTo("三重県津市");
                officer.fill("place", "三重県津市丸之内１２番地３").page.locator("form:has([name=lot]) button").click();
                officer.look("real-estate-by-address");
                assertThat(officer.text()).contains("2400000000012");
                officer.open("/registry/real-estate/2400000000012/correction").choose("field", "address").page.locator(
                        "[name=claimed]").pressSequentially("三重県津");
                officer.page.locator("[role=option]").first().waitFor();
                officer.look("correction-suggestions");
                officer.page.keyboard().press("Escape");
                officer.choose("field", "number").page.locator("[name=claimed]").pressSequentially("市");
                officer.page.waitForTimeout(600);
                assertThat(officer.page.locator("[role=option]").count()).as("a number is no address").isZero();
                officer.open("/registry/real-estate?q=123&lot=1&municipality=nowhere").look("real-estate-faults");
                assertThat(officer.text()).contains("123").contains("nowhere");
            }
        try (var resident = visitor(390, true)) {
            resident.signIn("resident", "tsu-futsu").open("/registry/real-estate/2400000000012");
            assertThat(resident.text()).doesNotContain("丸之内");
            resident.open("/registry/real-estate/2400000000012/correction");
            assertThat(resident.text()).doesNotContain("丸之内");
        }
    }

    private static String row(Corporation c, String name) {
        return "1," + String.join(",", List.of(c.number().digits(), "11", "1", "2026-11-04", "2026-11-02", name, "",
                Integer.toString(c.kind()), c.prefecture(), c.city(), c.street(), "", c.prefectureCode(), c.cityCode(),
                c.postCode(), "", "", "", "", "", "", c.assignmentDate().toString(), "1", "", "", "", "", "", "0")
                .stream().map(cell -> '"' + cell + '"').toList());
    }
}
