package jp.kiban.exchange;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;

/// 公金受取口座. The account a person has registered for public money (公金受取口座登録法), outside of the house. The value of
/// the day it was asked counts; a later change does not reach back.
public interface PayoutAccounts {
    Optional<Stated<PayoutAccount>> account(AuthorityId authority, PersonId person);

    /// 口座. Codes as the banks' association gives them: bank 4 digits, branch 3, type 1 普通 2 当座 4 貯蓄, number 7; the
    /// holder in the kana of transfers.
    record PayoutAccount(String bankCode, String bankName, String branchCode, String branchName, String type,
            String number, String holderKana) {}
}
