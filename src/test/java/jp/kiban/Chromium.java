package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// A real browser for tests of pages. Where there is none the test is skipped, and says so.
public final class Chromium implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/bin/chromium");
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Chromium openOrSkip() {
        if (!Files.isExecutable(BINARY)) {
            System.out.println("SKIPPED: no browser at " + BINARY + ", so the pages were not looked at");
            Assumptions.abort("no browser at " + BINARY);
        }
        var playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(playwright, playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(BINARY).setArgs(List.of("--no-sandbox"))));
    }

    /// A visitor of their own: own cookies, a window this wide. `1280` is a desk, `390` a phone, `320` the narrowest.
    public BrowserContext visitor(int width, boolean scripts) {
        return browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900).setLocale("ja-JP")
                .setTimezoneId("Asia/Tokyo").setJavaScriptEnabled(scripts));
    }

    /// WCAG 2.2 A and AA as far as a machine can tell, and no scrolling sideways. Asks axe itself for what is wrong and for
    /// nothing else: its reports of all that is right cost three times as much as the check.
    public static void isSound(Page page) {
        page.evaluate(AxeBuilder.getAxeScript());
        var wrong = (List<?>) page.evaluate("""
                tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(found =>
                    found.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html)))""",
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"));
        assertThat(wrong).map(String::valueOf).as("axe on " + page.url() + " at " + page.viewportSize().width)
                .isEmpty();
        fits(page);
    }

    /// Nothing makes the page scroll sideways.
    public static void fits(Page page) {
        assertThat(
                (Integer) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("sideways scrolling on " + page.url() + " at " + page.viewportSize().width).isLessThanOrEqualTo(0);
    }

    /// With `-Dkiban.photos=FOLDER` the page is photographed, for looking at.
    public static void photograph(Page page, String name, String language, int width) {
        String folder = System.getProperty("kiban.photos", "");
        if (!folder.isEmpty())
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(folder,
                    name.replaceAll("[^a-z]+", "_") + "-" + language + "-" + width + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
