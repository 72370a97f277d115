package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Random;
import jp.kiban.KibanTest;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.store.Work;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@KibanTest
class CostTests {
    private static final AuthorityId HERE = AuthorityId.of("013374");
    private static final AuthorityId THERE = AuthorityId.of("013439");
    private static final Costs.Span ALWAYS = new Costs.Span(LocalDate.of(2000, 1, 1), LocalDate.of(2100, 1, 1));

    @Autowired
    Costs costs;
    @Autowired
    Meter meter;
    @Autowired
    RateCard rates;

    @Test
    void whatIsDividedAddsUpToTheWhole() {
        var random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            var whole = new Usage(random.nextLong(1L << 40), random.nextLong(1L << 40), random.nextLong(1L << 40),
                    random.nextInt(50), 1);
            int parts = 1 + random.nextInt(600);
            var sum = whole.among(parts).stream().reduce(Usage.NOTHING, Usage::plus);
            assertThat(sum).isEqualTo(
                    new Usage(whole.cpuNanos(), whole.databaseNanos(), whole.bytes(), whole.messages(), parts));
        }
        assertThat(new Usage(10, 2, 0, 1, 1).among(3).getFirst()).isEqualTo(new Usage(4, 2, 0, 1, 1));
    }

    @Test
    void workIsNamedByTheRoomThatDidIt() {
        assertThat(Meter.activityOf("POST /casework/cases/261121-AAAAA-AAAAA/decide")).isEqualTo("casework");
        assertThat(Meter.activityOf("GET /api/submission/receipts/x")).isEqualTo("submission");
        assertThat(Meter.activityOf("event payment.orders")).isEqualTo("payment");
        assertThat(Meter.activityOf("GET /")).isEqualTo("portal");
        assertThat(Meter.activityOf("GET /%2e%2e/x")).isEqualTo("portal");
    }

    @Test
    void usageIsKeptAndPricedExactly() {
        var receipt = ReceiptNumber.next(LocalDate.of(2026, 11, 21));
        var before = costs.total(HERE, new Costs.Search("", "", ALWAYS));
        for (int i = 0; i < 3; i++) {
            var work = Work.begin("POST /submission/x");
            work.concerns(HERE, receipt);
            work.usedDatabase(1_000_001);
            work.moved(1_000);
            work.sentMessage();
            work.end();
        }
        var other = Work.begin("event payment.orders");
        other.concerns(HERE, receipt);
        other.concerns(THERE, ReceiptNumber.next(LocalDate.of(2026, 11, 21)));
        other.usedDatabase(11);
        other.end();
        meter.flush();
        var cost = costs.of(HERE, receipt).orElseThrow();
        assertThat(cost.activities()).extracting(CostLine::key).containsExactlyInAnyOrder("submission", "payment");
        var usage = cost.total().usage();
        assertThat(usage.databaseNanos()).isEqualTo(3_000_003 + 6);
        assertThat(usage.bytes()).isEqualTo(3_000);
        assertThat(usage.messages()).isEqualTo(3);
        var today = LocalDate.of(2026, 11, 21);
        var exact = BigDecimal.valueOf(usage.cpuNanos()).multiply(rates.on(today, RateCard.Resource.CPU).yen())
                .movePointLeft(9)
                .add(BigDecimal.valueOf(usage.databaseNanos())
                        .multiply(rates.on(today, RateCard.Resource.DATABASE).yen())
                        .movePointLeft(9))
                .add(BigDecimal.valueOf(usage.bytes()).multiply(rates.on(today, RateCard.Resource.TRANSFER).yen())
                        .divide(BigDecimal.valueOf(1L << 30)))
                .add(BigDecimal.valueOf(usage.messages()).multiply(rates.on(today, RateCard.Resource.MESSAGE).yen()));
        assertThat(cost.total().yen()).isEqualByComparingTo(exact);
        var parts = cost.byResource();
        assertThat(parts.cpu().add(parts.database()).add(parts.transfer()).add(parts.message()))
                .isEqualByComparingTo(exact);
        var after = costs.total(HERE, new Costs.Search("", "", ALWAYS));
        assertThat(after.yen().subtract(before.yen())).isEqualByComparingTo(exact);
        assertThat(costs.whole("", ALWAYS).authorities().keySet()).contains(HERE, THERE);
        assertThat(costs.of(THERE, receipt)).as("the same number elsewhere is another application").isEmpty();
    }

    @Test
    void workThatBelongsToNobodyStaysALine() {
        Work.begin("GET /lighthouse").end();
        assertThat(costs.whole("", ALWAYS).common()).extracting(CostLine::key).contains("lighthouse");
    }

    @Test
    void aRateHoldsFromItsDayOn() throws Exception {
        var card = new RateCard(RateCard.read(new StringReader(table("2024-04-01,cpu,1", "2026-10-01,cpu,2.0001",
                "2024-04-01,database,1", "2024-04-01,transfer,1", "2024-04-01,message,1")), "test"));
        assertThat(card.on(LocalDate.of(2026, 9, 30), RateCard.Resource.CPU).yen()).isEqualByComparingTo("1");
        assertThat(card.on(LocalDate.of(2026, 10, 1), RateCard.Resource.CPU).yen()).isEqualByComparingTo("2.0001");
        assertThat(card.on(LocalDate.of(2001, 1, 1), RateCard.Resource.CPU).yen()).isEqualByComparingTo("1");
    }

    @Test
    void aFaultyRateCardIsRefusedWithAllItsFaults() {
        assertThatThrownBy(
                () -> RateCard.read(new StringReader(table("2024-04-01,steam,1", "2024-04-01,cpu,-1")), "rates.csv"))
                .hasMessageContaining("rates.csv").hasMessageContaining("line 2: unknown resource steam")
                .hasMessageContaining("line 3: not an amount of yen: -1");
        assertThatThrownBy(() -> new RateCard(RateCard.read(new StringReader(table("2024-04-01,cpu,1")), "rates.csv")))
                .hasMessageContaining("DATABASE");
    }

    private static String table(String... rows) {
        var text = new StringBuilder("from,resource,yen,source_ja,source_easy,source_en\n");
        for (String row : rows)
            text.append(row).append(",契約,契約,contract\n");
        return text.toString();
    }
}
