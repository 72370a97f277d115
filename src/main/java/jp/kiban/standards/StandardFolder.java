package jp.kiban.standards;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.StandardRef;
import tools.jackson.databind.JsonNode;

/// 標準のフォルダ. A folder of standards (or of one) as a tool reads it: the standards with their examples, what is wrong in
/// it, and a digest of the files, so that a report can say exactly which text it was about. Needs no server.
public final class StandardFolder {
    private final Bundle bundle;
    private final List<Fault> faults = new ArrayList<>();
    private final List<ServiceStandard> standards;
    private final Map<StandardRef, List<Golden>> examples = new LinkedHashMap<>();

    /// 例. One published example: these answers on this day, under these local values, and what must come of them.
    ///
    /// @param layer the code of the local layer it is judged under, empty for none
    public record Golden(String file, String name, LocalDate filed, JsonNode answers, JsonNode local, String layer,
            JsonNode expect) {}

    private StandardFolder(Bundle bundle) {
        this.bundle = bundle;
        this.standards = StandardReader.readAll(bundle, faults);
        for (var standard : standards)
            for (var version : standard.versions())
                examples.put(version.ref(), Examples.of(bundle, version.ref(), faults).all().stream()
                        .map(e -> new Golden(e.file(), e.name(), e.filed(), e.answers(), e.local(), e.authority(),
                                e.expect()))
                        .toList());
    }

    public static StandardFolder read(Path folder) { return new StandardFolder(Bundle.ofFolder(folder)); }

    /// One version as it was published, or sent: the same as its own folder would be.
    public static StandardFolder of(StandardFiles files) { return new StandardFolder(files.bundle(Optional.empty())); }

    public List<ServiceStandard> standards() { return List.copyOf(standards); }

    public List<Fault> faults() { return List.copyOf(faults); }

    public List<Golden> examples(StandardRef ref) { return examples.getOrDefault(ref, List.of()); }

    /// Where the rules do not say what the examples want, and which rules no example reaches.
    public List<Fault> verify(StandardVersion version) {
        return Examples.of(bundle, version.ref(), new ArrayList<>()).verify(version);
    }

    /// 教示. How to appeal, as every notice of a decision says it: the template, with its placeholders.
    public Optional<String> remedies(StandardRef ref, Language language) {
        return bundle.read(ref.id() + "/" + ref.version() + "/notices/_remedies." + language.code() + ".md");
    }

    /// The digest of this version alone as a catalogue publishes it (`StandardFiles.digest`), in the form of the other.
    public String versionDigest(StandardRef ref) { return "sha-256:" + StandardFiles.of(bundle, ref).digest(); }

    /// SHA-256 over the names and contents of the standard's files, in the order of their names.
    public String digest(String standard) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            bundle.files().forEach((path, text) -> {
                if (!path.startsWith(standard + "/"))
                    return;
                byte[] content = text.getBytes(StandardCharsets.UTF_8);
                sha.update((path + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                sha.update(content);
            });
            return "sha-256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
