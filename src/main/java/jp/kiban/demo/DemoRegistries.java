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
import jp.kiban.registry.RealEstateLoad;
import jp.kiban.registry.SyntheticCorporations;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/// 見本の登録簿. A thousand invented corporations in an empty registry, and one difference file after it, so that there is something to be
/// looked up and a change to be seen; some invented lots and houses.
@Component
@Demo
class DemoRegistries implements ApplicationListener<ApplicationReadyEvent> {
    private static final int ROWS = 1_000;
    private static final long SEED = 1;
    private static final String LOTS = """
            number,kind,lg_code,location,lot,house_number,room,valid_from,valid_until
            2400000000011,land,242012,丸之内,12番3,,,2001-04-02,
            2400000000012,house,242012,丸之内,12番地3,12番3,,2003-09-01,
            2400000000013,land,242012,丸之内,12番4,,,2001-04-02,2019-03-31
            2400000000014,land,242012,大門,5番,,,1998-01-05,
            2400000000015,unit,242012,大門,5番地,5番の204,２階204号室,2010-07-20,
            """;

    private final CorporationLoad load;
    private final RealEstateLoad realEstate;
    private final Authorities authorities;
    private final Path folder;
    private final Clock clock;

    DemoRegistries(CorporationLoad load, RealEstateLoad realEstate, Authorities authorities,
            @Value("${kiban.data}") Path data, Clock clock) {
        this.load = load;
        this.realEstate = realEstate;
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
        var lots = folder.resolve("real-estate_" + full.toString().replace("-", "") + ".csv");
        try {
            Files.writeString(lots, LOTS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        realEstate.load(lots, "operator:demo");
    }

    private static LocalDate officeDayBefore(LocalDate day) {
        var before = day.minusDays(1);
        while (!Holidays.isOfficeDay(before))
            before = before.minusDays(1);
        return before;
    }
}
