package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;

/// 明細の按分. One bill of an account that several municipalities share, given to each: a source (an account, a tag) belongs to one authority, or is shared by
/// all by a published rule. The parts of an amount sum to it, to its last decimal (largest remainder; on equal fractions by code). A source that nobody named
/// goes to nobody and is told.
///
/// @param owners of each source
/// @param bodies those that share, by code
/// @param rule equal, population, usage, or shares of them
record FocusSplit(FocusTake take, Map<String, Owner> owners, List<FeeBody> bodies, FeeRule.Shares rule) {
    private static final List<String> SHARED = List.of("shared", "共通", "共同");

    /// 持ち主. Whose a source is: empty when all share it.
    record Owner(Optional<AuthorityId> authority, SystemCode system) {}

    /// 一団体の分.
    ///
    /// @param own what is its alone, by currency
    /// @param shared its part of what is shared
    record Part(List<LedgerEntry> entries, Map<String, BigDecimal> own, Map<String, BigDecimal> shared) {}

    /// 按分の結果.
    ///
    /// @param unmapped sources that nobody named
    record Parts(Map<AuthorityId, Part> parts, List<FocusTake.From> unmapped) {}

    FocusSplit {
        bodies = bodies.stream().sorted(Comparator.comparing(FeeBody::id)).toList();
        owners = Map.copyOf(owners);
    }

    /// @throws BadInput when the file cannot be taken, or the rule gives to nobody
    Parts of(FocusSums.Added added) {
        var weights = weights();
        var parts = new TreeMap<AuthorityId, Part>();
        for (var body : bodies)
            parts.put(body.id(), new Part(new ArrayList<>(), new TreeMap<>(), new TreeMap<>()));
        var unmapped = new ArrayList<FocusSums.Line>();
        take.check(added);
        for (var line : added.lines()) {
            var owner = owners.get(line.source());
            if (owner == null)
                unmapped.add(line);
            else if (take.counts(line))
                give(line, owner, weights, parts);
        }
        return new Parts(parts, FocusTake.sources(new FocusSums.Added(unmapped, 0, 0)));
    }

    private void give(FocusSums.Line line, Owner owner, BigInteger[] weights, Map<AuthorityId, Part> parts) {
        var entry = take.entry(line);
        if (owner.authority().isPresent()) {
            var part = parts.get(owner.authority().get());
            if (part == null)
                throw new IllegalStateException("no body " + owner.authority().get());
            part.entries().add(entry);
            part.own().merge(line.currency(), entry.amount(), BigDecimal::add);
            return;
        }
        var shares = shares(entry.amount(), weights);
        for (int i = 0; i < bodies.size(); i++) {
            var part = parts.get(bodies.get(i).id());
            if (shares[i].signum() == 0 || part == null)
                continue;
            part.entries().add(new LedgerEntry(entry.year(), entry.system(), entry.kind(), entry.baseline(), entry
                    .name(), entry.supplier(), shares[i], entry.currency(), entry.yenPerUnit(), entry.rateDay(),
                    entry
                            .tax(),
                    entry.from(), entry.to(), entry.cases(), entry.source(), entry.confidence(), entry.note()
                            + " 共通費の按分 " + rule.text() + " " + shares[i].toPlainString() + "/" + entry.amount()
                                    .toPlainString(),
                    entry.place()));
            part.shared().merge(line.currency(), shares[i], BigDecimal::add);
        }
    }

    /// What each body weighs by the rule, in whole numbers.
    private BigInteger[] weights() {
        var totals = new LinkedHashMap<FeeRule.Basis, BigInteger>();
        for (var basis : rule.shares().keySet())
            totals.put(basis, bodies.stream().map(b -> BigInteger.valueOf(basis.of(b))).reduce(BigInteger.ZERO,
                    BigInteger::add));
        var nobody = totals.entrySet().stream().filter(t -> t.getValue().signum() <= 0).map(t -> CostWords.finding(
                "rule", "cost.focus.split.nobody", t.getKey().word)).toList();
        if (!nobody.isEmpty())
            throw new BadInput(nobody);
        int places = rule.shares().values().stream().mapToInt(s -> Math.max(0, s.scale())).max().orElse(0);
        var weights = new BigInteger[bodies.size()];
        for (int i = 0; i < weights.length; i++) {
            var weight = BigInteger.ZERO;
            for (var share : rule.shares().entrySet()) {
                var one = share.getValue().setScale(places).unscaledValue().multiply(BigInteger.valueOf(share.getKey()
                        .of(bodies.get(i))));
                for (var other : totals.entrySet())
                    if (other.getKey() != share.getKey())
                        one = one.multiply(other.getValue());
                weight = weight.add(one);
            }
            weights[i] = weight;
        }
        return weights;
    }

