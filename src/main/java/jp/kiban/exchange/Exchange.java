package jp.kiban.exchange;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import jp.kiban.exchange.Evidence.Status;
import jp.kiban.exchange.Provision.Provided;
import jp.kiban.exchange.Shield.Visible;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// データ連携の窓口. The one way to what the registers know. Answers item by item, never fails because a register is missing
/// or down, and writes each look down before it answers. Which registers are asked depends on the items alone, never on
/// what an earlier register answered: how long it takes tells nothing.
@Component
public final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Optional<ResidentRegister> residents;
    private final Optional<TaxRegister> taxes;
    private final Optional<PensionRegister> pensions;
    private final Optional<PayoutAccounts> accounts;
    private final CatalogueItems catalogue;
    private final Contacts contacts;
    private final AccessLog log;
    private final Sources sources;
    private final JsonMapper json;
    private final Clock clock;

    Exchange(ObjectProvider<ResidentRegister> residents, ObjectProvider<TaxRegister> taxes,
            ObjectProvider<PensionRegister> pensions, ObjectProvider<PayoutAccounts> accounts,
            CatalogueItems catalogue, Contacts contacts, AccessLog log, Sources sources, JsonMapper json, Clock clock) {
        this.residents = Optional.ofNullable(residents.getIfAvailable());
        this.taxes = Optional.ofNullable(taxes.getIfAvailable());
        this.pensions = Optional.ofNullable(pensions.getIfAvailable());
        this.accounts = Optional.ofNullable(accounts.getIfAvailable());
        this.catalogue = catalogue;
        this.contacts = contacts;
        this.log = log;
        this.sources = sources;
        this.json = json;
        this.clock = clock;
    }

    /// Call it outside of a transaction: it asks other systems, then writes its own log entry.
    public Provision provide(Inquiry inquiry) {
        var today = LocalDate.now(clock);
        var household = householdFor(inquiry, today);
        var evidence = new ArrayList<Evidence>();
        for (String item : inquiry.items()) {
            var answer = answer(item, inquiry, household, today);
            evidence.add(new Evidence(item, answer.value(), sources.of(item, inquiry.authority()), answer.asOf(),
                    answer.status()));
        }
        log.append(inquiry, evidence);
        return new Provided(evidence);
    }

    /// An officer looks at values that an application already carries. Nothing is asked of a register; the look is
    /// written down like one that is, and the person can read it.
    public void viewed(Inquiry look) { log.append(look); }

    private Answer answer(String item, Inquiry inquiry, Reply<Visible> household, LocalDate today) {
        var authority = inquiry.authority();
        var subject = inquiry.subject();
        var items = new Items(json, authority);
        return switch (item) {
            case Items.PERSON -> of(household, v -> Optional.of(items.person(v)));
            case Items.SPOUSE -> of(household, items::spouse);
            case Items.CHILDREN -> of(household, v -> Optional.of(items.children(v, today)));
            case Items.ELDERS -> of(household, v -> Optional.of(items.elders(v, today)));
            case Items.EVENT -> of(household, v -> items.event(v, today));
            case Items.HIGHER_EARNER -> household.there()
                    ? stated(ask(taxes,
                            register -> register.higherEarner(authority, subject,
                                    household.value().flatMap(Items::spouseOf).map(kin -> kin.who().person()))),
                            items::higherEarner)
                    : Answer.UNAVAILABLE;
            case Items.PENSION -> stated(ask(pensions, register -> register.pension(authority, subject)),
                    items::pension);
            case Items.ACCOUNT -> stated(ask(accounts, register -> register.account(authority, subject)),
                    items::account);
            case Items.CONTACT -> stated(ask(Optional.of(contacts), kept -> kept.of(authority, subject)),
                    c -> items.contact(c.phone(), c.email()));
            default -> catalogue.reachable(item)
                    ? stated(ask(Optional.of(catalogue), c -> c.answer(authority, subject, item, today)),
                            value -> value)
                    : Answer.UNAVAILABLE;
        };
    }

    /// The register is asked once, and only when an item needs it.
    private Reply<Visible> householdFor(Inquiry inquiry, LocalDate today) {
        if (inquiry.items().stream().noneMatch(i -> i.startsWith("resident.") || i.equals(Items.HIGHER_EARNER)))
            return new Reply<>(Optional.empty(), false);
        return ask(residents, register -> register.household(inquiry.authority(), inquiry.subject())
                .map(raw -> Shield.of(raw, today)));
    }

    /// 応答. What a register said, or that it could not be asked (`there` is false).
    private record Reply<T>(Optional<T> value, boolean there) {}

    private record Answer(Status status, Optional<JsonNode> value, Optional<LocalDate> asOf) {
        static final Answer UNAVAILABLE = new Answer(Status.UNAVAILABLE, Optional.empty(), Optional.empty());

        static Answer of(Optional<JsonNode> value, Optional<LocalDate> asOf) {
            return new Answer(value.isPresent() ? Status.PROVIDED : Status.NONE, value, asOf);
        }
    }

    private static Answer of(Reply<Visible> household, Function<Visible, Optional<JsonNode>> shape) {
        return household.there()
                ? Answer.of(household.value().flatMap(shape), household.value().map(Visible::asOf))
                : Answer.UNAVAILABLE;
    }

    private static <T> Answer stated(Reply<Stated<T>> reply, Function<T, JsonNode> shape) {
        return reply.there()
                ? Answer.of(reply.value().map(s -> shape.apply(s.value())), reply.value().map(Stated::asOf))
                : Answer.UNAVAILABLE;
    }

    /// A register that is down is a register that could not be asked; the form is then filled in by hand. Neither its
    /// message nor its answer goes into the log of the house.
    private static <R, T> Reply<T> ask(Optional<R> register, Function<R, Optional<T>> question) {
        if (register.isEmpty())
            return new Reply<>(Optional.empty(), false);
        try {
            return new Reply<>(question.apply(register.get()), true);
        } catch (RuntimeException failed) {
            LOG.warn("a register did not answer: {} ({})", register.get().getClass().getSimpleName(),
                    failed.getClass().getSimpleName());
            return new Reply<>(Optional.empty(), false);
        }
    }
}
