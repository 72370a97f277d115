package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.standards.RenderedNotice;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notices on paper: written where a font is found, a clear nothing where none is.
class PaperTests {
    private static final Notice NOTICE = new Notice(AuthorityId.of("242012"),
            ReceiptNumber.next(java.time.LocalDate.of(2026, 11, 21)), 1, PersonId.of("100"), "grant",
            Instant.parse("2026-11-21T01:00:00Z"),
            Map.of(Language.JA, new RenderedNotice("児童手当 認定通知書",
                    "<p>次のとおり認定しました。髙橋 﨑 𠮷田 様</p><table><tr><th>月額</th><td>15,000円</td></tr></table><h2>教示</h2><p>審査請求</p>",
                    ""),
                    Language.JA_EASY, new RenderedNotice("お金が もらえます", "<p>決（き）まりました。</p>", ""),
                    Language.EN, new RenderedNotice("Notice of grant", "<p>We decided: “yes” – ¥15,000.</p>", "")));

    @TempDir
    Path empty;

    private Fonts fonts = new Fonts(Path.of("fonts"));

    @BeforeEach
    void needsAFont() {
        fonts = new Fonts(empty);
        if (fonts.japanese().isEmpty())
            System.out.println("skipped: no Japanese TrueType font on this machine (see kiban.fonts)");
        assumeTrue(fonts.japanese().isPresent());
    }

    @Test
    void japaneseIsTextAndTheFontIsEmbeddedInPart() throws IOException {
        var pdf = new Paper(fonts).pdf(NOTICE, Language.JA).orElseThrow();
        try (var document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document)).contains("児童手当 認定通知書", "次のとおり認定しました", "15,000円",
                    "審査請求");
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("児童手当 認定通知書");
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("ja");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            var resources = document.getPage(0).getResources();
            for (var name : resources.getFontNames())
                assertThat(resources.getFont(name).isEmbedded()).isTrue();
            assertThat(StreamSupport.stream(resources.getFontNames().spliterator(), false)).isNotEmpty();
        }
        assertThat(pdf.length).as("letters that are used, not the whole font").isLessThan(300_000);
    }

    @Test
    void eachLanguageSaysItsLanguage() throws IOException {
        try (var english = Loader.loadPDF(new Paper(fonts).pdf(NOTICE, Language.EN).orElseThrow())) {
            assertThat(english.getDocumentCatalog().getLanguage()).isEqualTo("en");
            assertThat(new PDFTextStripper().getText(english)).contains("Notice of grant", "¥15,000");
        }
        try (var easy = Loader.loadPDF(new Paper(fonts).pdf(NOTICE, Language.JA_EASY).orElseThrow())) {
            assertThat(new PDFTextStripper().getText(easy)).contains("お金が もらえます");
        }
    }

    @Test
    void theOperatorsFolderComesFirst() throws IOException {
        var own = Files.copy(fonts.japanese().orElseThrow(), empty.resolve("own.ttf"));
        assertThat(fonts.japanese()).contains(own);
    }
}
