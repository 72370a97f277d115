package jp.kiban.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kiban.authority.Authorities;
import jp.kiban.demo.CardHolder.Condition;
import jp.kiban.demo.Families.Family;
import jp.kiban.demo.Families.Invented;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;
import org.springframework.stereotype.Component;

/// 見本の利用者. Everybody with a test card: the residents with a story, one ordinary family a municipality, its officers of
/// four roles, and people of ministries, two of the one that publishes.
@Component
@Demo
final class DemoHolders implements CardHolders {
    static final String RESIDENT_PIN = "1234";
    static final String STAFF_PIN = "5678";
    private static final Map<String, String> SLUGS = Map.of("242012", "tsu", "182010", "fukui", "273619", "kumatori",
            "134023", "aogashima", "141003", "yokohama", "032115", "kamaishi", "151009", "niigata", "122114", "narita");
    private static final List<Staff> STAFF = List.of(new Staff(Role.RECEPTION, "uketsuke", "受田 まどか"),
            new Staff(Role.REVIEW, "shinsa", "審良 あきら"), new Staff(Role.APPROVAL, "kessai", "決城 ひとみ"),
            new Staff(Role.TREASURY, "kaikei", "会沢 みのる"));

    private final List<CardHolder> all;

    DemoHolders(Families families, Authorities authorities, DemoWords words) {
        var holders = new ArrayList<CardHolder>();
        for (var family : families.all()) {
            String place = authorities.get(family.authority()).name();
            for (var person : family.people())
                person.card().ifPresent(card -> holders
                        .add(resident(card, family.authority(), person, place, words.of("demo.story." + card))));
            holders.add(resident(slug(family) + "-futsu", family.authority(), ordinary(family.authority()), place,
                    words.of("demo.story.ordinary")));
        }
        for (var family : families.all())
            for (var staff : STAFF)
                holders.add(officer(slug(family) + "-" + staff.slug(), family.authority(),
                        authorities.get(family.authority()).name(), staff, words));
        holders.add(officer("cfa-tanto", AuthorityId.of("GCFA00"), authorities.get(AuthorityId.of("GCFA00")).name(),
                new Staff(Role.MINISTRY, "cfa-tanto", "府川 のぞみ"), words));
        holders.add(officer("cfa-shonin", AuthorityId.of("GCFA00"), authorities.get(AuthorityId.of("GCFA00")).name(),
                new Staff(Role.MINISTRY, "cfa-shonin", "承田 ただし"), words));
        holders.add(officer("digital-tanto", AuthorityId.of("GDIG00"),
                authorities.get(AuthorityId.of("GDIG00")).name(),
                new Staff(Role.MINISTRY, "digital-tanto", "省吾 たかし"), words));
        holders.add(officer("digital-shonin", AuthorityId.of("GDIG00"),
                authorities.get(AuthorityId.of("GDIG00")).name(),
                new Staff(Role.MINISTRY, "digital-shonin", "認田 あかり"), words));
        this.all = List.copyOf(holders);
    }

    private record Staff(Role role, String slug, String name) {}

    @Override
    public List<CardHolder> all() { return all; }

    private static CardHolder resident(String card, AuthorityId authority, Invented person, String place, Text story) {
        return new CardHolder(card, person.name() + "（" + place + "）", story, RESIDENT_PIN,
                new Actor.Resident(authority, Families.number(authority, person.id())), Condition.VALID);
    }

    private static CardHolder officer(String card, AuthorityId authority, String place, Staff staff, DemoWords words) {
        var story = words.of("demo.story.staff." + staff.role().name());
        return new CardHolder(card, place + " " + staff.name(), story, STAFF_PIN,
                new Actor.Officer(authority, staff.slug(), staff.name(), Set.of(staff.role())), Condition.VALID);
    }

    private static String slug(Family family) {
        return Optional.ofNullable(SLUGS.get(family.authority().code()))
                .orElseThrow(() -> new IllegalStateException("no card names for " + family.authority()));
    }

    /// Of the first ordinary couple, the one who earns more.
    private static Invented ordinary(AuthorityId authority) {
        return Townspeople.of(authority).stream().filter(p -> p.id() <= Townspeople.FIRST + 1)
                .collect(Collectors.maxBy(Comparator.comparing(p -> p.income().orElse(0L)))).orElseThrow();
    }
}
