package jp.kiban.cost;

import java.util.Arrays;
import java.util.Optional;
import jp.kiban.kernel.Text;

/// 基準. What a figure of the ledger is a figure of. Figures of different baselines are never added up: against the bill of last year
/// a quote may be 2.3 times as much, against keeping the old machines for five years 8 % more, and both are true.
public enum Baseline {
    FY2018(new Text("平成30年度（目標の基準）", "平成30年度（2018年度）", "FY2018, the base of the target"),
            new Text("運用経費3割減の基準となる平成30年度に実際に払った額", "2018年度に ほんとうに はらった お金",
                    "what was really paid in FY2018, against which 30 % less is the aim")), LAST_YEAR(
                            new Text("前年度", "去年度", "Last year"),
                            new Text("その年度の前の年度に、今の仕組みに実際に払った額", "1年前に ほんとうに はらった お金",
                                    "what was really paid the year before, for what runs today")), KEEP(
                                            new Text("使い続けた場合", "今のまま使った場合", "Kept for five years"),
                                            new Text("今の仕組みを機器更新も含めて5年使い続けたと仮定した額（1年度分）",
                                                    "今の きかいを 買いかえながら 5年 使うと かかる お金（1年分）",
                                                    "what keeping today's system for five years would cost, renewal of machines included, for one year")), QUOTE(
                                                            new Text("見積", "見積（みつもり）", "Quote"),
                                                            new Text("事業者が見積もった額。まだ約束ではない", "会社が「このくらい かかる」と 言った お金",
                                                                    "what a vendor quoted; nothing is agreed yet")), CONTRACT(
                                                                            new Text("契約", "契約（けいやく）", "Contract"),
                                                                            new Text("契約で約束した額。為替や使用量で実績は変わりうる",
                                                                                    "はらうと 約束（やくそく）した お金",
                                                                                    "what was agreed; exchange rates and usage may change what is paid")), ACTUAL(
                                                                                            new Text("実績", "実績（じっせき）",
                                                                                                    "Actual"),
                                                                                            new Text("実際に払った、または計量した額",
                                                                                                    "ほんとうに はらった お金",
                                                                                                    "what was really paid or metered"));

    private final Text title;
    private final Text meaning;

    Baseline(Text title, Text meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    public Text title() { return title; }

    public Text meaning() { return meaning; }

    /// By its name or its Japanese title.
    public static Optional<Baseline> of(String words) {
        var plain = CostWords.plain(words);
        return Arrays.stream(values()).filter(b -> plain.equalsIgnoreCase(b.name()) || CostWords.plain(b.title.ja())
                .equals(plain) || CostWords.plain(b.title.ja()).replaceAll("\\(.*\\)", "").equals(plain)).findFirst();
    }
}
