package jp.kiban.standards;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 標準の一覧. Every published standard: those read once at the start from `standards/` on the class path or from the folder
/// `kiban.standards.folder`, and those published since (`PublishedVersions`). A faulty folder stops the start with all its
/// faults. Reading goes on beside the rest of the start; once the house is ready the rules are warmed up with the standard's
/// own examples, so that nobody waits for the first judgement.
@Component
public final class Standards implements SmartInitializingSingleton, ApplicationListener<ApplicationReadyEvent> {
    /// What the house started with.
    private record Base(Bundle bundle, List<Edition> editions) {}

    /// All editions, and the standards as they are on one day.
    private record Known(LocalDate day, List<Edition> editions, List<ServiceStandard> standards) {}

    private final CompletableFuture<Base> base = new CompletableFuture<>();
    private final Supplier<Stream<PublishedVersions>> sources;
    private final Clock clock;
    private final Map<String, Edition> read = new ConcurrentHashMap<>();
    private volatile @Nullable Known known;
    private volatile List<Edition> published = List.of();

    @Autowired
    Standards(@Value("${kiban.standards.folder:}") String folder, ObjectProvider<PublishedVersions> sources,
            Clock clock) {
        this(folder, sources::stream, clock);
    }

    private Standards(String folder, Supplier<Stream<PublishedVersions>> sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
        Thread.ofPlatform().name("standards").daemon().start(() -> {
            try {
                var bundle = folder.isBlank() ? Bundle.ofClassPath() : Bundle.ofFolder(Path.of(folder));
                var faults = new ArrayList<Fault>();
                var read = StandardReader.readAll(bundle, faults);
                if (!faults.isEmpty())
                    throw new FaultyStandards(bundle.place(), new Positions(bundle).locate(faults));
                base.complete(new Base(bundle, read.stream().flatMap(s -> s.versions().stream().map(v -> new Edition(
                        s.with(List.of(v)), v, StandardFiles.of(bundle, v.ref()), v.ref().day(), Optional.empty(),
                        true))).toList()));
            } catch (RuntimeException | Error failed) {
                base.completeExceptionally(failed);
            }
        });
    }

    /// The standards of a folder, for tools and tests.
    public static Standards of(Path folder) { return of(folder, List.of(), Clock.system(ZoneId.of("Asia/Tokyo"))); }

    /// The same with what was published since, for tests.
    static Standards of(Path folder, List<PublishedVersions> sources, Clock clock) {
        var standards = new Standards(folder.toString(), sources::stream, clock);
        standards.afterSingletonsInstantiated();
        return standards;
    }

    @Override
    public void afterSingletonsInstantiated() {
        base();
        refresh();
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        Thread.ofPlatform().name("standards warming").daemon().start(() -> base().editions().forEach(edition -> Examples
                .of(base().bundle(), edition.ref(), new ArrayList<>()).warm(edition.version())));
    }

