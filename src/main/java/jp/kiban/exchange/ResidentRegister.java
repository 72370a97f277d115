package jp.kiban.exchange;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;

/// 住民記録. The resident register of a municipality (住民基本台帳法), outside of the house. An answer takes the same work
/// whatever is found: one statement, the support measures included.
public interface ResidentRegister {
    /// Empty when this authority has nobody of that number.
    Optional<Unfiltered<Household>> household(AuthorityId authority, PersonId person);
}
