package jp.kiban.portal;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// 一覧のCSV. A list as a file that a spreadsheet opens right: UTF-8 with a byte order mark, CRLF, and no text that a
/// spreadsheet would run as a formula (such a text gets an apostrophe in front; numbers are left alone).
public final class Csv {
    private Csv() {}

    /// A download of this name; a row has as many values as the header.
    public static ResponseEntity<byte[]> download(String fileName, List<String> header,
            Iterable<? extends List<?>> rows) {
        return ResponseEntity.ok().contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header("Content-Disposition", ContentDisposition.attachment()
                        .filename(fileName, StandardCharsets.UTF_8).build().toString())
                .header("Cache-Control", "no-store").body(write(header, rows).getBytes(StandardCharsets.UTF_8));
    }

    /// The same for a list of any length: written out as it is read, and never whole in memory. The first row is read before
    /// anything is sent, so that a fault is still told as a page; a later one breaks the download off.
    public static void stream(HttpServletResponse to, String fileName, List<String> header,
            Iterator<? extends List<?>> rows) {
        boolean any = rows.hasNext();
        to.setContentType("text/csv;charset=UTF-8");
        to.setHeader("Content-Disposition", ContentDisposition.attachment().filename(fileName, StandardCharsets.UTF_8)
                .build().toString());
        to.setHeader("Cache-Control", "no-store");
        try (var out = new OutputStreamWriter(to.getOutputStream(), StandardCharsets.UTF_8)) {
            out.write('\uFEFF');
            print(out, header, any ? rows : Collections.emptyIterator());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    static String write(List<String> header, Iterable<? extends List<?>> rows) {
        var text = new StringBuilder("\uFEFF");
        try {
            print(text, header, rows.iterator());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void print(Appendable to, List<String> header, Iterator<? extends List<?>> rows)
            throws IOException {
        try (var csv = CSVFormat.EXCEL.print(to)) {
            csv.printRecord(header);
            while (rows.hasNext()) {
                var row = rows.next();
                if (row.size() != header.size())
                    throw new IllegalArgumentException(row.size() + " values under " + header.size() + " heads");
                csv.printRecord(row.stream().map(Csv::safe).toList());
            }
        }
    }

    private static Object safe(Object value) {
        return value instanceof String text && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : value;
    }
}
