package jp.kiban.casework;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import jp.kiban.kernel.Language;
import org.springframework.stereotype.Component;

/// 書面. A notice as PDF: A4, the font embedded as far as its letters are used, with title, language and structure for
/// screen readers (PDF/UA as far as the library goes). Reaches for nothing outside of the notice.
@Component
final class Paper {
    private static final String STYLE = """
            @page { size: A4; margin: 22mm 20mm 20mm 20mm;
              @bottom-center { content: counter(page) " / " counter(pages); font-family: ja; font-size: 9pt; } }
            body { font-family: ja; font-size: 10.5pt; line-height: 1.65; color: #000; }
            h1 { font-size: 16pt; text-align: center; margin: 0 0 6mm; font-weight: normal; letter-spacing: 0.05em; }
            h2 { font-size: 12pt; margin: 6mm 0 2mm; font-weight: normal; border-bottom: 0.3mm solid #000; }
            h3 { font-size: 11pt; margin: 4mm 0 1mm; font-weight: normal; }
            strong, b, th { font-weight: normal; }
            strong, b { border-bottom: 0.2mm solid #000; }
            em { font-style: normal; }
            p { margin: 0 0 2.5mm; }
            ul, ol { margin: 0 0 3mm; padding-left: 6mm; }
            table { border-collapse: collapse; width: 100%; margin: 2mm 0 4mm; -fs-table-paginate: paginate; }
            tr { page-break-inside: avoid; }
            th, td { border: 0.2mm solid #444; padding: 1.5mm 2.5mm; text-align: left; vertical-align: top; }
            th { background: #eee; }
            td[align="right"], th[align="right"] { text-align: right; white-space: nowrap; }
            blockquote { border: 0.3mm solid #000; padding: 3mm; margin: 3mm 0; }
            hr { border: 0; border-top: 0.2mm solid #444; margin: 4mm 0; }
            """;

    private final Fonts fonts;

    Paper(Fonts fonts) {
        this.fonts = fonts;
        XRLog.setLoggingEnabled(false); // it tells each step of each page
    }

    /// Empty when there is no font to write it in.
    Optional<byte[]> pdf(Notice notice, Language language) {
        return fonts.japanese().map(font -> {
            var words = notice.in(language);
            var html = """
                    <html xmlns="http://www.w3.org/1999/xhtml" lang="%1$s" xml:lang="%1$s"><head><title>%2$s</title>
                    <meta name="subject" content="%3$s" /><meta name="description" content="%2$s" /><style>%4$s</style>
                    <bookmarks><bookmark name="%2$s" href="#top" /></bookmarks></head>
                    <body><h1 id="top">%2$s</h1>%5$s</body></html>
                    """.formatted(language.html(), escaped(words.title()), notice.receipt().text(), STYLE,
                    words.html());
            var out = new ByteArrayOutputStream();
            try {
                new PdfRendererBuilder().useFastMode().usePdfUaAccessibility(true).withProducer("Kiban")
                        .useFont(font.toFile(), "ja", 400, FontStyle.NORMAL, true)
                        .useUriResolver((base, uri) -> uri.startsWith("#") ? uri : "")
                        .withHtmlContent(html, "kiban:notice").toStream(out).run();
            } catch (IOException failed) {
                throw new UncheckedIOException("the notice " + notice.receipt() + "/" + notice.number()
                        + " could not be written with " + font, failed);
            }
            return out.toByteArray();
        });
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
