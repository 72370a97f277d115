package jp.kiban.registry;

import java.util.List;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// 読込みの係. Loads what was approved, one file after the other, and goes on after a restart with what it had not finished; then has the
/// seats matched with the house's address dictionary. Files given on the
/// command line are loaded there: they are not in its folder.
@Component
class LoadingWorker extends Worker {
    private static final Logger LOG = LoggerFactory.getLogger(LoadingWorker.class);

    private final Loadings loadings;
    private final List<RegistryLoad> loads;
    private final Places places;
    private final CorporationKeys keys;
    private final Addresses addresses;
    private final GivenFiles given;
    /// The version of the dictionary that every seat was looked up with.
    private String located = "";

    LoadingWorker(Loadings loadings, List<RegistryLoad> loads, Places places, CorporationKeys keys,
            Addresses addresses, GivenFiles given) {
        super("loading");
        this.loadings = loadings;
        this.loads = List.copyOf(loads);
        this.places = places;
        this.keys = keys;
        this.addresses = addresses;
        this.given = given;
    }

    @Override
    void round() {
        long renewed = keys.renew(() -> !isRunning());
        if (renewed > 0)
            LOG.info("search keys of {} corporations made anew", renewed);
        for (var load : loads)
            for (var loading : loadings.open(load.registry()))
                given.of(loading).ifPresent(file -> run(load, loading, file));
        locate();
        int gone = given.tidy(loadings.needed());
        if (gone > 0)
            LOG.info("uploads that no load needs any more taken away: {}", gone);
    }

    /// The seats that no dictionary has found yet, or not this edition of it: at the start, and after each load.
    private void locate() {
        if (!addresses.knowsTowns() || located.equals(addresses.version()))
            return;
        var matcher = addresses.matcher();
        String version = matcher.version();
        long[] counts = places.match(new TownMatcher(matcher, version), () -> !isRunning());
        located = isRunning() ? version : "";
        if (counts[0] > 0)
            LOG.info("seats of corporations looked up: {}, found: {}", counts[0], counts[1]);
    }

    private void run(RegistryLoad load, Loading loading, SourceFile file) {
        try {
            var done = load.run(loading.id(), file, now -> {
                if (!isRunning())
                    throw new IllegalStateException("the house closes; goes on at the next start");
            });
            located = "";
            LOG.info("{}: {} {} at line {}", file.name(), done.registry().code(), done.stage(), done.line());
        } catch (BadInput | Conflict refused) {
            loadings.stop(loading.id(), String.valueOf(refused.getMessage()));
        }
    }
}
