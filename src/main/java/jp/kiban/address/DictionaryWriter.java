package jp.kiban.address;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/// 辞書の書き出し. Lays a [Gazetteer] out as the file that [AddressDictionary] maps. The same gazetteer gives the same bytes.
final class DictionaryWriter {
    static final byte[] MAGIC = "KIBANADR".getBytes(StandardCharsets.US_ASCII);
    static final int FORMAT = 1;
    static final int HEADER = 512;

    /// The parts of the file, in order.
    enum Section {
        META, PLACES, LABELS, FIRST, VALUES, LISTS, TOWNS, STRINGS, BY_ID, BY_KANA, BY_POSTAL, BY_CELL, NUMBERS, RESIDENCES, LOTS
    }

    /// Bytes of a town: see [AddressDictionary].
    static final int TOWN = 56;
    static final int STREET = 1;
    static final int RESIDENTIAL = 2;
    static final int BORROWED_POINT = 4;
    /// Not a row of any source: an oaza that has only chome or koaza.
    static final int MADE = 8;
    /// The next town has the same folded name in the same municipality.
    static final int MORE = 16;
    /// A koaza or chome without oaza, whose name is also a real oaza's.
    static final int SHADOW = 32;
    static final int ORPHAN = 64;
    /// The first characters of keys: what kind of name follows.
    private static final java.util.regex.Pattern FORMER = java.util.regex.Pattern.compile("^.+?[町村](..+)$");
    static final char IN_PLACE = '\u0001';
    static final char KOAZA_IN_PLACE = '\u0002';
    static final char PLACE_NAME = '\u0003';
    static final char ANYWHERE = '\u0004';
    static final char PLACE_KANA = '\u0005';
    static final char FORMER_NAME = '\u0006';

    private final Gazetteer gazetteer;
    private final List<Gazetteer.Place> places;
    private final List<Gazetteer.Row> towns = new ArrayList<>();
    private final List<Integer> placeOfTown = new ArrayList<>();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final Map<String, Integer> stringAt = new HashMap<>();
    private final TreeMap<String, Integer> keys = new TreeMap<>();
    private int[] lists = new int[1 << 16];
    private int listSize;

    private DictionaryWriter(Gazetteer gazetteer) {
        this.gazetteer = gazetteer;
        this.places = List.copyOf(gazetteer.places.values());
        string("");
    }

    static void write(Gazetteer gazetteer, Path out) throws IOException { new DictionaryWriter(gazetteer).write(out); }

    private int string(String text) {
        return stringAt.computeIfAbsent(text, t -> {
            int at = strings.size();
            byte[] bytes = t.getBytes(StandardCharsets.UTF_8);
            strings.write(bytes.length & 0xFF);
            strings.write(bytes.length >>> 8);
            strings.writeBytes(bytes);
            return at;
        });
    }

    private int list(List<Integer> values) {
        int at = listSize;
        if (listSize + values.size() + 1 > lists.length)
            lists = Arrays.copyOf(lists, Math.max(lists.length * 2, listSize + values.size() + 1));
        lists[listSize++] = values.size();
        for (int v : values)
            lists[listSize++] = v;
        return at;
    }

    private void write(Path out) throws IOException {
        var streets = new HashMap<String, Integer>();
        var anywhere = new TreeMap<String, TreeSet<Integer>>();
        for (int p = 0; p < places.size(); p++)
            towns(p, anywhere, streets);
        for (var street : streets.entrySet())
            keys.putIfAbsent(street.getKey(), street.getValue());
        for (var e : anywhere.entrySet())
            keys.put(ANYWHERE + e.getKey(), list(List.copyOf(e.getValue())));
        placeNames();
        var trieKeys = keys.keySet().toArray(String[]::new);
        var trieValues = keys.values().stream().mapToInt(i -> i).toArray();
        keys.clear();
        var trie = TrieWriter.of(trieKeys, trieValues);
        trieKeys = null;

        var sections = new ByteBuffer[Section.values().length];
        sections[Section.PLACES.ordinal()] = text(placeLines());
        sections[Section.LABELS.ordinal()] = chars(trie.labels, trie.nodes);
        sections[Section.FIRST.ordinal()] = ints(trie.first, trie.nodes + 1);
        sections[Section.VALUES.ordinal()] = ints(trie.values, trie.nodes);
        sections[Section.LISTS.ordinal()] = ints(lists, listSize);
        sections[Section.BY_ID.ordinal()] = byId();
        sections[Section.BY_KANA.ordinal()] = byKana();
        sections[Section.BY_POSTAL.ordinal()] = byPostal();
        sections[Section.BY_CELL.ordinal()] = byCell();
        numbers(sections);
        sections[Section.TOWNS.ordinal()] = townTable();
        sections[Section.STRINGS.ordinal()] = ByteBuffer.wrap(strings.toByteArray());
        sections[Section.META.ordinal()] = text(meta(sections));
        save(out, sections);
    }

