package jp.kiban.standards;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import tools.jackson.databind.JsonNode;

/// 標準のファイル一式. The files of one version of one standard, as they are published and signed: `standard.yaml` and
/// everything below the version's folder (`2024-10-01/form.schema.json`), by their paths inside the standard's folder. What
/// local governments have set at first (`layers/`) travels along, but is theirs: it is no part of the manifest. Travels as a
/// zip; the same files always give the same bytes.
public record StandardFiles(StandardRef ref, SortedMap<String, String> files) {
    private static final int MOST_FILES = 500;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    public StandardFiles { files = Collections.unmodifiableSortedMap(new TreeMap<>(files)); }

    /// The version that stands in a folder of standards or in one standard's own folder; empty when it is not there.
    public static Optional<StandardFiles> ofFolder(Path folder, StandardRef ref) {
        return Optional.of(of(Bundle.ofFolder(folder), ref)).filter(f -> f.files.containsKey("standard.yaml"));
    }

    static StandardFiles of(Bundle bundle, StandardRef ref) {
        var files = new TreeMap<String, String>();
        var version = ref.version() + "/";
        for (var file : bundle.files().tailMap(ref.id() + "/").entrySet()) {
            if (!file.getKey().startsWith(ref.id() + "/"))
                break;
            var path = file.getKey().substring(ref.id().length() + 1);
            if (path.equals("standard.yaml") || path.startsWith(version))
                files.put(path, file.getValue());
        }
        return new StandardFiles(ref, files);
    }

    /// Reads a zip as a ministry sends it: the standard's folder with one version, with or without folders around it. What is
    /// wrong goes to the faults; then there is nothing to be had.
    public static Optional<StandardFiles> ofZip(byte[] zip, List<Fault> faults) {
        return read(unzip(zip, faults), false, faults);
    }

    /// The newest version in a zip, for tools that publish nothing.
    public static Optional<StandardFiles> newestOfZip(byte[] zip, List<Fault> faults) {
        return read(unzip(zip, faults), true, faults);
    }

    /// The newest version in a folder as a browser sends it: each file by its path.
    public static Optional<StandardFiles> newestOfFolder(SortedMap<String, byte[]> folder, List<Fault> faults) {
        return read(texts(folder, MOST_FILES, faults), true, faults);
    }

    /// The files of a folder as a browser sends it, as text: no path leads out of it, hidden ones are left out, and there are no
    /// more than may be; what is wrong goes to the faults.
    static SortedMap<String, String> texts(SortedMap<String, byte[]> folder, int mostFiles, List<Fault> faults) {
        var all = new TreeMap<String, String>();
        long bytes = 0;
        for (var file : folder.entrySet()) {
            bytes += file.getValue().length;
            if (bytes > MOST_BYTES || all.size() >= mostFiles) {
                faults.add(Fault.of("", "", Fault.Kind.PACKAGE_LARGE, mostFiles, MOST_BYTES / 1024 / 1024));
                break;
            }
            decoded(file.getKey(), file.getValue(), all, faults);
        }
        return all;
    }

