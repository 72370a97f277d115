package jp.kiban.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.kiban.address.DictionaryBuild;
import jp.kiban.kernel.BadInput;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 辞書の置き場. Where the files of releases lie: `registry/dictionaries/NUMBER` of the data folder, uploaded sources below it; what the
/// operator lays in himself is in `registry/incoming` and stays there. Houses that share a database share this folder, or each of
/// them is given the files.
@Component
final class DictionaryFolder {
    private final Path registry;

    DictionaryFolder(@Value("${kiban.data}") Path data) {
        this.registry = data.toAbsolutePath().normalize().resolve("registry");
    }

    Path of(int release) { return registry.resolve("dictionaries").resolve(Integer.toString(release)); }

    Path dictionary(int release) { return of(release).resolve(DictionaryBuild.DICTIONARY); }

    Optional<Path> file(int release, String name) {
        return Optional.of(of(release).resolve(name)).filter(Files::isRegularFile);
    }

    /// What lies in the folder for files that are too large to upload; links are not followed.
    List<String> incoming() {
        var incoming = registry.resolve("incoming");
        if (!Files.isDirectory(incoming))
            return List.of();
        try (var all = Files.list(incoming)) {
            return all.filter(f -> Files.isRegularFile(f, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// A file of that folder; refuses any name that is not in its list.
    Path incoming(String name) {
        if (!incoming().contains(name))
            throw BadInput.of("incoming", "registry.file", Words.text("registry.error.no-file", name));
        return registry.resolve("incoming").resolve(name);
    }

    Path source(int release, DictionaryRelease.Source source) {
        return source.uploaded()
                ? uploaded(release, source.sha256(), source.name())
                : registry.resolve("incoming").resolve(source.name());
    }

    /// Each uploaded file in a folder of its digest: two may have one name.
    Path uploaded(int release, String sha256, String name) {
        return of(release).resolve("sources").resolve(sha256.substring(0, 16)).resolve(name);
    }

    /// The name as published, without what a file system or a reader may take otherwise.
    static String name(String given) {
        String plain = given.replaceAll(".*[/\\\\]", "").replaceAll("[^\\p{L}\\p{N}._-]", "_").replaceFirst("^\\.+",
                "");
        String cut = plain.length() > 100 ? plain.substring(plain.length() - 100) : plain;
        return cut.isEmpty() ? "file" : cut;
    }

    /// Takes the uploaded sources of a release away; what the build found stays.
    void forgetSources(int release) { delete(of(release).resolve("sources")); }

    void forget(int release) { delete(of(release)); }

    void forgetDictionary(int release) { delete(dictionary(release)); }

    void delete(Path path) {
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
