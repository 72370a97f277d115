package jp.kiban.registry;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.Position;
import jp.kiban.address.Town;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 町字と郵便番号の変更. Tells what an edition of the address dictionary brought, town by town and postal code by postal code, once it is in
/// use: in the feed of the other registries, once for all houses that share a database. Whoever keeps a copy by the feed misses nothing that
/// is published but the names of sources and points that move by less than ten metres. Where the former edition's file is not there any more (or
/// there was none), the whole edition is one change, and the copy is to be taken anew.
@Component
final class TownFeed implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TownFeed.class);
    private static final int LOOKS_SECONDS = 30;
    private static final int PAGE = 5_000;
    private static final double MOVED = 10;

    private final Addresses addresses;
    private final AddressEditions editions;
    private final Store store;
    private final Clock clock;
    private Optional<ScheduledExecutorService> looks = Optional.empty();
    private volatile boolean running;

    @Autowired
    TownFeed(Addresses addresses, AddressEditions editions, Store store, Clock clock) {
        this.addresses = addresses;
        this.editions = editions;
        this.store = store;
        this.clock = clock;
    }

    /// 変更の一件. Of one item, until now or of this telling.
    record Change(String what, String detail, String version, Instant at) {}

    /// What became of a town or postal code by editions that were told, the newest first.
    List<Change> of(BaseRegistry registry, String item) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select c.what, c.detail, t.version, c.at from registry.change c join registry.dictionary_told t on t.id = c.told
                where c.registry = ? and c.item = ? order by c.seq desc limit 100
                """).params(registry.code(), item).query((row, i) -> new Change(row.getString(1), row.getString(2),
                row.getString(3), row.getTimestamp(4).toInstant())).list());
    }

    /// Tells what is new, if anything is; false when nothing was.
    synchronized boolean tell() {
        if (!addresses.knowsTowns())
            return false;
        var now = addresses.edition();
        String version = now.dictionary().version();
        var last = last();
        if (last.filter(version::equals).isPresent())
            return false;
        var before = last.flatMap(editions::ofVersion);
        return store.in(Loadings.KEEPER, jdbc -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext('registry.dictionary_told'))").query((row, i) -> true)
                    .single();
            if (!last(jdbc).equals(last))
                return false; // another house was quicker; looked at again soon
            var at = Timestamp.from(clock.instant());
            int told = jdbc.sql("""
                    insert into registry.dictionary_told (release, version, before, told_at) values (?, ?, ?, ?) returning id
                    """).params(now.release(), version, before.map(e -> e.dictionary().version()).orElse(""), at)
                    .query(Integer.class).single();
            long changes = before.map(e -> new Telling(jdbc, told, at).all(e.dictionary(), now.dictionary())).orElse(
                    0L);
            for (var registry : List.of(BaseRegistry.ADDRESSES, BaseRegistry.POSTAL_CODES)) {
                jdbc.sql("""
                        insert into registry.change (registry, item, what, detail, told, at) values (?, '', ?, ?, ?, ?)
                        """).params(registry.code(), before.isPresent() ? "EDITION" : "WHOLE", version, told, at)
                        .update();
                Corrections.mended(jdbc, registry, told, version, at);
            }
            LOG.info("address dictionary: {} changes are told, from version {} to {}", changes, before.map(e -> e
                    .dictionary().version()).orElse("(none)"), version);
            return true;
        });
    }

    private Optional<String> last() { return store.in(Scope.nation(), TownFeed::last); }

    private static Optional<String> last(JdbcClient jdbc) {
        return jdbc.sql("select version from registry.dictionary_told order by id desc limit 1").query(String.class)
                .optional();
    }

    /// 一回の知らせ. Both dictionaries are walked side by side; nothing but a page of rows is in memory.
    private static final class Telling {
        private final JdbcClient jdbc;
        private final int told;
        private final Timestamp at;
        private final List<String> items = new ArrayList<>();
        private final List<String> whats = new ArrayList<>();
        private final List<String> details = new ArrayList<>();
        private long count;

        Telling(JdbcClient jdbc, int told, Timestamp at) {
            this.jdbc = jdbc;
            this.told = told;
            this.at = at;
        }

        long all(AddressDictionary before, AddressDictionary after) {
            towns(before, after);
            write(BaseRegistry.ADDRESSES);
            codes(before, after);
            write(BaseRegistry.POSTAL_CODES);
            return count;
        }

        private void towns(AddressDictionary before, AddressDictionary after) {
            after.towns().filter(t -> !t.machiazaId().isEmpty()).forEach(now -> {
                if (!now.equals(after.byId(now.lgCode(), now.machiazaId()).orElse(now)))
                    return; // a second town of the same id; the first stands for it
                before.byId(now.lgCode(), now.machiazaId()).ifPresentOrElse(then -> changes(then, now).forEach(
                        detail -> say(BaseRegistry.ADDRESSES, item(now), "CHANGED", detail)),
                        () -> say(
                                BaseRegistry.ADDRESSES, item(now), "ADDED", ""));
            });
            before.towns().filter(t -> !t.machiazaId().isEmpty()).filter(t -> after.byId(t.lgCode(), t.machiazaId())
                    .isEmpty()).filter(t -> t.equals(before.byId(t.lgCode(), t.machiazaId()).orElse(t)))
                    .forEach(t -> say(
                            BaseRegistry.ADDRESSES, item(t), "GONE", ""));
        }

        private static String item(Town town) { return town.lgCode() + "-" + town.machiazaId(); }

        private void codes(AddressDictionary before, AddressDictionary after) {
            var then = before.postalCodes().iterator();
            var now = after.postalCodes().iterator();
            int old = next(then);
            int current = next(now);
            while (old != END || current != END) {
                if (current < old) {
                    say(BaseRegistry.POSTAL_CODES, code(current), "ADDED", "");
                    current = next(now);
                } else if (old < current) {
                    say(BaseRegistry.POSTAL_CODES, code(old), "GONE", "");
                    old = next(then);
                } else {
                    if (!names(before, old).equals(names(after, old)))
                        say(BaseRegistry.POSTAL_CODES, code(old), "CHANGED", "TOWNS");
                    old = next(then);
                    current = next(now);
                }
            }
        }

        private static final int END = Integer.MAX_VALUE;

        private static int next(PrimitiveIterator.OfInt codes) { return codes.hasNext() ? codes.nextInt() : END; }

        private static String code(int code) { return "%07d".formatted(code); }

        private static TreeSet<String> names(AddressDictionary dictionary, int code) {
            var names = new TreeSet<String>();
            dictionary.byPostalCode(code(code)).forEach(t -> names.add(t.lgCode() + " " + t.name()));
            return names;
        }

        private void say(BaseRegistry registry, String item, String what, String detail) {
            items.add(item);
            whats.add(what);
            details.add(detail);
            count++;
            if (items.size() == PAGE)
                write(registry);
        }

        private void write(BaseRegistry registry) {
            if (!items.isEmpty())
                jdbc.sql("""
                        insert into registry.change (registry, item, what, detail, told, at)
                        select ?, r.item, r.what, r.detail, ?, ? from unnest(?::text[], ?::text[], ?::text[])
                          with ordinality as r (item, what, detail, n) order by r.n
                        """).params(registry.code(), told, at, items.toArray(String[]::new), whats.toArray(
                        String[]::new), details.toArray(String[]::new)).update();
            items.clear();
            whats.clear();
            details.clear();
        }
    }

    /// What is otherwise: another name, another place, or another of the other published fields.
    static List<String> changes(Town then, Town now) {
        var out = new ArrayList<String>();
        if (!then.name().equals(now.name()))
            out.add("RENAMED");
        if (moved(then.position(), now.position()))
            out.add("MOVED");
        if (!then.kana().equals(now.kana()) || !then.postalCode().equals(now.postalCode())
                || then.residential() != now.residential())
            out.add("DETAILS");
        return out;
    }

    private static boolean moved(Optional<Position> then, Optional<Position> now) {
        if (then.isEmpty() || now.isEmpty())
            return then.isPresent() != now.isPresent();
        return then.get().of() != now.get().of() || AddressDictionary.metres(then.get(), now.get()) > MOVED;
    }

    private void look() {
        try {
            tell();
        } catch (RuntimeException later) {
            if (running)
                LOG.warn("address dictionary: its changes could not be told, tried again in {} s: {}", LOOKS_SECONDS,
                        later.toString());
        }
    }

    @Override
    public void start() {
        running = true;
        var every = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("registry-towns")
                .factory());
        every.scheduleWithFixedDelay(this::look, 1, LOOKS_SECONDS, TimeUnit.SECONDS);
        looks = Optional.of(every);
    }

    @Override
    public void stop() {
        running = false;
        looks.ifPresent(l -> {
            l.shutdownNow();
            try {
                l.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public boolean isRunning() { return running; }
}
