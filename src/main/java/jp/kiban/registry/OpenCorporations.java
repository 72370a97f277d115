package jp.kiban.registry;

import jp.kiban.letters.CorporateNumber;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Text;
import org.springframework.http.ContentDisposition;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/// 法人の公開データ. All corporations, or those of one prefecture, as CSV, JSON (one object a line) and GeoJSON (those whose seat the address
/// dictionary knows): sent as they are read, so that five million need no memory; 304 to whoever has the edition already.
@Controller
class OpenCorporations implements OpenDataset {
    private static final List<String> HEADER = List.of("number", "name", "furigana", "kind", "postCode", "prefecture",
            "city", "street", "outside", "municipality", "enName", "changedOn", "updatedOn", "assignedOn", "closedOn",
            "closeCause", "successor");

    private final Corporations corporations;
    private final Loadings loadings;
    private final Places places;
    private final Addresses addresses;
    private final JsonMapper json;

    OpenCorporations(Corporations corporations, Loadings loadings, Places places, Addresses addresses,
            JsonMapper json) {
        this.corporations = corporations;
        this.loadings = loadings;
        this.places = places;
        this.addresses = addresses;
        this.json = json;
    }

    @Override
    public String code() { return "corporations"; }

    @Override
    public Text title() { return Words.text("registry.open-data.corporations"); }

    @Override
    public Text description() { return Words.text("registry.open-data.corporations.text"); }

    @Override
    public Text publisher() { return BaseRegistry.CORPORATIONS.owner(); }

    @Override
    public String licence() { return "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"; }

    @Override
    public Optional<LocalDate> edition() { return loadings.newest(BaseRegistry.CORPORATIONS).map(Loading::edition); }

    @Override
    public Optional<Instant> modified() { return loadings.newest(BaseRegistry.CORPORATIONS).flatMap(Loading::doneAt); }

    @Override
    public String frequency() { return "DAILY"; }

    @Override
    public List<String> keywords() { return List.of("法人番号", "法人", "corporate number", "base registry"); }

    @Override
    public List<Distribution> distributions() {
        return List.of(new Distribution("/open-data/corporations.csv", "text/csv", Text.same("CSV"), false),
                new Distribution("/open-data/corporations.ndjson", "application/x-ndjson", Text.same("JSON (NDJSON)"),
                        false),
                new Distribution("/open-data/corporations.geojson", "application/geo+json", Text.same(
                        "GeoJSON"), false),
                new Distribution("/api/registry/corporations", "application/json", Words
                        .text("registry.open-data.api"), true),
                new Distribution("/api/registry/corporations/changes",
                        "application/json", Words.text("registry.open-data.changes"), true));
    }

    private interface Rows {
        void to(BufferedWriter out) throws IOException;
    }

