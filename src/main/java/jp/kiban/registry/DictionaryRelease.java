package jp.kiban.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.address.Refusal;

/// 辞書の版. One release of the address dictionary: what it is made of, what building it found, and how it differs from the one in use.
public record DictionaryRelease(int id, Stage stage, String note, String creator, Instant begunAt, int done, int of,
        String step, int tries, List<Refusal> said, Optional<Built> built) {

    /// 段階. COLLECTING 元データを集めている, BUILDING 作成中, BUILT 作成済み, DISCARDED 廃棄.
    public enum Stage {
        COLLECTING, BUILDING, BUILT, DISCARDED
    }

    /// The build was cut off and is done again from its beginning.
    public boolean again() { return stage == Stage.BUILDING && tries > 1; }

    /// How far the build is, of a hundred.
    public int percent() { return of == 0 ? 0 : Math.min(99, 100 * done / of); }

    /// 作成の結果. `before` is the version that the difference is from, empty when there was none with towns.
    public record Built(Instant at, String version, String sha256, long bytes, long towns, long defects, String before,
            long appeared, long gone, long renamed, long moved) {
        /// So many ids would go that a source may have been forgotten.
        public boolean manyGone() { return gone > 1_000 && gone * 100 > towns + gone; }
    }

    /// 元データ. One source file; what it holds is known after a build.
    public record Source(int position, String name, boolean uploaded, long bytes, String sha256, String kinds,
            long rows, long defects) {}

    /// 適用. Release 0 is what the operator's settings name.
    public record Order(int id, int release, OrderStage stage, Optional<LocalDate> day, String proposer,
            Instant proposedAt, String decider, Optional<Instant> decidedAt, Optional<Instant> effectiveAt,
            String note) {
        public boolean effective(Instant now) {
            return stage == OrderStage.APPROVED && effectiveAt.map(e -> !e.isAfter(now)).orElse(false);
        }
    }

    /// 適用の段階. PROPOSED 承認待ち, APPROVED 承認済み, SENT_BACK 差戻し, WITHDRAWN 取下げ.
    public enum OrderStage {
        PROPOSED, APPROVED, SENT_BACK, WITHDRAWN
    }
}
