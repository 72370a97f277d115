package jp.kiban.registry;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Text;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// 地番の公開データ. The lots that stand, of one municipality, one prefecture or all; as GeoJSON those with a position.
@Controller
class OpenLots implements OpenDataset {
    private static final List<String> HEADER = List.of("lgCode", "machiazaId", "prcId", "town", "lot",
            "residentialDisplay", "validFrom", "latitude", "longitude", "srid");

    private final Lots lots;
    private final Loadings loadings;
    private final Downloads downloads;

    OpenLots(Lots lots, Loadings loadings, Downloads downloads) {
        this.lots = lots;
        this.loadings = loadings;
        this.downloads = downloads;
    }

    @Override
    public String code() { return "lots"; }

    @Override
    public Text title() { return Words.text("registry.open-data.lots"); }

    @Override
    public Text description() { return Words.text("registry.open-data.lots.text"); }

    @Override
    public Text publisher() { return BaseRegistry.LOTS.owner(); }

    @Override
    public String licence() { return "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"; }

    @Override
    public Optional<LocalDate> edition() { return loadings.newest(BaseRegistry.LOTS).map(Loading::edition); }

    @Override
    public Optional<Instant> modified() { return loadings.newest(BaseRegistry.LOTS).flatMap(Loading::doneAt); }

    @Override
    public String frequency() { return "IRREG"; }

    @Override
    public List<String> keywords() { return List.of("地番", "不動産", "アドレス・ベース・レジストリ", "lot", "parcel", "base registry"); }

    @Override
    public List<Distribution> distributions() {
        return List.of(new Distribution("/open-data/lots.csv", "text/csv", Text.same("CSV"), false), new Distribution(
                "/open-data/lots.ndjson", "application/x-ndjson", Text.same("JSON (NDJSON)"), false),
                new Distribution(
                        "/open-data/lots.geojson", "application/geo+json", Text.same("GeoJSON"), false),
                new Distribution("/api/registry/lots", "application/json", Words.text("registry.open-data.api"), true),
                new Distribution("/api/registry/lots/changes", "application/json", Words.text(
                        "registry.open-data.changes"), true));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/open-data/lots.{format:csv|ndjson|geojson}")
    void file(HttpServletRequest request, HttpServletResponse response, @PathVariable String format,
            @RequestParam(defaultValue = "") String municipality) throws IOException {
        if (!municipality.matches("([0-9]{2}|[0-9]{6})?"))
            throw BadInput.of("municipality", "registry.municipality", Words.text("registry.error.municipality",
                    municipality));
        downloads.send(request, response, "lots", format, municipality + loadings.newest(BaseRegistry.LOTS).map(
                Loading::id).orElse(0), modified(), HEADER, told -> lots.each(municipality, lot -> {
                    var cells = List.of(lot.id().lgCode(), lot.id().machiazaId(), lot.id().prcId(), lot.town(), lot
                            .lot(), Boolean.toString(lot.displayed()),
                            lot.validFrom().isAfter(LotLoad.UNKNOWN)
                                    ? lot.validFrom().toString()
                                    : "",
                            lot.latitude().map(d -> d.toString()).orElse(""), lot.longitude().map(d -> d.toString())
                                    .orElse(""),
                            lot.srid());
                    told.accept(lot.latitude().isPresent() && lot.longitude().isPresent()
                            ? Downloads.Row.at(lot.id().toString(), cells, lot.latitude().get(), lot.longitude().get())
                            : Downloads.Row.of(lot.id().toString(), cells));
                }));
    }
}
