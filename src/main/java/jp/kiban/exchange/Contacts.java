package jp.kiban.exchange;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import org.springframework.stereotype.Component;

/// 連絡先の控え. The phone and mail address that a person gave last, so that they are not asked again (item
/// `contact.last`). Only for the person's own forms.
@Component
public final class Contacts {
    /// Keeps what was given with a submission; either may be blank.
    public void remember(AuthorityId authority, PersonId person, String phone, String email) {
        throw new UnsupportedOperationException();
    }
}
