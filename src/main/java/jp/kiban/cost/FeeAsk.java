package jp.kiban.cost;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/// 料金の問い. What somebody asks of the simulator, as they wrote it, and how it is read: the same for the verb, the page and the
/// API. Everything that is wrong is found at once. Amounts may be written `1,000,000,000`, `10億` or `3500万`.
public record FeeAsk(String total, String rule, String variable, String initial, String years, String path,
        String order, String rate, String alone, String among, String bodies, String kind) {
    private static final int MOST_YEARS = 50;
    private static final long MOST_YEN = 1_000_000_000_000_000L;
    private static final List<String> COLUMNS = List.of("code", "name", "population", "usage", "alone", "joins");

    /// 読めた問い. A case and a rule that fit each other, and the State's part that was taken off before.
    public record Read(FeeCase shared, FeeRule rule, long stateYen, long stateInitialYen) {}

    public static FeeAsk of(Map<String, String> given) {
        return new FeeAsk(given.getOrDefault("total", ""), given.getOrDefault("rule", ""),
                given.getOrDefault("variable", ""), given.getOrDefault("initial", ""),
                given.getOrDefault("years", ""), given.getOrDefault("path", ""), given.getOrDefault("order", ""),
                given.getOrDefault("rate", ""), given.getOrDefault("alone", ""), given.getOrDefault("among", ""),
                given.getOrDefault("bodies", ""), given.getOrDefault("kind", ""));
    }

    /// The case and the rule, or nothing, with every reason in the findings.
    public Optional<Read> read(Authorities authorities, List<Finding> findings) {
        long totalYen = yen("total", total, 1, findings);
        long initialYen = initial.isBlank() ? 0 : yen("initial", initial, 0, findings);
        var moving = percent("variable", variable, "0", 100, findings);
        var interest = percent("rate", rate, "0", 20, findings);
        var steps = steps(findings);
        int planned = years(steps.size(), findings);
        var rules = rule.isBlank()
                ? Optional.<FeeRule>empty()
                : FeeRule.read(rule, findings);
        if (rule.isBlank())
            findings.add(CostWords.finding("rule", "cost.fees.fault.rule.none"));
        var alones = aloneRule(findings);
        var listed = bodies(authorities, findings);
        long state = 0;
        long stateInitial = 0;
        if (!kind.isBlank()) {
            var sharing = Sharing.rules().kind(CostWords.plain(kind));
            if (sharing.isEmpty())
                findings.add(CostWords.finding("kind", "cost.fees.fault.kind", kind,
                        Sharing.rules().kinds().stream().map(Sharing.Kind::id).collect(Collectors.joining(", "))));
            else {
                state = sharing.get().stateYen(Sharing.Stage.USAGE, totalYen);
                stateInitial = sharing.get().stateYen(Sharing.Stage.INITIAL, initialYen);
                if (totalYen > 0 && state == totalYen)
                    findings.add(CostWords.finding("kind", "cost.fees.fault.kind.all", sharing.get().name()));
            }
        }
        if (!findings.isEmpty())
            return Optional.empty();
        var joined = joining(listed, steps, findings);
        int horizon = Math.max(planned, joined.stream().mapToInt(FeeBody::joins).max().orElse(1));
        if (horizon > MOST_YEARS)
            findings.add(CostWords.finding("years", "cost.fees.fault.years", horizon, MOST_YEARS));
        if (!findings.isEmpty())
            return Optional.empty();
        long left = totalYen - state;
        long variableYen = BigDecimal.valueOf(left).multiply(moving).movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP).longValueExact();
        var shared = new FeeCase(left, variableYen, initialYen - stateInitial, horizon, interest, joined,
                alones.orElseThrow());
        findings.addAll(Fees.obstacles(shared, rules.orElseThrow()));
        return findings.isEmpty()
                ? Optional.of(new Read(shared, rules.orElseThrow(), state, stateInitial))
                : Optional.empty();
    }

    static long yen(String where, String text, long least, List<Finding> findings) {
        String words = CostWords.plain(text).replace(",", "").replaceAll("円$|^[¥\\\\]", "");
        BigDecimal amount = null;
        if (words.matches("[0-9]{1,15}"))
            amount = new BigDecimal(words);
        else if (words.matches("[0-9]{1,9}(\\.[0-9]{1,8})?[億万]"))
            amount = new BigDecimal(words.substring(0, words.length() - 1))
                    .movePointRight(words.endsWith("億") ? 8 : 4);
        if (amount == null || amount.stripTrailingZeros().scale() > 0
                || amount.compareTo(BigDecimal.valueOf(least)) < 0
                || amount.compareTo(BigDecimal.valueOf(MOST_YEN)) > 0) {
            findings.add(CostWords.finding(where, "cost.fees.fault.yen", text.isBlank() ? "–" : text));
            return 0;
        }
        return amount.longValueExact();
    }

    static BigDecimal percent(String where, String text, String usual, int most, List<Finding> findings) {
        String words = CostWords.plain(text).replaceAll("%$", "");
        if (words.isEmpty())
            return new BigDecimal(usual);
        if (words.matches("[0-9]{1,3}(\\.[0-9]{1,4})?")
                && new BigDecimal(words).compareTo(BigDecimal.valueOf(most)) <= 0)
            return new BigDecimal(words);
        findings.add(CostWords.finding(where, "cost.fees.fault.percent", text, most));
        return new BigDecimal(usual);
    }

    private int years(int atLeast, List<Finding> findings) {
        String words = CostWords.plain(years);
        if (words.isEmpty())
            return atLeast <= 1 ? 1 : Math.max(atLeast, 10);
        if (words.matches("[0-9]{1,3}") && Integer.parseInt(words) >= Math.max(1, atLeast)
                && Integer.parseInt(words) <= MOST_YEARS)
            return Integer.parseInt(words);
        findings.add(CostWords.finding("years", "cost.fees.fault.years.range", years, Math.max(1, atLeast),
                MOST_YEARS));
        return 1;
    }

    private List<Long> steps(List<Finding> findings) {
        if (path.isBlank())
            return List.of();
        var steps = new ArrayList<Long>();
        for (String part : CostWords.plain(path).split(",", -1))
            if (!part.matches("[0-9]{1,6}") || !steps.isEmpty() && Long.parseLong(part) < steps.getLast()
                    || steps.isEmpty() && Long.parseLong(part) == 0) {
                findings.add(CostWords.finding("path", "cost.fees.fault.path", part.isEmpty() ? path : part));
                return List.of();
            } else
                steps.add(Long.parseLong(part));
        return steps;
    }

    private Optional<FeeCase.Alone> aloneRule(List<Finding> findings) {
        String words = CostWords.plain(alone);
        if (words.isEmpty() || words.equals("own"))
            return Optional.of(new FeeCase.Alone.Own());
        if (words.equals("unknown"))
            return Optional.of(new FeeCase.Alone.Unknown());
        if (words.matches("[0-9]{1,13}\\+[0-9]{1,9}(\\.[0-9]{1,4})?"))
            return Optional.of(new FeeCase.Alone.Linear(Long.parseLong(words.substring(0, words.indexOf('+'))),
                    new BigDecimal(words.substring(words.indexOf('+') + 1))));
        findings.add(CostWords.finding("alone", "cost.fees.fault.alone.form", alone));
        return Optional.empty();
    }

    // who shares

    private List<FeeBody> bodies(Authorities authorities, List<Finding> findings) {
        var all = new LinkedHashMap<AuthorityId, FeeBody>();
        var faults = new ArrayList<Finding>();
        for (var authority : among(authorities, faults))
            all.put(authority.id(), new FeeBody(authority.id(), authority.title(), authority.population(),
                    authority.population(), OptionalLong.empty(), 1));
        if (!bodies.isBlank())
            table(authorities, all, faults);
        findings.addAll(faults);
        if (all.isEmpty() && faults.isEmpty())
            findings.add(CostWords.finding("among", "cost.fees.fault.nobody.among"));
        return List.copyOf(all.values());
    }

    private List<Authority> among(Authorities authorities, List<Finding> findings) {
        String words = CostWords.plain(among);
        if (words.equals("table") || words.isEmpty() && !bodies.isBlank())
            return List.of();
        if (words.isEmpty() || words.equals("all"))
            return authorities.municipalities();
        var found = new LinkedHashMap<AuthorityId, Authority>();
        for (String code : words.split(",", -1)) {
            var authority = AuthorityId.isValid(code)
                    ? authorities.find(AuthorityId.of(code))
                    : Optional
                            .<Authority>empty();
            if (authority.isPresent() && authority.get().kind() == Authority.Kind.PREFECTURE
                    && !authority.get().id().isTest())
                authorities.municipalities().stream()
                        .filter(m -> authorities.prefectureOf(m.id()).id().equals(authority.get().id()))
                        .forEach(m -> found.put(m.id(), m));
            else if (authority.isPresent() && authority.get().kind().isMunicipality() && !authority.get().id().isTest())
                found.put(authority.get().id(), authority.get());
            else
                findings.add(CostWords.finding("among", "cost.fees.fault.code", code));
        }
        return List.copyOf(found.values());
    }

    /// The asker's own figures: a CSV with a head line, `code` first of all. What a line leaves empty is the platform's figure.
    private void table(Authorities authorities, Map<AuthorityId, FeeBody> all, List<Finding> findings) {
        try (var csv = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrim(true).get()
                .parse(new StringReader(bodies.replace("\uFEFF", "")))) {
            List<String> head = List.of();
            var seen = new LinkedHashMap<AuthorityId, Long>();
            for (var row : csv) {
                if (head.isEmpty()) {
                    head = row.stream().map(CostWords::plain).toList();
                    var unknown = head.stream().filter(h -> !COLUMNS.contains(h)).toList();
                    if (!head.contains("code") || !unknown.isEmpty()
                            || head.stream().distinct().count() < head.size()) {
                        findings.add(CostWords.finding("bodies", "cost.fees.fault.table.head",
                                String.join(",", row.toList()), String.join(",", COLUMNS)));
                        return;
                    }
                } else
                    line(authorities, row, head, all, seen, findings);
                if (findings.size() > 200)
                    return;
            }
        } catch (IOException | java.io.UncheckedIOException broken) {
            findings.add(CostWords.finding("bodies", "cost.fees.fault.table.broken",
                    String.valueOf(broken.getMessage())));
        }
    }

    private static void line(Authorities authorities, CSVRecord row, List<String> head, Map<AuthorityId, FeeBody> all,
            Map<AuthorityId, Long> seen, List<Finding> findings) {
        long at = row.getRecordNumber();
        if (row.size() != head.size()) {
            findings.add(CostWords.finding("bodies", "cost.fees.fault.table.width", at, row.size(), head.size()));
            return;
        }
        String code = CostWords.plain(row.get(head.indexOf("code")));
        var authority = AuthorityId.isValid(code)
                ? authorities.find(AuthorityId.of(code))
                : Optional
                        .<Authority>empty();
        if (authority.isEmpty() || !authority.get().kind().isMunicipality() || authority.get().id().isTest()) {
            findings.add(CostWords.finding("bodies", "cost.fees.fault.table.code", at, code));
            return;
        }
        var first = seen.putIfAbsent(authority.get().id(), at);
        if (first != null) {
            findings.add(CostWords.finding("bodies", "cost.fees.fault.table.twice", at, code, first));
            return;
        }
        long population = number(row, head, "population", authority.get().population(), 0, findings);
        long usage = number(row, head, "usage", population, 0, findings);
        long alone = number(row, head, "alone", -1, 0, findings);
        long joins = number(row, head, "joins", 1, 1, findings);
        if (joins > MOST_YEARS)
            findings.add(CostWords.finding("bodies", "cost.fees.fault.table.joins", at, joins, MOST_YEARS));
        else
            all.put(authority.get().id(), new FeeBody(authority.get().id(), authority.get().title(), population,
                    usage, alone < 0 ? OptionalLong.empty() : OptionalLong.of(alone), (int) Math.max(1, joins)));
    }

    private static long number(CSVRecord row, List<String> head, String column, long usual, long least,
            List<Finding> findings) {
        if (!head.contains(column))
            return usual;
        String seen = row.get(head.indexOf(column));
        String text = CostWords.plain(seen).replace(",", "").replaceAll("^[¥\\\\]|円$|人$", "");
        if (text.isEmpty())
            return usual;
        if (text.matches("[0-9]{1,13}") && Long.parseLong(text) >= least)
            return Long.parseLong(text);
        findings.add(CostWords.finding("bodies", "cost.fees.fault.table.number", row.getRecordNumber(), column, seen));
        return usual;
    }

    /// When each joins: as its own line says, or by the steps of the path in the order asked for.
    private List<FeeBody> joining(List<FeeBody> listed, List<Long> steps, List<Finding> findings) {
        String words = CostWords.plain(order);
        if (!List.of("", "code", "large", "small").contains(words)) {
            findings.add(CostWords.finding("order", "cost.fees.fault.order", order));
            return listed;
        }
        if (steps.isEmpty())
            return listed;
        if (steps.getLast() > listed.size()) {
            findings.add(CostWords.finding("path", "cost.fees.fault.path.many", steps.getLast(), listed.size()));
            return listed;
        }
        Comparator<FeeBody> by = switch (words) {
            case "large" -> Comparator.comparingLong(FeeBody::population).reversed();
            case "small" -> Comparator.comparingLong(FeeBody::population);
            default -> Comparator.comparing(FeeBody::id);
        };
        var ordered = listed.stream().sorted(by.thenComparing(FeeBody::id)).toList();
        var joined = new ArrayList<FeeBody>();
        for (int i = 0; i < ordered.size(); i++) {
            int year = 1;
            while (year <= steps.size() && i >= steps.get(year - 1))
                year++;
            var b = ordered.get(i);
            joined.add(new FeeBody(b.id(), b.name(), b.population(), b.usage(), b.aloneYen(), year));
        }
        return joined;
    }

    /// The parameters that are not empty, as an address carries them.
    Map<String, String> given() {
        var given = new LinkedHashMap<String, String>();
        var names = Arrays.stream(FeeAsk.class.getRecordComponents()).toList();
        var values = List.of(total, rule, variable, initial, years, path, order, rate, alone, among, bodies, kind);
        for (int i = 0; i < values.size(); i++)
            if (!values.get(i).isBlank())
                given.put(names.get(i).getName(), values.get(i));
        return given;
    }
}
