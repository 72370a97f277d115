package jp.kiban.casework;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;
import org.springframework.stereotype.Component;

/// 事案の一覧. Every case of an authority, and the acts on it.
@Component
public final class Cases {
    /// The stage of the case; empty when this authority has no such case.
    public Optional<CaseStage> stage(AuthorityId authority, ReceiptNumber receipt) {
        throw new UnsupportedOperationException();
    }
}
