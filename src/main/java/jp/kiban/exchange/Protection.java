package jp.kiban.exchange;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// 支援措置の確認. For every room that searches, lists, sends or shows: may this viewer know of this person?
@Component
public final class Protection {
    private final Optional<ResidentRegister> residents;
    private final Clock clock;

    Protection(ObjectProvider<ResidentRegister> residents, Clock clock) {
        this.residents = Optional.ofNullable(residents.getIfAvailable());
        this.clock = clock;
    }

    /// True when the viewer is to learn nothing of the subject: the subject is under a support measure that the viewer is
    /// not under as well. Also true when the register cannot be asked or does not know the subject. Never true of oneself.
    public boolean shields(AuthorityId authority, PersonId subject, PersonId viewer) {
        return !subject.equals(viewer) && residents.flatMap(register -> register.household(authority, subject))
                .map(raw -> Shield.shields(raw, viewer, LocalDate.now(clock))).orElse(true);
    }

    /// The measure of a person, for officers of the protecting authority; never for a page of a resident.
    public Optional<SupportMeasure> measureOf(AuthorityId authority, PersonId person) {
        return residents.flatMap(register -> register.household(authority, person)).flatMap(Shield::measure);
    }
}
