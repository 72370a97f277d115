package jp.kiban.registry;

import jp.kiban.letters.CorporateNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 法人の登録簿. Looks corporations up: by number, by name and reading in any spelling (whole, beginning, part), as of a day and as it was
/// known then. Measured over five million (docs/reference/generated/corporations.md).
@Component
public final class Corporations {
    /// So many are found at most: who finds more must say more.
    static final int MOST = 1000;
    /// Of those that merely contain what was typed.
    private static final int MOST_PARTS = 300;
    /// So many in one slice are not many in all, and so many in all are read to find the shortest.
    private static final int FEW = 25;
    private static final int MOST_READ = 5000;
    private static final String VERSION = """
            number, change_date, update_date, assignment_date, close_date, successor, loading, line, process, kind, close_cause,
            corrected, hidden, name, furigana, prefecture_code, city_code, prefecture, city, street, post_code, outside,
            change_cause, en_name, en_prefecture, en_city, en_outside""";

    private final Store store;
    private final int few;

    @Autowired
    Corporations(Store store) { this(store, FEW); }

    Corporations(Store store, int few) {
        this.store = store;
        this.few = few;
    }

    /// 検索条件. What is looked for; empty texts ask nothing. `sort` is `relevance`, `number`, `name` or `kana`, with `-` in front for
    /// downwards.
    public record Query(String q, String prefecture, String kind, boolean open, String sort) {}

    /// 見つかったもの. The numbers in their order; `more` when there are more than are told.
    record Found(List<Long> numbers, boolean more) {}

    private record Candidate(long number, int rank, String key, String kana) {}

    /// The current entry of a corporation.
    public Optional<Corporation> find(CorporateNumber number) {
        return store.in(Scope.nation(), jdbc -> versions(jdbc, "select " + VERSION
                + ", null::int as until_loading from registry.corporation where number = ?", number.value()).stream()
                .findFirst().map(Version::corporation));
    }

    /// The entry as of a day, by what was known then; empty when none of its time was known.
    public Optional<Corporation> find(CorporateNumber number, AsOf asOf) {
        return history(number).stream().filter(v -> !v.known().isAfter(asOf.known()) && v.doubted().map(d -> d.isAfter(
                asOf.known())).orElse(true)).map(Version::corporation).filter(c -> !c.changeDate().isAfter(asOf.on()))
                .findFirst();
    }

    /// 前身. Those that this one succeeded, in the order of numbers, `most` of them and one more where there are more.
    List<Corporation> predecessors(CorporateNumber number, int most) {
        return store.in(Scope.nation(), jdbc -> versions(jdbc, "select " + VERSION
                + ", null::int as until_loading from registry.corporation where successor = ? and not hidden order by number limit ?",
                number.value(), most + 1).stream().map(Version::corporation).toList());
    }

    /// 履歴の一件. What was so from its day of change on, known from `known`, and held to be wrong from `doubted` on.
    public record Version(Corporation corporation, Instant known, Optional<Instant> doubted) {}

    /// Everything that was ever known of it, the newest first.
    public List<Version> history(CorporateNumber number) {
        return store.in(Scope.nation(), jdbc -> versions(jdbc, "select " + VERSION
                + ", null::int as until_loading from registry.corporation where number = ? union all select " + VERSION
                + ", until_loading from registry.corporation_past where number = ?", number.value(), number.value())
                .stream().sorted(Comparator.comparing((Version v) -> v.corporation().changeDate()).thenComparing(v -> v
                        .corporation().updateDate())
                        .thenComparing(Version::known).thenComparing(v -> v.corporation()
                                .provenance().line())
                        .reversed())
                .toList());
    }

    private static List<Version> versions(JdbcClient jdbc, String sql, Object... params) {
        var loadings = new HashMap<Integer, Loading>();
        return jdbc.sql(sql).params(params).query((row, i) -> version(row, loadings, jdbc)).list();
    }

    private static Version version(ResultSet row, Map<Integer, Loading> loadings, JdbcClient jdbc)
            throws SQLException {
        var loading = loadings.computeIfAbsent(row.getInt("loading"), id -> Loadings.get(jdbc, id));
        int until = row.getInt("until_loading");
        Optional<Instant> doubted = row.wasNull()
                ? Optional.empty()
                : loadings.computeIfAbsent(until, id -> Loadings.get(jdbc, id)).knownAt();
        return new Version(corporation(row, loading), loading.knownAt().orElse(loading.proposedAt()), doubted);
    }

