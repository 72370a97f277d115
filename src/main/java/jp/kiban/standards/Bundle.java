package jp.kiban.standards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// 標準の束. The files of some standards, read whole: `child-allowance/standard.yaml` and so on, from the class path or from
/// a folder alike.
record Bundle(String place, SortedMap<String, String> files) {

    /// The standards that the jar carries.
    static Bundle ofClassPath() {
        var files = new TreeMap<String, String>();
        try {
            for (var resource : new PathMatchingResourcePatternResolver().getResources("classpath*:standards/**/*.*")) {
                if (!resource.isReadable())
                    continue;
                var address = resource.getURL().toString();
                files.put(address.substring(address.lastIndexOf("standards/") + "standards/".length()),
                        resource.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Bundle("the class path", files);
    }

    /// A folder of standards, or one standard's own folder.
    static Bundle ofFolder(Path folder) {
        var root = Files.exists(folder.resolve("standard.yaml"))
                ? Optional.ofNullable(folder.toAbsolutePath().normalize().getParent()).orElse(folder)
                : folder.toAbsolutePath().normalize();
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(folder.toAbsolutePath().normalize())) {
            for (var file : all.filter(Files::isRegularFile).filter(f -> !f.getFileName().toString().startsWith("."))
                    .toList())
                files.put(root.relativize(file).toString().replace('\\', '/'),
                        new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Bundle(folder.toString(), files);
    }

    /// The names directly below a folder: `""` gives the standards.
    SortedSet<String> names(String folder) {
        var prefix = folder.isEmpty() ? "" : folder + "/";
        var names = new TreeSet<String>();
        for (var path : files.keySet())
            if (path.startsWith(prefix) && path.length() > prefix.length())
                names.add(path.substring(prefix.length()).split("/", 2)[0]);
        return names;
    }

    Optional<String> read(String path) { return Optional.ofNullable(files.get(path)); }

    boolean isFolder(String path) {
        return !files.tailMap(path + "/").isEmpty() && files.tailMap(path + "/").firstKey().startsWith(path + "/");
    }
}
