package jp.kiban.exchange;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;

/// 年金資格情報. Which pension a person belongs to, and whether as a public servant (児童手当法17条), outside of the house.
public interface PensionRegister {
    Optional<Stated<Pension>> pension(AuthorityId authority, PersonId person);

    /// 加入年金.
    record Pension(PensionClass pensionClass, boolean publicServant) {}

    /// 加入年金の種別: 厚生年金, 国民年金, 共済, なし.
    enum PensionClass {
        EMPLOYEE, NATIONAL, MUTUAL_AID, NONE
    }
}
