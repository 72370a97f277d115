package jp.kiban.registry;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.address.Town;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// 町字と郵便番号の公開データ. The towns of this house's address dictionary, and the towns of each postal code. Where the dictionary knows no towns
/// there is nothing to publish.
@Controller
class OpenTowns {
    private static final List<String> TOWN = List.of("lgCode", "machiazaId", "prefecture", "city", "town", "kana",
            "postalCode", "residentialDisplay", "latitude", "longitude", "pointOf", "sources", "dataVersion");
    private static final List<String> POSTAL = List.of("postalCode", "lgCodes", "towns", "dataVersion");

    private final Addresses addresses;
    private final AddressEditions editions;
    private final Downloads downloads;

    OpenTowns(Addresses addresses, AddressEditions editions, Downloads downloads) {
        this.addresses = addresses;
        this.editions = editions;
        this.downloads = downloads;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/open-data/addresses.{format:csv|ndjson|geojson}")
    void towns(HttpServletRequest request, HttpServletResponse response, @PathVariable String format,
            @RequestParam(defaultValue = "") String on) throws IOException {
        var edition = edition(on);
        String version = edition.dictionary().version();
        downloads.send(request, response, "addresses", format, version, modified(edition), TOWN, told -> edition
                .dictionary().towns().forEach(t -> told.accept(row(t, version))));
    }

    /// Of the day `on`, or the one in use.
    private Addresses.Edition edition(String on) {
        var edition = editions.on(on);
        if (!edition.towns())
            throw new NotThere();
        return edition;
    }

    private Optional<Instant> modified(Addresses.Edition edition) {
        return edition.release() == addresses.release() ? addresses.madeAt() : Optional.empty();
    }

    private static Downloads.Row row(Town t, String version) {
        var at = t.position();
        var cells = List.of(t.lgCode(), t.machiazaId(), t.pref(), t.cityName(), t.townName(), t.kana(), t.postalCode(),
                Boolean.toString(t.residential()), at.map(p -> Double.toString(p.latitude())).orElse(""), at.map(
                        p -> Double.toString(p.longitude())).orElse(""),
                at.map(p -> p.of().name()).orElse(""), String.join(" ", t.origins()), version);
        String id = t.lgCode() + "-" + t.machiazaId();
        return at.map(p -> Downloads.Row.at(id, cells, p.latitude(), p.longitude())).orElseGet(() -> Downloads.Row.of(
                id, cells));
    }

    /// Some towns as a file of the same columns, with their distance from where it was asked for.
    static String csv(List<AddressPages.Place> places, String version) {
        var out = new StringBuilder(String.join(",", TOWN)).append(",metres\r\n");
        for (var place : places) {
            var cells = new ArrayList<>(row(place.town(), version).cells());
            cells.add(place.metres().map(m -> Long.toString(Math.round(m))).orElse(""));
            out.append(Downloads.csv(cells));
        }
        return out.toString();
    }

    @Permit(Role.ANYONE)
    @GetMapping("/open-data/postal-codes.{format:csv|ndjson}")
    void postal(HttpServletRequest request, HttpServletResponse response, @PathVariable String format,
            @RequestParam(defaultValue = "") String on) throws IOException {
        var edition = edition(on);
        var dictionary = edition.dictionary();
        String version = dictionary.version();
        downloads.send(request, response, "postal-codes", format, version, modified(edition), POSTAL, told -> {
            dictionary.postalCodes().mapToObj("%07d"::formatted).forEach(code -> {
                var towns = dictionary.byPostalCode(code);
                told.accept(Downloads.Row.of(code, List.of(code, joined(towns.stream().map(Town::lgCode)), joined(
                        towns.stream().map(Town::name)), version)));
            });
        });
    }

    private static String joined(Stream<String> texts) {
        return texts.distinct().sorted().collect(Collectors.joining(" "));
    }

    @Bean
    OpenDataset openAddresses() {
        return new OfDictionary(BaseRegistry.ADDRESSES, addresses, "https://creativecommons.org/licenses/by/4.0/", List
                .of("住所", "町字", "アドレス・ベース・レジストリ", "address", "base registry"),
                List.of(file("addresses", "csv", "text/csv",
                        "CSV"), file("addresses", "ndjson", "application/x-ndjson", "JSON (NDJSON)"),
                        file("addresses",
                                "geojson", "application/geo+json", "GeoJSON"),
                        api("/api/registry/addresses"), changes(BaseRegistry.ADDRESSES)));
    }

    @Bean
    OpenDataset openPostalCodes() {
        return new OfDictionary(BaseRegistry.POSTAL_CODES, addresses,
                "https://www.post.japanpost.jp/zipcode/download.html",
                List.of("郵便番号", "postal code", "base registry"), List.of(file("postal-codes", "csv", "text/csv", "CSV"),
                        file("postal-codes", "ndjson", "application/x-ndjson", "JSON (NDJSON)"), api(
                                "/api/registry/addresses/postal"),
                        changes(BaseRegistry.POSTAL_CODES)));
    }

    private static OpenDataset.Distribution changes(BaseRegistry registry) {
        return new OpenDataset.Distribution("/api/registry/" + registry.code() + "/changes", "application/json", Words
                .text("registry.open-data.changes"), true);
    }

    private static OpenDataset.Distribution file(String code, String format, String type, String title) {
        return new OpenDataset.Distribution("/open-data/" + code + "." + format, type, Text.same(title), false);
    }

    private static OpenDataset.Distribution api(String path) {
        return new OpenDataset.Distribution(path, "application/json", Words.text("registry.open-data.api"), true);
    }

    /// 辞書による公開データ. Of the release that the operator compiled; its sources are named in the dictionary.
    private record OfDictionary(BaseRegistry registry, Addresses addresses, String licence, List<String> keywords,
            List<OpenDataset.Distribution> distributions) implements OpenDataset {
        @Override
        public String code() { return registry.code(); }

        @Override
        public Text title() { return Words.text("registry.open-data." + code()); }

        @Override
        public Text description() { return Words.text("registry.open-data." + code() + ".text"); }

        @Override
        public Text publisher() { return registry.owner(); }

        @Override
        public Optional<LocalDate> edition() { return Optional.empty(); }

        @Override
        public Optional<Instant> modified() { return addresses.madeAt(); }

        @Override
        public String frequency() { return "IRREG"; }
    }
}
