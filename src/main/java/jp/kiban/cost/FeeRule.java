package jp.kiban.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.kernel.Finding;

/// 負担の決まり. How a shared cost becomes fees, written in a small grammar (see `docs/reference/fee-rules.md`):
///
/// ```
/// rule  = key | "average:" key | "levelised:" key | "true-up:" key | "capped:" rule | "shapley" | "shapley:bodies"
/// key   = "equal" | "population" | "usage" | share,share… | "bands:" below=units,…,more=units | "two-part:" YEN [":" meter]
/// share = ("equal" | "population" | "usage") ":" number          e.g. equal:6,population:94
/// meter = "usage" | "population"
/// ```
public sealed interface FeeRule {
    /// 何に応じて. What a share follows.
    enum Basis {
        EQUAL("equal"), POPULATION("population"), USAGE("usage");

        final String word;

        Basis(String word) { this.word = word; }

        long of(FeeBody body) {
            return switch (this) {
                case EQUAL -> 1;
                case POPULATION -> body.population();
                case USAGE -> body.usage();
            };
        }

        static Optional<Basis> of(String word) {
            for (Basis basis : values())
                if (basis.word.equals(word))
                    return Optional.of(basis);
            return Optional.empty();
        }
    }

    /// A rule that shares the cost of any one year; over the years it is the average cost of each.
    sealed interface Key extends FeeRule {}

    /// 按分. `a·equal + b·population + c·usage`; the numbers are shares of their sum.
    record Shares(Map<Basis, BigDecimal> shares) implements Key {
        public Shares {
            shares = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(shares));
            if (shares.isEmpty() || shares.values().stream().anyMatch(s -> s.signum() <= 0))
                throw new IllegalArgumentException("shares " + shares);
        }

