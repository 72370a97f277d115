package jp.kiban.exchange;

import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;

/// 情報照会. One look at what is known of one person: which items, for what purpose (the key of a message, so that the
/// person reads it in her language, or plain words), by which law, for which application if there is one yet, and who looks (`resident:宛名番号` for the person herself, `officer:職員番号`). Refuses to exist
/// without a purpose, a law, an item and somebody who looks, and refuses a resident who looks at somebody else
/// (番号法19条・23条、個人情報保護法69条).
public record Inquiry(AuthorityId authority, PersonId subject, List<String> items, String purpose, LegalBasis basis,
        Optional<ReceiptNumber> receipt, String requestedBy) {
    private static final String RESIDENT = "resident:";

    public Inquiry {
        items = List.copyOf(items);
        if (items.isEmpty() || purpose.isBlank() || requestedBy.isBlank())
            throw new IllegalArgumentException("an inquiry names its items, its purpose and who asks: " + items + ", "
                    + purpose + ", " + requestedBy);
        if (requestedBy.startsWith(RESIDENT) && !requestedBy.equals(RESIDENT + subject.number()))
            throw new IllegalArgumentException("a resident may only ask about herself");
    }

    /// The person herself looks, typically to have a form filled in.
    public static Inquiry bySelf(AuthorityId authority, PersonId subject, List<String> items, String purpose,
            LegalBasis basis) {
        return new Inquiry(authority, subject, items, purpose, basis, Optional.empty(), RESIDENT + subject.number());
    }

    /// An officer of the authority looks, for an application.
    public static Inquiry byOfficer(AuthorityId authority, PersonId subject, List<String> items, String purpose,
            LegalBasis basis, ReceiptNumber receipt, String officer) {
        return new Inquiry(authority, subject, items, purpose, basis, Optional.of(receipt), "officer:" + officer);
    }
}