    private static Corporation corporation(ResultSet row, Loading loading) throws SQLException {
        long successor = row.getLong("successor");
        Optional<CorporateNumber> by = row.wasNull() ? Optional.empty() : Optional.of(CorporateNumber.of(successor));
        int cause = row.getInt("close_cause");
        Optional<Integer> why = row.wasNull() ? Optional.empty() : Optional.of(cause);
        String abroad = row.getString("en_outside");
        String english = abroad.isEmpty()
                ? (row.getString("en_city") + (row.getString("en_prefecture").isEmpty()
                        ? ""
                        : ", " + row.getString("en_prefecture"))).replaceFirst("^, ", "")
                : abroad;
        return new Corporation(CorporateNumber.of(row.getLong("number")), row.getString("name"), row.getString(
                "furigana"), row.getInt("kind"), row.getString("prefecture"), row.getString("city"),
                row.getString(
                        "street"),
                row.getString("prefecture_code"), row.getString("city_code"), row.getString("post_code"),
                row.getString("outside"), row.getString("en_name"), english, row.getInt("process"),
                row.getBoolean(
                        "corrected"),
                row.getBoolean("hidden"), row.getObject("change_date", LocalDate.class), row
                        .getObject("update_date", LocalDate.class),
                row.getObject("assignment_date", LocalDate.class),
                Optional.ofNullable(row.getObject("close_date", LocalDate.class)), why, by, row.getString(
                        "change_cause"),
                new Provenance(loading.registry().owner(), loading.file(), row.getLong("line"),
                        loading.edition(), loading.sha256(), loading.proposer(), loading.approver(),
                        loading.knownAt()
                                .orElse(loading.proposedAt())));
    }

    // search

    /// Those whose name or reading is, begins with or contains what was typed, or whose number begins with it.
    Found search(Query query) {
        return store.in(Scope.nation(), jdbc -> {
            // a limit makes a walk through the whole table look cheap to the planner: it isn't, for what is rare
            jdbc.sql("select set_config('enable_seqscan', 'off', true)").query(String.class).single();
            var search = new Search(jdbc, query, few, new LinkedHashMap<>());
            String digits = CorporateNumber.digitsOf(query.q());
            var words = words(query.q());
            boolean more = query.q().isBlank() && search.narrowed();
            if (!digits.isEmpty() && digits.length() <= 13) {
                long low = Long.parseLong((digits + "0000000000000").substring(0, 13));
                long high = Long.parseLong((digits + "9999999999999").substring(0, 13));
                more |= search.numbered(digits.length() == 13
                        ? "number between ? and ?"
                        : "not hidden and number between ? and ? order by number", low, high);
            }
            if (!words.isEmpty()) {
                String key = joined(query.q());
                String after = after(key);
                more |= search.look(BEGINS, MOST, "not hidden and key >= ? and key < ? order by key, number", key,
                        after);
                more |= search.look(READS, MOST,
                        "not hidden and kana_key <> '' and kana_key >= ? and kana_key < ? order by kana_key, number",
                        key, after);
                more |= search.parts(words);
            }
            if (List.of("name", "kana").contains(query.sort().replaceFirst("^-", "")))
                search.name();
            var ordered = new ArrayList<>(search.found.values());
            ordered.sort(order(query.sort(), joined(query.q())));
            return new Found(ordered.stream().limit(MOST).map(Candidate::number).toList(),
                    more || ordered.size() > MOST);
        });
    }

    /// What is typed, word by word, without legal forms and without what stands there twice.
    static List<String> words(String q) {
        return written(q).map(SearchKey::of).filter(k -> !k.isEmpty()).distinct().toList();
    }

    /// What is typed as one name, without legal forms.
    static String joined(String q) { return SearchKey.of(written(q).collect(Collectors.joining())); }

    private static Stream<String> written(String q) {
        return Arrays.stream(q.strip().split("[\\s　]+")).filter(word -> !SearchKey.isForm(word));
    }

    /// The first text behind all that begin with this one, in the order of code points.
    private static String after(String key) { return key + "\uDBFF\uDFFD"; }

    private static final int NUMBERED = 1;
    private static final int BEGINS = 2;
    private static final int READS = 3;
    private static final int PART = 4;
    private static final int WHOLE = -1;

    /// 検索の途中. What is found so far, and what narrows it. Everything that narrows stands in each index, so that no search reads rows only
    /// to leave them out.
    private record Search(JdbcClient jdbc, Query query, int few, LinkedHashMap<Long, Candidate> found) {

        private String narrow(List<Object> params) {
            String filter = "";
            if (!query.prefecture().isEmpty()) {
                filter += "prefecture_code = ? and ";
                params.add(query.prefecture());
            }
            if (!query.kind().isEmpty()) {
                filter += "kind = ?::smallint and ";
                params.add(Integer.parseInt(query.kind()));
            }
            return query.open() ? filter + "close_date is null and " : filter;
        }

