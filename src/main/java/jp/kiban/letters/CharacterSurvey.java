package jp.kiban.letters;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/// 文字の調べ. Says of every letter of a text which class it belongs to, and lists the letters that somebody with a smaller set
/// cannot take, with their places, instead of cutting or replacing them. Standard administrative characters are known only from a
/// table that the operator supplies (文字情報一覧表: share-alike, so not part of this product); without it they are external.
public final class CharacterSurvey {
    private static final Pattern HEX = Pattern
            .compile("(?:U\\+)?([0-9A-Fa-f]{4,6})(?:[_\\s,;+-]+(?:U\\+)?([0-9A-Fa-f]{4,6}))?");

    /// Places of JIS X 0208 that Windows writes with another code point than the standard's own table (波ダッシュ, 負号 …).
    private static final Map<String, String> TWINS = Map.of("～", "〜", "－", "−", "∥", "‖", "―", "—", "￠", "¢", "￡", "£",
            "￢", "¬");

    private final Set<String> administrative;

    private CharacterSurvey(Set<String> administrative) { this.administrative = administrative; }

    /// 収まらない文字. A letter beyond what is taken, and where it stands, counted in letters from 1.
    public record Beyond(int at, String letter, CharacterClass found) {
        /// `U+845B U+E0100`.
        public String codePoints() {
            return String.join(" ", letter.codePoints().mapToObj(c -> "U+%04X".formatted(c)).toList());
        }
    }

    /// 表の誤り. A line of the table that was not taken.
    public record TableFault(long line, String seen, String mend) {}

    /// 表の読み取り.
    public record Table(CharacterSurvey survey, int characters, List<TableFault> faults) {}

    public static CharacterSurvey ofJis() { return new CharacterSurvey(Set.of()); }

    /// Reads the operator's table: CSV with a header; every column whose name holds UCS, IVS or SVS is read (`U+4E08`, `9F8D`,
    /// `U+845B U+E0100`, `845B_E0100`), several separated by a semicolon. All faults are told, the other lines are taken.
    public static Table with(Reader table) throws IOException {
        var characters = new HashSet<String>();
        var faults = new ArrayList<TableFault>();
        var csv = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setIgnoreEmptyLines(true).get()
                .parse(table);
        var columns = csv.getHeaderNames().stream().filter(h -> h.toUpperCase(Locale.ROOT).matches(".*(UCS|IVS|SVS).*"))
                .toList();
        if (columns.isEmpty())
            faults.add(new TableFault(1, String.join(",", csv.getHeaderNames()),
                    "name a column of code points with UCS, IVS or SVS in its header"));
        for (var row : csv)
            for (var column : columns)
                read(row, column, characters, faults);
        return new Table(new CharacterSurvey(Set.copyOf(characters)), characters.size(), faults);
    }

    private static void read(CSVRecord row, String column, Set<String> into, List<TableFault> faults) {
        var cell = row.isSet(column) ? row.get(column).strip() : "";
        for (var part : cell.split(";")) {
            if (part.isBlank())
                continue;
            var found = HEX.matcher(part.strip());
            if (!found.matches() || !Character.isValidCodePoint(Integer.parseInt(found.group(1), 16))) {
                faults.add(new TableFault(row.getParser().getCurrentLineNumber(),
                        column + ": " + Letters.excerpt(part, 40),
                        "write code points as U+4E08, with a selector as U+845B U+E0100"));
                continue;
            }
            var letter = Character.toString(Integer.parseInt(found.group(1), 16));
            into.add(found.group(2) == null
                    ? letter
                    : letter + Character.toString(Integer.parseInt(found.group(2), 16)));
        }
    }

    public boolean knowsAdministrativeCharacters() { return !administrative.isEmpty(); }

    /// The class of one letter as a reader sees it: a kanji with a selector is that form, not the kanji alone.
    public CharacterClass of(String letter) {
        var jis = jis(letter);
        if (jis != CharacterClass.EXTERNAL)
            return jis;
        return administrative.contains(letter) ? CharacterClass.ADMINISTRATIVE : CharacterClass.EXTERNAL;
    }

    /// The class that holds the whole text.
    public CharacterClass widest(String text) {
        var widest = CharacterClass.JIS_X_0201;
        for (var letter : Letters.each(text))
            if (of(letter).compareTo(widest) > 0)
                widest = of(letter);
        return widest;
    }

    /// The letters of the text that are not in this class or a narrower one, in order.
    public List<Beyond> beyond(String text, CharacterClass taken) {
        var beyond = new ArrayList<Beyond>();
        var letters = Letters.each(text);
        for (int i = 0; i < letters.size(); i++) {
            var found = of(letters.get(i));
            if (found.compareTo(taken) > 0)
                beyond.add(new Beyond(i + 1, letters.get(i), found));
        }
        return beyond;
    }

    private static CharacterClass jis(String letter) {
        if (letter.equals("\r\n") || letter.codePoints().allMatch(c -> c < 0x80 || c >= 0xFF61 && c <= 0xFF9F))
            return CharacterClass.JIS_X_0201;
        if (can("x-JIS0208", TWINS.getOrDefault(letter, letter)))
            return CharacterClass.JIS_X_0208;
        return can("x-SJIS_0213", letter) ? CharacterClass.JIS_X_0213 : CharacterClass.EXTERNAL;
    }

    private static boolean can(String charset, String letter) {
        return ENCODERS.get().computeIfAbsent(charset, name -> Charset.forName(name).newEncoder()).canEncode(letter);
    }

    /// An encoder keeps a state, so each thread has its own.
    private static final ThreadLocal<java.util.Map<String, CharsetEncoder>> ENCODERS = ThreadLocal
            .withInitial(java.util.HashMap::new);
}
