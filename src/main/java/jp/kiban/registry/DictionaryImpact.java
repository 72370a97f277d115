package jp.kiban.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import jp.kiban.address.DictionaryDifference;
import jp.kiban.authority.Authorities;
import jp.kiban.store.Scope;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// 辞書の更新の影響. Holds what stored records say of towns against the difference between two dictionaries. An authority's records are
/// listed for that authority alone; beside that only numbers leave its scope.
@Component
final class DictionaryImpact {
    private static final int PAGE = 2_000;
    private static final String OTHER = "OTHER_VERSION";

    private final ObjectProvider<AddressHolder> holders;
    private final Authorities authorities;
    private final DictionaryReleases releases;

    DictionaryImpact(ObjectProvider<AddressHolder> holders, Authorities authorities, DictionaryReleases releases) {
        this.holders = holders;
        this.authorities = authorities;
        this.releases = releases;
    }

    List<AddressHolder> holders() { return holders.orderedStream().toList(); }

    /// Looks through every authority's records; the lists are kept at once, the numbers are what it answers. `before` is the version
    /// that the difference is from; ids of another version are counted apart, for they may mean another town.
    DictionaryReleases.Impact of(int release, String version, String before, Path difference, BooleanSupplier wanted)
            throws IOException {
        if (before.isEmpty() || !Files.isRegularFile(difference))
            return DictionaryReleases.Impact.NONE;
        var changed = Changed.read(difference);
        var touches = new ArrayList<DictionaryReleases.Touch>();
        var towns = new HashSet<Long>();
        for (var authority : authorities.all()) {
            if (!wanted.getAsBoolean())
                return DictionaryReleases.Impact.NONE;
            var scope = Scope.of(authority.id());
            boolean begun = false;
            for (var holder : holders()) {
                var counts = new TreeMap<String, Long>();
                String after = "";
                do {
                    var page = holder.held(authority.id(), after, PAGE);
                    var touched = new ArrayList<AddressHolder.Held>();
                    // a record with two towns that change in the same way is one record; all its towns are on one page
                    var seen = new HashSet<String>();
                    for (var held : page.held())
                        if (changed.count(held, before, counts, seen)) {
                            touched.add(held);
                            towns.add(key(held.lgCode(), held.machiazaId()));
                        }
                    if (!touched.isEmpty()) {
                        if (!begun)
                            releases.forget(release, scope, authority.id().code());
                        begun = true;
                        releases.keep(release, version, scope, authority.id().code(), holder.code(), touched);
                    }
                    after = page.next();
                } while (!after.isEmpty());
                counts.forEach((what, n) -> touches.add(new DictionaryReleases.Touch(authority.id().code(), holder
                        .code(), what, n)));
            }
        }
        return new DictionaryReleases.Impact(touches, changes(difference, towns));
    }

    private static long key(String lgCode, String machiazaId) {
        return lgCode.matches("[0-9]{6}") && machiazaId.matches("[0-9]{7}")
                ? Long.parseLong(lgCode) * 10_000_000L + Long.parseLong(machiazaId)
                : -1;
    }

    /// 変わったID. Only ids and what happened to them, in nine bytes each: a new release may concern half a million.
    private record Changed(long[] keys, byte[] whats) {
        private static final DictionaryDifference.What[] WHATS = DictionaryDifference.What.values();

        static Changed read(Path difference) throws IOException {
            var keys = new long[1 << 12];
            var whats = new byte[1 << 12];
            int n = 0;
            try (var csv = rows(Files.newBufferedReader(difference))) {
                for (var row : csv) {
                    var what = DictionaryDifference.What.valueOf(row.get("what"));
                    if (what == DictionaryDifference.What.APPEARED)
                        continue;
                    long key = key(row.get("lg_code"), row.get("machiaza_id"));
                    if (n > 0 && keys[n - 1] == key) {
                        whats[n - 1] |= (byte) (1 << what.ordinal());
                        continue;
                    }
                    if (n == keys.length) {
                        keys = Arrays.copyOf(keys, n * 2);
                        whats = Arrays.copyOf(whats, n * 2);
                    }
                    keys[n] = key;
                    whats[n++] = (byte) (1 << what.ordinal());
                }
            }
            return new Changed(Arrays.copyOf(keys, n), Arrays.copyOf(whats, n));
        }

        /// Counts a record by what happens to its town, each way once; false when nothing does.
        boolean count(AddressHolder.Held held, String before, TreeMap<String, Long> counts, Set<String> seen) {
            if (!held.dataVersion().isEmpty() && !held.dataVersion().equals(before) && first(held, OTHER, seen))
                counts.merge(OTHER, held.records(), Long::sum);
            int at = Arrays.binarySearch(keys, key(held.lgCode(), held.machiazaId()));
            if (at < 0)
                return false;
            for (var what : WHATS)
                if ((whats[at] & 1 << what.ordinal()) != 0 && first(held, what.name(), seen))
                    counts.merge(what.name(), held.records(), Long::sum);
            return true;
        }

        private static boolean first(AddressHolder.Held held, String what, Set<String> seen) {
            return held.item().isEmpty() || seen.add(held.item() + " " + what);
        }
    }

    static CSVParser rows(BufferedReader in) throws IOException {
        return CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(in);
    }

    private static List<DictionaryReleases.Change> changes(Path difference, Set<Long> towns) throws IOException {
        var out = new ArrayList<DictionaryReleases.Change>();
        if (towns.isEmpty())
            return out;
        try (var csv = rows(Files.newBufferedReader(difference))) {
            for (var row : csv)
                if (!row.get("what").equals("APPEARED")
                        && towns.contains(key(row.get("lg_code"), row.get("machiaza_id"))))
                    out.add(new DictionaryReleases.Change(row.get("lg_code"), row.get("machiaza_id"), row.get("what"),
                            row.get("before"), row.get("after"),
                            row.get("metres").isEmpty() ? 0 : Long.parseLong(row.get("metres"))));
        }
        return out;
    }

    /// Of an excerpt of a report: so many rows of a CSV file from `from` on, with whether there are more.
    record Excerpt(List<List<String>> rows, boolean more) {}

    /// Only rows whose `column` says `value`, where that is not empty.
    static Excerpt excerpt(Path csv, int column, String value, int from, int limit) throws IOException {
        var out = new ArrayList<List<String>>();
        int seen = 0;
        try (var rows = rows(Files.newBufferedReader(csv))) {
            for (var row : rows) {
                if (!value.isEmpty() && !row.get(column).equals(value) || seen++ < from)
                    continue;
                if (out.size() == limit)
                    return new Excerpt(out, true);
                out.add(row.toList());
            }
        }
        return new Excerpt(out, false);
    }
}
