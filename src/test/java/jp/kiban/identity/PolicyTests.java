package jp.kiban.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/// Who may call what.
class PolicyTests {
    private static final AuthorityId TSU = AuthorityId.of("242012");
    private static final Actor NOBODY = new Actor.Nobody();
    private static final Actor RESIDENT = new Actor.Resident(TSU, PersonId.of("1"));
    private static final Actor REVIEWER = new Actor.Officer(TSU, "a", "甲", Set.of(Role.REVIEW));

    static class Handlers {
        @Permit(Role.ANYONE)
        void open() {}

        @Permit(Role.RESIDENT)
        void residents(Actor.Resident resident) {}

        @Permit({Role.REVIEW, Role.APPROVAL})
        void officers(Actor.Officer officer) {}

        void forgotten() {}

        @Permit({Role.RESIDENT, Role.REVIEW})
        void tooWide(Actor.Resident resident) {}

        @Permit(Role.ANYONE)
        void wider(Actor.Officer officer) {}
    }

    @Test
    void theRoleDecides() {
        assertThat(answers("open")).containsExactly(Policy.Answer.ALLOWED, Policy.Answer.ALLOWED,
                Policy.Answer.ALLOWED);
        assertThat(answers("residents")).containsExactly(Policy.Answer.SIGN_IN, Policy.Answer.ALLOWED,
                Policy.Answer.DENIED);
        assertThat(answers("officers")).containsExactly(Policy.Answer.SIGN_IN, Policy.Answer.DENIED,
                Policy.Answer.ALLOWED);
    }

    @Test
    void whatNobodyPermittedIsDeniedToEverybody() {
        assertThat(answers("forgotten")).containsOnly(Policy.Answer.DENIED);
    }

    @Test
    void aHandlerWithoutAPermitIsNamedBeforeTheStart() {
        assertThat(faults("forgotten")).singleElement().asString().contains("forgotten", "@Permit");
        assertThat(faults("tooWide")).singleElement().asString().contains("tooWide", "Resident");
        assertThat(faults("wider")).singleElement().asString().contains("wider", "Officer");
        for (String good : List.of("open", "residents", "officers"))
            assertThat(faults(good)).isEmpty();
    }

    @Test
    void anOfficerHasOfficersRolesOnly() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Actor.Officer(TSU, "a", "甲", Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Actor.Officer(TSU, "a", "甲", Set.of(Role.RESIDENT)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Actor.Officer(TSU, "a/b", "甲", Set.of(Role.REVIEW)));
    }

    @Test
    void afterTheSignInOnlyOurOwnPlacesAreNext() {
        assertThat(SignInPages.safe("/casework/inbox?stage=CHECKING&page=2")).isNotEmpty();
        for (String trap : List.of("https://example.jp/", "//example.jp/", "/\\example.jp", "javascript:alert(1)", "",
                "/a\r\nSet-Cookie:x", "/identity/sign-in"))
            assertThat(SignInPages.safe(trap)).as(trap).isEmpty();
    }

    @Test
    void theTwentyFirstWrongAnswerHasToWait() {
        var now = new AtomicReference<>(Instant.parse("2026-11-21T00:00:00Z"));
        var attempts = new Attempts(new RealTime(ticking(now)));
        for (int i = 0; i < 20; i++) {
            assertThat(attempts.allows(Attempts.Kind.WRONG_ANSWER, "203.0.113.1")).isTrue();
            attempts.note(Attempts.Kind.WRONG_ANSWER, "203.0.113.1");
        }
        assertThat(attempts.allows(Attempts.Kind.WRONG_ANSWER, "203.0.113.1")).isFalse();
        assertThat(attempts.allows(Attempts.Kind.WRONG_ANSWER, "203.0.113.2")).as("somebody else").isTrue();
        assertThat(attempts.allows(Attempts.Kind.CHALLENGE, "203.0.113.1")).as("another thing").isTrue();
        now.updateAndGet(t -> t.plus(Duration.ofMinutes(5)).minusMillis(1));
        assertThat(attempts.allows(Attempts.Kind.WRONG_ANSWER, "203.0.113.1")).isFalse();
        now.updateAndGet(t -> t.plusMillis(1));
        assertThat(attempts.allows(Attempts.Kind.WRONG_ANSWER, "203.0.113.1")).isTrue();
    }

    static Clock ticking(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public java.time.ZoneId getZone() { return ZoneOffset.UTC; }

            @Override
            public Clock withZone(java.time.ZoneId zone) { return this; }

            @Override
            public Instant instant() { return now.get(); }
        };
    }

    private static List<Policy.Answer> answers(String method) {
        return List.of(NOBODY, RESIDENT, REVIEWER).stream().map(actor -> new Policy().decide(actor, handler(method)))
                .toList();
    }

    private static List<String> faults(String method) {
        return Permits.faults(RequestMappingInfo.paths("/x").build(), handler(method));
    }

    private static HandlerMethod handler(String name) {
        var method = Arrays.stream(Handlers.class.getDeclaredMethods()).filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new HandlerMethod(new Handlers(), method);
    }
}
