package jp.kiban.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import jp.kiban.casework.Cases;
import jp.kiban.casework.Decision;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.standards.Field;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// The decision records, through what casework answers.
@Component
class DecisionRecords implements Decisions {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private final Cases cases;
    private final Standards standards;

    DecisionRecords(Cases cases, Standards standards) {
        this.cases = cases;
        this.standards = standards;
    }

    @Override
    public Grant grant(AuthorityId authority, ReceiptNumber receipt) {
        var file = cases.find(authority, receipt);
        if (!(cases.decision(authority, receipt).orElse(null) instanceof Decision.Grant(var basis)))
            throw new IllegalStateException("nothing was granted on application " + receipt);
        var account = account(basis.judgement());
        return new Grant(authority, receipt, file.person(), file.standard(), Instant.EPOCH,
                Grant.owed(basis.judgement().months(), basis.judgement().once(), basis.decidedOn()), account);
    }

    /// Where the form asks for an account.
    private Optional<JsonNode> account(Judgement judgement) {
        return standards.version(judgement.version()).form().fields().stream()
                .filter(f -> f.kind() == Field.Kind.ACCOUNT).findFirst().map(f -> {
                    var node = judgement.inputs();
                    for (var step : f.path().split("\\."))
                        node = node.path(step);
                    return node;
                }).filter(JsonNode::isObject);
    }

    @Override
    public List<Grant> grants(AuthorityId authority, Instant until) {
        return cases.grants(authority, until).stream().map(granted -> new Grant(authority, granted.receipt(),
                granted.person(), granted.standard(), granted.decidedAt(), Grant.owed(granted.months(), granted.once(),
                        LocalDate.ofInstant(granted.decidedAt(), JAPAN)),
                Optional.empty())).toList();
    }
}
