package jp.kiban.catalogue;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;

/// 版の移行. A ministry's word, given by two of its people, that running cases of one version may go over to a newer one: those
/// in the named stages, all others stay. Each municipality performs it itself, or does not.
///
/// @param officer who proposed it
/// @param approved by whom it was approved; empty: a proposal that only the ministry sees
/// @param stages the names of the stages whose cases move
/// @param ended the ministry took its word back; what was moved stays moved
public record Move(long id, AuthorityId ministry, String standard, VersionName from, VersionName to, Set<String> stages,
        String reason, Instant at, String officer, String officerName, Optional<Approval> approved,
        Optional<Instant> ended) {
    /// 決裁. The second person.
    public record Approval(Instant at, String officer, String officerName) {}

    public Move { stages = Set.copyOf(stages); }

    public StandardRef before() { return new StandardRef(standard, from); }

    public StandardRef after() { return new StandardRef(standard, to); }

    /// Declared and not taken back.
    public boolean isOpen() { return approved.isPresent() && ended.isEmpty(); }

    /// Waits for a second person.
    public boolean isProposed() { return approved.isEmpty() && ended.isEmpty(); }
}
