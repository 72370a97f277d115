package jp.kiban.authority;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.CorporateNumber;
import org.apache.commons.csv.CSVFormat;
import org.springframework.stereotype.Component;

/// 団体の一覧. Every authority, in the order of the codes, from the table that the jar carries. Read once; needs no server.
@Component
public final class Authorities {
    private final Map<AuthorityId, Authority> all = new LinkedHashMap<>();
    private final Map<AuthorityId, Point> points = new HashMap<>();
    private final Map<AuthorityId, Long> census = new HashMap<>();
    /// 令和2年国勢調査.
    private static final LocalDate CENSUS = LocalDate.of(2020, 10, 1);
    private static final LocalDate ESTIMATE = LocalDate.of(2025, 1, 1);

    public Authorities() {
        try (var list = table("authorities.csv"); var places = table("points.csv"); var counted = table("census.csv")) {
            for (var row : CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(counted))
                census.put(AuthorityId.of(row.get("code")), Long.parseLong(row.get("population")));
            for (var row : CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(places))
                points.put(AuthorityId.of(row.get("code")), new Point(Double.parseDouble(row.get("latitude")),
                        Double.parseDouble(row.get("longitude"))));
            for (var row : CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(list)) {
                var authority = new Authority(AuthorityId.of(row.get("code")),
                        Authority.Kind.valueOf(row.get("kind").toUpperCase(Locale.ROOT)), row.get("name"),
                        row.get("kana"),
                        row.get("roman"), Optional.of(row.get("parent")).filter(p -> !p.isEmpty()).map(AuthorityId::of),
                        Long.parseLong(row.get("population")));
                all.put(authority.id(), authority);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static InputStreamReader table(String name) {
        return new InputStreamReader(
                Objects.requireNonNull(Authorities.class.getResourceAsStream("/authority/" + name)),
                StandardCharsets.UTF_8);
    }

    /// Its representative point; national and test bodies have none.
    public Optional<Point> point(AuthorityId id) { return Optional.ofNullable(points.get(id)); }

    /// Of which day the populations of a list are: that of the newest figures up to its day; none before the first.
    public Optional<Population> populationOf(Optional<LocalDate> day) {
        return prefectures().stream().findFirst().flatMap(any -> population(any, day));
    }

    /// Its population as of a day: the estimate of 2025 from then on, the census of 2020 from its day on, and before that nothing that
    /// this house knows. A body that is gone has none of today.
    public Optional<Population> population(Authority authority, Optional<LocalDate> day) {
        if (day.map(d -> !d.isBefore(ESTIMATE)).orElse(true))
            return authority.population() > 0
                    ? Optional.of(new Population(authority.population(), ESTIMATE, Population.Kind.ESTIMATE))
                    : Optional.empty();
        return day.filter(d -> !d.isBefore(CENSUS)).flatMap(d -> Optional.ofNullable(census.get(authority.id())))
                .filter(persons -> persons > 0).map(persons -> new Population(persons, CENSUS, Population.Kind.CENSUS));
    }

    /// 法人番号. As derived from the code; wards, national and test bodies have none.
    public Optional<CorporateNumber> corporateNumber(Authority authority) {
        return authority.kind().isLocalGovernment() ? CorporateNumber.of(authority.id()) : Optional.empty();
    }

    /// Test authorities are found too, though they are in no list.
    public Optional<Authority> find(AuthorityId id) {
        return id.isTest() ? Optional.of(test(id)) : Optional.ofNullable(all.get(id));
    }

    private static Authority test(AuthorityId id) {
        var prefecture = AuthorityId.of("T00000");
        return id.equals(prefecture)
                ? new Authority(id, Authority.Kind.PREFECTURE, "検査県", "ケンサケン", "Kensa-ken", Optional.empty(), 0)
                : new Authority(id, Authority.Kind.CITY, "検査市", "ケンサシ", "Kensa-shi", Optional.of(prefecture), 0);
    }

    /// The authority of this code; `NotThere` when there is none.
    public Authority get(AuthorityId id) { return find(id).orElseThrow(NotThere::new); }

    public List<Authority> all() { return List.copyOf(all.values()); }

    public List<Authority> municipalities() {
        return all.values().stream().filter(a -> a.kind().isMunicipality()).toList();
    }

    public List<Authority> prefectures() {
        return all.values().stream().filter(a -> a.kind() == Authority.Kind.PREFECTURE).toList();
    }

    /// The prefecture that a municipality or ward lies in; a prefecture is its own.
    public Authority prefectureOf(AuthorityId id) {
        var authority = get(id);
        return authority.parent().map(this::prefectureOf).orElse(authority);
    }
}