        @Override
        public String text() {
            return shares.size() == 1
                    ? shares.keySet().iterator().next().word
                    : shares.entrySet().stream()
                            .map(s -> s.getKey().word + ":" + s.getValue().stripTrailingZeros().toPlainString())
                            .collect(Collectors.joining(","));
        }
    }

    /// 一つの区分. Who has fewer people than this pays so many units.
    record Band(long below, long units) {}

    /// 段階. A fee for each band of population; the last band has no limit.
    record Bands(List<Band> bands) implements Key {
        public Bands { bands = List.copyOf(bands); }

        long units(long population) {
            return bands.stream().filter(b -> population < b.below()).findFirst().orElseThrow().units();
        }

        @Override
        public String text() {
            return "bands:" + bands.stream()
                    .map(b -> (b.below() == Long.MAX_VALUE ? "more" : Long.toString(b.below())) + "=" + b.units())
                    .collect(Collectors.joining(","));
        }
    }

    /// 二部料金. The same fixed fee for each, the rest by the meter.
    record TwoPart(long flatYen, Basis meter) implements Key {
        @Override
        public String text() { return "two-part:" + flatYen + ":" + meter.word; }
    }

    /// 平準化. One price for the whole plan: what is paid over the years is worth what is spent. A state fund carries the gap.
    record Levelised(Key key) implements FeeRule {
        @Override
        public String text() { return "levelised:" + key.text(); }
    }

    /// 精算付き平均. The average cost so far; whoever joins buys in, and those before are paid back.
    record TrueUp(Key key) implements FeeRule {
        @Override
        public String text() { return "true-up:" + key.text(); }
    }

    /// 上限付き. Nobody pays more than alone; the State adds the rest.
    record Capped(FeeRule rule) implements FeeRule {
        @Override
        public String text() { return "capped:" + rule.text(); }
    }

    /// シャープレイ値. The average of what each adds, over every order of joining; the players are the cohorts of a joining
    /// year (within one, by population), or the bodies themselves.
    record Shapley(boolean bodies) implements FeeRule {
        @Override
        public String text() { return bodies ? "shapley:bodies" : "shapley"; }
    }

    /// As it is written in the grammar.
    String text();

    /// Reads a rule; whatever is wrong goes to the findings, all of it.
    static Optional<FeeRule> read(String text, List<Finding> findings) {
        String words = CostWords.plain(text);
        if (words.startsWith("capped:"))
            return read(words.substring(7), findings).flatMap(inner -> {
                if (inner instanceof Capped) {
                    findings.add(CostWords.finding("rule", "cost.fees.fault.rule.capped", text));
                    return Optional.empty();
                }
                return Optional.of(new Capped(inner));
            });
        if (words.equals("shapley") || words.equals("shapley:cohorts"))
            return Optional.of(new Shapley(false));
        if (words.equals("shapley:bodies"))
            return Optional.of(new Shapley(true));
        if (words.startsWith("levelised") || words.startsWith("levelized"))
            return key(after(words.replaceFirst("^leveli[sz]ed:?", "")), text, findings).map(Levelised::new);
        if (words.startsWith("true-up"))
            return key(after(words.replaceFirst("^true-up:?", "")), text, findings).map(TrueUp::new);
        if (words.startsWith("average"))
            return key(after(words.replaceFirst("^average:?", "")), text, findings).map(k -> k);
        return key(words, text, findings).map(k -> k);
    }

    private static String after(String rest) { return rest.isEmpty() ? "population" : rest; }

    private static Optional<Key> key(String words, String seen, List<Finding> findings) {
        if (words.startsWith("bands:"))
            return bands(words.substring(6), seen, findings);
        if (words.startsWith("two-part:"))
            return twoPart(words.substring(9), seen, findings);
        var basis = Basis.of(words);
        if (basis.isPresent())
            return Optional.of(new Shares(Map.of(basis.get(), BigDecimal.ONE)));
        return shares(words, seen, findings);
    }

    private static Optional<Key> shares(String words, String seen, List<Finding> findings) {
        var shares = new LinkedHashMap<Basis, BigDecimal>();
        int before = findings.size();
        for (String part : words.split(",", -1)) {
            int colon = part.indexOf(':');
            var basis = Basis.of(colon < 0 ? part : part.substring(0, colon));
            String number = colon < 0 ? "" : part.substring(colon + 1);
            if (basis.isEmpty())
                findings.add(CostWords.finding("rule", "cost.fees.fault.rule.word", part.isEmpty() ? seen : part));
            else if (!number.matches("[0-9]{1,9}(\\.[0-9]{1,6})?") || new BigDecimal(number).signum() == 0)
                findings.add(CostWords.finding("rule", "cost.fees.fault.rule.share", part));
            else if (shares.put(basis.get(), new BigDecimal(number)) != null)
                findings.add(CostWords.finding("rule", "cost.fees.fault.rule.twice", basis.get().word));
        }
        return findings.size() > before ? Optional.empty() : Optional.of(new Shares(shares));
    }

    private static Optional<Key> bands(String words, String seen, List<Finding> findings) {
        var bands = new ArrayList<Band>();
        int before = findings.size();
        long last = 0;
        for (String part : words.split(",", -1)) {
            if (!part.matches("([1-9][0-9]{0,9}|more)=[0-9]{1,9}")) {
                findings.add(CostWords.finding("rule", "cost.fees.fault.rule.band", part));
                continue;
            }
            String limit = part.substring(0, part.indexOf('='));
            long below = limit.equals("more") ? Long.MAX_VALUE : Long.parseLong(limit);
            if (below <= last)
                findings.add(CostWords.finding("rule", "cost.fees.fault.rule.order", part));
            last = below;
            bands.add(new Band(below, Long.parseLong(part.substring(part.indexOf('=') + 1))));
        }
        if (findings.size() == before && last != Long.MAX_VALUE)
            findings.add(CostWords.finding("rule", "cost.fees.fault.rule.more", seen));
        return findings.size() > before ? Optional.empty() : Optional.of(new Bands(bands));
    }

    private static Optional<Key> twoPart(String words, String seen, List<Finding> findings) {
        var parts = words.split(":", -1);
        var meter = parts.length == 1 ? Optional.of(Basis.USAGE) : Basis.of(parts[1]);
        if (parts.length > 2 || !parts[0].matches("[0-9]{1,15}") || meter.isEmpty() || meter.get() == Basis.EQUAL) {
            findings.add(CostWords.finding("rule", "cost.fees.fault.rule.twopart", seen));
            return Optional.empty();
        }
        return Optional.of(new TwoPart(Long.parseLong(parts[0]), meter.get()));
    }
}
