package jp.kiban.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kiban.casework.Cases;
import jp.kiban.casework.Decision;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;
import org.springframework.stereotype.Component;

/// The decision records, through what casework answers.
@Component
class DecisionRecords implements Decisions {
    private final Cases cases;

    DecisionRecords(Cases cases) { this.cases = cases; }

    @Override
    public Grant grant(AuthorityId authority, ReceiptNumber receipt) {
        var file = cases.find(authority, receipt);
        if (!(cases.decision(authority, receipt).orElse(null) instanceof Decision.Grant(var basis)))
            throw new IllegalStateException("nothing was granted on application " + receipt);
        var account = basis.judgement().inputs().path("account");
        return new Grant(authority, receipt, file.person(), file.standard(), Instant.EPOCH,
                Grant.owed(basis.judgement().months()), account.isObject() ? Optional.of(account) : Optional.empty());
    }

    @Override
    public List<Grant> grants(AuthorityId authority, Instant until) {
        return cases.grants(authority, until).stream().map(granted -> new Grant(authority, granted.receipt(),
                granted.person(), granted.standard(), granted.decidedAt(), Grant.owed(granted.months()),
                Optional.empty())).toList();
    }
}
