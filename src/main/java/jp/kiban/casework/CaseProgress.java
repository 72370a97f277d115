package jp.kiban.casework;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import jp.kiban.submission.Progress;
import org.springframework.stereotype.Component;

/// 進み具合. Tells the door what has become of an application: whether it can still be withdrawn, and whether it stands in
/// the way of another one.
@Component
final class CaseProgress implements Progress {
    private final Store store;

    CaseProgress(Store store) { this.store = store; }

    @Override
    public Optional<Where> where(AuthorityId authority, PersonId applicant, ReceiptNumber receipt) {
        return MyCase.of(store, new Scope.Resident(authority, applicant), Optional.of(receipt)).stream().findFirst()
                .map(file -> new Where(Words.text("casework.my.stage." + file.stage()), file.stage().isOpen(),
                        file.stage().isOpen() || file.stage() == CaseStage.GRANTED,
                        "/casework/my/" + file.receipt()));
    }
}
