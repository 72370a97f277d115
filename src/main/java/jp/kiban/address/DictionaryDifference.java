package jp.kiban.address;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

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
        before.towns().filter(t -> !t.machiazaId().isEmpty()).forEach(t -> old.putIfAbsent(key(t), t));
        var appeared = new ArrayList<Town>();
        var renamed = new ArrayList<Change>();
        var moved = new ArrayList<Change>();
        after.towns().filter(t -> !t.machiazaId().isEmpty()).forEach(now -> {
            var then = old.remove(key(now));
            if (then == null) {
                appeared.add(now);
                return;
            }
            double metres = metres(then, now);
            if (!then.name().equals(now.name()))
                renamed.add(new Change(then, now, metres));
            if (metres > MOVED)
                moved.add(new Change(then, now, metres));
        });
        var gone = before.towns().filter(t -> old.get(key(t)) == t || t.equals(old.get(key(t)))).toList();
        return new DictionaryDifference(before.version(), after.version(), List.copyOf(appeared), gone,
                List.copyOf(renamed), List.copyOf(moved));
    }

    public boolean isEmpty() { return appeared.isEmpty() && gone.isEmpty() && renamed.isEmpty() && moved.isEmpty(); }

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
