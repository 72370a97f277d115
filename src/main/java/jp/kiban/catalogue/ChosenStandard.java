package jp.kiban.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.standards.Edition;
import jp.kiban.standards.Fault;
import jp.kiban.standards.FaultyStandards;
import jp.kiban.standards.StandardFiles;
import jp.kiban.standards.Standards;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/// 選んだ標準. The version that a tool works on: a published one by its name (`child-allowance@2024-10-01`), or one that was
/// sent, as a zip or as a folder. Nothing that is sent is kept.
@Component
final class ChosenStandard {
    private static final long LARGEST = 8L * 1024 * 1024;
    private static final int MOST_FINDINGS = 200;
    private final Standards standards;

    ChosenStandard(Standards standards) { this.standards = standards; }

    /// What was given of one version, and the names of its fields, where findings go.
    record Given(String standard, @Nullable MultipartFile file, @Nullable List<MultipartFile> folder, String prefix) {
        String field(String name) {
            return prefix.isEmpty()
                    ? name
                    : prefix + name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
        }

        boolean sent() { return isGiven(file) || !parts().isEmpty(); }

        private List<MultipartFile> parts() {
            return folder == null ? List.of() : folder.stream().filter(ChosenStandard::isGiven).toList();
        }
    }

    /// What was found: the files, and the edition where it is a published one.
    record Found(StandardFiles files, Optional<Edition> edition) {}

    static boolean isGiven(@Nullable MultipartFile file) { return file != null && !file.isEmpty(); }

    /// Every published version, by its name, for a list to choose from.
    Map<String, String> choices(Language language) {
        var choices = new LinkedHashMap<String, String>();
        choices.put("", ToolWords.in(language, "catalogue.tool.choose"));
        for (var standard : standards.all())
            for (var edition : standards.editions(standard.id()))
                choices.put(edition.ref().toString(), standard.name().in(language) + " " + edition.ref().version());
        return choices;
    }

    /// The version; what is wrong goes to the findings.
    Optional<Found> find(Given given, List<Finding> findings) {
        int ways = (given.standard.isBlank() ? 0 : 1) + (isGiven(given.file) ? 1 : 0) + (given.parts().isEmpty()
                ? 0
                : 1);
        if (ways == 0) {
            findings.add(finding(given.field("standard"), "standard-missing"));
            return Optional.empty();
        }
        if (ways > 1) {
            findings.add(finding(given.field("standard"), "standard-several"));
            return Optional.empty();
        }
        return given.sent() ? sent(given, findings) : published(given, findings);
    }

    private Optional<Found> published(Given given, List<Finding> findings) {
        var edition = published(given.standard);
        if (edition.isEmpty())
            findings.add(finding(given.field("standard"), "standard-unknown", given.standard));
        return edition.map(e -> new Found(e.files(), Optional.of(e)));
    }

    /// The published version of that name.
    Optional<Edition> published(String name) {
        try {
            return Optional.of(standards.edition(StandardRef.parse(name.strip())));
        } catch (NotThere | IllegalArgumentException | DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<Found> sent(Given given, List<Finding> findings) {
        var faults = new ArrayList<Fault>();
        Optional<StandardFiles> files = Optional.empty();
        var where = isGiven(given.file) ? given.field("file") : given.field("folder");
        try {
            if (isGiven(given.file)) {
                if (Objects.requireNonNull(given.file).getSize() > LARGEST) {
                    findings.add(finding(where, "large", LARGEST / 1024 / 1024));
                    return Optional.empty();
                }
                files = StandardFiles.newestOfZip(given.file.getBytes(), faults);
            } else {
                if (given.parts().stream().mapToLong(MultipartFile::getSize).sum() > LARGEST) {
                    findings.add(finding(where, "large", LARGEST / 1024 / 1024));
                    return Optional.empty();
                }
                var all = new TreeMap<String, byte[]>();
                for (var part : given.parts())
                    all.put(Optional.ofNullable(part.getOriginalFilename()).orElse(""), part.getBytes());
                files = StandardFiles.newestOfFolder(all, faults);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        told(where, faults, findings);
        return files.filter(f -> faults.isEmpty()).map(f -> new Found(f, Optional.empty()));
    }

    /// The faults of a standard, each a finding of the field that it was sent in.
    static void told(String where, List<Fault> faults, List<Finding> findings) {
        faults.stream().limit(MOST_FINDINGS).forEach(f -> findings.add(new Finding(where, "standard." + f.code(), f
                .told())));
        if (faults.size() > MOST_FINDINGS)
            findings.add(finding(where, "more", faults.size() - MOST_FINDINGS));
    }

    static BadInput faulty(String where, FaultyStandards faulty) {
        var findings = new ArrayList<Finding>();
        told(where, faulty.faults(), findings);
        return new BadInput(findings);
    }

    static Finding finding(String where, String code, Object... with) {
        Text text = ToolWords.text("catalogue.tool.error." + code, with);
        return new Finding(where, "tool." + code, text);
    }
}
