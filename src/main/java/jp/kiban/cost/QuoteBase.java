package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.statistics.FiscalYear;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 見積の比較の材料. Scrutinised quotes of municipalities that agreed, without their names: what like municipalities were quoted a head and a
/// year for the same system. Nothing is seen of fewer than five others, nor of fewer than five by which two groups differ; consent is taken back at any time and the figure is gone
/// at once. Refuses a quote whose questions are open, and consent by anybody but one who decides (決裁).
@Component
final class QuoteBase {
    private final Store store;
    private final Authorities authorities;
    private final Clock clock;

    QuoteBase(Store store, Authorities authorities, Clock clock) {
        this.store = store;
        this.authorities = authorities;
        this.clock = clock;
    }

    /// 移行前の基盤. A fixed list: words of a town's own would tell whose quote it is.
    public enum Platform {
        MUNICIPAL_CLOUD, DC_ALONE, DC_SHARED, IN_HOUSE, GOVERNMENT_CLOUD, OTHER;

        public String word() { return name().toLowerCase(Locale.ROOT); }
    }

    /// 見積の説明. What is known of it, and since when others may compare with it.
    record About(SystemCode system, int months, Platform platform, FiscalYear year, BigDecimal perHead,
            Optional<Instant> sharedAt, Optional<String> sharedBy) {
        public BigDecimal perHeadShown() { return perHead.setScale(1, RoundingMode.HALF_UP); }
    }

    /// How alike those are who are compared with: in platform and fiscal strength, in platform, or in size alone.
    public enum Tier {
        PLATFORM_AND_STRENGTH, PLATFORM, SIZE;

        public String word() { return name().toLowerCase(Locale.ROOT); }
    }

    /// 比較. In yen a head and a year.
    record Compared(int count, List<String> years, Tier tier, BigDecimal middle, BigDecimal fence, boolean above) {}

    /// What the page shows of a quote.
    record View(Optional<About> about, Optional<Compared> compared) {}