    /// Written by the thread of the request: an answer of minutes is no answer of its own kind.
    private void send(HttpServletRequest request, HttpServletResponse response, String prefecture, String name,
            String type, Rows rows) throws IOException {
        if (!prefecture.matches("(0[1-9]|[1-3][0-9]|4[0-7]|99)?"))
            throw BadInput.of("prefecture", "registry.prefecture", Words.text("registry.error.prefecture",
                    prefecture));
        var newest = loadings.newest(BaseRegistry.CORPORATIONS);
        // positions come after the edition, as towns are matched: what they are of is told by their revision alone
        var modified = name.endsWith(".geojson") ? Optional.<Instant>empty() : newest.flatMap(Loading::doneAt);
        if (Downloads.known(request, response, name + "-" + prefecture + "-" + newest.map(Loading::id).orElse(0) + "-"
                + (name.endsWith(".geojson") ? places.revision() + addresses.knowsTowns() : ""), modified))
            return;
        response.setContentType(type);
        response.setHeader("Content-Disposition", ContentDisposition.attachment().filename(name).build().toString());
        if (request.getMethod().equals("HEAD"))
            return;
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8),
                1 << 16);
        try {
            rows.to(out);
            out.flush();
        } catch (UncheckedIOException gone) {
            throw gone.getCause(); // the reader left
        }
    }

    private void each(String prefecture, BufferedWriter out, BiConsumer<BufferedWriter, Corporation> row) {
        corporations.each(prefecture, c -> row.accept(out, c));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/open-data/corporations.csv")
    void csv(HttpServletRequest request, HttpServletResponse response,
            @RequestParam(defaultValue = "") String prefecture) throws IOException {
        send(request, response, prefecture, "corporations.csv", "text/csv;charset=UTF-8", out -> {
            out.write('\uFEFF' + String.join(",", HEADER) + "\r\n");
            each(prefecture, out, (to, c) -> write(to, cells(c)));
        });
    }

    private static List<String> cells(Corporation c) {
        return List.of(c.number().digits(), c.name(), c.furigana(), Integer.toString(c.kind()), c.postCode(), c
                .prefecture(), c.city(), c.street(), c.outside(), c.municipality(), c.enName(),
                c.changeDate()
                        .toString(),
                c.updateDate().toString(), c.assignmentDate().toString(), c.closeDate().map(
                        LocalDate::toString).orElse(""),
                c.closeCause().map("%02d"::formatted).orElse(""),
                c.successor().map(
                        CorporateNumber::digits).orElse(""));
    }

    /// RFC 4180. The texts are the register's own and are published as they are, also where a spreadsheet would take one for a formula.
    private static void write(BufferedWriter out, List<String> cells) {
        try {
            for (int i = 0; i < cells.size(); i++) {
                if (i > 0)
                    out.write(',');
                String cell = cells.get(i);
                if (cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0 || cell.indexOf('\n') >= 0 || cell.indexOf(
                        '\r') >= 0)
                    out.write('"' + cell.replace("\"", "\"\"") + '"');
                else
                    out.write(cell);
            }
            out.write("\r\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Permit(Role.ANYONE)
    @GetMapping("/open-data/corporations.ndjson")
    void ndjson(HttpServletRequest request, HttpServletResponse response,
            @RequestParam(defaultValue = "") String prefecture) throws IOException {
        send(request, response, prefecture, "corporations.ndjson", "application/x-ndjson",
                out -> each(prefecture,
                        out, (to, c) -> line(to, json.writeValueAsString(object(c)) + "\n")));
    }

    private static Map<String, String> object(Corporation c) {
        var object = new LinkedHashMap<String, String>();
        var cells = cells(c);
        for (int i = 0; i < HEADER.size(); i++)
            if (!cells.get(i).isEmpty())
                object.put(HEADER.get(i), cells.get(i));
        return object;
    }

    private static void line(BufferedWriter out, String text) {
        try {
            out.write(text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Positions are those of the town, not of the building; RFC 7946.
    @Permit(Role.ANYONE)
    @GetMapping("/open-data/corporations.geojson")
    void geojson(HttpServletRequest request, HttpServletResponse response,
            @RequestParam(defaultValue = "") String prefecture) throws IOException {
        send(request, response, prefecture, "corporations.geojson", "application/geo+json", out -> {
            out.write("{\"type\":\"FeatureCollection\",");
            // positions are those of towns: without a dictionary that knows them there are none, which is no empty registry
            if (!addresses.knowsTowns())
                out.write("\"note\":" + json.writeValueAsString(Words.text("registry.open-data.no-towns")) + ",");
            out.write("\"features\":[");
            boolean[] first = {true};
            places.each(prefecture, located -> {
                line(out, (first[0] ? "\n" : ",\n") + json.writeValueAsString(Map.of("type", "Feature", "id",
                        located.number().digits(), "geometry", Map.of("type", "Point", "coordinates", List.of(
                                located.lng(), located.lat())),
                        "properties",
                        Map.of("number", located
                                .number().digits(), "name", located.name(), "address", located.address(), "lgCode",
                                located.lgCode(), "machiazaId", located.machiazaId(), "level", located.level()))));
                first[0] = false;
            });
            out.write("\n]}\n");
        });
    }
}