        /// True when there are more than `most`.
        boolean look(int rank, int most, String where, Object... values) {
            if (found.size() > MOST)
                return true;
            var params = new ArrayList<>();
            String filter = narrow(params);
            params.addAll(List.of(values));
            params.add(most + 1);
            return jdbc
                    .sql("select number, key, kana_key from registry.corporation where " + filter + where + " limit ?")
                    .params(params).query((row, i) -> keep(row.getLong(1), rank, row.getString(2), row.getString(3)))
                    .list().size() > most;
        }

        private boolean keep(long number, int rank, String key, String kana) {
            if (found.size() <= MOST)
                found.putIfAbsent(number, new Candidate(number, rank, key, kana));
            return true;
        }

        /// By number alone; names are read afterwards, where they are asked for.
        boolean numbered(String where, Object... values) {
            var params = new ArrayList<>();
            String filter = narrow(params);
            params.addAll(List.of(values));
            params.add(MOST + 1);
            return jdbc.sql("select number from registry.corporation where " + filter + where + " limit ?").params(
                    params).query((row, i) -> keep(row.getLong(1), NUMBERED, "", "")).list().size() > MOST;
        }

        /// Nothing typed: a prefecture, a kind or both, in the order of numbers. Each pair of the two is a range of its own in the index.
        boolean narrowed() {
            String way = query.sort().equals("-number") ? " desc" : "";
            var prefectures = query.prefecture().isEmpty() ? PREFECTURES : List.of(query.prefecture());
            var kinds = query.kind().isEmpty() ? CorporationRow.KINDS : List.of(query.kind());
            return jdbc.sql("""
                    select n.number from unnest(?::text[]) p(code), unnest(?::smallint[]) k(kind), lateral (
                      select number from registry.corporation c where not hidden and c.prefecture_code = p.code and c.kind = k.kind%s
                      order by number%s limit ?) n order by n.number%s limit ?
                    """.formatted(query.open() ? " and close_date is null" : "", way, way)).params(prefectures.toArray(
                    String[]::new), kinds.stream().map(Short::valueOf).toArray(Short[]::new), MOST + 1, MOST + 1)
                    .query((row, i) -> keep(row.getLong(1), NUMBERED, "", "")).list().size() > MOST;
        }

        /// Those that contain every word. One slice tells about how many there are: of few, all are read and the shortest names told; of
        /// many, those of the first slices, the shortest names first.
        boolean parts(List<String> words) {
            if (found.size() > MOST)
                return true;
            jdbc.sql("""
                    select set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true),
                      set_config('max_parallel_workers_per_gather', '0', true), set_config('work_mem', '32MB', true)
                    """).query((row, i) -> true).single();
            var some = new ArrayList<>(containing(words, 0, MOST_READ));
            if (some.size() > few)
                for (int slice = 1; slice < SearchKey.SAMPLED && some.size() <= MOST_PARTS; slice++)
                    some.addAll(containing(words, slice, MOST_READ));
            boolean all = some.size() <= MOST_PARTS;
            return keep(all ? containing(words, WHOLE, MOST_READ) : some, MOST_PARTS) || !all || found.size() > MOST;
        }

        /// True when there were more than `most`: the shortest of them are kept.
        private boolean keep(List<Candidate> some, int most) {
            some.stream().sorted(Comparator.comparingInt((Candidate c) -> SearchKey.length(c.key())).thenComparing(
                    Candidate::key).thenComparing(Candidate::number)).limit(most + 1L).forEach(c -> found.putIfAbsent(c
                            .number(), c));
            return some.size() > most;
        }

        /// At most `most` and one more of those of a slice, or of all.
        private List<Candidate> containing(List<String> words, int slice, int most) {
            var params = new ArrayList<>();
            // by the index of characters and pairs alone: the planner would join another one that is no help
            var where = new StringBuilder("not hidden");
            var marks = new ArrayList<Integer>();
            if (!query.prefecture().isEmpty()) {
                marks.add(SearchKey.ofPrefecture(query.prefecture()));
                where.append(" and prefecture_code || '' = ?");
                params.add(query.prefecture());
            }
            if (!query.kind().isEmpty()) {
                marks.add(SearchKey.ofKind(Integer.parseInt(query.kind())));
                where.append(" and kind + 0 = ?");
                params.add(Integer.parseInt(query.kind()));
            }
            if (query.open())
                where.append(" and close_date is null");
            for (String word : words)
                if (SearchKey.spellings(word).size() == 1)
                    marks.addAll(grams(word, slice));
            if (!marks.isEmpty()) {
                where.append(" and grams @> ?::int[]");
                params.add(marks.toArray(Integer[]::new));
            }
            for (String word : words) {
                where.append(" and (false");
                var spellings = SearchKey.spellings(word);
                for (String spelling : spellings) {
                    where.append(" or ");
                    if (spellings.size() > 1) {
                        where.append("grams @> ?::int[] and ");
                        params.add(grams(spelling, slice).toArray(Integer[]::new));
                    }
                    where.append("(key like ? or kana_key like ?)");
                    params.add("%" + spelling + "%");
                    params.add("%" + spelling + "%");
                }
                where.append(')');
            }
            params.add(most + 1);
            return jdbc.sql("select number, key, kana_key from registry.corporation where " + where + " limit ?")
                    .params(
                            params)
                    .query((row, i) -> new Candidate(row.getLong(1), PART, row.getString(2), row.getString(3)))
                    .list();
        }

