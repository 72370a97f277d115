package jp.kiban.authority;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.kiban.kernel.AuthorityId;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 廃置分合. Which bodies went before the ones of today, and when: mergers, absorptions, towns that became cities, cities that were
/// designated, wards drawn anew, names changed. The table that the jar carries tells of each change what was found in which source; an operator
/// may put a fuller one in its place (`kiban.authority.history=FILE`), of which the start refuses all faults at once.
@Component
public final class AuthorityHistory {
    private static final List<String> COLUMNS = List.of("day", "kind", "code", "name", "kana", "type", "to", "source");
    /// From then on the built-in table has every change of a municipality: 1,741 of them on every day, as the law’s count is.
    private static final LocalDate BUILT_IN_COMPLETE_SINCE = LocalDate.of(2014, 4, 5);

    /// 変更の種類.
    public enum Kind {
        /// 新設合併: several became a new one.
        MERGED,
        /// 編入: it became part of another.
        ABSORBED,
        /// 市制施行・町制施行: the same body with another code.
        CITY,
        /// 政令指定都市への移行.
        DESIGNATED,
        /// 区の再編: its area may have gone to several.
        WARDS,
        /// 名称変更.
        RENAMED;

        /// As the table and the API write it.
        public String code() { return name().toLowerCase(Locale.ROOT); }
    }

    /// 確かめたこと. What of a change was found in the source that is named: the day, the names of both bodies, the old code. What isn't named
    /// was written without one; of a code then its check digit is right, and no more is known.
    public enum Checked {
        DAY, NAMES, CODE;

        /// As the table and the API write it.
        public String code() { return name().toLowerCase(Locale.ROOT); }
    }

    /// 変更. On that day the body ceased to be what it was, and (part of) it went on as `to`; `checked` is what of this stands in `source`.
    public record Change(LocalDate day, Kind kind, Authority former, AuthorityId to, String source,
            Set<Checked> checked) {
        public Change {
            checked = Set.copyOf(checked);
        }

        /// 確度: `confirmed` where day, names and code stand in the source, `partly` where some of it does, `unconfirmed`.
        public String confidence() {
            return checked.isEmpty()
                    ? "unconfirmed"
                    : checked.size() == Checked.values().length ? "confirmed" : "partly";
        }
    }

    /// 表の誤り.
    public record Fault(long line, String seen, String mend) {}

    /// 表の読み取り. The history as far as it could be read, and everything that is wrong.
    public record Reading(AuthorityHistory history, List<Fault> faults) {}

    private final Authorities authorities;
    private final List<Change> changes;
    private final LocalDate completeSince;

    @Autowired
    AuthorityHistory(Authorities authorities, @Value("${kiban.authority.history:}") String file) {
        var reading = file.isBlank() ? builtIn(authorities) : of(Path.of(file), authorities);
        if (!reading.faults().isEmpty())
            throw new IllegalStateException("kiban.authority.history=" + file + " has faults:\n"
                    + String.join("\n", reading.faults().stream()
                            .map(f -> "line " + f.line() + ": " + f.seen() + " — " + f.mend()).toList()));
        this.authorities = authorities;
        this.changes = reading.history().changes;
        this.completeSince = reading.history().completeSince;
    }

    private AuthorityHistory(Authorities authorities, List<Change> changes, LocalDate completeSince) {
        this.authorities = authorities;
        this.changes = List.copyOf(changes);
        this.completeSince = completeSince;
    }

    /// The table that the jar carries.
    public static AuthorityHistory of(Authorities authorities) { return builtIn(authorities).history(); }

