package jp.kiban.submission;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import jp.kiban.exchange.Protection;
import jp.kiban.exchange.SupportMeasure;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.Text;
import jp.kiban.registry.AddressHolder;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// 申請の住所. The registered places that stand beside the addresses of applications, of the newest revision of each. The text itself is
/// not read here.
@Component
@Order(10)
final class SubmissionAddresses implements AddressHolder {
    private final Store store;
    private final BiPredicate<AuthorityId, PersonId> isProtected;

    @Autowired
    SubmissionAddresses(Store store, Protection protection, Clock clock) {
        this(store, (authority, person) -> protection.measureOf(authority, person).map(m -> m.mark(LocalDate.now(
                clock))).filter(mark -> mark != SupportMeasure.Mark.ENDED).isPresent());
    }

    SubmissionAddresses(Store store, BiPredicate<AuthorityId, PersonId> isProtected) {
        this.store = store;
        this.isProtected = isProtected;
    }

    @Override
    public String code() { return "submissions"; }

    @Override
    public Text title() { return new Text("申請・届出", "申請（しんせい）や 届（とどけ）", "Applications"); }

    @Override
    public Page held(AuthorityId authority, String after, int limit) {
        var receipts = new LinkedHashSet<String>();
        var rows = store.in(Scope.of(authority), jdbc -> {
            receipts.addAll(jdbc.sql("""
                    select distinct receipt from submission.submission where authority = ? and receipt > ? order by receipt limit ?
                    """).params(authority.code(), after, limit).query(String.class).list());
            return jdbc.sql("""
                    select distinct s.receipt, a.value -> 'ids' ->> 'lgCode', a.value -> 'ids' ->> 'machiazaId', a.value ->> 'dataVersion'
                    from (select distinct on (receipt) receipt, beside from submission.submission
                          where authority = ? and receipt = any(?) order by receipt, revision desc) s,
                      jsonb_each(coalesce(s.beside -> 'addresses', '{}')) a
                    where a.value -> 'ids' ->> 'machiazaId' <> '' order by 1
                    """).params(authority.code(), receipts.toArray(String[]::new))
                    .query((row, i) -> new Held(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                            1))
                    .list();
        });
        return new Page(rows, receipts.size() < limit ? "" : List.copyOf(receipts).getLast());
    }

    /// Applications of protected people: whoever reads their address says why first, on the case.
    @Override
    public Set<String> unnamed(AuthorityId authority, Set<String> items) {
        if (items.isEmpty())
            return Set.of();
        record Sent(String receipt, PersonId person) {}
        var asked = new HashMap<PersonId, Boolean>();
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select distinct receipt, person from submission.submission where authority = ? and receipt = any(?)
                """).params(authority.code(), items.toArray(String[]::new)).query((row, i) -> new Sent(row.getString(1),
                PersonId.of(row.getString(2)))).list()).stream().filter(s -> asked.computeIfAbsent(s.person(),
                        person -> isProtected.test(authority, person)))
                .map(Sent::receipt).collect(Collectors.toSet());
    }

    @Override
    public String path(String item) { return "/casework/cases/" + item; }
}
