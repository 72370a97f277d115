package jp.kiban.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    static String write(List<String> header, Iterable<? extends List<?>> rows) {
        var text = new StringBuilder("\uFEFF");
        try (var csv = CSVFormat.EXCEL.print(text)) {
            csv.printRecord(header);
            for (var row : rows) {
                if (row.size() != header.size())
                    throw new IllegalArgumentException(row.size() + " values under " + header.size() + " heads");
                csv.printRecord(row.stream().map(Csv::safe).toList());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static Object safe(Object value) {
        return value instanceof String text && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : value;
    }
}