    private void towns(int p, TreeMap<String, TreeSet<Integer>> anywhere, Map<String, Integer> streets) {
        var place = places.get(p);
        String prefix = "" + IN_PLACE + (char) (p + 1);
        var sorted = new TreeMap<>(place.towns);
        // an oaza known only by its chome or koaza is a town too
        var made = new TreeMap<String, Gazetteer.Row>();
        for (var rows : sorted.values())
            for (var row : rows)
                if (!row.oaza.isEmpty() && !row.chome.concat(row.koaza).isEmpty()) {
                    String key = Folding.key(row.oaza);
                    var have = sorted.get(key);
                    if (have == null) {
                        var oaza = made.computeIfAbsent(key, k -> new Gazetteer.Row());
                        oaza.oaza = row.oaza;
                        oaza.made = true;
                        oaza.origins |= row.origins;
                        oaza.residential |= row.residential;
                        if (oaza.latitude == Gazetteer.NOWHERE || row.chome.equals("一丁目")) {
                            oaza.latitude = row.latitude;
                            oaza.longitude = row.longitude;
                            oaza.borrowedPoint = true;
                        }
                        if (row.kana.indexOf('１') > 0 && row.chome.equals("一丁目"))
                            oaza.kana = row.kana.substring(0, row.kana.indexOf('１'));
                    }
                }
        var oazas = new TreeSet<String>();
        for (var rows : sorted.values())
            for (var row : rows)
                if (!row.oaza.isEmpty())
                    oazas.add(row.oaza);
        made.forEach((key, oaza) -> sorted.put(key, List.of(oaza)));
        var koaza = new TreeMap<String, List<Integer>>();
        for (var e : sorted.entrySet()) {
            if (e.getKey().isEmpty())
                continue;
            var rows = new ArrayList<>(e.getValue());
            rows.sort(Comparator.<Gazetteer.Row>comparingInt(r -> r.street ? 1 : 0)
                    .thenComparingInt(r -> r.oaza.isEmpty() ? 1 : 0)
                    .thenComparingInt(r -> r.made ? 1 : 0).thenComparingInt(r -> -r.release)
                    .thenComparing(r -> r.machiazaId));
            keys.put(prefix + e.getKey(), towns.size());
            for (var row : rows) {
                row.number = towns.size();
                towns.add(row);
                placeOfTown.add(p);
                if (row.street && !row.koaza.isEmpty())
                    streets.put(prefix + Folding.key(row.koaza + row.oaza), row.number);
                else if (row.oaza.isEmpty() ? oazas.contains(row.town()) : row.chome.isEmpty() && row.koaza.isEmpty())
                    anywhere.computeIfAbsent(e.getKey(), k -> new TreeSet<>()).add(p);
                if (!row.oaza.isEmpty() && !row.koaza.isEmpty() && !row.street) {
                    String key = Folding.key(row.koaza);
                    if (!key.isEmpty())
                        koaza.computeIfAbsent(key, k -> new ArrayList<>()).add(row.number);
                }
                // the former municipality before the oaza is often left out (和賀町竪川目, 竪川目)
                var former = FORMER.matcher(row.oaza);
                if (former.matches() && !row.street)
                    koaza.computeIfAbsent(Folding.key(former.group(1) + row.chome + row.koaza), k -> new ArrayList<>())
                            .add(row.number);
            }
        }
        String koazaPrefix = "" + KOAZA_IN_PLACE + (char) (p + 1);
        for (var e : koaza.entrySet())
            keys.put(koazaPrefix + e.getKey(), list(e.getValue()));
    }

