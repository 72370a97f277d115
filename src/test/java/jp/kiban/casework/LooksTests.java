package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Set;
import jp.kiban.KibanTest;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.EventLog;
import jp.kiban.store.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The address of a protected person: hidden until an officer says why, for that officer, for that case.
@KibanTest
class LooksTests {
    private static final AuthorityId FUKUI = AuthorityId.of("182010");
    /// The evacuee of the demonstration.
    private static final PersonId PROTECTED = PersonId.of("1820100041");
    private static final Actor.Officer ONE = new Actor.Officer(FUKUI, "one", "福井 一", Set.of(Role.REVIEW));
    private static final Actor.Officer OTHER = new Actor.Officer(FUKUI, "other", "福井 二", Set.of(Role.REVIEW));

    @Autowired
    Cases cases;
    @Autowired
    Looks looks;
    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Clock clock;

    private String page(Case file, boolean addressShown) {
        return new Seen(Language.JA, cases.standard(file), cases.submission(file), addressShown).groups().toString();
    }

    @Test
    void theAddressIsHiddenUntilAnOfficerSaysWhy() {
        var applications = new Applications(store, events, cases, clock);
        var file = applications.received(FUKUI, PROTECTED, applications.person().number());
        assertThat(looks.mark(file)).isPresent();
        assertThat(looks.isOpen(ONE, file)).isFalse();
        assertThatThrownBy(() -> looks.disclose(ONE, file, "  ")).isInstanceOf(BadInput.class);
        assertThat(looks.isOpen(ONE, file)).isFalse();
        looks.disclose(ONE, file, "通知を郵送するため");
        assertThat(looks.isOpen(ONE, file)).isTrue();
        assertThat(looks.isOpen(OTHER, file)).isFalse();
    }

    @Test
    void whatIsHiddenIsNotOnThePage() {
        var applications = new Applications(store, events, cases, clock);
        var file = applications.received(FUKUI, PROTECTED, applications.person().number());
        var groups = new Seen(Language.JA, cases.standard(file), cases.submission(file), false).groups();
        assertThat(groups).flatExtracting(Seen.Group::rows).extracting(Seen.Row::value)
                .noneMatch(value -> value.toString().contains("西丸之内") || value.toString().contains("514"));
        assertThat(page(file, true)).contains("西丸之内");
    }

    @Test
    void thereIsNoMarkOnAnyoneElse() {
        var applications = new Applications(store, events, cases, clock);
        var file = applications.received(FUKUI, applications.person(), applications.person().number());
        assertThat(looks.mark(file)).isEmpty();
    }
}
