package jp.kiban.cost;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.mock.web.MockMultipartFile;

/// A quote that a municipality keeps, and a table of usage of the same id, for tests of other rooms.
public final class KeptQuote {
    private KeptQuote() {}

    /// Its id.
    public static String of(BeanFactory house, AuthorityId authority) {
        var officer = new Actor.Officer(authority, "tester", "試験", Set.of(Role.TREASURY));
        var id = house.getBean(Quotes.class).add(officer, "見積.csv", "名称,金額\n監視の見積,1234567\n".getBytes(
                StandardCharsets.UTF_8), Map.of(), Optional.empty());
        house.getBean(Advices.class).keep(officer, id, "利用明細.csv", AdviceAsk.example(), AdviceAsk.EXAMPLE);
        return id.toString();
    }

    /// The id of an import of its ledger, which is looked at and not committed.
    public static String inLedger(BeanFactory house, AuthorityId authority) {
        var officer = new Actor.Officer(authority, "tester", "試験", Set.of(Role.TREASURY));
        return house.getBean(Ledger.class)
                .bring(officer, LedgerImport.Way.FILE, "費用.csv", "tester", keep -> keep.accept(
                        LedgerEntry.ofYear(new jp.kiban.statistics.FiscalYear(2024), SystemCode.of("resident-tax"),
                                CostKind.CLOUD, Baseline.ACTUAL, "台帳の明細", java.math.BigDecimal.TEN, Tax.included("10"),
                                "決算",
                                Confidence.REPORTED)))
                .id().toString();
    }

    /// The id of a cloud's bill that it brought in and that is being read.
    public static String bill(BeanFactory house, AuthorityId authority) {
        var officer = new Actor.Officer(authority, "tester", "試験", Set.of(Role.TREASURY));
        return house.getBean(FocusReadings.class).begin(officer, new MockMultipartFile("file", "請求.csv", "text/csv", """
                BilledCost,BillingCurrency,BillingPeriodStart,SubAccountId
                1234567,JPY,2026-04-01T00:00:00Z,秘密の口座
                """.getBytes(StandardCharsets.UTF_8)), Optional.empty(), new FocusAsk("SubAccountId", "",
                "BilledCost", "", "").read(true)).id().toString();
    }
}