    private Base base() {
        try {
            return base.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /// Reads again what has been published. A version that was read before is not read twice; one that cannot be read any
    /// more (a newer house refuses what an older one took) stops the start, so that no case loses its rules unseen.
    public synchronized void refresh() {
        var now = new ArrayList<Edition>();
        var faults = new ArrayList<Fault>();
        sources.get().flatMap(s -> s.published().stream()).forEach(p -> edition(p, faults).ifPresent(now::add));
        if (!faults.isEmpty())
            throw new FaultyStandards("the catalogue", faults);
        published = List.copyOf(now);
        known = null;
    }

    private Optional<Edition> edition(PublishedVersions.Published one, List<Fault> faults) {
        var key = one.files().ref() + " " + one.files().digest();
        var before = read.get(key);
        if (before == null) {
            var own = base().editions().stream().filter(e -> (e.ref() + " " + e.files().digest()).equals(key))
                    .findFirst();
            var standard = own.isPresent() ? own.map(Edition::standard) : read(one.files(), faults);
            if (standard.isEmpty())
                return Optional.empty();
            before = new Edition(standard.get(), standard.get().versions().getFirst(), one.files(), one.inForceFrom(),
                    one.withdrawn(), false);
            read.put(key, before);
        }
        return Optional.of(new Edition(before.standard(), before.version(), before.files(), one.inForceFrom(), one
                .withdrawn(), false));
    }

    private Optional<ServiceStandard> read(StandardFiles files, List<Fault> faults) {
        return new StandardReader(files.bundle(base().bundle().read("registers.yaml")), faults).read(files.ref().id())
                .filter(s -> s.versions().size() == 1);
    }

    /// 検査の結果. What a check of a package found; when it is clean there is a standard.
    public record Checked(Inspection inspection, Optional<ServiceStandard> standard) {}

    /// Checks a package as the verb `standards check` would, examples and lints included; every fault at once.
    public Checked check(StandardFiles files) {
        var inspection = Inspection.of(files.bundle(base().bundle().read("registers.yaml")));
        return new Checked(inspection, inspection.clean() ? read(files, new ArrayList<>()) : Optional.empty());
    }

    /// What keeps a package from being read by this house; its examples are not run again.
    public List<Fault> faults(StandardFiles files) {
        var faults = new ArrayList<Fault>();
        read(files, faults);
        return faults;
    }

    /// What a package means, for tools that keep nothing; all that is wrong with it is a `FaultyStandards`.
    public static ServiceStandard read(StandardFiles files) {
        var faults = new ArrayList<Fault>();
        var bundle = files.bundle(Optional.empty());
        var read = new StandardReader(bundle, faults).read(files.ref().id());
        if (read.isEmpty() || !faults.isEmpty())
            throw new FaultyStandards(files.ref().toString(), new Positions(bundle).locate(faults));
        return read.get();
    }

    /// The examples of a package, as its files give them.
    public static List<Sample> samples(StandardFiles files) {
        return Examples.of(files.bundle(Optional.empty()), files.ref(), new ArrayList<>()).all().stream()
                .map(Standards::sample).toList();
    }

    private static Sample sample(Examples.Example one) {
        return new Sample(one.name(), one.filed(), one.answers(), one.expect(), one.authority(), one.local().isEmpty());
    }

    /// What looks for questions whose answer a register holds, beside the form of this version.
    Lints lints(StandardRef ref) {
        var lints = new Lints(edition(ref).files().bundle(base().bundle().read("registers.yaml")), new ArrayList<>());
        lints.learn();
        return lints;
    }

    /// The examples of a version, as its files give them.
    Examples examples(StandardRef ref) {
        return Examples.of(edition(ref).files().bundle(base().bundle().read("registers.yaml")), ref, new ArrayList<>());
    }

    /// 例. One published example, for readers: these answers on this day, and what must come of them.
    ///
    /// @param authority the municipality whose layer it is judged under; empty for the national values
    /// @param plain it sets no local value of its own
    public record Sample(String name, LocalDate filed, JsonNode answers, JsonNode expect, String authority,
            boolean plain) {}

    /// The examples that a version is published with.
    public List<Sample> samples(StandardRef ref) {
        return examples(ref).all().stream().map(Standards::sample).toList();
    }

    private Known known() {
        var today = LocalDate.now(clock);
        var last = known;
        if (last != null && last.day().equals(today))
            return last;
        synchronized (this) {
            var byRef = new LinkedHashMap<StandardRef, Edition>();
            base().editions().forEach(e -> byRef.put(e.ref(), e));
            // what was published counts
            published.forEach(e -> {
                byRef.remove(e.ref());
                byRef.put(e.ref(), e);
            });
            var editions = List.copyOf(byRef.values());
            var standards = new ArrayList<ServiceStandard>();
            editions.stream().map(e -> e.ref().id()).distinct().sorted().forEach(id -> {
                var own = editions.stream().filter(e -> e.ref().id().equals(id)).toList();
                var speaks = chosen(own, today).orElse(own.getFirst());
                standards.add(speaks.standard().with(own.stream().map(Edition::version).sorted(Comparator.comparing(
                        v -> v.ref().version())).toList()));
            });
            var now = new Known(today, editions, List.copyOf(standards));
            known = now;
            return now;
        }
    }

    private static Optional<Edition> chosen(List<Edition> editions, LocalDate day) {
        return editions.stream().filter(e -> e.mayBeUsed(day)).max(Comparator.comparing(Edition::inForceFrom)
                .thenComparing(e -> e.ref().version()));
    }

    /// Every standard, in the order of their ids, as its version of today describes it (before the first: as the first will).
    public List<ServiceStandard> all() { return known().standards(); }

    public ServiceStandard get(String id) {
        return all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(NotThere::new);
    }

    /// Every version of the standard as it was published, in the order of publication; `NotThere` when there is none.
    public List<Edition> editions(String id) {
        var own = known().editions().stream().filter(e -> e.ref().id().equals(id)).toList();
        if (own.isEmpty())
            throw new NotThere();
        return own;
    }

    public Edition edition(StandardRef ref) {
        return known().editions().stream().filter(e -> e.ref().equals(ref)).findFirst().orElseThrow(NotThere::new);
    }

    /// The edition for new applications of the day; empty before the first, and when it was withdrawn and nothing is left.
    public Optional<Edition> editionInForce(String id, LocalDate day) { return chosen(editions(id), day); }

    /// The version in force on the day; `NotThere` before the first.
    public StandardVersion inForce(String id, LocalDate day) {
        return editionInForce(id, day).map(Edition::version).orElseThrow(NotThere::new);
    }

    /// 受け付ける版. The version for what was begun under another: that one, if it is in force, or was until yesterday and has
    /// not been withdrawn, so that whoever is sending at midnight, or tries again, stays with what they have read; else the
    /// one in force.
    public StandardVersion keeping(StandardRef begun, LocalDate day) {
        var now = editionInForce(begun.id(), day);
        if (now.filter(e -> e.ref().equals(begun)).isPresent())
            return now.get().version();
        return editionInForce(begun.id(), day.minusDays(1)).filter(e -> e.ref().equals(begun) && e.mayBeUsed(day))
                .or(() -> now).map(Edition::version).orElseThrow(NotThere::new);
    }

    /// Exactly this version, in force or not: a case keeps the one it was born under.
    public StandardVersion version(StandardRef ref) { return edition(ref).version(); }
}
