package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.kernel.Language;

/// 来訪者. Somebody at a browser in a test, who presses what is written on buttons and follows what is written on links, and
/// looks at every page on the way: accessible, nothing scrolls sideways (also at 320 pixels), no missing text.
final class Visitor implements AutoCloseable {
    /// The doors, with their widths, whose cards were looked at: they show everybody the same.
    private static final Set<String> LOOKED = ConcurrentHashMap.newKeySet();

    private final BrowserContext context;
    private final String base;
    private final int width;
    private final boolean scripts;
    private final List<String> refused = new ArrayList<>();
    final Page page;

    Visitor(Chromium chromium, int port, int width, boolean scripts) {
        this.context = chromium.visitor(width, scripts);
        this.base = "http://localhost:" + port;
        this.width = width;
        this.scripts = scripts;
        this.page = context.newPage();
        page.onConsoleMessage(m -> {
            if (m.type().equals("error") && m.text().contains("Security Policy"))
                refused.add(m.text() + " on " + page.url());
        });
    }

    /// Signs in by the pages, as anybody does: door, card, PIN.
    Visitor signIn(String door, String card) {
        open("/identity/sign-in");
        return showCard(door, card);
    }

    /// From the page with the doors on.
    Visitor showCard(String door, String card) {
        page.locator("form:has(input[name=door][value=" + door + "]) button").click();
        boolean first = scripts && LOOKED.add(door + width);
        if (first)
            look("card-list");
        page.navigate(page.url() + (page.url().contains("?") ? "&" : "?") + "q=" + card.replaceAll("-.*", ""));
        if (page.locator("a[href*='card=" + card + "']").count() == 0)
            page.navigate(page.url().replaceAll("&q=.*", "") + "&card=" + card);
        else
            page.locator("a[href*='card=" + card + "']").click();
        if (first)
            look("card-pin");
        page.locator("input[name=pin]").fill(door.equals("staff") ? "5678" : "1234");
        press("署名して進む");
        return this;
    }

    Visitor open(String path) {
        page.navigate(base + path);
        return this;
    }

    Visitor press(String button) {
        button(button).click();
        return this;
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true)).first();
    }

    Visitor follow(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link)).first().click();
        return this;
    }

    Visitor fill(String name, String value) {
        page.locator("[name='" + name + "']").fill(value);
        return this;
    }

    Visitor choose(String name, String value) {
        page.locator("input[name='" + name + "'][value='" + value + "'] + label").click();
        return this;
    }

    String path() { return page.url().substring(base.length()); }

    String text() { return page.locator("#main").innerText(); }

    /// Looks at this page as it stands.
    Visitor look(String name) { return look(name, Language.JA); }

    private Visitor look(String name, Language language) {
        assertThat(page.content()).as("texts on " + page.url()).doesNotContain("??");
        assertThat(page.locator("h1").count()).as("headings on " + page.url()).isEqualTo(1);
        // the checker is a script itself and never answers where scripts are off
        if (scripts)
            Chromium.isSound(page);
        Chromium.fits(page);
        Chromium.photograph(page, name, language.code(), width);
        if (width < 400) {
            page.setViewportSize(320, 900);
            Chromium.fits(page);
            page.setViewportSize(width, 900);
        }
        assertThat(refused).as("what the content security policy refused").isEmpty();
        return this;
    }

    /// Looks at this page in Japanese, in plain Japanese and in English. Only for pages that an address leads to.
    Visitor lookInEveryLanguage(String name) {
        look(name);
        String here = page.url();
        for (Language language : List.of(Language.JA_EASY, Language.EN, Language.JA)) {
            page.navigate(here + (here.contains("?") ? "&" : "?") + "lang=" + language.code());
            if (language != Language.JA)
                look(name, language);
        }
        page.navigate(here);
        return this;
    }

    /// Opens the page again until it says so: what follows an act follows within seconds.
    Visitor until(String path, String says) {
        for (int i = 0; i < 60; i++) {
            open(path);
            if (text().contains(says))
                return this;
            page.waitForTimeout(500);
        }
        throw new AssertionError(path + " never says " + says + " but " + text());
    }

    /// Another tab of the same browser.
    Page tab() { return context.newPage(); }

    @Override
    public void close() { context.close(); }
}