    private static Reading builtIn(Authorities authorities) {
        try (var in = AuthorityHistory.class.getResourceAsStream("/authority/history.csv");
                var reader = new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8)) {
            return read(reader, authorities, Optional.of(BUILT_IN_COMPLETE_SINCE));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The operator's table; every fault of it.
    static Reading of(Path file, Authorities authorities) {
        try (var reader = Files.newBufferedReader(file)) {
            return read(reader, authorities, Optional.empty());
        } catch (IOException failed) {
            return new Reading(new AuthorityHistory(authorities, List.of(), LocalDate.MAX), List.of(new Fault(0,
                    file + " cannot be read as UTF-8 (" + failed.getClass().getSimpleName() + ")",
                    "give a CSV file in UTF-8 with the columns " + String.join(",", COLUMNS))));
        }
    }

    static Reading read(Reader table, Authorities authorities, Optional<LocalDate> completeSince) throws IOException {
        var faults = new ArrayList<Fault>();
        var changes = new ArrayList<Change>();
        var lines = new ArrayList<Long>();
        var csv = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setIgnoreEmptyLines(true).setTrim(true)
                .get().parse(table);
        var missing = COLUMNS.stream()
                .filter(c -> csv.getHeaderNames().stream().noneMatch(h -> h.replace("\uFEFF", "").equals(c))).toList();
        if (!missing.isEmpty() || csv.getHeaderNames().isEmpty()) {
            faults.add(new Fault(1, "the header is " + String.join(",", csv.getHeaderNames()),
                    "give the columns " + String.join(",", COLUMNS)));
        } else {
            for (var row : csv)
                change(row, csv.getCurrentLineNumber(), authorities, faults).ifPresent(c -> {
                    changes.add(c);
                    lines.add(csv.getCurrentLineNumber());
                });
            for (int i = 0; i < changes.size(); i++)
                check(changes.get(i), lines.get(i), changes, authorities, faults);
        }
        changes.sort(Comparator.comparing(Change::day).thenComparing(c -> c.former().id()).thenComparing(Change::to));
        var since = completeSince.orElseGet(() -> changes.isEmpty() ? LocalDate.MAX : changes.getFirst().day());
        return new Reading(new AuthorityHistory(authorities, changes, since), faults);
    }

    private static Optional<Change> change(CSVRecord row, long line, Authorities authorities, List<Fault> faults) {
        int before = faults.size();
        if (!row.isConsistent()) {
            faults.add(new Fault(line, row.size() + " columns", "give " + COLUMNS.size()));
            return Optional.empty();
        }
        var day = day(row.get(0), line, faults);
        var kind = Arrays.stream(Kind.values()).filter(k -> k.code().equals(row.get("kind"))).findFirst();
        if (kind.isEmpty())
            faults.add(new Fault(line, "kind “" + row.get("kind") + "”",
                    "use one of " + String.join(", ", Arrays.stream(Kind.values()).map(Kind::code).toList())));
        var type = Arrays.stream(Authority.Kind.values())
                .filter(k -> k.name().toLowerCase(Locale.ROOT).equals(row.get("type"))).findFirst();
        if (type.isEmpty())
            faults.add(new Fault(line, "type “" + row.get("type") + "”",
                    "use city, town, village, special_ward, designated_city or designated_ward"));
        var checked = checked(row, line, faults);
        var code = id(row.get("code"), "code", line, faults);
        var to = id(row.get("to"), "to", line, faults);
        if (row.get("name").isBlank())
            faults.add(new Fault(line, "no name", "give the name that the body had"));
        if (faults.size() > before)
            return Optional.empty();
        var parent = type.get() == Authority.Kind.DESIGNATED_WARD
                ? authorities.find(to.orElseThrow()).flatMap(Authority::parent)
                : authorities.prefectures().stream()
                        .filter(p -> p.id().code().startsWith(code.orElseThrow().code().substring(0, 2)))
                        .map(Authority::id).findFirst();
        return Optional.of(new Change(day.orElseThrow(), kind.orElseThrow(), new Authority(code.orElseThrow(), type.get(),
                row.get("name"), row.get("kana"), "", parent, 0), to.orElseThrow(), row.get("source"), checked));
    }

    /// The column may be left out: then nothing is said to be checked.
    private static Set<Checked> checked(CSVRecord row, long line, List<Fault> faults) {
        var checked = EnumSet.noneOf(Checked.class);
        if (row.isMapped("checked"))
            for (var word : row.get("checked").split(" +"))
                if (!word.isEmpty())
                    Arrays.stream(Checked.values()).filter(c -> c.code().equals(word)).findFirst().ifPresentOrElse(
                            checked::add,
                            () -> faults.add(new Fault(line, "checked “" + word + "”", "use day, names, code")));
        if (!checked.isEmpty() && row.get("source").isBlank())
            faults.add(new Fault(line, "checked “" + row.get("checked") + "” without a source",
                    "name the source it was found in"));
        return checked;
    }

    private static Optional<LocalDate> day(String text, long line, List<Fault> faults) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException unreadable) {
            faults.add(new Fault(line, "day “" + text + "”", "write the day the change took effect as 2024-01-01"));
            return Optional.empty();
        }
    }

    private static Optional<AuthorityId> id(String text, String column, long line, List<Fault> faults) {
        var six = text.matches("[0-9]{5}") ? text + AuthorityId.checkDigit(text) : text;
        if (six.matches("[0-9]{6}") && AuthorityId.isValid(six))
            return Optional.of(AuthorityId.of(six));
        faults.add(new Fault(line, column + " “" + text + "”", "give a code of five digits, or of six with its check digit"));
        return Optional.empty();
    }

    /// What goes on must be there, today or until a later change.
    private static void check(Change change, long line, List<Change> all, Authorities authorities, List<Fault> faults) {
        boolean goesOn = authorities.find(change.to()).isPresent()
                || all.stream().anyMatch(c -> c.former().id().equals(change.to()) && !c.day().isBefore(change.day()));
        if (!goesOn)
            faults.add(new Fault(line, change.former().name() + " went on as " + change.to(),
                    "there is no such body today and none that changed later: add its own change"));
        boolean still = authorities.find(change.former().id()).isPresent() && !change.former().id().equals(change.to());
        if (still)
            faults.add(new Fault(line, change.former().id() + " " + change.former().name(),
                    "this code is a body of today: it cannot have gone"));
    }

    public List<Change> changes() { return changes; }

    /// From this day on `on` has every body; before it, only what the table knows.
    public LocalDate completeSince() { return completeSince; }

    /// What became of today's (or a later) body with this code, the newest first.
    public List<Change> before(AuthorityId id) {
        return changes.stream().filter(c -> c.to().equals(id)).toList().reversed();
    }

    /// What the body that had this code went on as, the oldest first.
    public List<Change> after(AuthorityId id) { return changes.stream().filter(c -> c.former().id().equals(id)).toList(); }

    /// The bodies of today that what had this code became part of, whatever happened in between.
    public Set<AuthorityId> heirs(AuthorityId id) {
        var heirs = new HashSet<AuthorityId>();
        heirs(id, heirs, new HashSet<>());
        return heirs;
    }

    private void heirs(AuthorityId id, Set<AuthorityId> into, Set<AuthorityId> seen) {
        if (!seen.add(id))
            return;
        if (authorities.find(id).isPresent())
            into.add(id);
        after(id).forEach(c -> heirs(c.to(), into, seen));
    }

    /// Every body that went into this one, whatever happened in between.
    public List<Authority> ancestors(AuthorityId id) {
        var ancestors = new LinkedHashMap<String, Authority>();
        var seen = new HashSet<AuthorityId>();
        var open = new ArrayList<>(List.of(id));
        while (!open.isEmpty()) {
            var next = open.removeFirst();
            if (!seen.add(next))
                continue;
            for (var change : before(next)) {
                ancestors.put(change.former().id() + change.former().name(), change.former());
                open.add(change.former().id());
            }
        }
        return List.copyOf(ancestors.values());
    }

    /// The day from which a body of today is as it is: under this code and this name; absorbing others changes neither. No ward is
    /// older than the designation of its city. Nothing when the table knows no beginning.
    public Optional<LocalDate> since(AuthorityId id) {
        return Stream.concat(began(id).stream(), authorities.find(id).flatMap(this::designated).stream())
                .max(Comparator.naturalOrder());
    }

    private Optional<LocalDate> began(AuthorityId id) {
        return changes.stream().filter(c -> c.to().equals(id) && c.kind() != Kind.ABSORBED).map(Change::day)
                .max(Comparator.naturalOrder());
    }

    private Optional<LocalDate> designated(Authority ward) {
        return ward.kind() != Authority.Kind.DESIGNATED_WARD
                ? Optional.empty()
                : ward.parent().flatMap(city -> changes.stream().filter(c -> c.to().equals(city)
                        && c.kind() == Kind.DESIGNATED).map(Change::day).findFirst());
    }

    /// All bodies of that day, by code; see `completeSince`.
    public List<Authority> on(LocalDate day) {
        var there = new LinkedHashMap<AuthorityId, Authority>();
        authorities.all().stream().filter(a -> since(a.id()).map(s -> !s.isAfter(day)).orElse(true))
                .forEach(a -> there.put(a.id(), a));
        for (var change : changes) {
            var former = change.former();
            boolean begun = changes.stream().filter(c -> c.to().equals(former.id()) && c.kind() != Kind.ABSORBED
                    && c.day().isBefore(change.day())).allMatch(c -> !c.day().isAfter(day));
            boolean designated = designated(former).map(d -> !d.isAfter(day)).orElse(true);
            if (change.day().isAfter(day) && begun && designated)
                there.putIfAbsent(former.id(), former);
        }
        return there.values().stream().sorted(Comparator.comparing(Authority::id)).toList();
    }
}
