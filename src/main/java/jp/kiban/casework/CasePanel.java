package jp.kiban.casework;

import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;

/// 事案画面の枠. What another room shows on an officer's page of one case (its cost, its payments). The fragment is a
/// Thymeleaf expression such as `cost/panel :: case`; inside it the model is the variable `panel`, a map.
public interface CasePanel {
    /// Smaller comes first.
    int order();

    /// Empty when there is nothing to show on this case.
    Optional<Shown> of(AuthorityId authority, ReceiptNumber receipt);

    /// 枠の中身.
    record Shown(String fragment, Map<String, Object> model) {}
}
