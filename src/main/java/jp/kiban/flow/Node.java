package jp.kiban.flow;

import java.time.Period;
import java.util.Optional;

/// 節. One thing in a flow: where it starts and ends, what is done, where it parts and joins, what may come between. Its
/// name is the Japanese that the drawing shows. `line` is where the file says it.
public sealed interface Node {
    String id();

    /// Empty only for gateways that need none.
    String name();

    int line();

    /// The stage (段階) that the flow has reached when it comes here; empty leaves it as it was.
    default Optional<String> stage() { return Optional.empty(); }

    /// The flow stops here until somebody acts, something arrives or a time has come.
    default boolean waits() { return this instanceof User || this instanceof Receive; }

    /// 開始.
    record Start(String id, String name, int line) implements Node {}

    /// 終了. `everything`: ends all that is still going on (a terminate end event); otherwise only its own token.
    record End(String id, String name, int line, Optional<String> stage, boolean everything) implements Node {}

    /// 人の作業. Waits until a person with the role (`RECEPTION`, `REVIEW`, `APPROVAL`, `RESIDENT`) has done the act.
    ///
    /// @param act what completes it: `accept`, `propose`, `decide`, `close` or `done`
    record User(String id, String name, int line, String role, Optional<String> stage, String act) implements Node {}

    /// 自動の作業. `does`: `pay`, `record`, `remind` or `open:<standard>`.
    ///
    /// @param within how long the standard that is opened is offered; a year where the file does not say
    record Service(String id, String name, int line, Optional<String> stage, String does, Period within)
            implements
                Node {
        static final Period USUAL = Period.ofYears(1);
    }

    /// 規則の適用. `decides`: the name of the decision (`判定`).
    record Rule(String id, String name, int line, Optional<String> stage, String decides) implements Node {}

    /// 通知. `notice`: the kind of notice.
    record Send(String id, String name, int line, Optional<String> stage, String notice) implements Node {}

    /// 受信. Waits for the message.
    record Receive(String id, String name, int line, Optional<String> stage, String message) implements Node {}

    /// 分岐・合流. Takes the first way out whose condition holds, else the default; any one way in passes on at once.
    record Exclusive(String id, String name, int line, Optional<String> otherwise) implements Node {}

    /// 並行・待合せ. Waits for a token on every way in, then goes every way out.
    record Parallel(String id, String name, int line) implements Node {}

    /// 期限. A time after the host was reached: an ISO 8601 duration (`P30D`), or FEEL that gives one (`= …`).
    record Timer(String id, String name, int line, String host, boolean cancels, String after)
            implements
                Node,
                Boundary {}

    /// 割込み. A message that may come while the host waits; when it does not cancel the host, it may come again.
    record Message(String id, String name, int line, String host, boolean cancels, String message)
            implements
                Node,
                Boundary {}

    /// 境界. What may come between while the host waits; `cancels`: the host is then over.
    sealed interface Boundary {
        String id();

        String host();

        boolean cancels();
    }
}
