package jp.kiban.payment;

import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.Yen;
import jp.kiban.portal.HomeSection;
import jp.kiban.standards.Standards;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// 住民のホームの支払い. When the next money comes, how much for which months and to which account (its last three digits only), what
/// comes after, and what was paid. Reads as the resident, so the database shows no other person's rows.
@Component
class MyPayments implements HomeSection {
    private static final int SHOWN = 6;
    private final CurrentActor actor;
    private final Store store;
    private final Entitlements entitlements;
    private final PaySchedules schedules;
    private final Standards standards;
    private final Clock clock;

    MyPayments(CurrentActor actor, Store store, Entitlements entitlements, PaySchedules schedules, Standards standards,
            Clock clock) {
        this.actor = actor;
        this.store = store;
        this.entitlements = entitlements;
        this.schedules = schedules;
        this.standards = standards;
        this.clock = clock;
    }

    /// これからの支払い. A pay day (absent until the order that pays it is made), what it pays in yen, for which months (absent
    /// where it is paid once), by which service.
    record Coming(Optional<LocalDate> payDay, Yen amount, Optional<YearMonth> from, Optional<YearMonth> through,
            Text service) {}

    /// これまでの支払い. One order that the bank answered or is to answer.
    record Past(LocalDate payDay, Yen amount, YearMonth from, YearMonth through, String stage, Text service) {}

    /// 支払いの見え方.
    record Mine(List<Coming> coming, List<Past> past, Optional<String> accountEnding) {}

    Mine of(Actor.Resident resident) {
        var scope = new Scope.Resident(resident.authority(), resident.person());
        var today = LocalDate.now(clock);
        var coming = new TreeMap<String, Coming>();
        for (var owed : entitlements.of(scope)) {
            var payDay = owed.orderedFor().or(() -> dueDay(resident, owed, today));
            if (payDay.filter(day -> day.isBefore(today) || day.equals(today) && owed.orderedFor().isPresent())
                    .isPresent())
                continue;
            var version = standards.version(owed.standard());
            var month = Optional.of(owed.month()).filter(m -> version.terms().paysMonthly());
            // what has no day yet comes last
            coming.merge(payDay.map(LocalDate::toString).orElse("~") + " " + owed.standard().id(),
                    new Coming(payDay, owed.yen(), month, month, standards.get(owed.standard().id()).name()),
                    (a, b) -> new Coming(payDay, a.amount().plus(b.amount()),
                            Stream.concat(a.from().stream(), b.from().stream()).min(YearMonth::compareTo),
                            Stream.concat(a.through().stream(), b.through().stream()).max(YearMonth::compareTo),
                            a.service()));
        }
        return new Mine(coming.values().stream().limit(SHOWN).toList(), past(scope), ending(scope));
    }

    private Optional<LocalDate> dueDay(Actor.Resident resident, Entitlements.OwedMonth owed, LocalDate today) {
        var schedule = schedules.of(resident.authority(), owed.standard().id(), today);
        var granted = owed.decidedAt().atZone(ZoneId.of("Asia/Tokyo")).toLocalDate();
        var due = schedule.dueDay(owed.month(), granted);
        // not in an order although its day has passed (no account, say): with the next one
        return due.map(day -> day.isBefore(today) ? schedule.next(today) : day);
    }

    private List<Past> past(Scope.Resident scope) {
        return store.in(scope, jdbc -> jdbc.sql("""
                select o.pay_day, o.yen, o.from_month, o.through_month, split_part(o.standard, '@', 1),
                       case when r.line is not null then 'returned' when p.line is not null then 'paid' else 'sent' end
                from payment.pay_order o
                left join payment.result p on (p.authority, p.run, p.line, p.kind) = (o.authority, o.run, o.line, 'PAID')
                left join payment.result r on (r.authority, r.run, r.line, r.kind) = (o.authority, o.run, o.line, 'RETURNED')
                where o.authority = ? and o.person = ? and (p.line is not null or r.line is not null
                    or o.pay_day <= ? and exists (select from payment.order_month m
                        where (m.authority, m.receipt, m.run) = (o.authority, o.receipt, o.run)))
                order by o.pay_day desc, o.sequence desc limit 60
                """).params(scope.authority().code(), scope.person().number(), LocalDate.now(clock))
                .query((row, i) -> new Past(row.getObject(1, LocalDate.class), new Yen(row.getLong(2)),
                        YearMonth.from(row.getObject(3, LocalDate.class)),
                        YearMonth.from(row.getObject(4, LocalDate.class)), row.getString(6),
                        standards.get(row.getString(5)).name()))
                .list());
    }

    private Optional<String> ending(Scope.Resident scope) { return store.in(scope, jdbc -> jdbc.sql("""
                select right(a.number, 3) from payment.account a
                where a.authority = ? and a.person = ? and (a.origin = 'CLAIM' or exists (select from payment.pay_order o
                    where (o.authority, o.receipt, o.account_version) = (a.authority, a.receipt, a.version)))
                order by a.entered_at desc, a.version desc limit 1
                """).params(scope.authority().code(), scope.person().number()).query(String.class).optional()); }

    @Override
    public Home home() { return Home.MY; }

    @Override
    public int order() { return 300; }

    @Override
    public String fragment() { return "payment/home :: my"; }

    @Override
    public boolean appliesToCurrent() {
        if (!(actor.get() instanceof Actor.Resident resident))
            return false;
        var mine = of(resident);
        return !mine.coming().isEmpty() || !mine.past().isEmpty();
    }

    @Override
    public Map<String, Object> model() {
        return actor.get() instanceof Actor.Resident resident ? Map.of("mine", of(resident)) : Map.of();
    }

    /// The same for a program that acts for the resident.
    @RestController
    static class Api {
        private final MyPayments payments;

        Api(MyPayments payments) { this.payments = payments; }

        @Permit(Role.RESIDENT)
        @GetMapping("/api/payment/my")
        Mine my(Actor.Resident resident) { return payments.of(resident); }
    }

}
