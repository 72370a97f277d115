package jp.kiban.catalogue;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.letters.Letters;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/// 採用. Which of the offered standards (pattern B) a municipality has adopted. A standard of pattern A is everybody's. Kept
/// in memory too: every start of an application asks.
@Component
public final class Adoptions implements SmartInitializingSingleton {
    /// 採用の種類.
    public enum Kind {
        ADOPTED, DECLINED, ENDED
    }

    /// 採用の一件. What was decided, from which day, why, by whom and when.
    public record Adoption(AuthorityId authority, String standard, int number, Kind kind, LocalDate from, String reason,
            Instant at, String officer, String officerName) {}

    private record Key(AuthorityId authority, String standard) {}

    private final Store store;
    private final EventLog events;
    private final Standards standards;
    private final Clock clock;
    private final Map<Key, List<Adoption>> all = new ConcurrentHashMap<>();

    Adoptions(Store store, EventLog events, Standards standards, Clock clock) {
        this.store = store;
        this.events = events;
        this.standards = standards;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select authority, standard, number, kind, from_day, reason, at, officer, officer_name
                from catalogue.adoption order by authority, standard, number
                """).query((row, i) -> new Adoption(AuthorityId.of(row.getString(1)), row.getString(2), row.getInt(3),
                Kind.valueOf(row.getString(4)), row.getObject(5, LocalDate.class), row.getString(6),
                row.getTimestamp(7).toInstant(), row.getString(8), row.getString(9))).list()).forEach(this::keep);
    }

    private void keep(Adoption one) {
        all.compute(new Key(one.authority(), one.standard()), (key, before) -> {
            var now = new ArrayList<>(before == null ? List.<Adoption>of() : before);
            now.removeIf(a -> a.number() == one.number());
            now.add(one);
            return List.copyOf(now);
        });
    }

    /// Whether the authority offers the standard to its residents on the day.
    public boolean offered(AuthorityId authority, String standard, LocalDate day) {
        return standards.get(standard).pattern() == ServiceStandard.Pattern.A
                || inForce(authority, standard, day).filter(a -> a.kind() == Kind.ADOPTED).isPresent();
    }

    /// What the authority has decided about an offered standard, as it counts on the day; empty: nothing yet.
    public Optional<Adoption> inForce(AuthorityId authority, String standard, LocalDate day) {
        return history(authority, standard).stream().filter(a -> !a.from().isAfter(day)).reduce((a, b) -> b);
    }

    /// Everything the authority has decided about it, oldest first.
    public List<Adoption> history(AuthorityId authority, String standard) {
        return all.getOrDefault(new Key(authority, standard), List.of());
    }

    /// Every authority's decision that counts on the day.
    List<Adoption> inForce(String standard, LocalDate day) {
        return all.keySet().stream().filter(k -> k.standard().equals(standard)).flatMap(k -> inForce(k.authority(),
                standard, day).stream()).sorted(java.util.Comparator.comparing(a -> a.authority().code())).toList();
    }

    /// Decides; the same again changes nothing. `seen` is the number of the newest decision that the officer saw.
    public Adoption decide(Actor.Officer officer, String standard, int seen, Kind kind, LocalDate from,
            String reason) {
        if (!officer.may(Role.APPROVAL))
            throw new IllegalStateException(officer.id() + " may not decide on " + standard);
        return decide(officer.authority(), officer.id(), officer.name(), standard, seen, kind, from, reason);
    }

    /// As the one above, for the demonstration, which has adopted everything before anybody comes.
    public Adoption decide(AuthorityId authority, String officer, String officerName, String standard, int seen,
            Kind kind, LocalDate from, String reason) {
        var service = standards.get(standard);
        var findings = new ArrayList<Finding>();
        if (service.pattern() == ServiceStandard.Pattern.A)
            throw new Conflict(Words.text("catalogue.conflict.pattern-a"));
        if (kind != Kind.ADOPTED && reason.isBlank())
            findings.add(new Finding("reason", "catalogue.reason-wanted", Words.text("catalogue.error.reason")));
        if (Letters.count(reason) > 2_000)
            findings.add(new Finding("reason", "catalogue.reason-long", Words.text("catalogue.error.reason-long")));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var made = store.in(Scope.of(authority), jdbc -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext(?))").param("adoption " + authority.code() + standard)
                    .query((row, i) -> true).single();
            var now = history(authority, standard);
            var last = now.isEmpty() ? Optional.<Adoption>empty() : Optional.of(now.getLast());
            if (last.filter(a -> a.kind() == kind && a.from().equals(from) && a.reason().equals(reason.strip()))
                    .isPresent())
                return last.orElseThrow();
            if (now.size() != seen)
                throw new Conflict(Words.text("catalogue.conflict.too-late"));
            var at = clock.instant();
            var one = new Adoption(authority, standard, seen + 1, kind, from, reason.strip(), at, officer,
                    officerName);
            jdbc.sql("""
                    insert into catalogue.adoption (authority, standard, number, kind, from_day, reason, at, officer, officer_name)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """).params(authority.code(), standard, one.number(), kind.name(), from, one.reason(),
                    Timestamp.from(at), officer, officerName).update();
            events.append(jdbc, new AdoptionDecided(authority, at, standard, standard, kind, from, officer));
            return one;
        });
        keep(made);
        return made;
    }
}
