package jp.kiban.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.kernel.BadInput;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 渡されたファイル. What was given to the registries of this house: `registry/incoming` of the data folder, which the operator fills and
/// empties himself, and `registry/uploaded`, of which nothing stays that is not needed any more.
@Component
final class GivenFiles {
    /// An upload may be on its way into the record.
    private static final Duration YOUNG = Duration.ofHours(1);

    private final Path incoming;
    private final Path uploaded;

    GivenFiles(@Value("${kiban.data}") Path data) {
        var registry = data.toAbsolutePath().normalize().resolve("registry");
        this.incoming = registry.resolve("incoming");
        this.uploaded = registry.resolve("uploaded");
    }

    /// The names of what lies in the folder for files that are too large to upload; links are not followed.
    List<String> incoming() {
        return in(incoming).stream().filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                .map(GivenFiles::name).toList();
    }

    /// A file of that folder; refuses any name that is not in its list.
    Path incoming(String name) {
        if (!incoming().contains(name))
            throw BadInput.of("incoming", "registry.file", Words.text("registry.error.no-file", name));
        return incoming.resolve(name);
    }

    /// Where a file of that folder lies, or lay.
    Path inIncoming(String name) { return incoming.resolve(name); }

    /// Keeps an upload in a place of its own, under the name that says what it is.
    Path take(String name, InputStream content) throws IOException {
        var place = Files.createDirectories(uploaded.resolve(UUID.randomUUID().toString()));
        var to = place.resolve(name.isEmpty() ? "file" : name);
        Files.copy(content, to);
        return to;
    }

    /// Takes an upload away again; nothing happens to a file of the operator.
    void forget(Path file) {
        if (file.startsWith(uploaded))
            delete(Optional.ofNullable(file.getParent()).orElse(file));
    }

    /// Whether a file of this name is in this house.
    boolean has(String name) { return !named(name).isEmpty(); }

    /// The file of a load, by its content.
    Optional<SourceFile> of(Loading loading) {
        return named(loading.file()).stream().map(SourceFile::look).filter(f -> f.sha256().equals(loading.sha256()))
                .findFirst();
    }

    private List<Path> named(String name) {
        var places = new java.util.ArrayList<>(in(uploaded));
        places.add(incoming);
        return places.stream().map(p -> p.resolve(name)).filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /// Takes uploads away that no load needs: of loads that are done, of what was refused or cut off while it came. Answers how many.
    int tidy(Collection<String> needed) {
        int gone = 0;
        for (var place : in(uploaded)) {
            if (in(place).stream().map(GivenFiles::name).anyMatch(needed::contains) || young(place))
                continue;
            delete(place);
            gone++;
        }
        return gone;
    }

    /// By the machine's own time, which its files have too: a house may be told another day.
    private static boolean young(Path place) {
        try {
            return Files.getLastModifiedTime(place).toMillis() + YOUNG.toMillis() > System.currentTimeMillis();
        } catch (IOException gone) {
            return true;
        }
    }

    private static String name(Path file) { return String.valueOf(file.getFileName()); }

    private static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder))
            return List.of();
        try (var all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void delete(Path path) {
        if (!Files.exists(path))
            return;
        try (var all = Files.walk(path)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(one);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
