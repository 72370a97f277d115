package jp.kiban.exchange;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import org.springframework.stereotype.Component;

/// 支援措置の確認. For every room that searches, lists, sends or shows: may this viewer know of this person?
@Component
public final class Protection {
    /// True when the viewer is to learn nothing of the subject: the subject is under a support measure that the viewer is
    /// not under as well. Also true when the register cannot be asked. Never true of oneself.
    public boolean shields(AuthorityId authority, PersonId subject, PersonId viewer) {
        throw new UnsupportedOperationException();
    }

    /// The measure of a person, for officers of the protecting authority; never for a page of a resident.
    public Optional<SupportMeasure> measureOf(AuthorityId authority, PersonId person) {
        throw new UnsupportedOperationException();
    }
}
