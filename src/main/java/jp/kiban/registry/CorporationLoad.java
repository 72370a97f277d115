package jp.kiban.registry;

import jp.kiban.letters.CorporateNumber;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Holidays;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 法人データの読込み. Brings the corporations to the edition of a full or difference file. Rows go in by the thousand; a thousand and the
/// place in the file are one transaction, so that whoever kills it loses and doubles nothing: the same file given again goes on
/// where it stood. A bad row is listed and left out; the rest goes on.
@Component
public final class CorporationLoad implements RegistryLoad {
    private static final int CHUNK = 20_000;
    private static final int FIRST = 1_000;
    private static final Pattern FULL = Pattern.compile("^([0-9]{2})_[a-z]+_all_([0-9]{8}).*");
    private static final Pattern DIFFERENCE = Pattern.compile("^diff_([0-9]{8}).*");

    private static final String COLUMNS = "number, change_date, update_date, assignment_date, close_date, successor, loading, line, "
            + "process, kind, close_cause, corrected, hidden, digest, name, furigana, prefecture_code, city_code, prefecture, city, "
            + "street, post_code, outside, change_cause, en_name, en_prefecture, en_city, en_outside, images";
    private static final String KEYS = ", key, kana_key, grams";

    private final Store store;
    private final Loadings loadings;

    CorporationLoad(Store store, Loadings loadings) {
        this.store = store;
        this.loadings = loadings;
    }

    /// What the names of the site's files say: `00_zenkoku_all_20260130.zip`, `13_tokyo_all_20260130.csv`, `diff_20260202.zip`.
    static Optional<Loadings.Claim> claim(String name) {
        var full = FULL.matcher(name);
        if (full.matches())
            return day(full.group(2)).map(day -> new Loadings.Claim(BaseRegistry.CORPORATIONS, Loading.Kind.FULL,
                    full.group(1).equals("00") ? "" : full.group(1), day, "", false));
        var difference = DIFFERENCE.matcher(name);
        if (difference.matches())
            return day(difference.group(1)).map(day -> new Loadings.Claim(BaseRegistry.CORPORATIONS,
                    Loading.Kind.DIFFERENCE, "", day, "", false));
        return Optional.empty();
    }

