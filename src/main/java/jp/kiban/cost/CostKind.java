package jp.kiban.cost;

import java.util.Arrays;
import java.util.Optional;
import jp.kiban.kernel.Text;

/// 費目. What the money is for: the ten items of the published table of the advance projects, what came with the move to the cloud, and
/// the municipality's own people. Codes are those of quotes.
public enum CostKind {
    OPERATION("op_work", new Text("システム運用作業", "システムを動かす作業（さぎょう）", "System operation work")), HARDWARE_WORK(
            "hw_maint_work",
            new Text("ハードウェア保守作業", "きかいを直す作業（さぎょう）", "Hardware maintenance work")), OUTSOURCING("other_outsourcing",
                    new Text("その他外部委託", "ほかに たのんだ 仕事", "Other outsourcing")), HARDWARE_LEASE("hw_lease",
                            new Text("ハードウェア借料", "きかいを借りるお金", "Hardware lease")), HARDWARE_MAINTENANCE("hw_maint",
                                    new Text("ハードウェア保守費", "きかいを直すお金", "Hardware maintenance")), SOFTWARE_LEASE(
                                            "sw_lease",
                                            new Text("ソフトウェア借料", "ソフトを借りるお金", "Software lease")), SOFTWARE_MAINTENANCE(
                                                    "sw_maint",
                                                    new Text("ソフトウェア保守費", "ソフトを直すお金",
                                                            "Software maintenance")), DATA_CENTRE(
                                                                    "dc",
                                                                    new Text("データセンター利用費", "データセンターを使うお金",
                                                                            "Data centre")), LINE(
                                                                                    "line",
                                                                                    new Text("通信回線費", "回線（かいせん）のお金",
                                                                                            "Lines")), CLOUD(
                                                                                                    "cloud",
                                                                                                    new Text("クラウド利用経費",
                                                                                                            "クラウドを使うお金",
                                                                                                            "Cloud")), OPERATION_HELP(
                                                                                                                    "ops_help",
                                                                                                                    new Text(
                                                                                                                            "運用管理補助",
                                                                                                                            "動かすことを手伝う仕事",
                                                                                                                            "Help with operation")), SECURITY(
                                                                                                                                    "security",
                                                                                                                                    new Text(
                                                                                                                                            "セキュリティ",
                                                                                                                                            "セキュリティ",
                                                                                                                                            "Security")), LABOUR(
                                                                                                                                                    "labour",
                                                                                                                                                    new Text(
                                                                                                                                                            "職員の人件費",
                                                                                                                                                            "職員（しょくいん）の給料（きゅうりょう）",
                                                                                                                                                            "The municipality's own staff")), ONE_OFF(
                                                                                                                                                                    "one_off",
                                                                                                                                                                    new Text(
                                                                                                                                                                            "一時経費",
                                                                                                                                                                            "一回だけのお金",
                                                                                                                                                                            "One-off")), OTHER(
                                                                                                                                                                                    "other",
                                                                                                                                                                                    new Text(
                                                                                                                                                                                            "その他",
                                                                                                                                                                                            "そのほか",
                                                                                                                                                                                            "Other"));

    private final String code;
    private final Text title;

    CostKind(String code, Text title) {
        this.code = code;
        this.title = title;
    }

    public String code() { return code; }

    public Text title() { return title; }

    /// One-off costs are no running costs (運用経費等) and are left out of the target.
    public boolean isRunning() { return this != ONE_OFF; }

    /// By its code, its name, its Japanese title or a name that vendors use.
    public static Optional<CostKind> of(String words) {
        var plain = CostWords.plain(words);
        var own = Arrays.stream(values()).filter(k -> plain.equals(k.code) || plain.equalsIgnoreCase(k.name())
                || plain.equals(CostWords.plain(k.title.ja()))).findFirst();
        return own.isPresent() || plain.isEmpty()
                ? own
                : QuoteForm.shipped().item(words).flatMap(i -> Arrays.stream(values()).filter(k -> k.code.equals(i
                        .key())).findFirst());
    }
}
