package jp.kiban.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.Town;
import jp.kiban.kernel.BadInput;
import org.springframework.stereotype.Component;

/// 住所辞書の時点. Which edition of the address dictionary was in force on a day, and that edition itself as long as its file is kept: the one in
/// use, what the operator's settings name, and the last few before it.
@Component
final class AddressEditions {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final int OPEN = 4;

    private final Addresses addresses;
    private final DictionaryReleases releases;
    private final DictionaryFolder folder;
    private final Clock clock;
    /// Former ones that somebody asked for; the map of one that nobody holds any more goes by itself.
    private final Map<Integer, Addresses.Edition> opened = new LinkedHashMap<>();

    AddressEditions(Addresses addresses, DictionaryReleases releases, DictionaryFolder folder, Clock clock) {
        this.addresses = addresses;
        this.releases = releases;
        this.folder = folder;
        this.clock = clock;
    }

    /// 使われた期間. From when a release was in force; empty for what the operator's settings name.
    record Term(int release, Optional<Instant> from) {}

    /// Releases in the order in which they took (or will take) effect.
    List<Term> terms() {
        var out = new ArrayList<Term>();
        out.add(new Term(0, Optional.empty()));
        releases.orders().stream().filter(o -> o.stage() == DictionaryRelease.OrderStage.APPROVED)
                .filter(o -> o.effectiveAt().isPresent()).sorted(Comparator.comparing((
                        DictionaryRelease.Order o) -> o.effectiveAt().orElseThrow()).thenComparing(
                                DictionaryRelease.Order::id))
                .forEach(o -> out.add(new Term(o.release(), o.effectiveAt())));
        return out;
    }

    /// The edition of a day, by what is known now; empty text is the one in use. A day that is ahead has what was approved for it.
    Addresses.Edition on(String day) {
        return day.isBlank() ? addresses.edition() : on(AsOf.read(day, "", clock).on());
    }

    Addresses.Edition on(LocalDate day) {
        var end = day.plusDays(1).atStartOfDay(JAPAN).toInstant();
        var term = terms().stream().filter(t -> t.from().map(f -> f.isBefore(end)).orElse(true)).toList().getLast();
        return kept(term.release()).orElseThrow(() -> BadInput.of("on", "registry.edition-gone", Words.text(
                "registry.error.edition-gone", day.toString(), term.release(), terms().stream().map(Term::release)
                        .distinct().filter(r -> has(r)).map(r -> Integer.toString(r)).collect(Collectors.joining(
                                ", ")))));
    }

    private boolean has(int release) {
        return release == 0 || release == addresses.release() || Files.isRegularFile(folder.dictionary(release));
    }

    /// A release, as long as its file is kept.
    Optional<Addresses.Edition> kept(int release) {
        var now = addresses.edition();
        if (now.release() == release)
            return Optional.of(now);
        if (release == 0)
            return Optional.of(addresses.own());
        return has(release) ? Optional.of(open(release)) : Optional.empty();
    }

    /// A town as the newest edition that is kept and has it says; for one that the dictionary in use has no more.
    Optional<Town> last(String lgCode, String machiazaId) {
        return terms().reversed().stream().map(Term::release).distinct().flatMap(r -> kept(r).stream()).flatMap(e -> e
                .dictionary().byId(lgCode, machiazaId).stream()).findFirst();
    }

    /// The edition with this version of the data.
    Optional<Addresses.Edition> ofVersion(String version) {
        if (addresses.version().equals(version))
            return Optional.of(addresses.edition());
        var own = addresses.own();
        if (own.towns() && own.dictionary().version().equals(version))
            return Optional.of(own);
        return releases.all().stream().filter(r -> r.built().filter(b -> b.version().equals(version)).isPresent())
                .map(DictionaryRelease::id).flatMap(r -> kept(r).stream()).filter(e -> e.dictionary().version().equals(
                        version))
                .findFirst();
    }

    private synchronized Addresses.Edition open(int release) {
        var known = opened.remove(release);
        if (known == null)
            try {
                known = Addresses.Edition.of(release, AddressDictionary.openUntilUnused(folder.dictionary(release)));
            } catch (IOException refused) {
                throw new IllegalStateException("release " + release + " of the address dictionary: " + refused
                        .getMessage(), refused);
            }
        opened.put(release, known);
        while (opened.size() > OPEN)
            opened.remove(opened.keySet().iterator().next());
        return known;
    }
}
