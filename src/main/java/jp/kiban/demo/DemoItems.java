package jp.kiban.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.kiban.exchange.ItemRegister;
import jp.kiban.exchange.Stated;
import jp.kiban.exchange.Unfiltered;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.standards.RegisterItem;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// 見本の答え. Stands in for every register of the catalogue: the demonstration's answer written beside the item
/// (`demo`), or the one of this person (`demo-people`, by the id of the test card). Null is "nothing known". Days are written
/// as the families' are (`-20d`), seen from the day of the demonstration.
@Component
@Demo
final class DemoItems implements ItemRegister {
    private static final Pattern STEPS = Pattern.compile("([+-][0-9]{1,4}[ymd])+");
    private final Map<PersonId, String> cards = new HashMap<>();
    private final Clock clock;

    DemoItems(DemoHolders holders, Clock clock) {
        holders.all().forEach(holder -> {
            if (holder.actor() instanceof Actor.Resident(var authority, var person))
                cards.put(person, holder.cardId());
        });
        this.clock = clock;
    }

    @Override
    public boolean keeps(RegisterItem item) { return item.demo().isPresent() || !item.demoPeople().isEmpty(); }

    @Override
    public Optional<Unfiltered<Stated<JsonNode>>> answer(AuthorityId authority, PersonId person, RegisterItem item) {
        var own = Optional.ofNullable(cards.get(person)).flatMap(c -> Optional.ofNullable(item.demoPeople().get(c)));
        var today = LocalDate.now(clock);
        return own.or(item::demo).filter(value -> !value.isNull())
                .map(value -> Unfiltered.of(new Stated<>(dated(value, today), today)));
    }

    private static JsonNode dated(JsonNode value, LocalDate today) {
        var make = JsonNodeFactory.instance;
        if (value.isString() && STEPS.matcher(value.asString()).matches())
            return make.stringNode(Families.day(value.asString(), today).toString());
        if (value.isArray()) {
            var rows = make.arrayNode();
            value.forEach(row -> rows.add(dated(row, today)));
            return rows;
        }
        if (!value.isObject())
            return value;
        var group = make.objectNode();
        value.forEachEntry((key, inner) -> group.set(key, dated(inner, today)));
        return group;
    }
}
