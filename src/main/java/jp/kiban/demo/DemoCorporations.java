package jp.kiban.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.Holidays;
import jp.kiban.registry.CorporationLoad;
import jp.kiban.registry.SyntheticCorporations;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/// 見本の法人. A thousand invented corporations in an empty registry, and one difference file after it, so that there is something to be
/// looked up and a change to be seen.
@Component
@Demo
class DemoCorporations implements ApplicationListener<ApplicationReadyEvent> {
    private static final int ROWS = 1_000;
    private static final long SEED = 1;

    private final CorporationLoad load;
    private final Authorities authorities;
    private final Path folder;
    private final Clock clock;

    DemoCorporations(CorporationLoad load, Authorities authorities, @Value("${kiban.data}") Path data, Clock clock) {
        this.load = load;
        this.authorities = authorities;
        this.folder = data.toAbsolutePath().resolve("registry").resolve("demo");
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (!load.isEmpty())
            return;
        var full = officeDayBefore(LocalDate.now(clock).withDayOfMonth(1));
        var next = full.plusDays(1);
        while (!Holidays.isOfficeDay(next))
            next = next.plusDays(1);
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        var made = new SyntheticCorporations(authorities);
        var first = folder.resolve("00_zenkoku_all_" + full.toString().replace("-", "") + ".csv");
        made.full(first, ROWS, SEED, full, StandardCharsets.UTF_8);
        load.load(first, "operator:demo");
        var second = folder.resolve("diff_" + next.toString().replace("-", "") + ".csv");
        made.difference(second, ROWS, SEED, 1, next, StandardCharsets.UTF_8);
        load.load(second, "operator:demo");
    }

    private static LocalDate officeDayBefore(LocalDate day) {
        var before = day.minusDays(1);
        while (!Holidays.isOfficeDay(before))
            before = before.minusDays(1);
        return before;
    }
}
