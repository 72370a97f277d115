package jp.kiban.cost;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.statistics.FiscalYear;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// 計量から台帳へ. What this platform metered, in the ledger without anybody's doing: for each municipality and month one entry a service, with the
/// cases it served, in exact yen by the rates of each day: the same yen as on the page of costs. Written again, never added, as often as it
/// runs; usually every ten minutes for this month and the last. What belongs to no application is nobody's municipality and stays
/// on the page of costs. A closed year is left alone.
@Component
final class LedgerMetering implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerMetering.class);
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    /// Of applications whose standard is not known yet: they were metered before they arrived.
    private static final SystemCode UNKNOWN = SystemCode.of("common-functions");

    private final Costs costs;
    private final Meter meter;
    private final Ledger ledger;
    private final Clock clock;
    private final Duration every;
    private volatile boolean running;
    private Thread writer = new Thread();

    LedgerMetering(Costs costs, Meter meter, Ledger ledger, Clock clock,
            @Value("${kiban.cost.ledger-every:PT10M}") Duration every) {
        this.costs = costs;
        this.meter = meter;
        this.ledger = ledger;
        this.clock = clock;
        this.every = every;
    }

    /// Every municipality that used anything in the month. Answers how many were written.
    int write(YearMonth month) {
        meter.flush();
        var lines = new LinkedHashMap<AuthorityId, List<Costs.Served>>();
        costs.served(new Costs.Span(month.atDay(1), month.atEndOfMonth())).forEach(s -> lines.computeIfAbsent(s
                .authority(), a -> new ArrayList<>()).add(s));
        int written = 0;
        for (Map.Entry<AuthorityId, List<Costs.Served>> one : lines.entrySet())
            if (ledger.replace(one.getKey(), month.toString(), "kiban " + month, one.getValue().stream().map(s -> entry(
                    month, s)).toList()))
                written++;
        return written;
    }

    private static LedgerEntry entry(YearMonth month, Costs.Served served) {
        return new LedgerEntry(FiscalYear.of(month.atDay(1)), served.standard().isEmpty() || !SystemCode.isValid(served
                .standard()) ? UNKNOWN : SystemCode.of(served.standard()), CostKind.CLOUD, Baseline.ACTUAL, served
                        .standard().isEmpty() ? "kiban" : "kiban " + served.standard(),
                "", served.cost().yen(), "JPY",
                BigDecimal.ONE, Optional.empty(), Tax.UNSTATED, month.atDay(1), month.atEndOfMonth(), Optional.of(served
                        .cost().cases()),
                "計量と単価表", Confidence.MEASURED, "", month.toString());
    }

    private void serve() {
        while (running) {
            try {
                var now = YearMonth.from(LocalDate.now(clock.withZone(JAPAN)));
                write(now.minusMonths(1));
                write(now);
            } catch (RuntimeException failed) {
                LOG.warn("metered cost could not be written to the ledger, tried again: {}", failed.toString());
            }
            try {
                Thread.sleep(every);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    @Override
    public void start() {
        running = true;
        writer = Thread.ofPlatform().daemon().name("cost ledger").start(() -> {
            try {
                Thread.sleep(every.compareTo(Duration.ofMinutes(1)) < 0 ? every : Duration.ofMinutes(1));
            } catch (InterruptedException stop) {
                return;
            }
            serve();
        });
    }

    @Override
    public void stop() {
        running = false;
        writer.interrupt();
        try {
            writer.join(5_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() { return running; }
}
