package jp.kiban.registry;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.authority.AuthorityHistory;
import jp.kiban.authority.Population;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Text;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// 団体の公開データ. Local governments and wards, of today or as of a day; as GeoJSON those with a representative point.
@Controller
class OpenAuthorities implements OpenDataset {
    private static final List<String> HEADER = List.of("code", "kind", "name", "kana", "roman", "parent",
            "corporateNumber", "population", "populationOf", "populationKind", "validFrom", "latitude", "longitude");
    /// Of the table that the jar carries.
    private static final LocalDate EDITION = LocalDate.of(2024, 3, 12);

    private final Authorities authorities;
    private final AuthorityHistory history;
    private final Downloads downloads;
    private final java.time.Clock clock;

    OpenAuthorities(Authorities authorities, AuthorityHistory history, Downloads downloads, java.time.Clock clock) {
        this.authorities = authorities;
        this.history = history;
        this.downloads = downloads;
        this.clock = clock;
    }

    @Override
    public String code() { return "authorities"; }

    @Override
    public Text title() { return Words.text("registry.open-data.authorities"); }

    @Override
    public Text description() { return Words.text("registry.open-data.authorities.text"); }

    @Override
    public Text publisher() { return BaseRegistry.AUTHORITIES.owner(); }

    @Override
    public String licence() { return "https://creativecommons.org/licenses/by/4.0/"; }

    @Override
    public Optional<LocalDate> edition() { return Optional.of(EDITION); }

    @Override
    public Optional<Instant> modified() {
        return Optional.of(EDITION.atStartOfDay(ZoneId.of("Asia/Tokyo")).toInstant());
    }

    @Override
    public String frequency() { return "IRREG"; }

    @Override
    public List<String> keywords() { return List.of("地方公共団体", "団体コード", "市区町村", "local government", "base registry"); }

    @Override
    public List<Distribution> distributions() {
        return List.of(new Distribution("/open-data/authorities.csv", "text/csv", Text.same("CSV"), false),
                new Distribution("/open-data/authorities.ndjson", "application/x-ndjson", Text.same("JSON (NDJSON)"),
                        false),
                new Distribution("/open-data/authorities.geojson", "application/geo+json", Text.same("GeoJSON"), false),
                new Distribution("/api/authorities", "application/json", Words.text("registry.open-data.api"), true),
                new Distribution("/api/registry/authorities/changes", "application/json", Words.text(
                        "registry.open-data.changes"), true));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/open-data/authorities.{format:csv|ndjson|geojson}")
    void file(HttpServletRequest request, HttpServletResponse response, @PathVariable String format,
            @RequestParam(defaultValue = "") String on) throws IOException {
        var day = on.isBlank() ? Optional.<LocalDate>empty() : Optional.of(AsOf.read(on, "", clock).on());
        downloads.send(request, response, "authorities", format, on + history.changes().size(), modified(), HEADER,
                told -> day.map(history::on).orElseGet(authorities::all).stream().filter(a -> a
                        .kind() != Authority.Kind.MINISTRY).forEach(a -> told.accept(row(a, day))));
    }

    private Downloads.Row row(Authority a, Optional<LocalDate> day) {
        boolean now = authorities.find(a.id()).filter(a::equals).isPresent();
        var population = authorities.population(a, day);
        var point = now ? authorities.point(a.id()) : Optional.<jp.kiban.authority.Point>empty();
        var cells = List.of(a.id().code(), a.kind().name().toLowerCase(Locale.ROOT), a.name(), a.kana(), a.roman(), a
                .parent().map(p -> p.code()).orElse(""),
                now
                        ? authorities.corporateNumber(a).map(n -> n.digits()).orElse("")
                        : "",
                population.map(p -> Long.toString(p.persons())).orElse(""), population.map(p -> p.of().toString())
                        .orElse(""),
                population.map(Population::kind).map(k -> k.name().toLowerCase(Locale.ROOT)).orElse(""), now
                        ? history.since(a.id()).map(LocalDate::toString).orElse("")
                        : "",
                point.map(p -> Double.toString(p.latitude())).orElse(""), point.map(p -> Double.toString(p.longitude()))
                        .orElse(""));
        return point.map(p -> Downloads.Row.at(a.id().code(), cells, p.latitude(), p.longitude())).orElseGet(
                () -> Downloads.Row.of(a.id().code(), cells));
    }
}
