package jp.kiban.standards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// 標準の束. The files of some standards, read whole: `child-allowance/standard.yaml` and so on, from the class path or from
/// a folder alike.
record Bundle(String place, SortedMap<String, String> files) {
    static final String REGISTERS = "registers.yaml";
    private static final String SHIPPED = "the class path";
    private static final int ENTRY_LIMIT = 4 * 1024 * 1024;
    private static final int TOTAL_LIMIT = 32 * 1024 * 1024;
    private static final int FILES_LIMIT = 2_000;

    /// The standards that the jar carries.
    static Bundle ofClassPath() {
        var files = new TreeMap<String, String>();
        try {
            for (var resource : new PathMatchingResourcePatternResolver().getResources("classpath*:standards/**/*.*")) {
                if (!resource.isReadable())
                    continue;
                var address = resource.getURL().toString();
                if (address.endsWith("/")) // a folder whose name has a dot: a correction
                    continue;
                files.put(address.substring(address.lastIndexOf("standards/") + "standards/".length()),
                        resource.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Bundle(SHIPPED, files);
    }

    /// Whether these are the standards that the jar carries.
    boolean isShipped() { return place.equals(SHIPPED); }

    /// Some folders, each of standards or one standard's own; `registers.yaml` beside a single standard belongs to it.
    static Bundle ofFolders(List<Path> folders) {
        var files = new TreeMap<String, String>();
        for (var folder : folders) {
            files.putAll(ofFolder(folder).files());
            var beside = folder.toAbsolutePath().normalize().resolveSibling(REGISTERS);
            if (Files.exists(folder.resolve("standard.yaml")) && Files.isRegularFile(beside))
                files.computeIfAbsent(REGISTERS, name -> text(beside));
        }
        return new Bundle(folders.stream().map(Path::toString).collect(Collectors.joining(", ")), files);
    }

    /// What was sent as a zip: a standard, or a folder of them. Refuses what is too large and every path that would lead
    /// out of it; nothing is written anywhere.
    static Bundle ofZip(InputStream sent) throws IOException {
        var files = new TreeMap<String, String>();
        long total = 0;
        try (var zip = new ZipInputStream(sent, StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName();
                if (name.contains("\\") || name.startsWith("/") || name.matches("[A-Za-z]:.*")
                        || List.of(name.split("/")).contains(".."))
                    throw new IOException("the path “" + name + "” leads out of the archive");
                if (entry.isDirectory() || name.matches("(.*/)?(\\.|__MACOSX).*"))
                    continue;
                var bytes = zip.readNBytes(ENTRY_LIMIT + 1);
                total += bytes.length;
                if (bytes.length > ENTRY_LIMIT || total > TOTAL_LIMIT || files.size() >= FILES_LIMIT)
                    throw new IOException("the archive is too large: at most " + FILES_LIMIT + " files, "
                            + ENTRY_LIMIT / 1024 / 1024 + " MB each, " + TOTAL_LIMIT / 1024 / 1024 + " MB in all");
                files.put(name, new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException broken) {
            throw new IOException("the names in the archive are not UTF-8", broken);
        }
        if (files.isEmpty())
            throw new IOException("not a zip archive, or nothing in it");
        return new Bundle("the archive", rooted(files));
    }

    /// What was sent as a folder: a standard's own, or one of them.
    static Bundle ofFiles(SortedMap<String, String> files) { return new Bundle("the folder", rooted(files)); }

    /// With the standards at the top: a lone standard gets the folder of its id, a folder around all is taken off.
    private static SortedMap<String, String> rooted(SortedMap<String, String> files) {
        if (files.containsKey("standard.yaml")) {
            var id = files.get("standard.yaml").lines().filter(l -> l.startsWith("id:")).findFirst()
                    .map(l -> l.substring(3).strip()).orElse("standard");
            return moved(files, name -> id + "/" + name);
        }
        boolean within = files.keySet().stream().map(n -> n.split("/")[0]).distinct().count() == 1
                && files.keySet().stream().noneMatch(n -> n.matches("[^/]+/standard\\.yaml"));
        return within ? moved(files, name -> name.substring(name.indexOf('/') + 1)) : files;
    }

    private static SortedMap<String, String> moved(SortedMap<String, String> files, UnaryOperator<String> name) {
        var moved = new TreeMap<String, String>();
        files.forEach((from, text) -> moved.put(name.apply(from), text));
        return moved;
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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
            // the catalogue of register items lies beside the standards, also when only one of them is read
            var catalogue = root.resolve("registers.yaml");
            if (Files.isRegularFile(catalogue))
                files.put("registers.yaml", Files.readString(catalogue));
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
