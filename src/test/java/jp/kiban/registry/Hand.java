package jp.kiban.registry;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import jp.kiban.store.StoreAtHand;

/// A real PostgreSQL with the house's tables and without the house: seconds instead of half a minute.
final class Hand implements AutoCloseable {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private final EmbeddedPostgres server;
    private final StoreAtHand hand;
    private final String url;
    final MovingClock clock = new MovingClock();
    final Loadings loadings;
    final CorporationLoad load;
    final Corporations corporations;
    final RealEstateLoad realEstateLoad;
    final RealEstate realEstate;
    final LotLoad lotLoad;
    final Lots lots;

    Hand(Path folder) {
        try {
            server = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("postgres"))
                    .setOverrideWorkingDirectory(Path.of("target/postgres-binaries").toFile())
                    .setLocaleConfig("locale", "C").setServerConfig("fsync", "off").start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres";
        hand = StoreAtHand.open(folder, url);
        loadings = new Loadings(hand.store(), hand.events(), clock);
        load = new CorporationLoad(hand.store(), loadings);
        corporations = new Corporations(hand.store());
        realEstateLoad = new RealEstateLoad(hand.store(), loadings);
        realEstate = new RealEstate(hand.store());
        lotLoad = new LotLoad(hand.store(), loadings);
        lots = new Lots(hand.store());
    }

    jp.kiban.store.Store store() { return hand.store(); }

    /// For several threads.
    jp.kiban.store.Store storeOfMany() { return jp.kiban.store.ManyAtOnce.on(url); }

    jp.kiban.store.EventLog events() { return hand.events(); }

    /// Keeps and loads a file as the operator's command line does.
    Loading load(Path path) {
        var file = SourceFile.look(path);
        var claim = CorporationLoad.claim(file.name()).orElseThrow();
        var hindrances = load.hindrances(claim, file);
        if (!hindrances.isEmpty())
            throw new jp.kiban.kernel.BadInput(hindrances);
        int id = loadings.keep(claim, file, 0, 0, "operator:a", "operator:a").id();
        return load.run(id, file, now -> {
        });
    }

    @Override
    public void close() {
        hand.close();
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Stands still until it is set.
    static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-11-01T01:00:00Z");

        void set(String instant) { now = Instant.parse(instant); }

        @Override
        public ZoneId getZone() { return JAPAN; }

        @Override
        public Clock withZone(ZoneId zone) { return this; }

        @Override
        public Instant instant() { return now; }
    }
}