    /// Every way to begin an address: with or without prefecture, county, or the city before the ward.
    private void placeNames() {
        var names = new TreeMap<String, TreeSet<Integer>>();
        for (int p = 0; p < places.size(); p++) {
            var place = places.get(p);
            String pref = place.pref;
            String shortPref = pref.equals("北海道") ? pref : pref.substring(0, pref.length() - 1);
            var prefs = List.of(pref, shortPref, "");
            if (place.isPrefecture()) {
                names.computeIfAbsent(Folding.key(pref), k -> new TreeSet<>()).add(p);
                continue;
            }
            var bodies = new TreeSet<String>();
            bodies.add(place.county + place.city + place.ward);
            bodies.add(place.city + place.ward);
            if (!place.ward.isEmpty())
                bodies.add(place.ward);
            for (String before : prefs)
                for (String body : bodies)
                    names.computeIfAbsent(Folding.key(before + body), k -> new TreeSet<>()).add(p);
        }
        for (var e : names.entrySet())
            keys.put(PLACE_NAME + e.getKey(), list(List.copyOf(e.getValue())));
        gazetteer.formers.forEach((name, successors) -> keys.put(FORMER_NAME + name, list(successors.stream().map(
                places::indexOf).toList())));
        // readings are for typing only: an address is not written in kana
        var prefectures = new HashMap<String, String>();
        var readings = new TreeMap<String, TreeSet<Integer>>();
        for (var place : places)
            if (place.isPrefecture())
                prefectures.put(place.pref, place.kana);
        for (int p = 0; p < places.size(); p++) {
            var place = places.get(p);
            if (place.isPrefecture() || place.kana.isEmpty())
                continue;
            readings.computeIfAbsent(Folding.key(place.kana), k -> new TreeSet<>()).add(p);
            readings.computeIfAbsent(Folding.key(prefectures.getOrDefault(place.pref, "") + place.kana),
                    k -> new TreeSet<>())
                    .add(p);
        }
        for (var e : readings.entrySet())
            keys.put(PLACE_KANA + e.getKey(), list(List.copyOf(e.getValue())));
    }

    private String placeLines() {
        var out = new StringBuilder();
        for (var p : places)
            out.append(
                    String.join("\t", p.lgCode, p.pref, p.county, p.city, p.ward, p.kana, Integer.toString(p.latitude),
                            Integer.toString(p.longitude), p.official ? "1" : "0", p.towns.isEmpty() ? "0" : "1"))
                    .append('\n');
        return out.toString();
    }

    private ByteBuffer townTable() {
        var out = buffer((long) towns.size() * TOWN);
        for (int i = 0; i < towns.size(); i++) {
            var t = towns.get(i);
            int flags = (t.street ? STREET : 0) | (t.residential ? RESIDENTIAL : 0)
                    | (t.borrowedPoint ? BORROWED_POINT : 0) | (t.made ? MADE : 0)
                    | (t.oaza.isEmpty() ? ORPHAN : 0);
            if (i + 1 < towns.size() && sameKey(i, i + 1))
                flags |= MORE;
            if (t.oaza.isEmpty() && i > 0 && sameKey(i, i - 1) && !towns.get(i - 1).oaza.isEmpty())
                flags |= SHADOW;
            out.putChar((char) (int) placeOfTown.get(i));
            out.putChar((char) flags);
            out.putInt(t.machiazaId.isEmpty() ? -1 : NumberTable.machiaza(t.machiazaId));
            out.putInt(string(t.oaza));
            out.putInt(string(t.chome));
            out.putInt(string(t.koaza));
            out.putInt(string(t.kana));
            out.putInt(t.latitude);
            out.putInt(t.longitude);
            out.putInt(t.postalCode);
            out.putInt(t.residences == null ? -1 : residenceStart.get(i));
            out.putInt(t.lots == null ? -1 : lotStart.get(i));
            out.putLong(t.origins);
            out.putInt(0);
        }
        return out.flip();
    }

    private boolean sameKey(int one, int other) {
        return placeOfTown.get(one).equals(placeOfTown.get(other))
                && Folding.key(towns.get(one).town()).equals(Folding.key(towns.get(other).town()));
    }

    private ByteBuffer byId() {
        return ints(sorted(t -> !t.machiazaId.isEmpty(), Comparator.<Integer>comparingInt(placeOfTown::get)
                .thenComparingInt(i -> NumberTable.machiaza(towns.get(i).machiazaId)).thenComparing(i -> i)));
    }

    private ByteBuffer byKana() {
        var kana = towns.stream().map(t -> Folding.key(t.kana)).toArray(String[]::new);
        return ints(sorted(t -> !t.kana.isEmpty(),
                Comparator.<Integer, String>comparing(i -> kana[i]).thenComparing(i -> i)));
    }