    /// Shares to the last decimal of the amount: whole yen of whole yen.
    static BigDecimal[] shares(BigDecimal amount, BigInteger[] weights) {
        int places = Math.max(0, amount.scale());
        var units = LargestRemainder.of(amount.setScale(places).unscaledValue(), weights);
        var shares = new BigDecimal[units.length];
        for (int i = 0; i < units.length; i++)
            shares[i] = new BigDecimal(units[i], places);
        return shares;
    }

    // ---- what is told ----------------------------------------------------------------------------------------------

    /// 対応表. A row for each source: the source, whose it is (code, name, or 共通), and the system if it is known.
    static Map<String, Owner> owners(List<List<String>> rows, Authorities authorities, List<Finding> faults) {
        var owners = new LinkedHashMap<String, Owner>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            String whose = row.size() < 2 ? "" : row.get(1).strip();
            if (i == 0 && List.of("authority", "団体", "団体コード").contains(whose)
                    || whose.isEmpty() && row.stream().allMatch(
                            String::isBlank))
                continue;
            String named = row.size() < 3 ? "" : row.get(2).strip();
            var system = named.isEmpty() || named.equals(FocusTake.UNASSIGNED.code())
                    ? Optional.of(FocusTake.UNASSIGNED)
                    : SystemCode.named(named);
            if (system.isEmpty())
                faults.add(CostWords.finding("--map", "cost.focus.take.system", i + 1, named));
            boolean all = SHARED.contains(whose);
            var authority = all ? Optional.<Authority>empty() : one("--map", i + 1, whose, authorities, faults);
            if (system.isPresent() && (all || authority.isPresent()) && owners.put(row.get(0), new Owner(authority.map(
                    Authority::id), system.get())) != null)
                faults.add(CostWords.finding("--map", "cost.focus.split.twice", i + 1, row.get(0)));
        }
        return owners;
    }

    /// By code or by a name that only one has.
    static Optional<Authority> one(String where, int row, String words, Authorities authorities,
            List<Finding> faults) {
        var found = AuthorityId.isValid(words)
                ? authorities.find(AuthorityId.of(words)).stream().toList()
                : authorities.all().stream().filter(a -> a.kind().isLocalGovernment() && a.name().equals(words))
                        .toList();
        if (found.size() == 1)
            return Optional.of(found.getFirst());
        faults.add(found.isEmpty()
                ? CostWords.finding(where, "cost.focus.split.unknown", row, words)
                : CostWords.finding(where, "cost.focus.split.several", row, words, String.join(", ", found.stream().map(
                        a -> a.id().code()).toList())));
        return Optional.empty();
    }

    /// 利用量. A row for each body: its code or name, and a whole number in any unit.
    static Map<AuthorityId, Long> usage(List<List<String>> rows, Authorities authorities, List<Finding> faults) {
        var usage = new LinkedHashMap<AuthorityId, Long>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (row.stream().allMatch(String::isBlank) || i == 0 && List.of("authority", "団体", "団体コード").contains(row
                    .getFirst().strip()))
                continue;
            String number = row.size() < 2 ? "" : row.get(1).strip().replace(",", "");
            var whose = one("--usage", i + 1, row.getFirst().strip(), authorities, faults);
            if (!number.matches("\\d{1,15}"))
                faults.add(CostWords.finding("--usage", "cost.focus.split.usage", i + 1, number));
            else
                whose.ifPresent(a -> usage.put(a.id(), Long.parseLong(number)));
        }
        return usage;
    }
}
