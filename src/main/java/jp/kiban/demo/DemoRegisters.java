package jp.kiban.demo;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Optional;
import jp.kiban.exchange.Household;
import jp.kiban.exchange.Household.Kin;
import jp.kiban.exchange.Household.Member;
import jp.kiban.exchange.Household.Relation;
import jp.kiban.exchange.Household.Sex;
import jp.kiban.exchange.PayoutAccounts;
import jp.kiban.exchange.PensionRegister;
import jp.kiban.exchange.ResidentRegister;
import jp.kiban.exchange.Stated;
import jp.kiban.exchange.SupportMeasure;
import jp.kiban.exchange.TaxRegister;
import jp.kiban.exchange.Unfiltered;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// 見本の台帳. Stands in for four registers outside: residents, taxes, pensions, payout accounts. It answers with everything
/// it has, protected people included, as a real register might: keeping them back is the exchange's duty.
@Component
@Demo
final class DemoRegisters implements ResidentRegister, TaxRegister, PensionRegister, PayoutAccounts {
    private final Store store;
    private final JsonMapper json;
    private final Clock clock;

    DemoRegisters(Store store, JsonMapper json, Clock clock) {
        this.store = store;
        this.json = json;
        this.clock = clock;
    }

    private record Line(Optional<Relation> relation, Kin kin) {}

    @Override
    public Optional<Unfiltered<Household>> household(AuthorityId authority, PersonId person) {
        var lines = store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select tie.relation, tie.term, p.person, p.name, p.kana, p.birth_date, p.sex, p.postal_code, p.address,
                       p.moved_in, p.resident, p.abroad, p.in_facility, p.measure::text,
                       p.household = me.household and p.resident and me.resident as together
                from (select 'SELF' as relation, '' as term, ?::text as kin
                      union all
                      select relation, term, kin from demo.kin where authority = ? and person = ?) tie
                join demo.person p on p.authority = ? and p.person = tie.kin
                join demo.person me on me.authority = p.authority and me.person = ?
                order by p.birth_date, p.person
                """).params(person.number(), authority.code(), person.number(), authority.code(), person.number())
                .query((row, i) -> line(row)).list());
        var kin = new ArrayList<Kin>();
        Optional<Member> self = Optional.empty();
        for (var line : lines)
            if (line.relation().isPresent())
                kin.add(line.kin());
            else
                self = Optional.of(line.kin().who());
        return self.map(me -> Unfiltered.of(new Household(me, kin, LocalDate.now(clock))));
    }

    private Line line(ResultSet row) throws SQLException {
        String relation = row.getString("relation");
        var tie = relation.equals("SELF") ? Optional.<Relation>empty() : Optional.of(Relation.valueOf(relation));
        var who = new Member(PersonId.of(row.getString("person")), row.getString("name"), row.getString("kana"),
                row.getObject("birth_date", LocalDate.class), Sex.valueOf(row.getString("sex")),
                row.getString("postal_code"), row.getString("address"), row.getBoolean("resident"),
                Optional.ofNullable(row.getObject("moved_in", LocalDate.class)),
                Optional.ofNullable(row.getString("measure")).map(m -> json.readValue(m, SupportMeasure.class)));
        return new Line(tie, new Kin(who, tie.orElse(Relation.SPOUSE), row.getString("term"),
                row.getBoolean("together"), row.getBoolean("abroad"), row.getBoolean("in_facility")));
    }

    @Override
    public Optional<Stated<HigherEarner>> higherEarner(AuthorityId authority, PersonId claimant,
            Optional<PersonId> spouse) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select me.income, other.income, other.person is not null
                from demo.person me
                left join demo.person other on other.authority = me.authority and other.person = ?
                where me.authority = ? and me.person = ?
                """).params(spouse.map(PersonId::number).orElse(""), authority.code(), claimant.number())
                .query((row, i) -> {
                    long mine = row.getLong(1);
                    boolean known = !row.wasNull();
                    long others = row.getLong(2);
                    known &= !row.wasNull();
                    if (!row.getBoolean(3))
                        return HigherEarner.CLAIMANT;
                    if (!known)
                        return HigherEarner.UNKNOWN;
                    return mine >= others ? HigherEarner.CLAIMANT : HigherEarner.SPOUSE;
                }).optional()).map(who -> new Stated<>(who, taxYear()));
    }

    /// Incomes of the year before are known from June (地方税法: 賦課期日 1 January).
    private LocalDate taxYear() {
        var today = LocalDate.now(clock);
        return LocalDate.of(today.getMonthValue() < 6 ? today.getYear() - 1 : today.getYear(), 1, 1);
    }

    @Override
    public Optional<Stated<Pension>> pension(AuthorityId authority, PersonId person) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select coalesce(pension, 'NONE'), public_servant from demo.person where authority = ? and person = ?
                """).params(authority.code(), person.number())
                .query((row, i) -> new Pension(PensionClass.valueOf(row.getString(1)), row.getBoolean(2))).optional())
                .map(pension -> new Stated<>(pension, LocalDate.now(clock)));
    }

    @Override
    public Optional<Stated<PayoutAccount>> account(AuthorityId authority, PersonId person) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select account::text from demo.person where authority = ? and person = ? and account is not null
                """).params(authority.code(), person.number())
                .query((row, i) -> json.readValue(row.getString(1), PayoutAccount.class)).optional())
                .map(account -> new Stated<>(account, LocalDate.now(clock)));
    }
}
