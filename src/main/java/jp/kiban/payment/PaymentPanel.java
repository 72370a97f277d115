package jp.kiban.payment;

import java.util.Map;
import java.util.Optional;
import jp.kiban.casework.CasePanel;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Yen;
import jp.kiban.portal.Page;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 事案画面の支払いの枠. What one application is owed and every order for it.
@Component
class PaymentPanel implements CasePanel {
    private final Store store;
    private final PayRuns runs;

    PaymentPanel(Store store, PayRuns runs) {
        this.store = store;
        this.runs = runs;
    }

    @Override
    public int order() { return 200; }

    @Override
    public Optional<Shown> of(AuthorityId authority, ReceiptNumber receipt) {
        long owed = store.in(Scope.of(authority), jdbc -> jdbc
                .sql("select coalesce(sum(yen), 0) from payment.entitlement where authority = ? and receipt = ?")
                .params(authority.code(), receipt.text()).query(Long.class).single());
        if (owed == 0)
            return Optional.empty();
        var orders = runs.orders(authority,
                new PayRuns.Wish(Optional.empty(), Optional.of(receipt), Optional.empty()), new Page.Wanted(1, 100));
        return Optional.of(new Shown("payment/home :: panel",
                Map.of("owed", new Yen(owed), "orders", orders.items())));
    }
}
