package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import jp.kiban.kernel.Holidays;
import jp.kiban.kernel.Text;
import jp.kiban.statistics.FiscalYear;

/// 助言のまとめ. What a table of real usage says may be spent less. Worked out in a stated order, each step on the yen that earlier steps left:
/// idle resources, storage, hours, size, commitment. So the savings add up: what was spent = what is saved + what is left, to the yen.
/// Nothing is advised from fewer than fourteen days, nor for what a commitment pays for already; both are said.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AdvicePlan(LocalDate from, LocalDate to, int rows, BigDecimal spentYen, BigDecimal savedYen,
        BigDecimal leftYen, BigDecimal savedYenAYear, List<Advice> advice, List<Skipped> skipped) {
    private static final BigDecimal HOUR_OF_YEAR = BigDecimal.valueOf(8760);
    private static final BigDecimal HOURS_OF_MONTH = BigDecimal.valueOf(730);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /// So busy outside office hours is work, not waiting.
    private static final BigDecimal AT_WORK = BigDecimal.TEN;
    private static final int SURE_DAYS = 28;
    private static final int COMMITMENT_DAYS = 28;
    private static final int SURE_COMMITMENT_DAYS = 365;

    /// 出せない助言. Why something was not looked at.
    public record Skipped(Advice.Kind kind, String resource, Text why) {}

    public AdvicePlan {
        advice = List.copyOf(advice);
        skipped = List.copyOf(skipped);
    }

    public static AdvicePlan of(List<AdviceRow> rows, AdviceTerms terms) {
        if (rows.isEmpty())
            throw new IllegalArgumentException("no usage");
        return new Work(rows, terms).plan();
    }

    /// What is still paid for a row after the advice so far, and whether it still runs.
    private static final class Left {
        private final AdviceRow row;
        private BigDecimal yen;
        private boolean whole = true;

        private Left(AdviceRow row) {
            this.row = row;
            yen = row.yen();
        }

        private void take(BigDecimal saved) { yen = yen.subtract(saved); }
    }

    private static final class Work {
        private final AdviceTerms terms;
        private final Map<String, List<Left>> resources = new TreeMap<>();
        private final List<Advice> advice = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private final LocalDateTime from;
        private final LocalDateTime to;
        private final BigDecimal spent;
        private final int rows;

        private Work(List<AdviceRow> rows, AdviceTerms terms) {
            this.terms = terms;
            this.rows = rows.size();
            rows.forEach(r -> resources.computeIfAbsent(r.resource(), none -> new ArrayList<>()).add(new Left(r)));
            from = rows.stream().map(AdviceRow::from).min(Comparator.naturalOrder()).orElseThrow();
            to = rows.stream().map(r -> r.from().plusHours(r.hours())).max(Comparator.naturalOrder()).orElseThrow();
            spent = rows.stream().map(AdviceRow::yen).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private long hours() { return Duration.between(from, to).toHours(); }

        private long days() { return (hours() + 23) / 24; }

        private BigDecimal aYear(BigDecimal yen) {
            return yen.multiply(HOUR_OF_YEAR).divide(BigDecimal.valueOf(hours()), MathContext.DECIMAL128);
        }

        private AdvicePlan plan() {
            if (days() < terms.leastDays())
                skip(Advice.Kind.IDLE, "", "cost.advice.skip.days", days(), terms.leastDays());
            else
                resources.forEach((id, all) -> {
                    if (all.stream().anyMatch(l -> l.row.committed()))
                        skip(Advice.Kind.COMMITMENT, id, "cost.advice.skip.committed", name(all));
                    var open = all.stream().filter(l -> !l.row.committed()).toList();
                    if (open.isEmpty() || idle(id, open))
                        return;
                    storage(id, open);
                    schedule(id, open);
                    size(id, open);
                });
            if (days() >= terms.leastDays())
                for (var kind : List.of(AdviceRow.Kind.COMPUTE, AdviceRow.Kind.DATABASE))
                    commitment(kind);
            var saved = advice.stream().map(Advice::savedYen).reduce(BigDecimal.ZERO, BigDecimal::add);
            return new AdvicePlan(from.toLocalDate(), to.minusHours(1).toLocalDate(), rows, spent, saved, spent
                    .subtract(saved), aYear(saved),
                    advice.stream().sorted(Comparator.comparing(Advice::savedYen)
                            .reversed()).toList(),
                    skipped);
        }

        private void skip(Advice.Kind kind, String resource, String key, Object... values) {
            skipped.add(new Skipped(kind, resource, CostWords.text(key, values)));
        }

        private static String name(List<Left> rows) { return rows.getLast().row.name(); }

        private static AdviceRow.Use use(List<Left> rows) { return rows.getLast().row.use(); }

        private static AdviceRow.Kind kind(List<Left> rows) { return rows.getLast().row.kind(); }

        private static BigDecimal sum(List<Left> rows) {
            return rows.stream().map(l -> l.yen).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private static long days(List<Left> rows) {
            return rows.stream().map(l -> l.row.from().toLocalDate()).distinct().count();
        }

        private void add(Advice.Kind kind, String id, List<Left> rows, BigDecimal saved, Advice.Sureness sureness,
                Text why, Text because, String... checks) {
            advice.add(new Advice(kind, List.of(id), name(rows), saved, aYear(saved), evidence(rows), sureness, why,
                    because, checks(kind, checks), Optional.empty()));
        }

        private static Advice.Evidence evidence(List<Left> rows) {
            return new Advice.Evidence(rows.size(), rows.stream().map(l -> l.row.from().toLocalDate()).min(Comparator
                    .naturalOrder()).orElseThrow(), rows.stream().map(l -> l.row.from().toLocalDate()).max(
                            Comparator
                                    .naturalOrder())
                            .orElseThrow());
        }

        private static List<Text> checks(Advice.Kind kind, String... keys) {
            return java.util.Arrays.stream(keys).map(k -> CostWords.text("cost.advice.check." + kind.word() + "." + k))
                    .toList();
        }

        /// True when it is idle: there is nothing more to say about it.
        private boolean idle(String id, List<Left> rows) {
            boolean called = rows.stream().anyMatch(l -> l.row.calls().filter(c -> c.signum() > 0).isPresent());
            boolean counted = rows.stream().allMatch(l -> l.row.calls().isPresent());
            var busy = measured(rows, AdviceRow::cpuPercent);
            boolean quiet = kind(rows).runs()
                    && busy.filter(p -> p.compareTo(terms.idlePercent()) <= 0).isPresent() && !called;
            boolean unused = (kind(rows) == AdviceRow.Kind.DISK || kind(rows) == AdviceRow.Kind.ADDRESS) && counted
                    && !called;
            if (!quiet && !unused || days(rows) < terms.leastDays() || sum(rows).signum() == 0)
                return false;
            boolean spare = !use(rows).mayStop();
            var saved = sum(rows);
            var because = spare
                    ? CostWords.text("cost.advice.because.spare")
                    : !counted
                            ? CostWords.text("cost.advice.because.uncounted")
                            : because(rows);
            add(Advice.Kind.IDLE, id, rows, saved, spare
                    ? Advice.Sureness.LOW
                    : counted ? sureness(rows) : Advice.Sureness.MIDDLE,
                    unused
                            ? CostWords.text("cost.advice.why.unused", days(rows))
                            : CostWords.text("cost.advice.why.idle", days(rows), busy.orElseThrow()),
                    because, "owner",
                    "standby", "backup");
            rows.forEach(l -> {
                l.take(l.yen);
                l.whole = false;
            });
            return true;
        }

        private static Advice.Sureness sureness(List<Left> rows) {
            return days(rows) >= SURE_DAYS ? Advice.Sureness.HIGH : Advice.Sureness.MIDDLE;
        }

        private static Text because(List<Left> rows) {
            return CostWords.text("cost.advice.because.days", days(rows), SURE_DAYS);
        }

        private void storage(String id, List<Left> rows) {
            if (kind(rows) != AdviceRow.Kind.STORAGE || terms.storages().isEmpty())
                return;
            if (rows.stream().anyMatch(l -> l.row.gigabytes().isEmpty() || l.row.readGigabytes().isEmpty())) {
                skip(Advice.Kind.STORAGE, id, "cost.advice.skip.gigabytes", name(rows));
                return;
            }
            var now = sum(rows);
            var months = rows.stream().map(l -> l.row.gigabytes().orElseThrow().multiply(BigDecimal.valueOf(l.row
                    .hours()))).reduce(BigDecimal.ZERO, BigDecimal::add).divide(HOURS_OF_MONTH, MathContext.DECIMAL128);
            var read = rows.stream().map(l -> l.row.readGigabytes().orElseThrow()).reduce(BigDecimal.ZERO,
                    BigDecimal::add);
            Function<AdviceTerms.Storage, BigDecimal> price = s -> months.multiply(s.yenPerGigabyteMonth()).add(read
                    .multiply(s.yenPerReadGigabyte()));
            var best = terms.storages().stream().min(Comparator.comparing(price)).orElseThrow();
            var saved = now.subtract(price.apply(best), MathContext.DECIMAL128);
            if (saved.signum() <= 0 || days(rows) < terms.leastDays())
                return;
            add(Advice.Kind.STORAGE, id, rows, saved, Advice.Sureness.MIDDLE, CostWords.text("cost.advice.why.storage",
                    best.name(), rounded(months), rounded(read)), CostWords.text("cost.advice.because.storage"),
                    "wait", "least", "law");
            spread(rows, saved);
        }

        private static BigDecimal rounded(BigDecimal number) {
            return number.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
        }

        /// What is saved of some rows together is taken from each by its yen.
        private static void spread(List<Left> rows, BigDecimal saved) {
            var all = sum(rows);
            var rest = saved;
            for (int i = 0; i < rows.size(); i++) {
                var part = i == rows.size() - 1
                        ? rest
                        : saved.multiply(rows.get(i).yen).divide(all, MathContext.DECIMAL128);
                rows.get(i).take(part);
                rest = rest.subtract(part);
            }
        }

        private boolean open(LocalDateTime hour) {
            return Holidays.isOfficeDay(hour.toLocalDate()) && hour.getHour() >= terms.opens() && hour
                    .getHour() < terms.closes();
        }

        private void schedule(String id, List<Left> rows) {
            if (!kind(rows).runs())
                return;
            if (!use(rows).mayStop()) {
                if (use(rows) == AdviceRow.Use.UNKNOWN)
                    skip(Advice.Kind.SCHEDULE, id, "cost.advice.skip.use", name(rows));
                return;
            }
            var stopped = new ArrayList<Left>();
            var saved = BigDecimal.ZERO;
            var hours = BigDecimal.ZERO;
            int working = 0;
            for (var left : rows) {
                var out = outside(left.row);
                if (out.signum() == 0 || left.row.ranHours().signum() == 0 || left.yen.signum() == 0)
                    continue;
                if (left.row.cpuPercent().filter(p -> p.compareTo(AT_WORK) >= 0).isPresent() && left.row.hours() == 1) {
                    working++;
                    continue;
                }
                var part = left.yen.multiply(out).divide(left.row.ranHours(), MathContext.DECIMAL128);
                saved = saved.add(part);
                hours = hours.add(out);
                left.take(part);
                left.whole = false;
                stopped.add(left);
            }
            if (stopped.isEmpty())
                return;
            boolean loads = stopped.stream().allMatch(l -> l.row.hours() == 1 && l.row.cpuPercent().isPresent());
            add(Advice.Kind.SCHEDULE, id, stopped, saved, working > 0 || !loads
                    ? Advice.Sureness.MIDDLE
                    : sureness(rows),
                    CostWords.text("cost.advice.why.schedule", terms.opens(), terms.closes(), rounded(
                            hours)),
                    working > 0
                            ? CostWords.text("cost.advice.because.night", working)
                            : !loads ? CostWords.text("cost.advice.because.unseen") : because(rows),
                    "batch",
                    "start", "disk");
        }

        /// How many of the hours it ran lie outside office hours. Of a day only the number of hours is known: as many as the office is
        /// open are taken to lie within.
        private BigDecimal outside(AdviceRow row) {
            if (row.hours() == 1)
                return open(row.from()) ? BigDecimal.ZERO : row.ranHours();
            var within = Holidays.isOfficeDay(row.from().toLocalDate())
                    ? BigDecimal.valueOf(terms.closes() - terms.opens())
                    : BigDecimal.ZERO;
            return row.ranHours().subtract(within).max(BigDecimal.ZERO);
        }

        /// 95 of 100 periods are at most so busy (the nearest rank); nothing where a period was not measured.
        private static Optional<BigDecimal> measured(List<Left> rows,
                Function<AdviceRow, Optional<BigDecimal>> what) {
            var values = rows.stream().flatMap(l -> what.apply(l.row).stream()).sorted().toList();
            return values.size() < rows.size() || values.isEmpty()
                    ? Optional.empty()
                    : Optional.of(values.get((values.size() * 95 + 99) / 100 - 1));
        }

        private void size(String id, List<Left> all) {
            if (!kind(all).runs())
                return;
            var rows = all.stream().filter(l -> l.yen.signum() > 0 && l.row.ranHours().signum() > 0).toList();
            if (rows.isEmpty())
                return;
            var busy = measured(rows, AdviceRow::cpuPercent);
            if (busy.isEmpty()) {
                skip(Advice.Kind.SIZE, id, "cost.advice.skip.unmeasured", name(rows));
                return;
            }
            if (days(rows) < terms.leastDays())
                return;
            var memory = measured(rows, AdviceRow::memoryPercent);
            var most = memory.filter(m -> m.compareTo(busy.get()) > 0).orElse(busy.get());
            var cores = rows.getLast().row.cores();
            int halves = 0;
            while (halves < 5 && fits(most, cores, BigDecimal.valueOf(2L << halves)))
                halves++;
            if (halves == 0)
                return;
            var share = BigDecimal.ONE.subtract(BigDecimal.ONE.divide(BigDecimal.valueOf(1L << halves)));
            var saved = BigDecimal.ZERO;
            for (var left : rows) {
                var part = left.yen.multiply(share);
                saved = saved.add(part);
                left.take(part);
            }
            add(Advice.Kind.SIZE, id, rows, saved, memory.isEmpty()
                    ? Advice.Sureness.LOW
                    : rows.getLast().row.hours() == 24 ? Advice.Sureness.MIDDLE : sureness(rows),
                    memory.isEmpty()
                            ? CostWords.text("cost.advice.why.size.cpu", busy.get(), 1 << halves, most.multiply(
                                    BigDecimal.valueOf(1L << halves)))
                            : CostWords.text("cost.advice.why.size", busy.get(), memory.get(), 1 << halves, most
                                    .multiply(BigDecimal.valueOf(1L << halves))),
                    memory.isEmpty()
                            ? CostWords.text("cost.advice.because.memory")
                            : rows.getLast().row.hours() == 24
                                    ? CostWords.text("cost.advice.because.daily")
                                    : because(rows),
                    "peak", "price", "licence");
        }

        /// A size smaller by this factor still leaves the room asked for, and is at least one core.
        private boolean fits(BigDecimal busy, Optional<BigDecimal> cores, BigDecimal smaller) {
            return busy.multiply(smaller).compareTo(terms.targetPercent()) <= 0
                    && cores.filter(c -> c.compareTo(smaller) < 0).isEmpty();
        }

        private void commitment(AdviceRow.Kind kind) {
            var pool = resources.values().stream().filter(r -> kind(r) == kind).flatMap(List::stream).filter(l -> !l.row
                    .committed() && l.yen.signum() > 0 && (l.row.hours() == 1
                            || l.whole && l.row.ranHours()
                                    .compareTo(BigDecimal.valueOf(24)) == 0))
                    .toList();
            if (pool.isEmpty())
                return;
            if (terms.offers().isEmpty()) {
                skip(Advice.Kind.COMMITMENT, "", "cost.advice.skip.offers", CostWords.text("cost.advice.kind." + kind
                        .word()));
                return;
            }
            if (days() < COMMITMENT_DAYS) {
                skip(Advice.Kind.COMMITMENT, "", "cost.advice.skip.commitment", days(), COMMITMENT_DAYS);
                return;
            }
            var offers = terms.offers().stream().flatMap(o -> best(o, perHour(pool)).stream()).sorted(Comparator
                    .comparing(Advice.Commitment::savedYen).reversed().thenComparing(Advice.Commitment::months))
                    .toList();
            if (offers.isEmpty()) {
                skip(Advice.Kind.COMMITMENT, "", "cost.advice.skip.uneven", CostWords.text("cost.advice.kind." + kind
                        .word()));
                return;
            }
            var first = offers.getFirst();
            var chosen = new Advice.Commitment(first.months(), first.upfrontPercent(), first.discountPercent(), first
                    .listYenPerHour(), first.utilisationPercent(), first.breakEvenPercent(), first.owedYen(),
                    first
                            .upfrontYen(),
                    first.start(), first.end(), first.needsDebtAct(), first.savedYen(), first
                            .savedYenAYear(),
                    offers.subList(1, offers.size()));
            var checks = new ArrayList<>(List.of("change", "sharing"));
            if (chosen.needsDebtAct())
                checks.addFirst("debt");
            if (chosen.upfrontYen().signum() > 0)
                checks.add("upfront");
            advice.add(new Advice(Advice.Kind.COMMITMENT, pool.stream().map(l -> l.row.resource()).distinct().toList(),
                    "", chosen.savedYen(), chosen.savedYenAYear(), evidence(pool), days() >= SURE_COMMITMENT_DAYS
                            ? Advice.Sureness.HIGH
                            : Advice.Sureness.LOW,
                    CostWords.text("cost.advice.why.commitment", CostWords.text(
                            "cost.advice.kind." + kind.word()), rounded(chosen.listYenPerHour()),
                            rounded(chosen
                                    .utilisationPercent()),
                            rounded(chosen.breakEvenPercent())),
                    CostWords.text(
                            "cost.advice.because.commitment", days(), SURE_COMMITMENT_DAYS),
                    checks(Advice.Kind.COMMITMENT, checks.toArray(String[]::new)), Optional.of(chosen)));
        }

        private List<BigDecimal> perHour(List<Left> pool) {
            var hours = new HashMap<LocalDateTime, BigDecimal>();
            for (var left : pool)
                for (int h = 0; h < left.row.hours(); h++)
                    hours.merge(left.row.from().plusHours(h), left.row.hours() == 1
                            ? left.yen
                            : left.yen.divide(BigDecimal.valueOf(24), MathContext.DECIMAL128), BigDecimal::add);
            return hours.values().stream().sorted(Comparator.reverseOrder()).toList();
        }

        /// The most that pays: the largest yen an hour that more than the break-even share of all hours reaches.
        private Optional<Advice.Commitment> best(AdviceTerms.Offer offer, List<BigDecimal> hours) {
            var price = offer.breakEvenPercent().divide(HUNDRED);
            var all = BigDecimal.valueOf(hours());
            var level = BigDecimal.ZERO;
            for (int reached = 1; reached <= hours.size(); reached++) {
                boolean lastOfItsSize = reached == hours.size() || hours.get(reached).compareTo(hours.get(reached
                        - 1)) < 0;
                if (lastOfItsSize && BigDecimal.valueOf(reached).compareTo(price.multiply(all)) > 0) {
                    level = hours.get(reached - 1);
                    break;
                }
            }
            if (level.signum() == 0)
                return Optional.empty();
            var most = level;
            var used = hours.stream().map(h -> h.min(most)).reduce(BigDecimal.ZERO, BigDecimal::add);
            var paid = most.multiply(price);
            var saved = used.subtract(paid.multiply(all));
            var start = terms.start().orElse(to.toLocalDate().plusMonths(1).withDayOfMonth(1));
            var end = start.plusMonths(offer.months()).minusDays(1);
            var owed = paid.multiply(BigDecimal.valueOf(24 * (end.toEpochDay() - start.toEpochDay() + 1)));
            return Optional.of(new Advice.Commitment(offer.months(), offer.upfrontPercent(), offer.discountPercent(),
                    most, used.multiply(HUNDRED).divide(most.multiply(all), MathContext.DECIMAL128), offer
                            .breakEvenPercent(),
                    owed, owed.multiply(offer.upfrontPercent()).divide(HUNDRED), start,
                    end, end.isAfter(FiscalYear.of(start).to()), saved, aYear(saved), List.of()));
        }
    }
}
