package jp.kiban.registry;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.Text;

/// 出所. Where an item of a registry comes from: the file and its line, the edition, the body whose data it is, who loaded it here and
/// who approved that, and since when it is known here.
public record Provenance(Text owner, String file, long line, LocalDate edition, String sha256, String loadedBy,
        String approvedBy, Instant knownSince) {}
