package jp.kiban.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.kiban.exchange.Household.Sex;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// 見本の家族. The families with a story, from `demo/families.json`: one for each way a claim can go. Their days are written
/// relative to the day the people were made (`-3y+10d`), so that a child about to turn three is always about to.
@Component
@Demo
final class Families {
    private static final Pattern STEP = Pattern.compile("([+-][0-9]{1,4})([ymd])");
    private final List<Family> all;

    Families(JsonMapper json) {
        try (var in = Objects.requireNonNull(Families.class.getResourceAsStream("/demo/families.json"))) {
            this.all = List.of(json.readValue(in, Family[].class));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// 見本の団体. The demonstration people of one municipality.
    record Family(AuthorityId authority, List<Invented> people, List<Measure> measures) {
        Family {
            people = List.copyOf(people);
            measures = Optional.ofNullable(measures).map(List::copyOf).orElse(List.of());
        }
    }

    /// 見本の人. `card` is the id of the test card, if there is one; `home` names the dwelling within the municipality; `at`
    /// is an address somewhere else; `account` is good, closed (the bank rejects it) or none.
    record Invented(int id, Optional<String> card, String name, String kana, Sex sex, String born, String home,
            Optional<String> at, Optional<String> postalCode, Optional<String> movedIn, Optional<Boolean> resident,
            Optional<Integer> spouse, List<Integer> parents, Optional<Long> income, Optional<String> pension,
            Optional<Boolean> publicServant, Optional<String> account, Optional<Boolean> abroad,
            Optional<Boolean> inFacility) {
        Invented { parents = Optional.ofNullable(parents).map(List::copyOf).orElse(List.of()); }
    }

    /// 見本の支援措置. Without `decided` it is provisional.
    record Measure(String id, String requested, Optional<String> decided, List<Integer> covered,
            List<Integer> against) {}

    List<Family> all() { return all; }

    /// The addressee number of a demonstration person: the five digits of the municipality and five of their own.
    static PersonId number(AuthorityId authority, int id) {
        return PersonId.of(authority.code().substring(0, 5) + "%05d".formatted(id));
    }

    /// `-3y+10d` seen from the day the people were made.
    static LocalDate day(String relative, LocalDate made) {
        var day = made;
        var steps = STEP.matcher(relative);
        int end = 0;
        while (steps.find() && steps.start() == end) {
            int count = Integer.parseInt(steps.group(1));
            day = switch (steps.group(2)) {
                case "y" -> day.plusYears(count);
                case "m" -> day.plusMonths(count);
                default -> day.plusDays(count);
            };
            end = steps.end();
        }
        if (end != relative.length())
            throw new IllegalArgumentException("expected steps such as -3y+10d, saw: " + relative);
        return day;
    }
}