    private static void decoded(String path, byte[] content, SortedMap<String, String> all, List<Fault> faults) {
        var clean = path.replace('\\', '/');
        if (clean.startsWith("/") || clean.matches("[A-Za-z]:.*") || List.of(clean.split("/")).contains("..")) {
            faults.add(Fault.of(clean, "", Fault.Kind.PATH_LEAVES));
            return;
        }
        if (clean.matches("(.*/)?(\\.|__MACOSX/).*"))
            return;
        try {
            all.put(clean, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
        } catch (CharacterCodingException broken) {
            faults.add(Fault.of(clean, "", Fault.Kind.NOT_UTF8));
        }
    }

    private static Optional<StandardFiles> read(SortedMap<String, String> all, boolean newest, List<Fault> faults) {
        int before = faults.size();
        if (all.isEmpty() || !faults.isEmpty())
            return Optional.empty();
        var roots = all.keySet().stream().filter(p -> p.equals("standard.yaml") || p.endsWith("/standard.yaml"))
                .map(p -> p.substring(0, p.length() - "standard.yaml".length())).toList();
        if (roots.size() != 1) {
            faults.add(roots.isEmpty()
                    ? Fault.of("", "", Fault.Kind.NO_STANDARD_YAML)
                    : Fault.of("", "", Fault.Kind.SEVERAL_STANDARDS, roots));
            return Optional.empty();
        }
        var root = roots.getFirst();
        var files = new TreeMap<String, String>();
        all.forEach((path, text) -> {
            if (path.startsWith(root))
                files.put(path.substring(root.length()), text);
        });
        var id = new Reading("standard.yaml", faults).yaml(Optional.ofNullable(files.get("standard.yaml"))).path("id")
                .asString("");
        var versions = new TreeSet<String>();
        files.keySet().stream().filter(p -> p.indexOf('/') > 0).forEach(p -> versions.add(p.substring(0, p.indexOf(
                '/'))));
        if (!id.matches("[a-z][a-z0-9-]{1,60}"))
            faults.add(Fault.of("standard.yaml", "id", Fault.Kind.ID_LETTERS, id));
        if (versions.isEmpty() || versions.size() > 1 && !newest)
            faults.add(Fault.of("", "", Fault.Kind.ONE_VERSION, versions));
        if (faults.size() > before)
            return Optional.empty();
        var version = VersionName.read(versions.getLast());
        if (version.isEmpty())
            faults.add(Fault.of(versions.getLast(), "", Fault.Kind.VERSION_FOLDER, versions.getLast()));
        return version.map(v -> of(new Bundle(id, prefixed(id, files)), new StandardRef(id, v)));
    }

    private static SortedMap<String, String> unzip(byte[] zip, List<Fault> faults) {
        var all = new TreeMap<String, String>();
        long bytes = 0;
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var path = entry.getName().replace('\\', '/');
                var name = path.substring(path.lastIndexOf('/') + 1);
                if (entry.isDirectory() || name.startsWith(".") || path.startsWith("__MACOSX/"))
                    continue;
                if (path.startsWith("/") || List.of(path.split("/")).contains("..")) {
                    faults.add(Fault.of(path, "", Fault.Kind.PATH_LEAVES));
                    continue;
                }
                var content = in.readNBytes((int) (MOST_BYTES - bytes + 1));
                bytes += content.length;
                if (bytes > MOST_BYTES || all.size() >= MOST_FILES) {
                    faults.add(Fault.of("", "", Fault.Kind.PACKAGE_LARGE, MOST_FILES, MOST_BYTES / 1024 / 1024));
                    return all;
                }
                try {
                    all.put(path, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
                } catch (CharacterCodingException broken) {
                    faults.add(Fault.of(path, "", Fault.Kind.NOT_UTF8));
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            faults.add(Fault.of("", "", Fault.Kind.NOT_ZIP, broken.getMessage()));
            return all;
        }
        if (all.isEmpty() && faults.isEmpty())
            faults.add(Fault.of("", "", Fault.Kind.ZIP_EMPTY));
        return all;
    }

    private static SortedMap<String, String> prefixed(String id, SortedMap<String, String> files) {
        var all = new TreeMap<String, String>();
        files.forEach((path, text) -> all.put(id + "/" + path, text));
        return all;
    }

    /// As a bundle, with what all standards share.
    Bundle bundle(Optional<String> registers) {
        var all = prefixed(ref.id(), files);
        registers.ifPresent(text -> all.put("registers.yaml", text));
        return new Bundle(ref.toString(), all);
    }

    /// One file of the version's own folder, such as `decisions.dmn`.
    public Optional<String> ofVersion(String name) {
        return Optional.ofNullable(files.get(ref.version() + "/" + name));
    }

    /// `standard.yaml` as it stands: what the house does not act on, but a reader wants to know.
    public JsonNode description() {
        return new Reading("standard.yaml", new ArrayList<>()).yaml(Optional.ofNullable(files.get("standard.yaml")));
    }

    /// The package as a zip: the standard's folder, files in the order of their paths.
    public byte[] zip() {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(ref.id() + "/" + file.getKey());
                entry.setTimeLocal(ref.day().atStartOfDay());
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return out.toByteArray();
    }

    /// 目録. One line a file: its SHA-256, two spaces, its path; in the order of the paths. What `sha256sum` writes, so that
    /// anybody can make it by hand. This is what a signature is over.
    public String manifest() {
        var lines = new StringBuilder();
        files.forEach((path, text) -> {
            if (!path.startsWith(ref.version() + "/layers/"))
                lines.append(sha256(text.getBytes(StandardCharsets.UTF_8))).append("  ").append(path).append('\n');
        });
        return lines.toString();
    }

    /// 要約値. The SHA-256 of the manifest, in hexadecimal: one name for exactly these files.
    public String digest() { return sha256(manifest().getBytes(StandardCharsets.UTF_8)); }

    /// SHA-256 in hexadecimal.
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
