package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.kernel.Text;
import org.apache.commons.csv.CSVFormat;

/// 業務・システムの符号. The 20 standardised ones and some others as `cost/systems.csv` lists them, a service of this platform by the name of
/// its standard, and a system of a town's own as `x-` and words. Refuses anything but small letters, digits and hyphens.
public record SystemCode(@JsonValue String code) implements Comparable<SystemCode> {
    private static final Map<String, Listed> LISTED = read();

    /// 一覧の一行.
    public record Listed(SystemCode code, boolean standardised, Text title, java.util.List<String> others) {
        private boolean isCalled(String plain) {
            return code.code().equals(plain) || CostWords.plain(title.ja()).equals(plain) || CostWords.plain(title
                    .ja()).replaceAll("\\(.*\\)", "").equals(plain) || others.contains(plain);
        }
    }

    public SystemCode {
        if (!isValid(code))
            throw new IllegalArgumentException("not a code of a system: " + code);
    }

    @JsonCreator
    public static SystemCode of(String code) { return new SystemCode(code); }

    public static boolean isValid(String code) {
        return code.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") && code.length() <= 60;
    }

    /// In the order of the list.
    public static java.util.List<Listed> listed() { return java.util.List.copyOf(LISTED.values()); }

    /// A listed code, its Japanese name or what town halls call it, with or without “system” behind it, or a code of a town's own (`x-…`).
    public static Optional<SystemCode> named(String words) {
        var plain = CostWords.plain(words);
        if (plain.startsWith("x-") && isValid(plain))
            return Optional.of(new SystemCode(plain));
        return LISTED.values().stream().filter(l -> l.isCalled(plain) || l.isCalled(plain.replaceFirst("システム$",
                ""))).map(Listed::code).findFirst();
    }

    /// The name of a listed one; of others the code itself.
    public Text title() {
        return Optional.ofNullable(LISTED.get(code)).map(Listed::title).orElse(new Text(code, code, code));
    }

    @JsonIgnore
    public boolean isStandardised() {
        return Optional.ofNullable(LISTED.get(code)).filter(Listed::standardised).isPresent();
    }

    @Override
    public int compareTo(SystemCode other) { return code.compareTo(other.code); }

    @Override
    public String toString() { return code; }

    private static Map<String, Listed> read() {
        var listed = new LinkedHashMap<String, Listed>();
        try (var in = new InputStreamReader(Objects.requireNonNull(SystemCode.class.getResourceAsStream(
                "/cost/systems.csv")), StandardCharsets.UTF_8)) {
            for (var row : CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(in))
                listed.put(row.get("code"), new Listed(new SystemCode(row.get("code")), row.get("standardised").equals(
                        "yes"), new Text(row.get("ja"), row.get("easy"), row.get("en")),
                        java.util.Arrays.stream(row.get("others").split(
                                "\\|")).filter(o -> !o.isBlank()).toList()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return listed;
    }
}