        private static List<Integer> grams(String word, int slice) {
            return Arrays.stream(SearchKey.asked(word)).map(gram -> slice == WHOLE
                    ? gram
                    : SearchKey.inSlice(gram, slice)).boxed().toList();
        }

        /// Names and readings of what was found by number.
        void name() {
            var bare = found.values().stream().filter(c -> c.rank() == NUMBERED).map(Candidate::number).toArray(
                    Long[]::new);
            if (bare.length > 0)
                jdbc.sql("select number, key, kana_key from registry.corporation where number = any (?::bigint[])")
                        .params((Object) bare).query(row -> {
                            found.put(row.getLong(1), new Candidate(row.getLong(1), NUMBERED, row.getString(2), row
                                    .getString(3)));
                        });
        }
    }

    private static final List<String> PREFECTURES = java.util.stream.Stream.concat(
            java.util.stream.IntStream.rangeClosed(1, 47).boxed(), java.util.stream.Stream.of(99))
            .map("%02d"::formatted)
            .toList();

    private static Comparator<Candidate> order(String sort, String key) {
        Comparator<Candidate> byNumber = Comparator.comparingLong(Candidate::number);
        Comparator<Candidate> up = switch (sort.replaceFirst("^-", "")) {
            case "number" -> byNumber;
            case "name" -> Comparator.comparing(Candidate::key).thenComparing(byNumber);
            case "kana" -> Comparator.comparing((Candidate c) -> c.kana().isEmpty()).thenComparing(Candidate::kana)
                    .thenComparing(byNumber);
            default -> Comparator.comparing((Candidate c) -> !c.key().equals(key) && !c.kana().equals(key))
                    .thenComparing(Candidate::rank).thenComparing(c -> SearchKey.length(c.key()))
                    .thenComparing(Candidate::key)
                    .thenComparing(byNumber);
        };
        return sort.startsWith("-") ? up.reversed() : up;
    }

    /// The current entries of these numbers, in their order.
    List<Corporation> all(List<Long> numbers) {
        if (numbers.isEmpty())
            return List.of();
        return store.in(Scope.nation(), jdbc -> {
            var found = new HashMap<Long, Corporation>();
            versions(jdbc, "select " + VERSION
                    + ", null::int as until_loading from registry.corporation where number = any (?::bigint[])",
                    (Object) numbers.toArray(Long[]::new)).forEach(
                            v -> found.put(v.corporation().number().value(), v
                                    .corporation()));
            return numbers.stream().map(found::get).filter(Objects::nonNull).map(c -> c).toList();
        });
    }

    /// How many there are, by the planner's count where there are many: a figure for a page, not for a book.
    long count() {
        return store.in(Scope.nation(), jdbc -> {
            long about = jdbc.sql("select reltuples::bigint from pg_class where oid = 'registry.corporation'::regclass")
                    .query(Long.class).single();
            return about > 100_000
                    ? about
                    : jdbc.sql("select count(*) from registry.corporation").query(Long.class).single();
        });
    }

    /// Every current entry that is not left out of searches, in the order of numbers, as one snapshot.
    void each(String prefecture, Consumer<Corporation> told) {
        store.run(Scope.nation(), jdbc -> {
            var loadings = new HashMap<Integer, Loading>();
            jdbc.sql("select id from registry.loading where registry = 'corporations'").query(Integer.class).list()
                    .forEach(id -> loadings.put(id, Loadings.get(jdbc, id)));
            jdbc.sql("select " + VERSION + " from registry.corporation where not hidden and (? = '' or "
                    + "prefecture_code = ?) order by number").params(prefecture, prefecture).withFetchSize(2000).query(
                            row -> {
                                told.accept(
                                        corporation(row, Objects.requireNonNull(loadings.get(row.getInt("loading")))));
                            });
        });
    }

}
