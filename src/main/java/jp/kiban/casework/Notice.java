package jp.kiban.casework;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.standards.RenderedNotice;

/// 通知書. What the person was told, word for word in the three languages, as it was sent; numbered within its case. Kind
/// as the standard names it: `grant`, `refusal`, `redirect`, `correction`.
public record Notice(AuthorityId authority, ReceiptNumber receipt, int number, PersonId person, String kind,
        Instant issuedAt, Map<Language, RenderedNotice> words) {
    public Notice { words = Map.copyOf(words); }

    public RenderedNotice in(Language language) { return Objects.requireNonNull(words.get(language)); }
}
