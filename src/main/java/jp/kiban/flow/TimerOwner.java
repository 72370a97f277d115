package jp.kiban.flow;

import jp.kiban.kernel.AuthorityId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// 期限の持ち主. Whose flow a timer belongs to: brings the diagram, the facts and the hands, and lets the flow go on. Called in a
/// transaction of the authority in which the timer has already been taken away: what it does happens exactly once.
public interface TimerOwner {
    /// Takes hold of the subject as its own acts do, before its timer is taken: in another order a person who acts at that
    /// moment and the timer would wait for each other.
    void hold(JdbcClient jdbc, AuthorityId authority, String subject);

    void due(JdbcClient jdbc, AuthorityId authority, String subject, FlowEvent.Due due);
}
