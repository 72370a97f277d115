package jp.kiban.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import jp.kiban.Chromium;
import jp.kiban.KibanTest;
import jp.kiban.kernel.Language;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Looks at the pages that anybody may open, as a desk, a phone and the narrowest phone, in the three languages.
@KibanTest
class PortalPagesTests {
    private static final List<String> PATHS = List.of("/", "/portal/parts", "/authorities",
            "/authorities?kind=nothing&page=0", "/authorities?q=%E7%84%A1%E3%81%84", "/authorities/242012",
            "/not/there");
    @LocalServerPort
    int port;

    @Test
    void everyPageIsAccessibleInEveryWidthAndLanguage() {
        try (var chromium = Chromium.openOrSkip()) {
            for (int width : List.of(1280, 390, 320))
                try (var visitor = chromium.visitor(width, true)) {
                    var page = visitor.newPage();
                    var refused = new ArrayList<String>();
                    page.onConsoleMessage(m -> {
                        if (m.type().equals("error") && m.text().contains("Security Policy"))
                            refused.add(m.text());
                    });
                    for (Language language : Language.values())
                        for (String path : PATHS) {
                            page.navigate(at(path + (path.contains("?") ? "&" : "?") + "lang=" + language.code()));
                            if (width == 320 || language == Language.JA)
                                Chromium.isSound(page);
                            Chromium.fits(page);
                            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language.html());
                            assertThat(page.content()).as("texts on " + path).doesNotContain("??");
                            Chromium.photograph(page, path, language.code(), width);
                        }
                    assertThat(refused).as("what the content security policy refused").isEmpty();
                }
        }
    }

    @Test
    void whoLooksAtPagesSeesWhatIsWrongWithThem() {
        try (var chromium = Chromium.openOrSkip(); var visitor = chromium.visitor(390, true)) {
            var page = visitor.newPage();
            String sound = "<html lang=ja><title>a</title><main><h1>見出し</h1>%s</main></html>";
            page.setContent(sound.formatted("<img src='data:,' alt='印'>"));
            Chromium.isSound(page);
            page.setContent(sound.formatted("<img src='data:,'>"));
            assertThatThrownBy(() -> Chromium.isSound(page)).hasMessageContaining("image-alt");
            page.setContent(sound.formatted("<p style='width:500px'>広い</p>"));
            assertThatThrownBy(() -> Chromium.isSound(page)).hasMessageContaining("sideways");
        }
    }

    @Test
    void theListIsSearchedFilteredSortedAndPagedWithoutAScript() {
        try (var chromium = Chromium.openOrSkip(); var visitor = chromium.visitor(390, false)) {
            var page = visitor.newPage();
            page.navigate(at("/authorities"));
            page.getByLabel("種類").selectOption("town");
            page.getByLabel("都道府県").selectOption("010006");
            page.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON,
                    new Page.GetByRoleOptions().setName("さがす")).click();
            assertThat(page.locator(".dads-page-navigation p").textContent()).startsWith("全129件のうち 1～20件目");
            page.navigate(page.url().replace("sort=code", "sort=-population"));
            assertThat(page.locator("tbody th").first().textContent()).contains("音更町");
            page.locator("a[rel=next]").click();
            assertThat(page.url()).contains("page=2").contains("kind=town").contains("sort=-population");
        }
    }

    @Test
    void theKeyboardReachesTheContentFirst() {
        try (var chromium = Chromium.openOrSkip(); var visitor = chromium.visitor(1280, true)) {
            var page = visitor.newPage();
            page.navigate(at("/"));
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.getAttribute('href')")).isEqualTo("#main");
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineWidth")).isEqualTo("4px");
            assertThat((Double) page.locator(".skip-link").boundingBox().y).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void theChosenLanguageStaysForTheNextPage() {
        try (var chromium = Chromium.openOrSkip(); var visitor = chromium.visitor(390, false)) {
            var page = visitor.newPage();
            page.navigate(at("/"));
            page.getByText("English").click();
            page.navigate(at("/authorities"));
            assertThat(page.locator("h1").textContent()).isEqualTo("Authorities");
        }
    }

    private String at(String path) { return "http://localhost:" + port + path; }
}
