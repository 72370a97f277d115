package jp.kiban.casework;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.exchange.ItemRegister;
import jp.kiban.exchange.Stated;
import jp.kiban.exchange.Unfiltered;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.RegisterItem;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 認定された事案の台帳. What this municipality has certified to a person answers the items that say so
/// (`from-standard`): a 罹災証明書 granted here is not asked for again. The newest grant counts, with what its decision rests
/// on. Only the person's own cases, and only those of the authority that asks: a person bears another number elsewhere.
@Component
@Order(0)
final class GrantedItems implements ItemRegister {
    private final Store store;
    private final JsonMapper json;

    GrantedItems(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    private record Grant(String receipt, LocalDate decidedOn, Judgement judgement) {}

    @Override
    public boolean keeps(RegisterItem item) { return item.granted().isPresent(); }

    @Override
    public Optional<Unfiltered<Stated<JsonNode>>> answer(AuthorityId authority, PersonId person, RegisterItem item) {
        var wanted = item.granted().orElseThrow();
        for (var grant : grants(authority, person, wanted.standard())) {
            var value = wanted.value(grant.judgement(), grant.receipt(), grant.decidedOn());
            if (value.isPresent()) {
                value.get().put("person", person.number()); // whom it is about, for the shield
                return Optional.of(Unfiltered.of(new Stated<>(value.get(), grant.decidedOn())));
            }
        }
        return Optional.empty();
    }

    /// The newest first.
    private List<Grant> grants(AuthorityId authority, PersonId person, String standard) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select d.receipt, d.decided_on, d.judgement::text
                from casework.decision d join casework.case_file c on (c.authority, c.receipt) = (d.authority, d.receipt)
                where c.authority = ? and c.person = ? and c.standard = ? and d.kind = 'GRANT' order by d.decided_at desc
                """).params(authority.code(), person.number(), standard)
                .query((row, i) -> new Grant(row.getString(1), row.getObject(2, LocalDate.class),
                        json.readValue(row.getString(3), Judgement.class)))
                .list());
    }
}
