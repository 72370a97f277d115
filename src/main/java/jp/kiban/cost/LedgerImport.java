package jp.kiban.cost;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.kernel.Text;

/// 取込. What was brought into the ledger at once. It counts from when it is committed until it is undone; nothing of it is ever half in.
///
/// @param origin what must not count twice: the digest of a file, the id of a quote, a month
/// @param asked what waits for a second person because a closed year is touched
public record LedgerImport(UUID id, Way way, String name, String origin, State state, Sight sight, Instant at,
        String by,
        long entries, Optional<String> committedBy, Optional<Asked> asked) {

    /// 入り方.
    public enum Way {
        FILE(new Text("表計算の表", "ひょう（Excel・CSV）", "Spreadsheet")), FOCUS(
                new Text("クラウドの請求（FOCUS）", "クラウドの請求（せいきゅう）", "Cloud bill (FOCUS)")), QUOTE(
                        new Text("見積精査から", "見積（みつもり）から", "From a quote")), METER(
                                new Text("自動計量", "じどうで はかった", "Metered"));

        private final Text title;

        Way(Text title) { this.title = title; }

        public Text title() { return title; }
    }

    /// 状態.
    public enum State {
        PREVIEW(new Text("確認前", "まだ 入れていない", "Preview")), COMMITTED(
                new Text("台帳に登録", "台帳（だいちょう）に 入れた", "In the ledger")), UNDONE(new Text("取消", "取り消した", "Undone"));

        private final Text title;

        State(Text title) { this.title = title; }

        public Text title() { return title; }
    }

    /// 見える範囲.
    public enum Sight {
        OWN(new Text("自団体のみ", "この役所だけ", "This municipality only")), SHARED(
                new Text("国と共有", "国にも 見せる", "Shared with the nation")), PUBLISHED(
                        new Text("公表", "みんなに 見せる", "Published"));

        private final Text title;

        Sight(Text title) { this.title = title; }

        public Text title() { return title; }
    }

    /// 待っている行為.
    public enum Act {
        COMMIT, UNDO
    }

    /// 二人目を待つ. Who asked for what, and why.
    public record Asked(Act act, String by, String reason) {}
}
