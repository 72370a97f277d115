package jp.kiban.catalogue;

import java.util.Map;
import java.util.Set;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.StandardRef;

/// 進行中の事案. What the room of the cases tells about those that a move would take over. It stands to the right, so it is
/// asked through this.
public interface RunningCases {
    /// 移行の影響. Of the running cases of the version: how many would move, by stage; for how many the outcome, or only the
    /// amount, would change; how many would stay because an answer or a place in the flow is missing.
    record Effect(int moving, Map<String, Integer> byStage, int outcomes, int amounts, int staying) {
        public Effect { byStage = Map.copyOf(byStage); }
    }

    /// The stages whose cases can move.
    Set<String> stages();

    /// Nothing is changed by asking.
    Effect effect(AuthorityId authority, StandardRef from, StandardRef to, Set<String> stages);
}
