package jp.kiban.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.AddressMatch;
import jp.kiban.address.AddressMatcher;
import jp.kiban.address.Position;
import jp.kiban.address.Town;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.letters.Folding;
import jp.kiban.letters.Kana;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 住所. The dictionary that this house uses for its address fields and its API: the operator's (`kiban.registry.addresses=FILE`, made by
/// `addresses build`), or without one a small dictionary of prefectures and municipalities, which knows no towns and says so.
@Component
public final class Addresses {
    private static final int MOST = 50;

    private final Authorities authorities;
    private final Use own;
    private volatile Use use;

    /// 開いた辞書.
    private record Opened(AddressDictionary dictionary, AddressMatcher matcher) {
        static Opened of(AddressDictionary dictionary) {
            return new Opened(dictionary, new AddressMatcher(dictionary));
        }
    }

    /// 使用中の辞書. Which release it is (0 for the operator's own), and whether it knows towns.
    private record Use(int release, boolean towns, Supplier<Opened> opened, Optional<Path> file) {}

    Addresses(Authorities authorities, @Value("${kiban.registry.addresses:}") String file) {
        this.authorities = authorities;
        if (file.isBlank()) {
            this.own = new Use(0, false, new Once(authorities), Optional.empty());
        } else {
            var opened = Opened.of(open(Path.of(file)));
            this.own = new Use(0, true, () -> opened, Optional.of(Path.of(file)));
        }
        this.use = own;
    }