    private int[] sorted(java.util.function.Predicate<Gazetteer.Row> which, Comparator<Integer> order) {
        var all = new ArrayList<Integer>();
        for (int i = 0; i < towns.size(); i++)
            if (which.test(towns.get(i)))
                all.add(i);
        all.sort(order);
        return all.stream().mapToInt(i -> i).toArray();
    }

    private ByteBuffer byPostal() {
        var placeNumber = new HashMap<String, Integer>();
        for (int p = 0; p < places.size(); p++)
            placeNumber.put(places.get(p).lgCode, p);
        var pairs = new TreeSet<Long>();
        for (int i = 0; i < towns.size(); i++)
            if (towns.get(i).postalCode > 0)
                pairs.add((long) towns.get(i).postalCode << 32 | i);
        var named = new java.util.HashSet<Gazetteer.Row>();
        var byOaza = new HashMap<Gazetteer.Place, Map<String, List<Gazetteer.Row>>>();
        // その他 is what no other code of the town names: last
        for (var others : new boolean[]{false, true})
            for (var name : gazetteer.postalNames) {
                if (others != (name.kind() == PostalNames.Kind.OTHERS))
                    continue;
                int p = placeNumber.getOrDefault(name.place().lgCode, 0);
                long code = (long) name.code() << 32;
                switch (name.kind()) {
                    case NOT_LISTED -> pairs.add(code | 0x8000_0000L | POSTAL_NOT_LISTED | p);
                    case NUMBER_FOLLOWS -> pairs.add(code | 0x8000_0000L | POSTAL_NUMBER | p);
                    case WHOLE -> pairs.add(code | 0x8000_0000L | p);
                    case TOWN, OTHERS -> {
                        var oaza = byOaza.computeIfAbsent(name.place(), DictionaryWriter::byOaza);
                        var rows = others
                                ? oaza.getOrDefault(name.town(), List.of()).stream().filter(r -> !named
                                        .contains(r)).toList()
                                : rows(name.place(), oaza, name.town());
                        // 地割 are registered with and without 第
                        if (rows.isEmpty() && name.town().endsWith("地割") && name.town().startsWith(name.within()))
                            rows = rows(name.place(), oaza,
                                    name.within() + "第" + name.town().substring(name.within().length()));
                        if (rows.isEmpty())
                            rows = rows(name.place(), oaza, name.within());
                        for (var row : rows) {
                            pairs.add(code | row.number);
                            if (!name.town().equals(name.within()))
                                named.add(row);
                        }
                        if (rows.isEmpty())
                            pairs.add(code | 0x8000_0000L | POSTAL_UNKNOWN | p);
                    }
                }
            }
        var out = buffer(pairs.size() * 8L);
        for (long pair : pairs)
            out.putInt((int) (pair >>> 32)).putInt((int) pair);
        return out.flip();
    }

    /// The rows of a name; of an oaza that has only chome or koaza, those.
    private static List<Gazetteer.Row> rows(Gazetteer.Place place, Map<String, List<Gazetteer.Row>> byOaza,
            String name) {
        var rows = place.towns.get(name);
        return rows != null ? rows : byOaza.getOrDefault(name, List.of());
    }

    private static Map<String, List<Gazetteer.Row>> byOaza(Gazetteer.Place place) {
        var out = new HashMap<String, List<Gazetteer.Row>>();
        for (var rows : place.towns.values())
            for (var row : rows)
                if (!row.oaza.isEmpty())
                    out.computeIfAbsent(Folding.key(row.oaza), k -> new ArrayList<>()).add(row);
        return out;
    }

    /// Of a municipality that a postal code names: what it is for.
    static final int POSTAL_NOT_LISTED = 0x4000_0000;
    static final int POSTAL_NUMBER = 0x2000_0000;
    /// The code is for a town that no source has.
    static final int POSTAL_UNKNOWN = 0x1000_0000;
    static final int POSTAL_PLACE = 0x0FFF_FFFF;

    /// Towns with a point of their own by cells of a hundredth of a degree.
    private ByteBuffer byCell() {
        var all = sorted(t -> t.latitude != Gazetteer.NOWHERE && !t.made,
                Comparator.<Integer>comparingLong(i -> cell(towns.get(i).latitude, towns.get(i).longitude))
                        .thenComparing(i -> i));
        var out = buffer(all.length * 8L);
        for (int i : all)
            out.putInt(cell(towns.get(i).latitude, towns.get(i).longitude)).putInt(i);
        return out.flip();
    }

