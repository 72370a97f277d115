package jp.kiban.casework;

import jp.kiban.flow.FlowEvent;
import jp.kiban.flow.TimerOwner;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.Work;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 事案の期限. A time in the flow of a case has come.
@Component
final class CaseTimers implements TimerOwner {
    private final Cases cases;

    CaseTimers(Cases cases) { this.cases = cases; }

    @Override
    public void hold(JdbcClient jdbc, AuthorityId authority, String subject) {
        cases.hold(jdbc, authority, ReceiptNumber.of(subject));
    }

    @Override
    public void due(JdbcClient jdbc, AuthorityId authority, String subject, FlowEvent.Due due) {
        var receipt = ReceiptNumber.of(subject);
        Work.current().concerns(authority, receipt);
        cases.due(jdbc, authority, receipt, due);
    }
}
