package jp.kiban.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every row of the published masters of residences and lots of some places, written in many ways, gives its own ids back.
class NumbersOfMastersTests {
    private static final String SAMPLES = "abr-samples/";
    private static final String RESIDENCES = SAMPLES + "mt_rsdtdsp_rsdt_pref_mt_rsdtdsp_rsdt_pref";
    private static final String LOTS = SAMPLES + "mt_parcel_city_mt_parcel_city";
    @TempDir
    static Path folder;
    private static AddressDictionary dictionary;
    private static AddressMatcher matcher;
    private static final Map<String, String> PREF = Map.of("13", "東京都", "30", "和歌山県", "46", "鹿児島県");

    @BeforeAll
    static void build() throws IOException {
        var names = List.of(SAMPLES + "mt_city_mt_city_all.csv.zip", SAMPLES + "mt_town_pref_mt_town_pref30.csv.zip",
                SAMPLES + "subset-processes_03-mt_town_all.csv.zip",
                SAMPLES + "subset-processes_04-mt_town_all.csv.zip",
                RESIDENCES + "13.csv.zip", RESIDENCES + "30.csv.zip", LOTS + "302015.csv.zip", LOTS + "465054.csv.zip");
        SharedFiles.needed(NumbersOfMastersTests.class, names.toArray(String[]::new));
        String given = System.getProperty("kiban.dictionary", "");
        var file = given.isEmpty() ? folder.resolve("addresses.dict") : Path.of(given);
        if (given.isEmpty())
            AddressDictionary.build(names.stream().map(SharedFiles::file).toList(), file, line -> {
            });
        dictionary = AddressDictionary.open(file);
        matcher = new AddressMatcher(dictionary);
    }

    @AfterAll
    static void close() {
        if (dictionary != null)
            dictionary.close();
    }

    @Test
    void everyResidenceOf文京区IsFoundInEveryNotation() throws IOException { residences("13", 30_156); }

    @Test
    void everyResidenceOf和歌山市IsFoundInEveryNotation() throws IOException { residences("30", 34_015); }

    @Test
    void everyLotOf和歌山市IsFoundInEveryNotation() throws IOException { lots("302015", 367_519); }

    @Test
    void everyLotOf屋久島町IsFoundInEveryNotation() throws IOException { lots("465054", 84_418); }

    private void residences(String pref, int expected) throws IOException {
        var count = new Count();
        for (var row : rows(RESIDENCES + pref + ".csv.zip")) {
            String city = row.get("city") + row.get("ward");
            String chome = row.get("chome").replace("丁目", "");
            var ids = new AddressIds(row.get("lg_code"), row.get("machiaza_id"), row.get("blk_id"), row.get("rsdt_id"),
                    row.get("rsdt2_id"), "");
            String town = row.get("oaza_cho");
            String koaza = row.get("koaza");
            String block = row.get("blk_num");
            String number = row.get("rsdt_num");
            String more = row.get("rsdt_num2");
            String tail = block + "-" + number + (more.isEmpty() ? "" : "-" + more);
            String go = block + "番" + number + (more.isEmpty() ? "号" : "-" + more + "号");
            boolean numbered = !chome.isEmpty();
            String dash = town + (numbered ? width(chome, false) + "-" : koaza) + tail;
            String words = town + (numbered ? width(chome, false) + "丁目" : "") + koaza + go;
            String kanji = town + (numbered ? kanji(chome) + "丁目" : "") + koaza;
            var forms = List.of(prefecture(pref) + city + words, prefecture(pref) + city + width(words, true),
                    prefecture(pref) + city + dash, city + dash, city + width(dash, true),
                    city + dash.replace('-', '−'),
                    city + dash.replace('-', 'ー'), prefecture(pref) + city + kanji + go, city + kanji + tail,
                    prefecture(pref) + " " + city + " " + words + " コーポ白山301",
                    prefecture(pref).replace("東京都", "東京") + city + words + "３０１号室",
                    city + kanji + kanji(block) + "番" + kanji(number) + "号" + (more.isEmpty() ? "" : ""),
                    city + kanji + tail.replace('-', 'の'), city + dash + " 3階");
            for (int i = 0; i < forms.size(); i++)
                if (i != 11 || more.isEmpty())
                    count.check(forms.get(i), i, ids);
            count.rows++;
        }
        count.report("residences " + pref, expected);
    }

