package jp.kiban.exchange;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;

/// 税情報. The local tax register, outside of the house. Incomes never leave it; only which of two is higher does.
public interface TaxRegister {
    /// Compares the claimant with the spouse, if the claimant may know of one; takes the same work with and without.
    Optional<Stated<HigherEarner>> higherEarner(AuthorityId authority, PersonId claimant, Optional<PersonId> spouse);

    /// 所得の高い方. UNKNOWN when one of the two has no record.
    enum HigherEarner {
        CLAIMANT, SPOUSE, UNKNOWN
    }
}