    private static Optional<LocalDate> day(String eight) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(eight, 0, 4, 10), Integer.parseInt(eight, 4, 6, 10),
                    Integer.parseInt(eight, 6, 8, 10)));
        } catch (java.time.DateTimeException impossible) {
            return Optional.empty();
        }
    }

    @Override
    public BaseRegistry registry() { return BaseRegistry.CORPORATIONS; }

    @Override
    public Optional<Loadings.Claim> named(String name) { return claim(name); }

    @Override
    public Inspection look(SourceFile file) { return inspect(file); }

    @Override
    public List<String> columns() { return CorporationRow.NAMES; }

    /// Why this file cannot be loaded now, with what to do; nothing when it can.
    @Override
    public List<Finding> hindrances(Loadings.Claim claim, SourceFile file) {
        var newest = loadings.newest(BaseRegistry.CORPORATIONS);
        var open = loadings.open(BaseRegistry.CORPORATIONS).stream().filter(l -> !l.sha256().equals(file.sha256()))
                .findFirst();
        if (open.isPresent())
            return List.of(finding("file", "registry.error.other-load", open.get().file()));
        if (newest.isEmpty())
            return claim.kind() == Loading.Kind.FULL
                    ? List.of()
                    : List.of(finding("file", "registry.error.no-edition", file.name()));
        var edition = newest.get().edition();
        if (claim.kind() == Loading.Kind.FULL)
            return claim.edition().isBefore(edition)
                    ? List.of(finding("file", "registry.error.older", file.name(), claim.edition().toString(), edition
                            .toString()))
                    : List.of();
        if (!claim.edition().isAfter(edition))
            return List.of(finding("file", "registry.error.older", file.name(), claim.edition().toString(), edition
                    .toString()));
        var missing = new ArrayList<LocalDate>();
        for (var day = edition.plusDays(1); day.isBefore(claim.edition()) && missing.size() < 400; day = day.plusDays(
                1))
            if (Holidays.isOfficeDay(day))
                missing.add(day);
        if (missing.isEmpty() || !claim.gapReason().isBlank())
            return List.of();
        var named = missing.stream().limit(5).map(d -> "diff_" + d.toString().replace("-", "")).toList();
        return List.of(finding("gapReason", "registry.error.gap", file.name(), edition.toString(), missing.size(),
                String.join(", ", named) + (missing.size() > 5 ? " …" : "")));
    }

    static Finding finding(String where, String key, Object... values) {
        return new Finding(where, key, Words.text(key, values));
    }

    /// What a file holds, read through without keeping anything.
    record Inspection(long lines, long good, List<CorporationRow.Fault> faults) {}

    /// Reads the whole file; refuses one that is something else altogether.
    static Inspection inspect(SourceFile file) {
        var faults = new ArrayList<CorporationRow.Fault>();
        long[] counts = new long[2];
        read(file, (line, number) -> false, row -> counts[0]++, faults::add, line -> counts[1] = line);
        return new Inspection(counts[1], counts[0], faults);
    }

    public boolean isEmpty() {
        return store.in(Loadings.KEEPER, jdbc -> jdbc.sql("select not exists (select from registry.corporation)").query(
                Boolean.class).single());
    }

    /// Loads a file named as the site names it, in the name of the operator; refused with every finding when it cannot be taken now.
    public Loading load(Path path, String operator) {
        var file = SourceFile.look(path);
        var claim = claim(file.name()).orElseThrow(() -> BadInput.of("file", "registry.file", Words.text(
                "registry.error.which-kind", file.name())));
        var known = loadings.bySha(BaseRegistry.CORPORATIONS, file.sha256());
        if (known.isEmpty()) {
            var hindrances = hindrances(claim, file);
            if (!hindrances.isEmpty())
                throw new BadInput(hindrances);
        }
        int id = known.map(Loading::id).orElseGet(() -> loadings.keep(claim, file, 0, 0, operator, operator).id());
        return run(id, file, now -> {
        });
    }

    private interface Skip {
        /// True where the line is kept already; `number` is its digits, for the memory of what was seen.
        boolean line(long line, String number);
    }

    private interface Lines {
        void at(long line);
    }

    /// Line by line; the first thousand decide whether it is such a file at all.
    private static void read(SourceFile file, Skip skip, Consumer<CorporationRow> rows,
            Consumer<CorporationRow.Fault> faults, Lines lines) {
        try (var reader = file.open()) {
            long number = 0;
            int bad = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isEmpty()) {
                    var cells = SourceFile.cells(line, CorporationRow.COLUMNS);
                    if (cells == null || cells.length != CorporationRow.COLUMNS) {
                        if (number <= FIRST)
                            bad++;
                        faults.accept(cells == null
                                ? new CorporationRow.Fault(number, 0, "quote", line)
                                : new CorporationRow.Fault(number, 0, "columns", cells.length + ": " + line));
                    } else if (!skip.line(number, cells[1])) {
                        long at = number;
                        var row = line.indexOf('\uFFFD') >= 0 && replaced(at, cells, faults)
                                ? null
                                : CorporationRow.read(at, cells, (column, code) -> faults.accept(
                                        new CorporationRow.Fault(at, column, code, cells[column - 1])));
                        if (row != null)
                            rows.accept(row);
                        else if (number <= FIRST)
                            bad++;
                    }
                }
                if (number == FIRST && bad * 2 > FIRST)
                    throw other(file, bad, number);
                lines.at(number);
            }
            if (number < FIRST && bad * 2L > number)
                throw other(file, bad, number);
        } catch (IOException broken) {
            throw BadInput.of("file", "registry.file", Words.text("registry.error.unreadable", file.name(), String
                    .valueOf(broken.getMessage())));
        }
    }

    private static BadInput other(SourceFile file, long bad, long lines) {
        return BadInput.of("file", "registry.file", Words.text("registry.error.other-file", file.name(), bad, lines));
    }

    private static boolean replaced(long line, String[] cells, Consumer<CorporationRow.Fault> faults) {
        for (int c = 0; c < cells.length; c++)
            if (cells[c].indexOf('\uFFFD') >= 0)
                faults.accept(new CorporationRow.Fault(line, c + 1, "charset", cells[c]));
        return true;
    }

    /// Rows that go into the database together.
    private static final class Chunk {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 23);
        final LongSet numbers = new LongSet();
        final List<CorporationRow.Fault> faults = new ArrayList<>();
        int rows;
        long line;
        long badLine;
        long bad;

        void fault(CorporationRow.Fault fault) {
            faults.add(fault);
            if (fault.line() != badLine)
                bad++;
            badLine = fault.line();
        }
    }

    /// Loads an approved file, or goes on with one; tells after each thousand.
    @Override
    public Loading run(int id, SourceFile file, Consumer<Loading> told) {
        var known = loadings.get(id);
        if (known.stage() == Loading.Stage.DONE)
            return known;
        if (!known.sha256().equals(file.sha256()))
            throw new Conflict(Words.text("registry.error.changed-file", file.name()));
        boolean empty = store.in(Loadings.KEEPER,
                jdbc -> jdbc.sql("select not exists (select from registry.corporation)")
                        .query(Boolean.class).single());
        if (empty)
            new CorporationKeys(store).allOfToday();
        var loading = loadings.start(id, empty);
        if (loading.fresh() && loading.line() == 0)
            indexes(false);
        var seen = new LongSet();
        boolean full = loading.kind() == Loading.Kind.FULL;
        try (var behind = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("registry-rows").factory())) {
            var writing = new Writing(loading, behind, told);
            read(file, (line, number) -> {
                if (line > loading.line())
                    return false;
                if (full && CorporateNumber.isValid(number))
                    seen.add(Long.parseLong(number));
                return true;
            }, row -> {
                if (full && !seen.add(row.number().value()))
                    writing.chunk.fault(new CorporationRow.Fault(row.line(), 2, "double", row.number().digits()));
                else {
                    if (!full && !writing.chunk.numbers.add(row.number().value())) {
                        // two changes of one corporation: one after the other
                        writing.chunk.line = row.line() - 1;
                        writing.flush();
                        writing.chunk.numbers.add(row.number().value());
                    }
                    write(writing.chunk.bytes, row, id, loading.fresh() || full || row.latest());
                    writing.chunk.rows++;
                }
            }, fault -> {
                if (fault.line() > loading.line())
                    writing.chunk.fault(fault);
            }, line -> {
                writing.chunk.line = line;
                if (writing.chunk.rows >= CHUNK || writing.chunk.faults.size() >= CHUNK)
                    writing.flush();
            });
            writing.flush();
            writing.await();
        }
        return finish(id, seen);
    }

    /// What was right to load when it was given need not be so when it is approved or resumed: another may have come first.
    private void refuseOvertaken(Loading known, SourceFile file) {
        var claim = new Loadings.Claim(known.registry(), known.kind(), known.scope(), known.edition(),
                known.gapReason(),
                known.goneAccepted());
        var hindrances = known.line() == 0
                ? hindrances(claim, file)
                : loadings.newest(known.registry()).filter(n -> n.edition().isAfter(known.edition())).map(n -> List.of(
                        finding("file", "registry.error.older", known.file(), known.edition().toString(), n.edition()
                                .toString())))
                        .orElse(List.of());
        if (!hindrances.isEmpty())
            throw new BadInput(hindrances);
    }

    /// The reader goes on while the database works at the rows before; one chunk waits at most.
    private final class Writing {
        private final Loading loading;
        private final ExecutorService behind;
        private final Consumer<Loading> told;
        private long from;
        private @Nullable Future<Loading> pending;
        Chunk chunk = new Chunk();

        Writing(Loading loading, ExecutorService behind, Consumer<Loading> told) {
            this.loading = loading;
            this.behind = behind;
            this.told = told;
            this.from = loading.line();
        }

        void flush() {
            if (chunk.line <= from && chunk.rows == 0)
                return;
            await();
            var full = chunk;
            long start = from;
            pending = behind.submit(() -> keep(loading, full, start));
            from = full.line;
            chunk = new Chunk();
            chunk.line = from;
        }

        void await() {
            var waiting = pending;
            if (waiting == null)
                return;
            try {
                told.accept(waiting.get());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted; the same file goes on where it stood", stop);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof RuntimeException cause)
                    throw cause;
                throw new IllegalStateException(failed.getCause());
            }
        }
    }

    private Loading keep(Loading loading, Chunk chunk, long from) {
        return store.in(Loadings.KEEPER, jdbc -> {
            long added = 0;
            long changed = 0;
            if (chunk.rows > 0) {
                jdbc.sql("""
                        create temporary table if not exists incoming_corporation on commit delete rows as
                        select c.*, true as latest from registry.corporation c where false
                        """).update();
                store.copy("copy incoming_corporation (" + COLUMNS + KEYS + ", latest) from stdin",
                        new ByteArrayInputStream(chunk.bytes.toByteArray()));
                if (loading.fresh())
                    added = jdbc.sql("insert into registry.corporation (" + COLUMNS + KEYS + ") select " + COLUMNS
                            + KEYS + " from incoming_corporation").update();
                else {
                    changed = merge(jdbc, loading);
                    added = add(jdbc, loading);
                }
            }
            loadings.keepFaults(jdbc, loading.id(), chunk.faults);
            loadings.advance(jdbc, loading.id(), from, chunk.line, added, changed, chunk.rows - added - changed,
                    chunk.bad);
            return Loadings.get(jdbc, loading.id());
        });
    }

    /// What is known otherwise: the old row goes to the past, the new one takes its place. Rows of the past that a difference file
    /// brings along are kept as such.
    private static long merge(JdbcClient jdbc, Loading loading) {
        long past = jdbc.sql("insert into registry.corporation_past (" + COLUMNS + ") select " + COLUMNS
                + """
                         from incoming_corporation i where not i.latest
                        and not exists (select from registry.corporation_past p where p.number = i.number and p.digest = i.digest)
                        on conflict do nothing
                        """).update();
        jdbc.sql("insert into registry.corporation_past (" + COLUMNS + ", until_loading) select c."
                + COLUMNS.replace(", ", ", c.") + """
                        , case when i.corrected or i.change_date <= c.change_date then ?::int end
                        from registry.corporation c join incoming_corporation i on i.number = c.number
                        where i.latest and i.digest <> c.digest on conflict do nothing
                        """).params(loading.id()).update();
        jdbc.sql("""
                insert into registry.change (registry, item, what, detail, loading, at)
                select 'corporations', lpad(i.number::text, 13, '0'), 'CHANGED', lpad(i.process::text, 2, '0'), i.loading,
                  (select l.known_at from registry.loading l where l.id = i.loading)
                from registry.corporation c join incoming_corporation i on i.number = c.number
                where i.latest and i.digest <> c.digest order by i.line
                """).update();
        String set = (COLUMNS + KEYS).replace("number, ", "");
        return past + jdbc.sql("update registry.corporation c set (" + set + ") = (select i."
                + set.replace(", ", ", i.")
                + ") from incoming_corporation i where i.number = c.number and i.latest and i.digest <> c.digest")
                .update();
    }

    private static long add(JdbcClient jdbc, Loading loading) {
        jdbc.sql("""
                insert into registry.change (registry, item, what, detail, loading, at)
                select 'corporations', lpad(i.number::text, 13, '0'), 'ADDED', lpad(i.process::text, 2, '0'), i.loading,
                  (select l.known_at from registry.loading l where l.id = i.loading)
                from incoming_corporation i where i.latest and not exists (
                  select from registry.corporation c where c.number = i.number) order by i.line
                """).update();
        return jdbc.sql("insert into registry.corporation (" + COLUMNS + KEYS + ") select " + COLUMNS + KEYS + """
                 from incoming_corporation i where i.latest and not exists (
                  select from registry.corporation c where c.number = i.number)
                """).update();
    }

    /// What a full file of the same part of the country no longer has is gone; so many at once that the file must be doubted are
    /// gone only when somebody says so.
    private Loading finish(int id, LongSet seen) {
        var loading = loadings.get(id);
        List<Long> gone = loading.kind() == Loading.Kind.FULL && !loading.fresh() ? gone(loading, seen) : List.of();
        long known = seen.size() + (long) gone.size();
        if (gone.size() > 1000 && gone.size() * 100L > known && !loading.goneAccepted())
            return loadings.stop(id, "gone:" + gone.size());
        if (loading.fresh())
            indexes(true);
        var done = store.in(Loadings.KEEPER, jdbc -> {
            for (int at = 0; at < gone.size(); at += CHUNK) {
                var some = gone.subList(at, Math.min(gone.size(), at + CHUNK)).toArray(Long[]::new);
                jdbc.sql("insert into registry.corporation_past (" + COLUMNS + ", until_loading) select " + COLUMNS
                        + ", ?::int from registry.corporation where number = any (?::bigint[]) on conflict do nothing")
                        .params(id, some).update();
                jdbc.sql("""
                        insert into registry.change (registry, item, what, loading, at)
                        select 'corporations', lpad(n::text, 13, '0'), 'GONE', l.id, l.known_at
                        from unnest(?::bigint[]) n, registry.loading l where l.id = ?
                        """).params(some, id).update();
                jdbc.sql("delete from registry.corporation where number = any (?::bigint[])").params((Object) some)
                        .update();
            }
            Corrections.mended(jdbc, loading);
            return loadings.done(jdbc, id, gone.size());
        });
        if (!loading.fresh())
            settle();
        return done;
    }

    private void settle() {
        store.run(Loadings.KEEPER,
                jdbc -> jdbc.sql("select registry.corporation_settle()").query((row, i) -> true).single());
    }

    private List<Long> gone(Loading loading, LongSet seen) {
        return store.in(Loadings.KEEPER, jdbc -> {
            var gone = new ArrayList<Long>();
            jdbc.sql("select number from registry.corporation where ? = '' or prefecture_code = ?").params(loading
                    .scope(), loading.scope()).withFetchSize(50_000).query(row -> {
                        if (!seen.contains(row.getLong(1)))
                            gone.add(row.getLong(1));
                    });
            return gone;
        });
    }

    private void indexes(boolean wanted) {
        store.run(Loadings.KEEPER, jdbc -> jdbc.sql("select registry.corporation_indexes(?)").params(wanted).query((
                row, i) -> true).single());
    }

    // the text format of COPY

    private static void write(ByteArrayOutputStream out, CorporationRow row, int loading, boolean latest) {
        var line = new StringBuilder(600);
        String key = SearchKey.of(row.name());
        String kana = SearchKey.folded(row.furigana());
        line.append(row.number().value()).append('\t').append(row.changeDate()).append('\t').append(row.updateDate())
                .append('\t').append(row.assignmentDate()).append('\t');
        line.append(row.closeDate() == null ? "\\N" : row.closeDate().toString()).append('\t');
        line.append(row.successor() == null ? "\\N" : row.successor().digits()).append('\t');
        line.append(loading).append('\t').append(row.line()).append('\t').append(row.process()).append('\t').append(row
                .kind()).append('\t').append(row.closeCause() == null ? "\\N" : row.closeCause().toString()).append(
                        '\t')
                .append(row.corrected() ? "t\t" : "f\t").append(row.hidden() ? "t\t" : "f\t").append(row
                        .digest());
        for (String text : new String[]{row.name(), row.furigana(), row.prefectureCode(), row.cityCode(), row
                .prefecture(), row.city(), row.street(), row.postCode(), row.outside(), row.changeCause(),
                row
                        .enName(),
                row.enPrefecture(), row.enCity(), row.enOutside(), row.images(), key, kana})
            escaped(line.append('\t'), text);
        line.append("\t{");
        int[] grams = CorporationKeys.grams(row.number().value(), key, kana, row.prefectureCode(), row.kind(), row
                .closeDate() == null);
        for (int g = 0; g < grams.length; g++)
            line.append(g == 0 ? "" : ",").append(grams[g]);
        line.append("}\t").append(latest ? "t\n" : "f\n");
        try {
            out.write(line.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static void escaped(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\0' -> line.append('␀');
                default -> line.append(c);
            }
        }
    }
}
