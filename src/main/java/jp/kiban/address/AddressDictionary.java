package jp.kiban.address;

import static jp.kiban.address.Trie.CHAR;
import static jp.kiban.address.Trie.INT;
import static jp.kiban.address.Trie.LONG;
import static jp.kiban.address.Trie.NONE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import jp.kiban.address.DictionaryWriter.Section;

/// 住所辞書. The compiled, immutable, memory-mapped dictionary of towns, residences and lots that `addresses build` writes. Opening
/// checks format and checksum and refuses a damaged or foreign file. Safe for use by many threads.
public final class AddressDictionary implements AutoCloseable {
    /// Files up to this size are checked whole when opened; of larger ones the tables of residences and lots are not.
    private static final long CHECKED_WHOLE = 512L << 20;

    /// A municipality as the dictionary keeps it.
    record Place(int number, String lgCode, String pref, String county, String city, String ward, String kana,
            int latitude, int longitude, boolean official, boolean hasTowns, String name) {
        boolean isPrefecture() { return city.isEmpty(); }
    }

    private final Arena arena;
    private final boolean closes;
    private final String version;
    private final List<Source> sources;
    private final Map<String, Integer> odd = new HashMap<>();
    private final List<String> oddNames = new ArrayList<>();
    final Place[] places;
    /// Folded names of prefectures.
    private final List<String> prefectures;
    final int[] roots;
    final int[] koazaRoots;
    final int placeNames;
    final int formerNames;
    final int anywhere;
    final int placeKana;
    /// Wards of a designated city, by the city's number.
    final Map<Integer, int[]> wards = new HashMap<>();
    final Map<String, Integer> placeByCode = new HashMap<>();
    final Trie trie;
    final NumberTable residences;
    final NumberTable lots;
    private final MemorySegment lists;
    private final MemorySegment towns;
    private final MemorySegment strings;
    private final MemorySegment byId;
    private final MemorySegment byKana;
    private final MemorySegment byPostal;
    private final MemorySegment byCell;
    private final MemorySegment numbers;

    private AddressDictionary(Arena arena, boolean closes, MemorySegment[] parts) {
        this.arena = arena;
        this.closes = closes;
        var found = new ArrayList<Source>();
        String seen = "";
        for (String line : text(parts[Section.META.ordinal()]).split("\n")) {
            if (line.startsWith("version=")) {
                seen = line.substring(8);
            } else if (line.startsWith("source=")) {
                var f = line.substring(7).split("\t", -1);
                found.add(new Source(f[0], f[1], Long.parseLong(f[2]), f[3]));
            } else if (line.startsWith("odd=")) {
                odd.put(line.substring(4), odd.size());
                oddNames.add(line.substring(4));
            }
        }
        version = seen;
        sources = List.copyOf(found);
        trie = new Trie(parts[Section.LABELS.ordinal()], parts[Section.FIRST.ordinal()],
                parts[Section.VALUES.ordinal()]);
        lists = parts[Section.LISTS.ordinal()];
        towns = parts[Section.TOWNS.ordinal()];
        strings = parts[Section.STRINGS.ordinal()];
        byId = parts[Section.BY_ID.ordinal()];
        byKana = parts[Section.BY_KANA.ordinal()];
        byPostal = parts[Section.BY_POSTAL.ordinal()];
        byCell = parts[Section.BY_CELL.ordinal()];
        numbers = parts[Section.NUMBERS.ordinal()];
        residences = new NumberTable(parts[Section.RESIDENCES.ordinal()]);
        lots = new NumberTable(parts[Section.LOTS.ordinal()]);
        var lines = text(parts[Section.PLACES.ordinal()]).split("\n");
        places = new Place[lines.length];
        roots = new int[lines.length];
        koazaRoots = new int[lines.length];
        int inPlace = trie.child(0, DictionaryWriter.IN_PLACE);
        int koaza = trie.child(0, DictionaryWriter.KOAZA_IN_PLACE);
        placeNames = trie.child(0, DictionaryWriter.PLACE_NAME);
        formerNames = trie.child(0, DictionaryWriter.FORMER_NAME);
        anywhere = trie.child(0, DictionaryWriter.ANYWHERE);
        placeKana = trie.child(0, DictionaryWriter.PLACE_KANA);
        var wardsOf = new HashMap<String, List<Integer>>();
        for (int i = 0; i < lines.length; i++) {
            var f = lines[i].split("\t", -1);
            places[i] = new Place(i, f[0], f[1], f[2], f[3], f[4], f[5], Integer.parseInt(f[6]), Integer.parseInt(f[7]),
                    f[8].equals("1"), f[9].equals("1"), f[2] + f[3] + f[4]);
            roots[i] = inPlace == NONE ? NONE : trie.child(inPlace, (char) (i + 1));
            koazaRoots[i] = koaza == NONE ? NONE : trie.child(koaza, (char) (i + 1));
            placeByCode.put(f[0], i);
            if (!places[i].ward.isEmpty())
                wardsOf.computeIfAbsent(f[1] + f[3], k -> new ArrayList<>()).add(i);
        }
        prefectures = Arrays.stream(places).map(p -> Folding.key(p.pref)).distinct().toList();
        for (var place : places)
            if (place.ward.isEmpty() && wardsOf.containsKey(place.pref + place.city))
                wards.put(place.number, wardsOf.getOrDefault(place.pref + place.city, List.of()).stream()
                        .mapToInt(i -> i).toArray());
    }

