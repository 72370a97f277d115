package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 見積精査. What the published rules ask about a quote: the lines, the effect from–to in whole yen, and what could not be looked at
/// because the quote does not say it. Questions, not verdicts.
record Scrutiny(Quote quote, int version, List<Asked> asked, List<Skipped> skipped, int silent) {
    private static final BigDecimal MOST = BigDecimal.TEN.pow(15);
    private static final Set<String> YEN = Set.of("", "JPY", "jpy", "円", "￥", "¥", "日本円");

    /// 問い. One rule that speaks.
    ///
    /// @param lines numbers of lines; empty for the quote as a whole
    /// @param low of the effect, yen; below zero where it may go either way
    /// @param high absent where the quote does not let it be computed
    record Asked(QuoteRule rule, List<Integer> lines, long low, Optional<Long> high) {}

    /// A rule that could not be looked at, and what it needs.
    record Skipped(QuoteRule rule, List<String> missing) {}

    /// @param peers what like municipalities pay, if known
    static Scrutiny of(Quote quote, QuoteRule.Published published, Optional<JsonNode> peers) {
        var facts = new LinkedHashMap<String, JsonNode>();
        var whole = facts(quote);
        facts.put("quote", whole);
        peers.ifPresent(p -> facts.put("peers", p));
        var asked = new ArrayList<Asked>();
        var skipped = new ArrayList<Skipped>();
        int silent = 0;
        for (var rule : published.rules()) {
            var missing = rule.needs().stream().filter(n -> n.startsWith("peers.")
                    ? peers.map(p -> p.path(n.substring("peers.".length())).isMissingNode()).orElse(true)
                    : !quote.columns().containsKey(n) && !quote.head().has(n)).toList();
            if (!missing.isEmpty()) {
                skipped.add(new Skipped(rule, missing));
                continue;
            }
            var found = rule.wholeQuote() ? whole(rule, facts) : lines(rule, facts, whole.path("lines"));
            found.ifPresent(asked::add);
            if (found.isEmpty())
                silent++;
        }
        return new Scrutiny(quote, published.version(), List.copyOf(asked), List.copyOf(skipped), silent);
    }

    private static Optional<Asked> whole(QuoteRule rule, Map<String, JsonNode> facts) {
        if (!rule.when().holds(facts))
            return Optional.empty();
        var lines = new ArrayList<Integer>();
        rule.lines().ifPresent(l -> l.of(facts).forEach(n -> lines.add(n.asInt())));
        return Optional.of(new Asked(rule, List.copyOf(lines), yen(rule.low(), facts, RoundingMode.FLOOR).orElse(0L),
                yen(rule.high(), facts, RoundingMode.CEILING)));
    }

    private static Optional<Asked> lines(QuoteRule rule, Map<String, JsonNode> facts, JsonNode all) {
        var lines = new TreeSet<Integer>();
        long low = 0;
        long high = 0;
        boolean known = false;
        for (var line : all) {
            var own = new LinkedHashMap<>(facts);
            own.put("line", line);
            if (!rule.when().holds(own))
                continue;
            lines.add(line.path("no").asInt());
            low += yen(rule.low(), own, RoundingMode.FLOOR).orElse(0L);
            var most = yen(rule.high(), own, RoundingMode.CEILING);
            known |= most.isPresent();
            high += most.orElse(0L);
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Asked(rule, List.copyOf(lines), low, known ? Optional.of(high) : Optional.empty()));
    }

    private static Optional<Long> yen(Optional<jp.kiban.standards.Expression> expression, Map<String, JsonNode> facts,
            RoundingMode rounding) {
        return expression.map(e -> e.of(facts)).filter(JsonNode::isNumber).map(n -> n.decimalValue().setScale(0,
                rounding).max(MOST.negate()).min(MOST).longValueExact());
    }

    /// The head, the sum and the lines, as rules see them.
    private static ObjectNode facts(Quote quote) {
        var facts = quote.head().deepCopy();
        var lines = facts.putArray("lines");
        var sum = BigDecimal.ZERO;
        for (var line : quote.lines()) {
            var values = line.values().deepCopy();
            var yen = yen(line);
            yen.ifPresent(y -> values.put("yen", y));
            sum = sum.add(yen.orElse(BigDecimal.ZERO));
            lines.add(values);
        }
        facts.put("sum", sum);
        if (!quote.lines().isEmpty() && quote.lines().stream().allMatch(l -> l.number("amountTaxed").isPresent()))
            facts.put("sumTaxed", quote.lines().stream().flatMap(l -> l.number("amountTaxed").stream()).reduce(
                    BigDecimal.ZERO, BigDecimal::add));
        var people = facts.path("population");
        if (people.isNumber() && people.decimalValue().signum() > 0)
            facts.put("perHead", sum.divide(people.decimalValue(), 6, RoundingMode.HALF_UP));
        else
            facts.set("perHead", JsonNodeFactory.instance.nullNode());
        return facts;
    }

    /// The amount in yen; absent where the currency is another and no rate stands beside it.
    static Optional<BigDecimal> yen(Quote.Line line) {
        var amount = line.number("amount");
        return YEN.contains(line.words("currency"))
                ? amount
                : amount.flatMap(a -> line.number("fxRate").map(a::multiply));
    }

    /// The sum of the lines in yen, before tax; lines in another currency without a rate are left out.
    BigDecimal sum() {
        return quote.lines().stream().flatMap(l -> yen(l).stream()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// Lines whose yen nobody knows.
    public List<Integer> foreign() {
        return quote.lines().stream().filter(l -> yen(l).isEmpty()).map(Quote.Line::no).toList();
    }

    /// The rules of one another's lines are not added up: the most that one of them could save on each line.
    long mostAtOnce() {
        long most = 0;
        for (var line : quote.lines()) {
            var yen = yen(line).orElse(BigDecimal.ZERO).setScale(0, RoundingMode.CEILING).longValueExact();
            long best = asked.stream().filter(a -> a.lines().contains(line.no())).mapToLong(a -> Math.min(yen, a.high()
                    .orElse(0L))).max().orElse(0);
            most += best;
        }
        return most;
    }

    /// For programs.
    JsonNode json() {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("file", quote.file()).put("rules", version).put("lines", quote.lines()
                .size()).put("sumYen", sum()).put("silent", silent);
        var notes = root.putArray("notes");
        quote.notes().forEach(n -> notes.add(text(n)));
        var questions = root.putArray("questions");
        for (var one : this.asked) {
            var node = questions.addObject().put("rule", one.rule().id());
            node.set("name", text(one.rule().name()));
            var lines = node.putArray("lines");
            var rows = node.putArray("rows");
            one.lines().forEach(n -> {
                lines.add(n);
                rows.add(quote.lines().get(n - 1).row());
            });
            one.high().ifPresent(high -> node.put("lowYen", one.low()).put("highYen", high));
            node.set("cause", text(one.rule().cause()));
            var who = node.putArray("who");
            one.rule().who().forEach(w -> who.add(text(w)));
            node.set("question", text(one.rule().question()));
            node.put("origin", one.rule().origin());
        }
        var notLookedAt = root.putArray("notLookedAt");
        for (var one : this.skipped) {
            var needs = notLookedAt.addObject().put("rule", one.rule().id()).putArray("needs");
            one.missing().forEach(needs::add);
        }
        return root;
    }

    private static JsonNode text(jp.kiban.kernel.Text text) {
        return JsonNodeFactory.instance.objectNode().put("ja", text.ja()).put("ja-easy", text.easy()).put("en", text
                .en());
    }
}