    private void lots(String city, int expected) throws IOException {
        var count = new Count();
        var twins = new HashMap<String, Set<String>>();
        var rows = rows(LOTS + city + ".csv.zip");
        for (var row : rows)
            twins.computeIfAbsent(written(row), k -> new HashSet<>()).add(row.get("prc_id"));
        for (var row : rows) {
            String pref = prefecture(row.get("lg_code"));
            String place = (row.get("lg_code").equals("465054") ? "熊毛郡" : "") + row.get("city") + row.get("ward");
            String bare = row.get("city") + row.get("ward");
            var ids = new AddressIds(row.get("lg_code"), row.get("machiaza_id"), "", "", "", row.get("prc_id"));
            String chome = row.get("chome").isEmpty() ? "" : row.get("chome");
            String town = row.get("oaza_cho") + chome + row.get("koaza");
            String one = row.get("prc_num1");
            String two = row.get("prc_num2");
            String three = row.get("prc_num3");
            String rest = (two.isEmpty() ? "" : "の" + two) + (three.isEmpty() ? "" : "の" + three);
            String dashed = one + (two.isEmpty() ? "" : "-" + two) + (three.isEmpty() ? "" : "-" + three);
            String banchi = one + "番地" + (rest.isEmpty() ? "" : rest.substring(1));
            boolean aza = !row.get("oaza_cho").isEmpty() && !row.get("koaza").isEmpty();
            String formal = (row.get("oaza_cho").isEmpty() || row.get("oaza_cho").startsWith("大字") ? "" : "大字")
                    + row.get("oaza_cho") + chome + (aza && !row.get("koaza").startsWith("字") ? "字" : "")
                    + row.get("koaza");
            String plain = row.get("oaza_cho").replaceFirst("^大字", "") + chome
                    + row.get("koaza").replaceFirst("^字", "");
            var forms = new ArrayList<>(List.of(pref + place + town + banchi, pref + place + width(town + banchi, true),
                    bare + town + one + "番地" + rest, pref + place + formal + banchi, bare + plain + banchi,
                    bare + town + kanji(one) + "番地" + (rest.isEmpty() ? "" : "の" + kanji(rest.substring(1))),
                    pref + place + town + banchi + " 田中ビル2階"));
            // without 番地 a residence may have the same number: then the lot is a candidate
            int withBanchi = forms.size();
            forms.addAll(List.of(pref + place + town + dashed, bare + width(town + dashed, true),
                    bare + plain + one + rest));
            if (Character.isLetter(two.isEmpty() ? '1' : two.charAt(0)))
                forms.add(bare + town + one + two);
            count.twins = twins.getOrDefault(written(row), Set.of()).size() > 1;
            for (int i = 0; i < forms.size(); i++) {
                count.mayBeCandidate = i >= withBanchi;
                count.check(forms.get(i), i, ids);
            }
            count.rows++;
        }
        count.report("lots " + city, expected);
    }

    private static String written(Row row) {
        return String.join("|", row.get("machiaza_id"), row.get("prc_num1"), row.get("prc_num2"), row.get("prc_num3"));
    }

    private record Row(Map<String, String> fields) {
        String get(String column) { return fields.getOrDefault(column, ""); }
    }

    private static String prefecture(String code) { return PREF.getOrDefault(code.substring(0, 2), ""); }

    private static final class Count {
        int rows;
        long asked;
        long asCandidate;
        boolean mayBeCandidate;
        boolean twins;
        final List<String> wrong = new ArrayList<>();
        final Map<Integer, Integer> wrongByForm = new LinkedHashMap<>();

        void check(String written, int form, AddressIds ids) {
            asked++;
            var match = matcher.match(written);
            if (match.ids().equals(ids))
                return;
            if ((mayBeCandidate || twins) && match.candidates().stream().anyMatch(c -> c.ids().equals(ids))) {
                asCandidate++;
                return;
            }
            wrongByForm.merge(form, 1, Integer::sum);
            if (wrong.size() < 8)
                wrong.add(form + " " + written + " -> " + match.level() + " " + match.parts() + " " + match.ids()
                        + " for " + ids);
        }

        void report(String what, int expected) {
            System.out.printf(
                    "%s: %,d rows, %,d notations, %,d wrong %s, %,d as candidate beside a residence of the same number%n",
                    what, rows, asked,
                    wrongByForm.values().stream().mapToInt(i -> i).sum(), wrongByForm, asCandidate);
            assertThat(wrong).isEmpty();
            assertThat(rows).isEqualTo(expected);
        }
    }

    private static String width(String text, boolean full) {
        var out = new StringBuilder();
        for (char c : text.toCharArray())
            if (full)
                out.append(c > ' ' && c < '\u007F' ? (char) (c + 0xFEE0) : c);
            else
                out.append(c >= '０' && c <= '９' ? (char) (c - 0xFEE0) : c);
        return out.toString();
    }

    /// Numbers in kanji with units, letters as they are.
    private static String kanji(String text) {
        var out = new StringBuilder();
        String half = width(text, false);
        for (int i = 0; i < half.length();) {
            int end = i;
            while (end < half.length() && Character.isDigit(half.charAt(end)))
                end++;
            if (end > i) {
                out.append(Numerals.kanji(Integer.parseInt(half.substring(i, end))));
                i = end;
            } else {
                out.append(half.charAt(i++));
            }
        }
        return out.toString();
    }

    private static List<Row> rows(String zip) throws IOException {
        var out = new ArrayList<Row>();
        try (var in = new ZipInputStream(java.nio.file.Files.newInputStream(SharedFiles.file(zip)))) {
            in.getNextEntry();
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\r?\n");
            var header = lines[0].replace("\uFEFF", "").split(",", -1);
            for (String line : Stream.of(lines).skip(1).toList()) {
                var fields = line.split(",", -1);
                var row = new HashMap<String, String>();
                for (int i = 0; i < header.length; i++)
                    row.put(header[i], fields[i]);
                out.add(new Row(row));
            }
        }
        return out;
    }
}
