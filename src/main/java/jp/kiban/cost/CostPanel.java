package jp.kiban.cost;

import java.util.Map;
import java.util.Optional;
import jp.kiban.casework.CasePanel;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.ReceiptNumber;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/// 事案の費用. On an officer's page of a case: what it used and its yen so far. It is half a second behind.
@Component
final class CostPanel implements CasePanel {
    private final Costs costs;
    private final RateCard rates;
    private final MessageSource messages;

    CostPanel(Costs costs, RateCard rates, MessageSource messages) {
        this.costs = costs;
        this.rates = rates;
        this.messages = messages;
    }

    @Override
    public int order() { return 900; }

    @Override
    public Optional<Shown> of(AuthorityId authority, ReceiptNumber receipt) {
        return costs.of(authority, receipt)
                .map(cost -> new Shown("cost/parts :: case", Map.of("cost", cost, "rates", rates,
                        "money", new Money(messages, Language.of(LocaleContextHolder.getLocale())))));
    }
}
