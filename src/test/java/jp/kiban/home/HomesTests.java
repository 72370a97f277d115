package jp.kiban.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.Cookie;
import java.util.List;
import jp.kiban.Chromium;
import jp.kiban.KibanTest;
import jp.kiban.identity.SignIn;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The three homes, made of what the rooms contribute, as those see them who may.
@KibanTest
class HomesTests {
    @LocalServerPort
    int port;

    @Test
    void everyHomeIsAccessibleToWhomItIsFor() {
        try (var chromium = Chromium.openOrSkip()) {
            look(chromium, SignIn.resident(port, "tsu-futsu"), "/my");
            look(chromium, SignIn.staff(port, "tsu-shinsa"), "/office");
            look(chromium, SignIn.staff(port, "cfa-tanto"), "/ministry");
        }
    }

    @Test
    void theWayHomeKnowsWhoAsks() {
        assertThat(SignIn.path(SignIn.nobody(port).page("/home"))).isEqualTo("/");
        assertThat(SignIn.path(SignIn.resident(port, "tsu-futsu").page("/home"))).isEqualTo("/my");
        assertThat(SignIn.path(SignIn.staff(port, "tsu-shinsa").page("/home"))).isEqualTo("/office");
        assertThat(SignIn.path(SignIn.staff(port, "cfa-tanto").page("/home"))).isEqualTo("/ministry");
    }

    @Test
    void aHomeOfOthersIsRefusedAndSaysNothing() {
        var refused = SignIn.resident(port, "tsu-futsu").page("/office");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("この操作はできません").doesNotContain("職員ホーム");
        assertThat(SignIn.path(SignIn.nobody(port).page("/my"))).startsWith("/identity/sign-in?next=%2Fmy");
    }

    private void look(Chromium chromium, SignIn who, String path) {
        for (int width : List.of(1280, 390, 320))
            try (var visitor = chromium.visitor(width, true)) {
                visitor.addCookies(who.cookies().getCookieStore().getCookies().stream()
                        .map(c -> new Cookie(c.getName(), c.getValue()).setUrl("http://localhost:" + port)).toList());
                var page = visitor.newPage();
                for (String language : List.of("ja", "ja-easy", "en")) {
                    page.navigate("http://localhost:" + port + path + "?lang=" + language);
                    assertThat(page.url()).contains(path);
                    assertThat(page.content()).as("texts on " + path).doesNotContain("??");
                    if (width == 320 || language.equals("ja"))
                        Chromium.isSound(page);
                    Chromium.fits(page);
                    Chromium.photograph(page, path, language, width);
                }
            }
    }
}
