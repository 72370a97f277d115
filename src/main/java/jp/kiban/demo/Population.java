package jp.kiban.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kiban.authority.Authorities;
import jp.kiban.demo.Families.Family;
import jp.kiban.demo.Families.Invented;
import jp.kiban.exchange.Contacts;
import jp.kiban.exchange.Household.Relation;
import jp.kiban.exchange.Household.Sex;
import jp.kiban.exchange.PayoutAccounts.PayoutAccount;
import jp.kiban.exchange.SupportMeasure;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/// 見本の住民を作る. Once, at the first start: the families with a story and the ordinary households of the demonstration
/// municipalities, in one statement a table and municipality. The day they were made is kept; every other day of theirs
/// follows from it. Nobody has a My Number.
@Component
@Demo
final class Population implements SmartInitializingSingleton {
    private static final Map<String, Town> TOWNS = Map.of("242012", new Town("三重県津市", "5140000"), "182010",
            new Town("福井県福井市", "9100000"), "273619", new Town("大阪府泉南郡熊取町", "5900400"), "134023",
            new Town("東京都青ヶ島村", "1001701"), "141003", new Town("神奈川県横浜市南区", "2310000"), "032115",
            new Town("岩手県釜石市", "0260000"), "151009", new Town("新潟県新潟市中央区", "9500000"), "122114",
            new Town("千葉県成田市", "2860000"));
    private static final List<String> STREETS = List.of("あさなぎ町", "しずく町", "こもれび台", "みなも町", "つむぎ町", "ほしぞら台", "せせらぎ町",
            "ゆきわり町", "ひかり町", "けやき坂町");

    private final Families families;
    private final Contacts contacts;
    private final Store store;
    private final JsonMapper json;
    private final Clock clock;

    Population(Families families, Authorities authorities, Contacts contacts, Store store, JsonMapper json,
            Clock clock) {
        families.all().forEach(family -> authorities.get(family.authority()));
        this.families = families;
        this.contacts = contacts;
        this.store = store;
        this.json = json;
        this.clock = clock;
    }

    private record Town(String name, String postalCode) {}

    /// A row of `demo.person`.
    @JsonNaming(SnakeCaseStrategy.class)
    private record Row(AuthorityId authority, PersonId person, String name, String kana, LocalDate birthDate, Sex sex,
            String postalCode, String address, String household, boolean resident, Optional<LocalDate> movedIn,
            boolean abroad, boolean inFacility, Optional<Long> income, Optional<String> pension, boolean publicServant,
            Optional<PayoutAccount> account, Optional<SupportMeasure> measure) {}

    /// A row of `demo.kin`.
    private record Tie(AuthorityId authority, PersonId person, PersonId kin, Relation relation, String term) {}

    @Override
    public void afterSingletonsInstantiated() {
        if (setting("people.ready").isPresent())
            return;
        keep("people.made", LocalDate.now(clock).toString());
        var made = LocalDate.parse(setting("people.made").orElseThrow());
        families.all().forEach(family -> settle(family, made));
        keep("people.ready", "yes");
    }

    private Optional<String> setting(String key) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("select value from demo.setting where key = ?").params(key)
                .query(String.class).optional());
    }

    private void keep(String key, String value) {
        store.run(Scope.nation(), jdbc -> jdbc
                .sql("insert into demo.setting (key, value) values (?, ?) on conflict do nothing").params(key, value)
                .update());
    }

    private void settle(Family family, LocalDate made) {
        var authority = family.authority();
        var people = new ArrayList<>(family.people());
        people.addAll(Townspeople.of(authority));
        var rows = people.stream().map(person -> row(authority, person, made, family)).toList();
        store.run(Scope.of(authority), jdbc -> {
            jdbc.sql("""
                    insert into demo.person select * from jsonb_populate_recordset(null::demo.person, ?::jsonb)
                    on conflict do nothing
                    """).params(json.writeValueAsString(rows)).update();
            jdbc.sql("""
                    insert into demo.kin select * from jsonb_populate_recordset(null::demo.kin, ?::jsonb)
                    on conflict do nothing
                    """).params(json.writeValueAsString(ties(authority, people))).update();
            people.stream().filter(p -> p.parents().isEmpty() && p.account().isPresent()).forEach(p -> {
                var number = Families.number(authority, p.id());
                contacts.remember(authority, number, "090-0000-%04d".formatted(p.id()),
                        "k" + number.number() + "@example.jp");
            });
        });
    }

    private static Row row(AuthorityId authority, Invented person, LocalDate made, Family family) {
        var town = TOWNS.get(authority.code());
        if (town == null)
            throw new IllegalStateException("no demonstration town for " + authority);
        int street = Math.floorMod((authority.code() + person.home()).hashCode(), STREETS.size() * 81);
        var address = person.at().orElse(town.name() + STREETS.get(street / 81) + (1 + street % 9) + "丁目"
                + (1 + street / 9 % 9) + "番" + (1 + Math.floorMod(person.home().hashCode(), 20)) + "号");
        return new Row(authority, Families.number(authority, person.id()), person.name(), person.kana(),
                Families.day(person.born(), made), person.sex(), person.postalCode().orElse(town.postalCode()), address,
                person.home(), person.resident().orElse(true), person.movedIn().map(day -> Families.day(day, made)),
                person.abroad().orElse(false), person.inFacility().orElse(false), person.income(), person.pension(),
                person.publicServant().orElse(false),
                account(authority, person),
                family.measures().stream().filter(m -> m.covered().contains(person.id())).findFirst()
                        .map(m -> measure(authority, m, made)));
    }

    /// Banks of this name and number do not exist. The stand-in bank rejects account numbers that begin with 9.
    private static Optional<PayoutAccount> account(AuthorityId authority, Invented person) {
        return person.account().filter(kind -> !kind.equals("none")).map(kind -> new PayoutAccount("0989", "ミホン", "101",
                "ミナト", "1",
                (kind.equals("closed") ? "9" : "1")
                        + "%06d".formatted(
                                Math.floorMod(authority.code().hashCode() * 31 + person.id() * 7919, 1_000_000)),
                person.kana()));
    }

    private static SupportMeasure measure(AuthorityId authority, Families.Measure measure, LocalDate made) {
        var from = Families.day(measure.decided().orElse(measure.requested()), made);
        return new SupportMeasure(measure.id(), Families.day(measure.requested(), made),
                measure.decided().map(day -> Families.day(day, made)), from, SupportMeasure.yearFrom(from),
                Optional.empty(), numbers(authority, measure.covered()), numbers(authority, measure.against()));
    }

    private static Set<PersonId> numbers(AuthorityId authority, List<Integer> ids) {
        return ids.stream().map(id -> Families.number(authority, id)).collect(Collectors.toUnmodifiableSet());
    }

    private static List<Tie> ties(AuthorityId authority, List<Invented> people) {
        var byId = new HashMap<Integer, Invented>();
        people.forEach(person -> byId.put(person.id(), person));
        var ties = new ArrayList<Tie>();
        for (var person : people) {
            var number = Families.number(authority, person.id());
            person.spouse().ifPresent(spouse -> ties.add(new Tie(authority, number, Families.number(authority, spouse),
                    Relation.SPOUSE,
                    Optional.ofNullable(byId.get(spouse)).orElseThrow().sex() == Sex.MALE ? "夫" : "妻")));
            person.parents().forEach(parent -> ties
                    .add(new Tie(authority, Families.number(authority, parent), number, Relation.CHILD, "子")));
        }
        return ties;
    }
}
