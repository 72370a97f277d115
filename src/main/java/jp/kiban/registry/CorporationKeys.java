package jp.kiban.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 検索の鍵の更新. Names are looked up by keys that were made when they were loaded. Where the folding has changed since then, all keys are
/// made anew, a few thousand at a time, going on after a restart where it stood; until then a name may be missed in its old spelling.
@Component
final class CorporationKeys {
    /// Raised with each change of `letters.Folding`, its table of variants, or `SearchKey`.
    static final int FOLDING = 6;
    private static final long ALL = 9_999_999_999_999L;
    private static final int CHUNK = 5_000;

    private final Store store;

    CorporationKeys(Store store) { this.store = store; }

    /// What the index of characters and pairs holds of a corporation.
    static int[] grams(long number, String key, String kana, String prefecture, int kind, boolean open) {
        int[] marks = SearchKey.marks(prefecture, kind, open);
        int[] pairs = SearchKey.grams(key, kana);
        int slice = SearchKey.slice(number);
        boolean twice = slice < SearchKey.SAMPLED;
        var all = Arrays.copyOf(marks, marks.length + (twice ? 2 : 1) * pairs.length);
        System.arraycopy(pairs, 0, all, marks.length, pairs.length);
        for (int i = 0; twice && i < pairs.length; i++)
            all[marks.length + pairs.length + i] = SearchKey.inSlice(pairs[i], slice);
        return all;
    }

    /// An empty registry is filled with keys of today.
    void allOfToday() { store.run(Loadings.KEEPER, jdbc -> jdbc.sql("""
                insert into registry.corporation_keys (folding, number) values (?, ?)
                on conflict (one) do update set folding = excluded.folding, number = excluded.number
                """).params(FOLDING, ALL).update()); }

    private record Named(long number, String name, String furigana, String prefecture, int kind, boolean open) {}

    /// Makes what is of an older folding anew; answers how many.
    long renew(BooleanSupplier stop) {
        long renewed = 0;
        while (!stop.getAsBoolean()) {
            int some = store.in(Loadings.KEEPER, jdbc -> {
                long from = jdbc.sql("select number from registry.corporation_keys where folding = ?").params(FOLDING)
                        .query(Long.class).optional().orElse(0L);
                if (from == ALL)
                    return -1;
                var named = jdbc.sql("""
                        select number, name, furigana, prefecture_code, kind, close_date is null from registry.corporation
                        where number > ? order by number limit ?
                        """).params(from, CHUNK).query((row, i) -> new Named(row.getLong(1), row.getString(2),
                        row.getString(3), row.getString(4), row.getInt(5), row.getBoolean(6))).list();
                var numbers = new ArrayList<Long>();
                var keys = new ArrayList<String>();
                var kanas = new ArrayList<String>();
                var grams = new ArrayList<String>();
                for (var one : named) {
                    String key = SearchKey.of(one.name());
                    String kana = SearchKey.folded(one.furigana());
                    numbers.add(one.number());
                    keys.add(key);
                    kanas.add(kana);
                    grams.add(Arrays.toString(grams(one.number(), key, kana, one.prefecture(), one.kind(),
                            one.open()))
                            .replace('[', '{').replace(']', '}'));
                }
                jdbc.sql("""
                        update registry.corporation c set key = n.key, kana_key = n.kana, grams = n.grams::int[]
                        from unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) n(number, key, kana, grams)
                        where c.number = n.number and (c.key, c.kana_key, c.grams) is distinct from (n.key, n.kana, n.grams::int[])
                        """).params(numbers.toArray(Long[]::new), keys.toArray(String[]::new),
                        kanas.toArray(String[]::new), grams.toArray(String[]::new)).update();
                jdbc.sql("""
                        insert into registry.corporation_keys (folding, number) values (?, ?)
                        on conflict (one) do update set folding = excluded.folding, number = excluded.number
                        """).params(FOLDING, named.size() < CHUNK ? ALL : named.getLast().number()).update();
                return named.size();
            });
            if (some < 0)
                return renewed;
            renewed += some;
        }
        return renewed;
    }
}