    /// Opens a dictionary. The whole file is checked, except for the tables of residences and lots of files over half a gigabyte.
    public static AddressDictionary open(Path file) throws IOException { return open(file, Arena.ofShared(), true); }

    /// As `open`, but the map goes by itself when nobody holds the dictionary any more: for a house that takes another one into use
    /// while matches with this one are running. Closing it does nothing.
    public static AddressDictionary openUntilUnused(Path file) throws IOException {
        return open(file, Arena.ofAuto(), false);
    }

    private static AddressDictionary open(Path file, Arena arena, boolean closes) throws IOException {
        if (!Files.isRegularFile(file))
            throw new DictionaryRefused(
                    file + ": there is no such dictionary; make one with `addresses build --source FILE... --out "
                            + file.getFileName() + "`");
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var parts = map(file, channel, arena);
            return new AddressDictionary(arena, closes, parts);
        } catch (IOException | RuntimeException e) {
            if (closes)
                arena.close();
            if (e instanceof DictionaryRefused || !(e instanceof RuntimeException))
                throw e;
            throw new DictionaryRefused(file + ": the dictionary cannot be read (" + e + "); build it again");
        }
    }

    private static MemorySegment[] map(Path file, FileChannel channel, Arena arena) throws IOException {
        var header = ByteBuffer.allocate(DictionaryWriter.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        while (header.hasRemaining() && channel.read(header) >= 0) {
            // until the header is full or the file ends
        }
        byte[] magic = Arrays.copyOf(header.array(), DictionaryWriter.MAGIC.length);
        if (header.position() < DictionaryWriter.HEADER || !Arrays.equals(magic, DictionaryWriter.MAGIC))
            throw new DictionaryRefused(file + ": not an address dictionary");
        header.flip().position(magic.length);
        int format = header.getInt();
        if (format != DictionaryWriter.FORMAT)
            throw new DictionaryRefused(file + ": dictionary format " + format + ", this program reads "
                    + DictionaryWriter.FORMAT + "; build it again with this program");
        int count = header.getInt();
        if (count != Section.values().length)
            throw new DictionaryRefused(file + ": the header is damaged; build the dictionary again");
        long[] at = new long[count];
        long[] size = new long[count];
        int[] sums = new int[count];
        for (int i = 0; i < count; i++) {
            at[i] = header.getLong();
            size[i] = header.getLong();
            sums[i] = header.getInt();
        }
        long length = header.getLong();
        var crc = new CRC32C();
        crc.update(header.array(), 0, header.position());
        if ((int) crc.getValue() != header.getInt())
            throw new DictionaryRefused(file + ": the header is damaged; build the dictionary again");
        if (channel.size() != length)
            throw new DictionaryRefused(file + ": the file has " + channel.size() + " bytes, its header says " + length
                    + "; it was cut off or added to: copy or build it again");
        check(file, channel, at, size, sums, length);
        var whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
        var out = new MemorySegment[count];
        for (int i = 0; i < count; i++)
            out[i] = whole.asSlice(at[i], size[i]);
        return out;
    }

    /// Reads instead of touching the map, so that checking does not make the whole file resident.
    private static void check(Path file, FileChannel channel, long[] at, long[] size, int[] sums, long length)
            throws IOException {
        var buffer = ByteBuffer.allocateDirect(1 << 18);
        for (int i = 0; i < at.length; i++) {
            if (length > CHECKED_WHOLE && i >= Section.RESIDENCES.ordinal())
                return;
            var crc = new CRC32C();
            for (long position = at[i], end = at[i] + size[i]; position < end;) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
                int read = channel.read(buffer, position);
                if (read < 0)
                    break;
                crc.update(buffer.flip());
                position += read;
            }
            if ((int) crc.getValue() != sums[i])
                throw new DictionaryRefused(file + ": the dictionary is damaged (" + Section.values()[i]
                        + " does not fit its checksum); copy or build it again");
        }
    }

    /// What a build made: how much, and what was wrong in the sources.
    public record Build(String version, List<Source> sources, long towns, DefectReport defects) {}

    /// How far a build is: so many of so many tables, and the one that was last read; `of` is at least one.
    public record Step(int done, int of, String table, long rows) {}

    /// Compiles sources to a dictionary file. The order matters only where two releases of the town master know one municipality: the
    /// later one wins. A file that is no known source refuses the whole build; bad rows are left out and named.
    public static Build build(List<Path> sources, Path out, Consumer<Step> progress) throws IOException {
        var gazetteer = Gazetteer.read(sources, progress);
        if (gazetteer.places.isEmpty())
            throw new DictionaryRefused(Refusal.Why.NO_MUNICIPALITY);
        try {
            DictionaryWriter.write(gazetteer, out);
        } catch (IllegalArgumentException e) {
            throw new DictionaryRefused(String.valueOf(e.getMessage()));
        }
        try (var made = open(out)) {
            return new Build(made.version, made.sources, made.townCount(), gazetteer.defects);
        }
    }

    /// The data version: the same sources in the same order give the same version.
    public String version() { return version; }

    /// The sources it was compiled from, in order.
    public List<Source> sources() { return sources; }

    /// One source: file name, kind, rows, and the SHA-256 of the file.
    public record Source(String name, String kind, long rows, String sha256) {}

    /// How many characters of a folded text from `at` name a prefecture, with or without its 都道府県, and not the whole of it.
    int prefectureLength(char[] key, int at, int end) {
        for (String name : prefectures)
            if (end - at >= name.length() && matches(name, key, at))
                return name.length();
        return 0;
    }

    private static boolean matches(String name, char[] key, int at) {
        for (int i = 0; i < name.length(); i++)
            if (key[at + i] != name.charAt(i))
                return false;
        return true;
    }

    // ---- rows

    int townCount() { return (int) (towns.byteSize() / DictionaryWriter.TOWN); }

    private int field(int town, int offset) { return towns.get(INT, (long) town * DictionaryWriter.TOWN + offset); }

    int placeOf(int town) { return towns.get(CHAR, (long) town * DictionaryWriter.TOWN); }

    int flags(int town) { return towns.get(CHAR, (long) town * DictionaryWriter.TOWN + 2); }

    boolean is(int town, int flag) { return (flags(town) & flag) != 0; }

    int machiaza(int town) { return field(town, 4); }

    String machiazaId(int town) {
        int id = machiaza(town);
        if (id < 0)
            return "";
        var out = new char[7];
        for (int i = 6; i >= 0; i--, id /= 10)
            out[i] = (char) ('0' + id % 10);
        return new String(out);
    }

    String oaza(int town) { return string(field(town, 8)); }

    String chome(int town) { return string(field(town, 12)); }

    String koaza(int town) { return string(field(town, 16)); }

    String kana(int town) { return string(field(town, 20)); }

    int latitude(int town) { return field(town, 24); }

    int longitude(int town) { return field(town, 28); }

    int postalCode(int town) { return field(town, 32); }

    /// First row and count of the residences (or lots) of a town; empty when there are none.
    long[] numberRange(int town, boolean residence) {
        int at = field(town, residence ? 36 : 40);
        if (at < 0)
            return NO_NUMBERS;
        long first = numbers.get(LONG, at * 16L);
        return new long[]{first, first + numbers.get(LONG, at * 16L + 8)};
    }

    boolean hasNumbers(int town) { return field(town, 36) >= 0 || field(town, 40) >= 0; }

    static final long[] NO_NUMBERS = {0, 0};

    private String string(int at) {
        if (at == 0)
            return "";
        int length = strings.get(CHAR, at);
        var bytes = new byte[length];
        MemorySegment.copy(strings, ValueLayout.JAVA_BYTE, at + 2L, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    int listSize(int list) { return lists.get(INT, list * 4L); }

    int listItem(int list, int index) { return lists.get(INT, (list + 1L + index) * 4); }

    /// The number of a component of a lot or residence number that is not plain digits, or -1.
    int odd(String folded) { return odd.getOrDefault(folded, -1); }

    String component(long value) {
        if (value == 0)
            return "";
        return value >= NumberTable.ODD ? oddNames.get((int) (value - NumberTable.ODD)) : Long.toString(value - 1);
    }

    Optional<Position> position(int town) {
        int lat = latitude(town);
        return lat == Gazetteer.NOWHERE
                ? position(places[placeOf(town)])
                : Optional.of(new Position(lat / 1e6, longitude(town) / 1e6, AddressLevel.TOWN));
    }

    Optional<Position> position(Place place) {
        return place.latitude == Gazetteer.NOWHERE
                ? Optional.empty()
                : Optional.of(new Position(place.latitude / 1e6, place.longitude / 1e6,
                        place.isPrefecture() ? AddressLevel.PREFECTURE : AddressLevel.CITY));
    }

    Town town(int number) {
        var place = places[placeOf(number)];
        long origins = towns.get(LONG, (long) number * DictionaryWriter.TOWN + 44);
        var names = IntStream.range(0, Math.min(63, sources.size())).filter(i -> (origins & 1L << i) != 0)
                .mapToObj(i -> sources.get(i).name()).toList();
        int code = postalCode(number);
        return new Town(place.lgCode, machiazaId(number), place.pref, place.county, place.city, place.ward,
                oaza(number), chome(number), koaza(number), kana(number), code == 0 ? "" : "%07d".formatted(code),
                is(number, DictionaryWriter.RESIDENTIAL), position(number), names);
    }

    // ---- looking up

    public Optional<Town> byId(String lgCode, String machiazaId) {
        var place = placeByCode.get(lgCode);
        int id = NumberTable.machiaza(machiazaId);
        if (place == null || id < 0 || machiazaId.isEmpty())
            return Optional.empty();
        long wanted = (long) place << 32 | id;
        int low = 0;
        int high = (int) (byId.byteSize() / 4) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int town = byId.get(INT, middle * 4L);
            long seen = (long) placeOf(town) << 32 | machiaza(town);
            if (seen == wanted)
                return Optional.of(town(town));
            if (seen < wanted)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return Optional.empty();
    }

    /// Towns of a postal code, with or without hyphen. A code of a whole municipality gives a town with empty names.
    public List<Town> byPostalCode(String code) {
        var digits = Folding.of(code).toString().replaceAll("[^0-9]", "");
        if (digits.length() != 7)
            return List.of();
        var out = new ArrayList<Town>();
        for (int pair : postal(Integer.parseInt(digits)))
            if (pair >= 0) {
                out.add(town(pair));
            } else {
                var p = places[pair & DictionaryWriter.POSTAL_PLACE];
                out.add(new Town(p.lgCode, "", p.pref, p.county, p.city, p.ward, "", "", "", p.kana, digits, false,
                        position(p), List.of()));
            }
        return out;
    }

    /// Every postal code that a source brings, once, in ascending order.
    public IntStream postalCodes() {
        return IntStream.range(0, (int) (byPostal.byteSize() / 8)).filter(i -> i == 0
                || byPostal.get(INT, i * 8L) != byPostal.get(INT, (i - 1) * 8L)).map(i -> byPostal.get(INT, i * 8L));
    }

    /// Towns, and with the sign bit set municipalities, of a postal code.
    int[] postal(int code) {
        int low = 0;
        int count = (int) (byPostal.byteSize() / 8);
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byPostal.get(INT, middle * 8L) < code)
                low = middle + 1;
            else
                high = middle;
        }
        int end = low;
        while (end < count && byPostal.get(INT, end * 8L) == code)
            end++;
        var out = new int[end - low];
        for (int i = low; i < end; i++)
            out[i - low] = byPostal.get(INT, i * 8L + 4);
        return out;
    }

    /// The postal codes that a recognised address may have; several when only its number decides, none when it is not recognised or no
    /// source has codes. A town of the registry without a code of its own has that of its oaza, else the municipality's for towns
    /// that are not listed.
    public List<PostalCandidate> postalCodes(AddressMatch match) {
        if (match.ambiguous() || !match.level().atLeast(AddressLevel.CITY))
            return List.of();
        return postalCodes(match.ids().lgCode(), match.parts().oaza(), match.parts().chome(), match.parts().koaza(),
                !match.rest().isEmpty() && HouseNumber.begins(match.rest()));
    }

    /// The postal codes of a town by its ids.
    public List<PostalCandidate> postalCodes(Town town) {
        return postalCodes(town.lgCode(), town.oaza(), town.chome(), town.koaza(), false);
    }

    private List<PostalCandidate> postalCodes(String lgCode, String oaza, String chome, String koaza, boolean number) {
        var place = placeByCode.get(lgCode);
        if (place == null)
            return List.of();
        if (oaza.isEmpty() && chome.isEmpty() && koaza.isEmpty()) {
            var after = number
                    ? ofPlace(place, DictionaryWriter.POSTAL_NUMBER, PostalCandidate.Ground.NUMBER)
                    : List.<PostalCandidate>of();
            return after.isEmpty() ? ofMunicipality(place) : after;
        }
        var own = ofName(place, oaza + chome + koaza, PostalCandidate.Ground.TOWN);
        if (!own.isEmpty())
            return own;
        if (!oaza.isEmpty() && !chome.isEmpty() && !koaza.isEmpty())
            own = ofName(place, oaza + chome, PostalCandidate.Ground.OAZA);
        if (own.isEmpty() && !oaza.isEmpty() && !(chome + koaza).isEmpty())
            own = ofName(place, oaza, PostalCandidate.Ground.OAZA);
        if (own.isEmpty() && (chome + koaza).isEmpty())
            own = parts(place, oaza);
        return own.isEmpty() ? ofMunicipality(place) : own;
    }

    private List<PostalCandidate> ofMunicipality(int place) {
        var out = ofPlace(place, DictionaryWriter.POSTAL_NOT_LISTED, PostalCandidate.Ground.NOT_LISTED);
        return out.isEmpty() ? ofPlace(place, 0, PostalCandidate.Ground.MUNICIPALITY) : out;
    }

    private List<PostalCandidate> ofPlace(int place, int kind, PostalCandidate.Ground ground) {
        return codes(0x8000_0000 | kind | place, ground);
    }

    private List<PostalCandidate> ofName(int place, String name, PostalCandidate.Ground ground) {
        int town = roots[place] == NONE ? NONE : value(trie.walk(roots[place], Folding.key(name)));
        var out = new LinkedHashSet<PostalCandidate>();
        for (; town != NONE; town = is(town, DictionaryWriter.MORE) ? town + 1 : NONE) {
            out.addAll(codes(town, ground));
            if (out.isEmpty() && postalCode(town) > 0)
                out.add(new PostalCandidate("%07d".formatted(postalCode(town)), ground));
        }
        return List.copyOf(out);
    }

    /// Towns of a municipality lie together, in the order of their folded names: those of an oaza begin with its name.
    private List<PostalCandidate> parts(int place, String oaza) {
        var out = new LinkedHashSet<PostalCandidate>();
        int low = 0;
        int high = townCount();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (placeOf(middle) < place)
                low = middle + 1;
            else
                high = middle;
        }
        for (int town = low; town < townCount() && placeOf(town) == place; town++)
            if (oaza(town).equals(oaza))
                out.addAll(codes(town, PostalCandidate.Ground.PART));
        return List.copyOf(out);
    }

    private int value(int node) { return node == NONE ? NONE : trie.value(node); }

    /// By target, then code; made when it is first asked for: two megabytes for the whole country.
    private long[] byTarget() {
        var known = postalByTarget;
        if (known.length > 0 || byPostal.byteSize() == 0)
            return known;
        var all = new long[(int) (byPostal.byteSize() / 8)];
        for (int i = 0; i < all.length; i++)
            all[i] = (long) byPostal.get(INT, i * 8L + 4) << 32 | byPostal.get(INT, i * 8L);
        Arrays.sort(all);
        postalByTarget = all;
        return all;
    }

    private volatile long[] postalByTarget = {};

    private List<PostalCandidate> codes(int target, PostalCandidate.Ground ground) {
        var all = byTarget();
        long from = (long) target << 32;
        int at = Arrays.binarySearch(all, from);
        var out = new ArrayList<PostalCandidate>(1);
        for (int i = at < 0 ? -at - 1 : at; i < all.length && all[i] >> 32 == target; i++)
            out.add(new PostalCandidate("%07d".formatted((int) all[i]), ground));
        return out;
    }

    /// A town and its distance.
    public record Near(Town town, double metres) {}

    /// The nearest towns to a point, nearest first; nothing beyond about 50 km.
    public List<Near> nearest(double latitude, double longitude, int limit) {
        if (!(latitude > 20 && latitude < 46.5 && longitude > 122 && longitude < 154.5) || limit <= 0)
            return List.of();
        int lat = (int) Math.round(latitude * 1e6);
        int lng = (int) Math.round(longitude * 1e6);
        record Hit(int town, double metres) {}
        var hits = new ArrayList<Hit>();
        int enough = -1;
        for (int ring = 0; ring <= 50; ring++) {
            for (int dy = -ring; dy <= ring; dy++)
                for (int dx = -ring; dx <= ring; dx += Math.abs(dy) == ring ? 1 : Math.max(1, 2 * ring))
                    inCell(lat / 10_000 + dy, lng / 10_000 + dx,
                            town -> hits.add(new Hit(town,
                                    metres(latitude, longitude, latitude(town) / 1e6, longitude(town) / 1e6))));
            if (enough < 0 && hits.size() >= limit)
                enough = ring * 3 / 2 + 1;
            if (enough >= 0 && ring >= enough)
                break;
        }
        hits.sort(Comparator.comparingDouble(Hit::metres)
                .thenComparingInt(h -> is(h.town, DictionaryWriter.BORROWED_POINT) ? 1 : 0)
                .thenComparingInt(Hit::town));
        return hits.stream().limit(limit).map(h -> new Near(town(h.town), h.metres)).toList();
    }

    private void inCell(int y, int x, java.util.function.IntConsumer sink) {
        int cell = y * 20_000 + x;
        int low = 0;
        int count = (int) (byCell.byteSize() / 8);
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byCell.get(INT, middle * 8L) < cell)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < count && byCell.get(INT, low * 8L) == cell; low++)
            sink.accept(byCell.get(INT, low * 8L + 4));
    }

    /// How far two points are from each other.
    public static double metres(Position one, Position other) {
        return metres(one.latitude(), one.longitude(), other.latitude(), other.longitude());
    }

    /// On a sphere; the error against the ellipsoid is below 0.6 %.
    static double metres(double lat1, double lng1, double lat2, double lng2) {
        double a = Math.toRadians(lat1);
        double b = Math.toRadians(lat2);
        double sinLat = Math.sin((b - a) / 2);
        double sinLng = Math.sin(Math.toRadians(lng2 - lng1) / 2);
        return 2 * 6_371_008.8
                * Math.asin(Math.sqrt(Math.min(1, sinLat * sinLat + Math.cos(a) * Math.cos(b) * sinLng * sinLng)));
    }

    /// Search as you type: towns whose name (or kana) goes on from what was typed so far, from the prefecture, the municipality or
    /// the town on. What matches exactly comes first, then shorter names.
    public List<Town> search(String typed, int limit) { return search(typed, 0, limit).towns(); }

    /// 検索の一頁. `more` when there are others behind; the first thousand can be paged through.
    public record Found(List<Town> towns, boolean more) {}

    /// A page of what `search` finds, from the `from`th on.
    public Found search(String typed, int from, int limit) {
        var folded = Folding.of(typed);
        if (folded.length == 0 || limit <= 0 || from < 0 || from >= MOST_FOUND)
            return new Found(List.of(), false);
        var found = new LinkedHashSet<Integer>();
        // always as far, so that pages are pages of one list
        var search = new TypeAhead(this, folded, MOST_FOUND);
        search.byName(found);
        if (found.size() < MOST_FOUND)
            byKana(Folding.key(typed), MOST_FOUND, found, search.placeFilter());
        return new Found(found.stream().skip(from).limit(limit).map(this::town).toList(), found.size() > from + limit);
    }

    private static final int MOST_FOUND = 1_000;

    private void byKana(String key, int limit, Set<Integer> found, Map<String, Integer> afterPlace) {
        kana(key, limit, found, NONE);
        for (var rest : afterPlace.entrySet())
            if (!rest.getKey().isEmpty() && found.size() < limit)
                kana(rest.getKey(), limit, found, rest.getValue());
    }

    private void kana(String key, int limit, Set<Integer> found, int place) {
        int low = 0;
        int count = (int) (byKana.byteSize() / 4);
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Folding.key(kana(byKana.get(INT, middle * 4L))).compareTo(key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        for (int looked = 0; low < count && found.size() < limit && looked < 20_000; low++, looked++) {
            int town = byKana.get(INT, low * 4L);
            if (!Folding.key(kana(town)).startsWith(key))
                return;
            if (place == NONE || placeOf(town) == place)
                found.add(town);
        }
    }

    /// All towns that a source has, in the order of their municipality's code and their folded name.
    public Stream<Town> towns() {
        return IntStream.range(0, townCount()).filter(t -> !is(t, DictionaryWriter.MADE)).mapToObj(this::town);
    }

    private static String text(MemorySegment part) {
        return new String(part.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /// Releases the map. Matching with a closed dictionary is refused by the platform.
    @Override
    public void close() {
        if (closes)
            arena.close();
    }
}