    static int cell(int latitude, int longitude) { return latitude / 10_000 * 20_000 + longitude / 10_000; }

    private final Map<Integer, Integer> residenceStart = new HashMap<>();
    private final Map<Integer, Integer> lotStart = new HashMap<>();

    /// Each town's rows lie together; NUMBERS tells where: pairs of first row and count.
    private void numbers(ByteBuffer[] sections) {
        var starts = new ArrayList<Long>();
        sections[Section.RESIDENCES.ordinal()] = numberRows(true, starts);
        sections[Section.LOTS.ordinal()] = numberRows(false, starts);
        var out = buffer(starts.size() * 8L);
        for (long s : starts)
            out.putLong(s);
        sections[Section.NUMBERS.ordinal()] = out.flip();
    }

    private ByteBuffer numberRows(boolean residences, List<Long> starts) {
        long total = 0;
        for (var t : towns) {
            var numbers = residences ? t.residences : t.lots;
            total += numbers == null ? 0 : numbers.size;
        }
        var out = buffer(total * NumberTable.ROW);
        long at = 0;
        for (int i = 0; i < towns.size(); i++) {
            var numbers = residences ? towns.get(i).residences : towns.get(i).lots;
            if (numbers == null)
                continue;
            var order = new Integer[numbers.size];
            Arrays.setAll(order, k -> k);
            Arrays.sort(order, Comparator.<Integer>comparingLong(k -> numbers.keys[k])
                    .thenComparingLong(k -> numbers.ids[k]));
            (residences ? residenceStart : lotStart).put(i, starts.size() / 2);
            starts.add(at);
            starts.add((long) numbers.size);
            for (int k : order)
                out.putLong(numbers.keys[k]).putLong(numbers.ids[k]).putInt(numbers.latitudes[k])
                        .putInt(numbers.longitudes[k]);
            at += numbers.size;
        }
        return out.flip();
    }

    /// Lines of key=value; the version is the digest of everything else.
    private String meta(ByteBuffer[] sections) {
        var out = new StringBuilder();
        for (var s : gazetteer.sources)
            out.append("source=").append(String.join("\t", s.name(), s.kind(), Long.toString(s.rows()), s.sha256()))
                    .append('\n');
        for (String odd : gazetteer.oddNames)
            out.append("odd=").append(odd).append('\n');
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(out.toString().getBytes(StandardCharsets.UTF_8));
            for (var section : sections)
                if (section != null)
                    digest.update(section.duplicate());
            return "version=" + HexFormat.of().formatHex(digest.digest(), 0, 8) + "\n" + out;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void save(Path out, ByteBuffer[] sections) throws IOException {
        var header = buffer(HEADER);
        header.put(MAGIC).putInt(FORMAT).putInt(sections.length);
        long at = HEADER;
        for (var section : sections) {
            var crc = new CRC32C();
            crc.update(section.duplicate());
            header.putLong(at).putLong(section.remaining()).putInt((int) crc.getValue());
            at = (at + section.remaining() + 7) / 8 * 8;
        }
        header.putLong(at);
        var crc = new CRC32C();
        crc.update(header.duplicate().flip());
        header.putInt((int) crc.getValue());
        header.clear();
        var folder = out.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var temporary = Files.createTempFile(folder, "addresses", ".part");
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            write(channel, header);
            for (var section : sections) {
                write(channel, section);
                int pad = (int) (-channel.position() & 7);
                if (pad > 0)
                    write(channel, ByteBuffer.allocate(pad));
            }
        }
        Files.move(temporary, out, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining())
            channel.write(buffer);
    }

    private static ByteBuffer buffer(long size) {
        if (size > Integer.MAX_VALUE - 8)
            throw new IllegalArgumentException(
                    "the sources have more rows than a dictionary holds (2 GB of towns, residences or lots each): build one per region");
        return ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer text(String text) { return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)); }

    private static ByteBuffer ints(int[] values) { return ints(values, values.length); }

    private static ByteBuffer ints(int[] values, int count) {
        var out = buffer(count * 4L);
        out.asIntBuffer().put(values, 0, count);
        return out.position(0).limit(count * 4);
    }

    private static ByteBuffer chars(char[] values, int count) {
        var out = buffer(count * 2L);
        out.asCharBuffer().put(values, 0, count);
        return out.position(0).limit(count * 2);
    }
}
