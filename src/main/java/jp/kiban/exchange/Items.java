package jp.kiban.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.Month;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kiban.exchange.Household.Kin;
import jp.kiban.exchange.Household.Relation;
import jp.kiban.exchange.PayoutAccounts.PayoutAccount;
import jp.kiban.exchange.PensionRegister.Pension;
import jp.kiban.exchange.Shield.Visible;
import jp.kiban.exchange.TaxRegister.HigherEarner;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// 情報の項目. The names of the items and the JSON shape of each, as the standards' forms expect them. Shapes a household
/// only after the shield.
final class Items {
    static final String PERSON = "resident.person";
    static final String SPOUSE = "resident.spouse";
    static final String CHILDREN = "resident.children";
    static final String ELDERS = "resident.elders";
    static final String EVENT = "resident.event";
    static final String HIGHER_EARNER = "tax.higher-earner";
    static final String PENSION = "pension.class";
    static final String ACCOUNT = "account.payout";
    static final String CONTACT = "contact.last";

    static final List<String> ALL = List.of(PERSON, SPOUSE, CHILDREN, ELDERS, EVENT, HIGHER_EARNER, PENSION, ACCOUNT,
            CONTACT);

    private final JsonMapper json;
    private final AuthorityId authority;

    Items(JsonMapper json, AuthorityId authority) {
        this.json = json;
        this.authority = authority;
    }

    private record Person(String name, String kana, LocalDate birthDate, String sex, String postalCode,
            String address) {}

    private record Spouse(String name, String kana, LocalDate birthDate, boolean livingTogether) {}

    private record Child(String id, String name, String kana, LocalDate birthDate, String relationship,
            boolean livingTogether, boolean abroad, boolean inFacility) {}

    private record LifeEvent(String kind, LocalDate date) {}

    JsonNode person(Visible visible) {
        var self = visible.self();
        ObjectNode person = json.valueToTree(new Person(self.name(), self.kana(), self.birthDate(),
                self.sex().name().toLowerCase(Locale.ROOT), self.postalCode(), self.address()));
        return self.resident() ? person : person.put("residentHere", false);
    }

    Optional<JsonNode> spouse(Visible visible) {
        return spouseOf(visible).map(kin -> json.valueToTree(
                new Spouse(kin.who().name(), kin.who().kana(), kin.who().birthDate(), kin.livingTogether())));
    }

    JsonNode children(Visible visible, LocalDate today) {
        return list(children(visible).filter(kin -> !today.isAfter(fiscalYearEnd(kin, 18))));
    }

    /// 年長の子: no longer paid for, still counted for the order of birth if supported.
    JsonNode elders(Visible visible, LocalDate today) {
        return list(children(visible).filter(
                kin -> today.isAfter(fiscalYearEnd(kin, 18)) && !today.isAfter(fiscalYearEnd(kin, 22))));
    }

    /// The newest thing that may have given rise to a claim: the birth of a child or the family's moving in.
    Optional<JsonNode> event(Visible visible, LocalDate today) {
        var births = children(visible).map(kin -> new LifeEvent("birth", kin.who().birthDate()));
        var moves = visible.self().movedIn().stream().map(day -> new LifeEvent("move-in", day));
        return Stream.concat(births, moves).filter(event -> !event.date().isAfter(today))
                .max(Comparator.comparing(LifeEvent::date)).map(event -> (JsonNode) json.valueToTree(event));
    }

    JsonNode higherEarner(HigherEarner who) { return json.valueToTree(who.name().toLowerCase(Locale.ROOT)); }

    JsonNode pension(Pension pension) {
        return json.createObjectNode()
                .put("class", pension.pensionClass().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("publicServant", pension.publicServant());
    }

    JsonNode account(PayoutAccount account) { return json.valueToTree(account); }

    JsonNode contact(String phone, String email) {
        return json.createObjectNode().put("phone", phone).put("email", email);
    }

    static Optional<Kin> spouseOf(Visible visible) {
        return visible.kin().stream().filter(kin -> kin.relation() == Relation.SPOUSE).findFirst();
    }

    private static Stream<Kin> children(Visible visible) {
        return visible.kin().stream().filter(kin -> kin.relation() == Relation.CHILD)
                .sorted(Comparator.comparing((Kin kin) -> kin.who().birthDate()).reversed());
    }

    /// An empty list is an answer too: nothing is left for the person to type.
    private JsonNode list(Stream<Kin> children) {
        return json.valueToTree(children.map(kin -> new Child(mark(kin.who().person()), kin.who().name(),
                kin.who().kana(), kin.who().birthDate(), kin.term(), kin.livingTogether(), kin.abroad(),
                kin.inFacility())).toList());
    }

    /// 子の記号. The same for one child within an authority whichever parent applies, and not the addressee number.
    private String mark(PersonId child) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((authority.code() + "/" + child.number()).getBytes(StandardCharsets.UTF_8));
            return "c" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The 31 March after reaching an age; it is reached the day before the birthday (年齢計算ニ関スル法律), so that who is
    /// born on 1 April belongs to the year before.
    private static LocalDate fiscalYearEnd(Kin kin, int age) {
        var reached = kin.who().birthDate().plusYears(age).minusDays(1);
        return LocalDate.of(reached.getMonthValue() <= 3 ? reached.getYear() : reached.getYear() + 1, Month.MARCH, 31);
    }
}
