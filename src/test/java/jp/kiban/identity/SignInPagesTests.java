package jp.kiban.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.Chromium;
import jp.kiban.KibanTest;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.PersonId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/// The pages of the sign-in in a real browser.
@KibanTest
class SignInPagesTests {
    @LocalServerPort
    int port;
    @Autowired
    Parking parking;
    @Autowired
    Challenges challenges;
    @Autowired
    JsonMapper json;

    @Test
    void aResidentSignsInOnAPhoneWithoutAScriptAndFindsWhatWasKept() {
        var session = json.readTree(SignIn.resident(port, "yokohama-futsu").get("/api/identity/session").body());
        var actor = new Actor.Resident(AuthorityId.of("141003"), PersonId.of(session.path("id").asString()));
        parking.park(actor, "/identity/forget/none", Map.of("statement", List.of("続き")));
        try (var chromium = Chromium.openOrSkip(); var visitor = chromium.visitor(390, false)) {
            var page = visitor.newPage();
            page.navigate(at("/my"));
            click(page, "住民としてサインイン");
            page.getByRole(AriaRole.SEARCHBOX).fill("横浜市");
            click(page, "さがす");
            page.locator("a[href*='card=yokohama-futsu']").click();
            page.locator("input[name=pin]").fill("9999");
            click(page, "署名して進む");
            assertThat(page.locator("#findings").textContent()).contains("あと2回");
            page.locator("input[name=pin]").fill("1234");
            click(page, "署名して進む");
            assertThat(page.url()).isEqualTo(at("/identity/continue"));
            photograph(page, "continue", Language.JA, 390);
            click(page, "続きから始める");
            assertThat(page.url()).isEqualTo(at("/my"));
            assertThat(parking.newest(actor, Optional.empty())).isEmpty();
        }
    }

    @Test
    void everyPageIsAccessibleInEveryLanguage() {
        try (var chromium = Chromium.openOrSkip()) {
            for (int width : List.of(1280, 320))
                try (var visitor = chromium.visitor(width, true)) {
                    var page = visitor.newPage();
                    String open = challenges.begin(Door.RESIDENT, "browser", "").id();
                    String staff = challenges.begin(Door.STAFF, "browser", "").id();
                    for (Language language : Language.values())
                        for (String path : List.of("/identity/sign-in?failed=true&kept=true&lang=",
                                "/identity/sign-in?door=staff&card=tsu-kessai&lang=",
                                "/demo/card?challenge=" + open + "&lang=",
                                "/demo/card?q=zzz&challenge=" + staff + "&lang=",
                                "/demo/card?challenge=" + staff + "&card=tsu-kessai&unlocked=true&lang=",
                                "/demo/card?challenge=over&lang=")) {
                            page.navigate(at(path + language.code()));
                            Chromium.isSound(page);
                            assertThat(page.content()).as("texts on " + path).doesNotContain("??");
                            photograph(page, path.replace(open, "r").replace(staff, "s"), language, width);
                        }
                }
        }
    }

    private static void click(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }

    private String at(String path) { return "http://localhost:" + port + path; }

    private static void photograph(Page page, String path, Language language, int width) {
        String folder = System.getProperty("kiban.photos", "");
        if (folder.isEmpty())
            return;
        var file = Path.of(folder, path.replaceAll("[^a-z]+", "_") + "-" + language.code() + "-" + width + ".png");
        try {
            Files.createDirectories(file.getParent());
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }
}
