package jp.kiban.registry;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.http.ContentDisposition;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.json.JsonMapper;

/// 公開データの送り方. A data set as CSV, JSON (one object a line) or GeoJSON, sent row by row as it is read; 304 to whoever has it already.
@Component
final class Downloads {
    private final JsonMapper json;

    Downloads(JsonMapper json) { this.json = json; }

    /// 一行. The cells in the order of the header; a position where there is one.
    record Row(String id, List<String> cells, double latitude, double longitude, boolean placed) {
        static Row of(String id, List<String> cells) { return new Row(id, cells, 0, 0, false); }

        static Row at(String id, List<String> cells, double latitude, double longitude) {
            return new Row(id, cells, latitude, longitude, true);
        }
    }

    /// 中身. Tells each row once.
    interface Rows {
        void each(Consumer<Row> told);
    }

    /// Whether the answer is already there: says of which revision and moment it is, and answers 304 where the reader has it (`If-None-Match`,
    /// any of a list; without it `If-Modified-Since`), RFC 9110 §13. The tag is a weak one: the same file packed on its way is the same.
    static boolean known(HttpServletRequest request, HttpServletResponse response, String tag,
            Optional<Instant> modified) {
        response.setHeader("Cache-Control", "private, no-cache");
        return new ServletWebRequest(request, response).checkNotModified("W/\"" + tag + "\"", modified.map(
                Instant::toEpochMilli).orElse(-1L));
    }

    /// `format` is `csv`, `ndjson` or `geojson` (of those with a position; degrees as the source has them). `revision` changes with the content.
    void send(HttpServletRequest request, HttpServletResponse response, String code, String format, String revision,
            Optional<Instant> modified, List<String> header, Rows rows) throws IOException {
        String name = code + "." + format;
        if (known(request, response, name + "-" + Integer.toHexString(revision.hashCode()), modified))
            return;
        response.setContentType(switch (format) {
            case "csv" -> "text/csv;charset=UTF-8";
            case "ndjson" -> "application/x-ndjson";
            default -> "application/geo+json";
        });
        response.setHeader("Content-Disposition", ContentDisposition.attachment().filename(name).build().toString());
        if (request.getMethod().equals("HEAD"))
            return;
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8),
                1 << 16);
        try {
            write(out, format, header, rows);
            out.flush();
        } catch (UncheckedIOException gone) {
            throw gone.getCause(); // the reader left
        }
    }

    private void write(BufferedWriter out, String format, List<String> header, Rows rows) throws IOException {
        switch (format) {
            case "csv" -> {
                out.write('\uFEFF' + String.join(",", header) + "\r\n");
                rows.each(row -> put(out, csv(row.cells())));
            }
            case "ndjson" -> rows.each(row -> put(out, json.writeValueAsString(object(header, row.cells())) + "\n"));
            default -> {
                out.write("{\"type\":\"FeatureCollection\",\"features\":[");
                boolean[] first = {true};
                rows.each(row -> {
                    if (!row.placed())
                        return;
                    put(out, (first[0] ? "\n" : ",\n") + json.writeValueAsString(Map.of("type", "Feature", "id", row
                            .id(), "geometry",
                            Map.of("type", "Point", "coordinates", List.of(row.longitude(), row
                                    .latitude())),
                            "properties", object(header, row.cells()))));
                    first[0] = false;
                });
                out.write("\n]}\n");
            }
        }
    }

    private static Map<String, String> object(List<String> header, List<String> cells) {
        var object = new LinkedHashMap<String, String>();
        for (int i = 0; i < header.size(); i++)
            if (!cells.get(i).isEmpty())
                object.put(header.get(i), cells.get(i));
        return object;
    }

    /// RFC 4180.
    static String csv(List<String> cells) {
        var line = new StringBuilder(200);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            line.append(i == 0 ? "" : ",");
            if (quoted(cell))
                line.append('"').append(cell.replace("\"", "\"\"")).append('"');
            else
                line.append(cell);
        }
        return line.append("\r\n").toString();
    }

    private static boolean quoted(String cell) {
        for (int i = 0; i < cell.length(); i++)
            switch (cell.charAt(i)) {
                case ',', '"', '\r', '\n' -> {
                    return true;
                }
                default -> {
                }
            }
        return false;
    }

    private static void put(BufferedWriter out, String text) {
        try {
            out.write(text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
