package jp.kiban.conformity;

import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.Edition;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 公表の本文との照らし合わせ. Whether a report is about the very text that is published here.
@Component
final class PublishedText {
    private final Standards standards;

    PublishedText(Standards standards) { this.standards = standards; }

    /// 結果. `reported` and `published` are the digests that were compared.
    record Compared(Kind kind, String reported, String published) {}

    /// 同じか.
    enum Kind {
        SAME,
        /// what was held against the target is not what is published
        OTHER,
        /// nothing of that name is published here
        UNPUBLISHED,
        /// the report has no digest of the version
        UNTOLD
    }

    Compared compare(JsonNode report) {
        var standard = report.path("standard");
        var edition = edition(standard.path("id").asString(""), standard.path("version").asString(""));
        var reported = standard.path("versionDigest").asString("");
        if (edition.isEmpty())
            return new Compared(Kind.UNPUBLISHED, reported, "");
        var expected = "sha-256:" + edition.get().files().digest();
        if (reported.isEmpty())
            return new Compared(Kind.UNTOLD, reported, expected);
        return new Compared(reported.equals(expected) ? Kind.SAME : Kind.OTHER, reported, expected);
    }

    private Optional<Edition> edition(String id, String version) {
        try {
            return List.of(standards.edition(StandardRef.parse(id + "@" + version))).stream().findFirst();
        } catch (NotThere | IllegalArgumentException | DateTimeException none) {
            return Optional.empty();
        }
    }
}
