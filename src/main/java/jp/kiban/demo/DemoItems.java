package jp.kiban.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jp.kiban.exchange.ItemRegister;
import jp.kiban.exchange.Stated;
import jp.kiban.exchange.Unfiltered;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.standards.RegisterItem;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 見本の答え. Stands in for every register of the catalogue: the demonstration's answer written beside the item
/// (`demo`), or the one of this person (`demo-people`, by the id of the test card). Null is "nothing known".
@Component
@Demo
final class DemoItems implements ItemRegister {
    private final Map<PersonId, String> cards = new HashMap<>();
    private final Clock clock;

    DemoItems(Families families, Clock clock) {
        families.all().forEach(family -> family.people().forEach(person -> person.card()
                .ifPresent(card -> cards.put(Families.number(family.authority(), person.id()), card))));
        this.clock = clock;
    }

    @Override
    public boolean keeps(RegisterItem item) { return item.demo().isPresent() || !item.demoPeople().isEmpty(); }

    @Override
    public Optional<Unfiltered<Stated<JsonNode>>> answer(AuthorityId authority, PersonId person, RegisterItem item) {
        var own = Optional.ofNullable(cards.get(person)).flatMap(c -> Optional.ofNullable(item.demoPeople().get(c)));
        return own.or(item::demo).filter(value -> !value.isNull())
                .map(value -> Unfiltered.of(new Stated<>(value, LocalDate.now(clock))));
    }
}
