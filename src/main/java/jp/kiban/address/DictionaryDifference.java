package jp.kiban.address;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// 版の差分. What changed between two dictionaries, by (lg_code, machiaza_id): ids that appeared, went, were renamed, or whose
/// point moved. Towns without an id are not compared.
public record DictionaryDifference(String before, String after, List<Town> appeared, List<Town> gone,
        List<Change> renamed, List<Change> moved) {
    /// A point has moved when it is more than this many metres away: sources round to about one.
    private static final double MOVED = 10;

    /// The same id before and after; `metres` is how far its point moved.
    public record Change(Town before, Town after, double metres) {}

    public static DictionaryDifference between(AddressDictionary before, AddressDictionary after) {
        var old = new HashMap<String, Town>();
        // an id may stand for two names, 屏風丁 and 屛風丁: it is still one id
        var otherNames = new HashMap<String, Set<String>>();
        before.towns().filter(t -> !t.machiazaId().isEmpty()).forEach(t -> {
            if (old.putIfAbsent(key(t), t) != null)
                otherNames.computeIfAbsent(key(t), k -> new HashSet<>()).add(t.name());
        });
        var seen = new HashMap<String, Town>();
        var appeared = new ArrayList<Town>();
        var renamed = new LinkedHashMap<String, Change>();
        var moved = new ArrayList<Change>();
        after.towns().filter(t -> !t.machiazaId().isEmpty()).forEach(now -> {
            String key = key(now);
            var then = old.remove(key);
            boolean again = then == null && seen.containsKey(key);
            if (then == null && !again) {
                appeared.add(now);
                seen.put(key, now);
                return;
            }
            if (again) {
                var first = Optional.ofNullable(seen.get(key));
                if (first.filter(f -> now.name().equals(f.name())).isPresent() || otherNames.getOrDefault(key, Set
                        .of()).contains(now.name()))
                    renamed.remove(key);
                return;
            }
            var former = Objects.requireNonNull(then);
            seen.put(key, former);
            double metres = metres(former, now);
            if (!former.name().equals(now.name()) && !otherNames.getOrDefault(key, Set.of()).contains(now.name()))
                renamed.put(key, new Change(former, now, metres));
            if (metres > MOVED)
                moved.add(new Change(former, now, metres));
        });
        var gone = before.towns().filter(t -> !t.machiazaId().isEmpty() && t.equals(old.remove(key(t)))).toList();
        return new DictionaryDifference(before.version(), after.version(), List.copyOf(appeared), gone,
                List.copyOf(renamed.values()), List.copyOf(moved));
    }

    public boolean isEmpty() { return appeared.isEmpty() && gone.isEmpty() && renamed.isEmpty() && moved.isEmpty(); }

    /// In one line of English.
    public String summary() {
        return "%,d ids appeared, %,d went, %,d renamed, %,d moved".formatted(appeared.size(), gone.size(),
                renamed.size(),
                moved.size());
    }

    /// What one row of the written difference says.
    public enum What {
        APPEARED, GONE, RENAMED, MOVED
    }

    /// One row for each id and what happened to it: `what,lg_code,machiaza_id,before,after,metres`, in the order of the ids.
    public void writeCsv(Writer out) throws IOException {
        record Row(What what, Town town, String before, String after, double metres) {}
        var rows = new ArrayList<Row>();
        appeared.forEach(t -> rows.add(new Row(What.APPEARED, t, "", t.name(), 0)));
        gone.forEach(t -> rows.add(new Row(What.GONE, t, t.name(), "", 0)));
        renamed.forEach(
                c -> rows.add(new Row(What.RENAMED, c.after(), c.before().name(), c.after().name(), c.metres())));
        moved.forEach(c -> rows.add(new Row(What.MOVED, c.after(), c.before().name(), c.after().name(), c.metres())));
        rows.sort(Comparator.<Row, String>comparing(r -> key(r.town())).thenComparing(Row::what));
        out.write("what,lg_code,machiaza_id,before,after,metres\r\n");
        for (var r : rows)
            out.write(Csv.line(List.of(r.what().name(), r.town().lgCode(), r.town().machiazaId(), r.before(), r.after(),
                    r.metres() == 0 ? "" : Long.toString(Math.round(r.metres())))) + "\r\n");
    }

    private static String key(Town town) { return town.lgCode() + town.machiazaId(); }

    private static double metres(Town one, Town other) {
        if (one.position().isEmpty() || other.position().isEmpty())
            return 0;
        var a = one.position().get();
        var b = other.position().get();
        return a.of() != b.of()
                ? 0
                : AddressDictionary.metres(a.latitude(), a.longitude(), b.latitude(), b.longitude());
    }
}