    /// Says what a quote is for; takes consent back where the figure changes with it.
    void describe(Actor.Officer by, Quotes.Opened quote, String system, String months, String platform, String year) {
        var faults = new ArrayList<Finding>();
        var town = authorities.find(by.authority()).filter(a -> a.kind().isMunicipality() && a.population() > 0);
        if (town.isEmpty())
            faults.add(CostWords.finding("about-system", "cost.base.fault.town"));
        var code = SystemCode.listed().stream().map(SystemCode.Listed::code).filter(c -> c.code().equals(system))
                .findFirst();
        if (code.isEmpty())
            faults.add(CostWords.finding("about-system", "cost.base.fault.system", system));
        String term = CostWords.plain(months);
        int count = term.matches("[0-9]{1,3}") ? Integer.parseInt(term) : 0;
        if (count < 1 || count > 120)
            faults.add(CostWords.finding("about-months", "cost.base.fault.months", months));
        var base = Arrays.stream(Platform.values()).filter(p -> p.word().equals(platform)).findFirst();
        if (base.isEmpty())
            faults.add(CostWords.finding("about-platform", "cost.base.fault.platform", platform));
        if (!year.matches("20[0-9]{2}"))
            faults.add(CostWords.finding("about-year", "cost.base.fault.year", year));
        var sum = quote.scrutiny().sum();
        if (sum.signum() <= 0)
            faults.add(CostWords.finding("about-system", "cost.base.fault.sum"));
        if (!faults.isEmpty())
            throw new BadInput(faults);
        var perHead = sum.multiply(BigDecimal.valueOf(12)).divide(BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(
                town.orElseThrow().population())), 6, RoundingMode.HALF_UP).max(new BigDecimal("0.000001"));
        store.run(Scope.of(by.authority()), jdbc -> {
            var before = about(jdbc, by.authority(), quote.kept().id());
            if (before.filter(b -> b.system().equals(code.orElseThrow()) && b.months() == count && b.platform() == base
                    .orElseThrow() && b.year().year() == Integer.parseInt(year) && b.perHead().compareTo(
                            perHead) == 0)
                    .isPresent())
                return;
            jdbc.sql("""
                    insert into cost.quote_about (authority, quote, system, months, platform, fiscal_year, band, strength, per_head, at, by)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (authority, quote) do update set system = excluded.system, months = excluded.months, platform = excluded.platform,
                      fiscal_year = excluded.fiscal_year, band = excluded.band, strength = excluded.strength, per_head = excluded.per_head,
                      at = excluded.at, by = excluded.by, shared_at = null, shared_by = null
                    """).params(by.authority().code(), quote.kept().id(), code.orElseThrow().code(), count, base
                    .orElseThrow().word(), Integer.parseInt(year), QuotePeers.band(town.orElseThrow().population()),
                    FiscalStrength.classOf(by.authority()), perHead, now(), by.id()).update();
            if (before.flatMap(About::sharedAt).isPresent())
                note(jdbc, by, quote.kept().id(), "WITHDRAWN");
        });
    }

    /// 同意. From now on others may compare with it, without its name.
    void share(Actor.Officer by, Quotes.Opened quote) {
        decides(by);
        long open = quote.scrutiny().asked().stream()
                .filter(a -> Optional.ofNullable(quote.answers().get(a.rule().id()))
                        .filter(said -> said.result() != Quotes.Result.OPEN).isEmpty())
                .count();
        if (open > 0)
            throw new Conflict(CostWords.text("cost.base.conflict.open", open));
        store.run(Scope.of(by.authority()), jdbc -> {
            var about = about(jdbc, by.authority(), quote.kept().id()).orElseThrow(() -> new Conflict(CostWords.text(
                    "cost.base.conflict.about")));
            if (about.sharedAt().isPresent())
                return;
            jdbc.sql("update cost.quote_about set shared_at = ?, shared_by = ? where authority = ? and quote = ?")
                    .params(
                            now(), by.id(), by.authority().code(), quote.kept().id())
                    .update();
            note(jdbc, by, quote.kept().id(), "SHARED");
        });
    }

    /// 同意の撤回. The figure is gone from every comparison at once.
    void withdraw(Actor.Officer by, UUID quote) {
        decides(by);
        store.run(Scope.of(by.authority()), jdbc -> {
            if (jdbc.sql("""
                    update cost.quote_about set shared_at = null, shared_by = null
                    where authority = ? and quote = ? and shared_at is not null
                    """).params(by.authority().code(), quote).update() > 0)
                note(jdbc, by, quote, "WITHDRAWN");
        });
    }

    private static void decides(Actor.Officer by) {
        if (!by.may(Role.APPROVAL))
            throw new Conflict(CostWords.text("cost.base.conflict.who"));
    }

    private void note(JdbcClient jdbc, Actor.Officer by, UUID quote, String act) {
        jdbc.sql(
                "insert into cost.quote_consent (authority, quote, at, by, act) values (?, ?, ?, ?, ?) on conflict do nothing")
                .params(by.authority().code(), quote, now(), by.id(), act).update();
    }

    View view(AuthorityId authority, UUID quote) {
        return store.in(Scope.of(authority), jdbc -> {
            var about = about(jdbc, authority, quote);
            return new View(about, about.flatMap(a -> compared(jdbc, authority, a)));
        });
    }

    private Optional<Compared> compared(JdbcClient jdbc, AuthorityId authority, About about) {
        var tier = new Tier[]{Tier.SIZE};
        return like(jdbc, authority, about, tier).map(p -> new Compared(p.count(), p.years(), tier[0], p.perHead()
                .median().setScale(1, RoundingMode.HALF_UP), p.perHead().fence().setScale(1, RoundingMode.HALF_UP),
                about.perHead().compareTo(p.perHead().fence()) > 0));
    }

    /// For the rules: a head of so many people, over as many months as the quote is for.
    Optional<QuotePeers> peers(JdbcClient jdbc, AuthorityId authority, UUID quote) {
        return about(jdbc, authority, quote).flatMap(a -> like(jdbc, authority, a, new Tier[1]).map(p -> p.times(
                BigDecimal.valueOf(a.months()).divide(BigDecimal.valueOf(12), 12, RoundingMode.HALF_UP))));
    }

    private Optional<QuotePeers> like(JdbcClient jdbc, AuthorityId authority, About about, Tier[] tier) {
        var town = authorities.find(authority).filter(a -> a.population() > 0);
        if (town.isEmpty())
            return Optional.empty();
        var shown = jdbc.sql("select platform, strength, fiscal_year, per_head from cost.quote_peers(?, ?)")
                .params(about
                        .system().code(), QuotePeers.band(town.orElseThrow().population()))
                .query((row, i) -> new Shown(row
                        .getString(1), row.getString(2), row.getInt(3), row.getBigDecimal(4)))
                .list();
        String platform = about.platform().word();
        long people = town.orElseThrow().population();
        var one = QuotePeers.secretly(people, platform, bodies(town.orElseThrow(), shown));
        var alike = one.filter(QuotePeers::samePlatform);
        tier[0] = alike.isPresent() ? Tier.PLATFORM : Tier.SIZE;
        if (alike.isEmpty())
            return one;
        // within those of the same platform, and only where that leaves none or five of them
        var both = QuotePeers.secretly(people, FiscalStrength.classOf(authority),
                shown.stream().filter(s -> s.platform()
                        .equals(platform))
                        .map(s -> new QuotePeers.Body(people, s.perHead().multiply(BigDecimal.valueOf(people)),
                                String.valueOf(s.year()), s.strength(), Optional.empty()))
                        .toList())
                .filter(
                        QuotePeers::samePlatform);
        if (both.isPresent())
            tier[0] = Tier.PLATFORM_AND_STRENGTH;
        return both.or(() -> one);
    }

    /// 他団体の数字. Without a name.
    private record Shown(String platform, String strength, int year, BigDecimal perHead) {}

    private static List<QuotePeers.Body> bodies(Authority town, List<Shown> shown) {
        return shown.stream().map(s -> new QuotePeers.Body(town.population(), s.perHead().multiply(BigDecimal.valueOf(
                town.population())), String.valueOf(s.year()), s.platform(), Optional
                        .empty()))
                .toList();
    }

    private static Optional<About> about(JdbcClient jdbc, AuthorityId authority, UUID quote) {
        return jdbc.sql("""
                select system, months, platform, fiscal_year, per_head, shared_at, shared_by from cost.quote_about
                where authority = ? and quote = ?
                """).params(authority.code(), quote).query((row, i) -> new About(SystemCode.of(row.getString(1)), row
                .getInt(2), Platform.valueOf(row.getString(3).toUpperCase(Locale.ROOT)), new FiscalYear(row.getInt(4)),
                row.getBigDecimal(5), Optional.ofNullable(row.getTimestamp(6)).map(Timestamp::toInstant), Optional
                        .ofNullable(row.getString(7))))
                .optional();
    }

    private Timestamp now() { return Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)); }
}
