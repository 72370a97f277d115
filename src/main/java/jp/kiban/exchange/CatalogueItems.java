package jp.kiban.exchange;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.standards.RegisterItem;
import jp.kiban.standards.Registers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 目録の項目. Items that the standards name and no Java knows: asked of whichever register keeps them, and never let through
/// unless the shield has looked. Without a register for an item, it is UNAVAILABLE and the person fills it in.
@Component
final class CatalogueItems {
    private static final String PERSON = "person";

    private final List<ItemRegister> registers;
    private final Optional<ResidentRegister> residents;
    private final Registers catalogue;

    CatalogueItems(ObjectProvider<ItemRegister> registers, ObjectProvider<ResidentRegister> residents,
            Registers catalogue) {
        this.registers = registers.stream().sorted(AnnotationAwareOrderComparator.INSTANCE).toList();
        this.residents = Optional.ofNullable(residents.getIfAvailable());
        this.catalogue = catalogue;
    }

    /// Whether there is anybody to ask.
    boolean reachable(String item) { return catalogue.find(item).filter(i -> !keepers(i).isEmpty()).isPresent(); }

    private List<ItemRegister> keepers(RegisterItem item) {
        return registers.stream().filter(r -> r.keeps(item)).toList();
    }

    /// Every register that keeps the item is asked, whatever the first one says: how long it takes tells nothing.
    private Optional<Unfiltered<Stated<JsonNode>>> said(AuthorityId authority, PersonId subject, RegisterItem item) {
        return keepers(item).stream().map(keeper -> keeper.answer(authority, subject, item)).toList().stream()
                .flatMap(Optional::stream).findFirst();
    }

    /// Throws when a register does; the exchange then says that it could not be asked.
    Optional<Stated<JsonNode>> answer(AuthorityId authority, PersonId subject, String id, LocalDate today) {
        var item = catalogue.find(id).orElseThrow();
        var said = said(authority, subject, item);
        var household = item.shield() == RegisterItem.Shield.NONE
                ? Optional.<Unfiltered<Household>>empty()
                : residents.orElseThrow().household(authority, subject);
        return said.map(Unfiltered::open).flatMap(stated -> {
            if (item.shield() == RegisterItem.Shield.NONE)
                return Optional.of(new Stated<>(without(stated.value(), who -> false), stated.asOf()));
            var named = new TreeSet<>(stated.value().findValuesAsString(PERSON));
            named.remove(subject.number());
            // what does not say whom it is about may be about anybody whom the subject must not know of
            if (named.isEmpty() && !says(stated.value())
                    && (household.isEmpty() || Shield.keepsApart(household.get(), today)))
                return Optional.empty();
            var kept = without(stated.value(),
                    who -> !who.equals(subject.number()) && hidden(authority, subject, household, who, today));
            return kept.isNull() ? Optional.empty() : Optional.of(new Stated<>(kept, stated.asOf()));
        });
    }

    /// Whether all of it says whom it is about: the object itself, or every row of a list.
    private static boolean says(JsonNode value) {
        if (value.isArray()) {
            boolean all = !value.isEmpty();
            for (var row : value)
                all &= says(row);
            return all;
        }
        return value.has(PERSON);
    }

    private boolean hidden(AuthorityId authority, PersonId subject, Optional<Unfiltered<Household>> own, String who,
            LocalDate today) {
        var other = PersonId.of(who);
        boolean hidden = residents.orElseThrow().household(authority, other)
                .map(raw -> Shield.shields(raw, subject, today)).orElse(true);
        boolean hiding = own.flatMap(Shield::measure)
                .filter(m -> m.shields(today) && m.against().contains(other)).isPresent();
        return hidden | hiding;
    }

    /// The value without what is about somebody hidden, and without the marks that say whom it is about.
    private static JsonNode without(JsonNode node, Predicate<String> hidden) {
        return switch (node) {
            case ObjectNode object -> {
                if (object.has(PERSON) && hidden.test(object.path(PERSON).asString("")))
                    yield JsonNodeFactory.instance.nullNode();
                var kept = JsonNodeFactory.instance.objectNode();
                object.forEachEntry((key, value) -> {
                    var inner = without(value, hidden);
                    if (!key.equals(PERSON) && (!inner.isNull() || value.isNull()))
                        kept.set(key, inner);
                });
                yield kept;
            }
            case ArrayNode rows -> {
                var kept = JsonNodeFactory.instance.arrayNode();
                rows.forEach(row -> {
                    var inner = without(row, hidden);
                    if (!inner.isNull() || row.isNull())
                        kept.add(inner);
                });
                yield kept;
            }
            default -> node;
        };
    }
}
