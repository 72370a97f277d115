package jp.kiban.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jp.kiban.address.DictionaryBuild;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 辞書の置き場. Where the files of releases lie: `registry/dictionaries/NUMBER` of the data folder, uploaded sources below it; what the
/// operator lays in himself is in `registry/incoming` and stays there. Houses that share a database share this folder, or each of
/// them is given the files.
@Component
final class DictionaryFolder {
    private final Path dictionaries;
    private final GivenFiles given;

    DictionaryFolder(@Value("${kiban.data}") Path data, GivenFiles given) {
        this.dictionaries = data.toAbsolutePath().normalize().resolve("registry").resolve("dictionaries");
        this.given = given;
    }

    Path of(int release) { return dictionaries.resolve(Integer.toString(release)); }

    Path dictionary(int release) { return of(release).resolve(DictionaryBuild.DICTIONARY); }

    Optional<Path> file(int release, String name) {
        return Optional.of(of(release).resolve(name)).filter(Files::isRegularFile);
    }

    /// 置かれているファイル. With its size, so that one sees whether it was copied whole.
    public record Incoming(String name, long bytes) {}

    /// What lies there and is not among these yet.
    List<Incoming> incoming(List<DictionaryRelease.Source> sources) {
        return given.incoming().stream()
                .filter(n -> sources.stream().noneMatch(s -> !s.uploaded() && s.name().equals(n)))
                .map(n -> new Incoming(n, size(given.inIncoming(n)))).toList();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    Path source(int release, DictionaryRelease.Source source) {
        return source.uploaded()
                ? uploaded(release, source.sha256(), source.name())
                : given.inIncoming(source.name());
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
    void forgetSources(int release) { GivenFiles.delete(of(release).resolve("sources")); }

    void forget(int release) { GivenFiles.delete(of(release)); }

    void forgetDictionary(int release) { GivenFiles.delete(dictionary(release)); }
}
