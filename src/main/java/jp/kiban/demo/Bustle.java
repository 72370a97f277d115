package jp.kiban.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jp.kiban.casework.CaseStage;
import jp.kiban.casework.Cases;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.submission.Applying;
import jp.kiban.submission.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// にぎわい. Lets ordinary families of the eight towns apply, and the towns' officers decide most of them, through the same
/// acts as everybody: so that lists, payments and national figures have something to show. Once; told while it goes on.
@Component
@Demo
class Bustle {
    private static final Logger LOG = LoggerFactory.getLogger(Bustle.class);
    private static final int CLAIMS_A_TOWN = 12;
    private static final int LEFT_OPEN_EVERY = 4;

    private final Store store;
    private final Families families;
    private final Applying applying;
    private final Cases cases;
    private final AtomicReference<Progress> progress = new AtomicReference<>(new Progress(0, 0, false));

    Bustle(Store store, Families families, Applying applying, Cases cases) {
        this.store = store;
        this.families = families;
        this.applying = applying;
        this.cases = cases;
    }

    /// 進み. Claims made of those wanted, and whether it is still going on.
    record Progress(int done, int wanted, boolean going) {}

    Progress progress() { return progress.get(); }

    /// Starts in the background, unless it is going on or has been done.
    void start() {
        var before = progress.get();
        if (before.going() || before.done() > 0)
            return;
        int wanted = families.all().size() * CLAIMS_A_TOWN;
        if (progress.compareAndSet(before, new Progress(0, wanted, true)))
            Thread.ofPlatform().daemon().name("bustle").start(this::run);
    }

    private void run() {
        try {
            for (int i = 0; i < CLAIMS_A_TOWN; i++)
                for (var family : families.all()) {
                    one(family, i);
                    progress.updateAndGet(p -> new Progress(p.done() + 1, p.wanted(), true));
                }
        } catch (RuntimeException failed) {
            LOG.warn("the demonstration's claims stopped: {}", failed.toString());
        } finally {
            progress.updateAndGet(p -> new Progress(p.done(), p.wanted(), false));
        }
    }

    private void one(Families.Family family, int number) {
        var parents = ordinaryParents(family);
        if (number >= parents.size())
            return;
        var resident = new Actor.Resident(family.authority(), parents.get(number));
        var outcome = applying.apply(resident, "child-allowance", Language.JA, answers -> {
            answers.putObject("contact").put("phone", "090-0000-%04d".formatted(number)).put("email", "");
            answers.put("consent", true);
        });
        if (outcome instanceof Outcome.Accepted(var receipt) && number % LEFT_OPEN_EVERY != LEFT_OPEN_EVERY - 1)
            decide(family.authority(), receipt.number());
    }

    private void decide(AuthorityId authority, ReceiptNumber receipt) {
        if (!opened(authority, receipt))
            return;
        var reception = officer(authority, "uketsuke", "受田 まどか", Role.RECEPTION);
        var review = officer(authority, "shinsa", "審良 あきら", Role.REVIEW);
        var approval = officer(authority, "kessai", "決城 ひとみ", Role.APPROVAL);
        var open = cases.find(authority, receipt);
        var accepted = cases.accept(reception, receipt, open.version());
        try {
            var proposed = cases.propose(review, receipt, accepted.version(), Optional.empty(), Set.of(), "");
            cases.decide(approval, receipt, proposed.version(), false);
        } catch (BadInput asksAnOfficer) {
            // a question that only an officer can settle: the claim stays in the list, as in life
        }
    }

    private static Actor.Officer officer(AuthorityId authority, String id, String name, Role role) {
        return new Actor.Officer(authority, id, name, Set.of(role));
    }

    private boolean opened(AuthorityId authority, ReceiptNumber receipt) {
        for (int i = 0; i < 100; i++) {
            if (cases.stage(authority, receipt).equals(Optional.of(CaseStage.RECEIVED)))
                return true;
            try {
                Thread.sleep(50);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /// Parents with an account whose story is not one of the told ones.
    private List<PersonId> ordinaryParents(Families.Family family) {
        var told = new HashSet<String>();
        family.people().forEach(p -> told.add(Families.number(family.authority(), p.id()).number()));
        return new ArrayList<>(store.in(Scope.of(family.authority()), jdbc -> jdbc.sql("""
                select p.person from demo.person p
                where p.authority = ? and p.resident and p.account is not null and not p.public_servant
                  and exists (select from demo.kin k where k.authority = p.authority and k.person = p.person and k.relation = 'CHILD')
                order by p.person
                """).param(family.authority().code()).query(String.class).list()).stream()
                .filter(p -> !told.contains(p))
                .map(PersonId::of).toList());
    }
}
