package jp.kiban.cost;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import org.apache.commons.csv.CSVFormat;

/// 財政力指数. How much of what it needs a municipality raises by itself, FY2021 (総務省「全市町村の主要財政指標」令和3年度): `cost/fiscal-strength.csv`.
/// Told in five classes, so that like is held against like.
final class FiscalStrength {
    private static final String[] BOUNDS = {"0.2", "0.4", "0.6", "0.8", "1.0"};
    private static final Map<String, BigDecimal> INDEX = read();

    private FiscalStrength() {}

    static Optional<BigDecimal> of(AuthorityId municipality) {
        return Optional.ofNullable(INDEX.get(municipality.code()));
    }

    /// `0.2-0.4`: 0.2 or more and less than 0.4; empty where it is not known.
    static String classOf(AuthorityId municipality) {
        return of(municipality).map(index -> {
            int at = 0;
            while (at < BOUNDS.length && index.compareTo(new BigDecimal(BOUNDS[at])) >= 0)
                at++;
            return (at == 0 ? "" : BOUNDS[at - 1]) + "-" + (at == BOUNDS.length ? "" : BOUNDS[at]);
        }).orElse("");
    }

    private static Map<String, BigDecimal> read() {
        var index = new HashMap<String, BigDecimal>();
        try (var in = new InputStreamReader(Objects.requireNonNull(FiscalStrength.class.getResourceAsStream(
                "/cost/fiscal-strength.csv")), StandardCharsets.UTF_8)) {
            for (var row : CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(in))
                index.put(row.get("code"), new BigDecimal(row.get("index")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return index;
    }
}