    private static Optional<Instant> laidIn(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException refused) {
            return Optional.empty(); // opening it says why
        }
    }

    /// From now on this release; matches that are running go on with the one they began with, whose map goes when the last of them
    /// has ended. Refuses a file that is no sound dictionary, and then nothing changes.
    void take(int release, Path file) throws IOException {
        var opened = Opened.of(AddressDictionary.openUntilUnused(file));
        use = new Use(release, true, () -> opened, Optional.of(file));
    }

    /// Back to what the operator's settings name.
    void takeOwn() { use = own; }

    /// The release in use; 0 for the operator's own.
    int release() { return use.release(); }

    /// The file of the dictionary in use; empty for the built-in one of municipalities.
    Optional<Path> file() { return use.file(); }

    private Opened now() { return use.opened().get(); }

    private static AddressDictionary open(Path file) {
        try {
            return AddressDictionary.openUntilUnused(file);
        } catch (IOException refused) {
            throw new IllegalStateException("kiban.registry.addresses=" + file + ": " + refused.getMessage(), refused);
        }
    }

    /// Made when first needed: the start of the house does not wait for it.
    private static final class Once implements Supplier<Opened> {
        private final Authorities authorities;
        private volatile Optional<Opened> made = Optional.empty();

        Once(Authorities authorities) { this.authorities = authorities; }

        @Override
        public synchronized Opened get() {
            if (made.isEmpty()) {
                var dictionary = ofAuthorities(authorities);
                made = Optional.of(new Opened(dictionary, new AddressMatcher(dictionary)));
            }
            return made.orElseThrow();
        }
    }

    private static AddressDictionary ofAuthorities(Authorities authorities) {
        var csv = new StringBuilder("lg_code,pref,pref_kana,county,city,city_kana,ward,ward_kana,lat,lng\n");
        for (var a : authorities.all()) {
            if (a.kind() == Authority.Kind.MINISTRY)
                continue;
            var prefecture = authorities.prefectureOf(a.id());
            boolean ward = a.kind() == Authority.Kind.DESIGNATED_WARD;
            var city = ward ? authorities.get(a.parent().orElseThrow()) : a;
            boolean whole = a.equals(prefecture);
            var point = authorities.point(a.id());
            csv.append(String.join(",", a.id().code(), prefecture.name(), Kana.katakana(prefecture.kana()), "",
                    whole ? "" : city.name(), whole ? "" : Kana.katakana(city.kana()),
                    ward ? without(a.name(), city.name()) : "",
                    ward ? Kana.katakana(without(a.kana(), city.kana())) : "",
                    point.map(p -> String.valueOf(p.latitude())).orElse(""),
                    point.map(p -> String.valueOf(p.longitude())).orElse(""))).append('\n');
        }
        try {
            var folder = Files.createTempDirectory("kiban-addresses");
            var source = Files.writeString(folder.resolve("municipalities.csv"), csv, StandardCharsets.UTF_8);
            var file = folder.resolve("municipalities.dict");
            AddressDictionary.build(List.of(source), file, line -> {
            });
            var dictionary = AddressDictionary.open(file);
            for (var old : List.of(source, file, folder))
                old.toFile().deleteOnExit();
            return dictionary;
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the dictionary of municipalities could not be made in the folder for temporary files",
                    failed);
        }
    }

    private static String without(String name, String beginning) {
        return name.startsWith(beginning) ? name.substring(beginning.length()) : name;
    }

    /// Whether towns are known; without, a match goes as far as the municipality.
    public boolean knowsTowns() { return use.towns(); }

    /// The data version that ids belong to.
    public String version() { return now().dictionary().version(); }

    /// All towns of the dictionary.
    Stream<Town> towns() { return now().dictionary().towns(); }

    /// When the dictionary in use was laid in; empty without one that knows towns.
    Optional<Instant> madeAt() { return use.file().flatMap(Addresses::laidIn); }

    List<AddressDictionary.Source> sources() { return now().dictionary().sources(); }

    public AddressMatch match(String text) { return now().matcher().match(text); }

    AddressMatcher matcher() { return now().matcher(); }

    /// 版. A dictionary with its matcher, and whether it knows towns; release 0 is what the operator's settings name.
    record Edition(int release, boolean towns, AddressDictionary dictionary, AddressMatcher matcher) {
        static Edition of(int release, AddressDictionary dictionary) {
            return new Edition(release, true, dictionary, new AddressMatcher(dictionary));
        }
    }

    /// What is in use now.
    Edition edition() { return edition(use); }

    /// What the operator's settings name, in use or not.
    Edition own() { return edition(own); }

    private static Edition edition(Use use) {
        var opened = use.opened().get();
        return new Edition(use.release(), use.towns(), opened.dictionary(), opened.matcher());
    }

    /// What to keep beside a written address.
    public AddressFound found(String text) { return AddressFound.of(match(text)); }

    /// 候補の一行. A place whose name goes on from what was typed.
    public record Suggestion(String name, String kana, String postalCode, String lgCode, String machiazaId,
            Optional<Position> position) {}

    /// 検索の一頁. `more` when there are others behind it.
    record SearchPage(List<Suggestion> items, boolean more) {}

    /// Search as you type, by name and by reading; municipalities where no towns are known, or as long as no town fits.
    public List<Suggestion> search(String typed, int limit) { return search(typed, 0, limit).items(); }

    /// From the `from`th on.
    SearchPage search(String typed, int from, int limit) {
        int most = Math.min(limit, MOST);
        if (use.towns()) {
            var found = now().dictionary().search(typed, from, most);
            if (!found.towns().isEmpty() || from > 0)
                return new SearchPage(found.towns().stream().map(Addresses::suggestion).toList(), found.more());
        }
        var words = Folding.key(typed);
        if (words.isEmpty())
            return new SearchPage(List.of(), false);
        var found = authorities.all().stream().filter(a -> a.kind() != Authority.Kind.MINISTRY)
                .filter(a -> Folding.key(whole(a)).startsWith(words) || Folding.key(a.name()).startsWith(words)
                        || Folding.key(a.kana()).startsWith(words))
                .skip(from).limit(most + 1L).map(a -> new Suggestion(whole(a), a.kana(), "", a.id().code(), "",
                        Optional.empty()))
                .toList();
        return new SearchPage(found.subList(0, Math.min(most, found.size())), found.size() > most);
    }

    private String whole(Authority a) {
        var prefecture = authorities.prefectureOf(a.id());
        return a.equals(prefecture) ? a.name() : prefecture.name() + a.name();
    }

    private static Suggestion suggestion(Town t) {
        return new Suggestion(t.name(), t.kana(), t.postalCode(), t.lgCode(), t.machiazaId(), t.position());
    }

    /// The registered name of an id of this dictionary: a town's, or a municipality's where the second part is empty.
    public Optional<String> nameOf(String lgCode, String machiazaId) {
        return machiazaId.isEmpty()
                ? authorities.all().stream().filter(a -> a.kind() != Authority.Kind.MINISTRY)
                        .filter(a -> a.id().code().equals(lgCode)).map(this::whole).findFirst()
                : byId(lgCode, machiazaId).map(Town::name);
    }

    Optional<Town> byId(String lgCode, String machiazaId) { return now().dictionary().byId(lgCode, machiazaId); }

    List<Town> byPostalCode(String code) { return now().dictionary().byPostalCode(code); }
}
