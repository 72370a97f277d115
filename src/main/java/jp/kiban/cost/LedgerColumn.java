package jp.kiban.cost;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Text;

/// 様式の欄. A column of the ledger's template; a heading may be said in any of the three languages or as vendors and town halls say it.
enum LedgerColumn {
    YEAR(true, "年度", "年度", "Fiscal year", "会計年度"), SYSTEM(true, "業務", "業務（しごと）", "System", "業務名", "システム",
            "システム名"), KIND(true, "費目", "お金の種類", "Kind of cost", "経費区分", "費用区分"), BASELINE(true, "基準", "何の数字か",
                    "Baseline", "数字の種類"), NAME(false, "名称", "名前", "Name", "品名", "内容", "件名"), SUPPLIER(false, "事業者",
                            "会社", "Supplier", "会社名", "事業者名", "支払先"), AMOUNT(true, "金額", "金額", "Amount", "金額(円)",
                                    "額"), CURRENCY(false, "通貨", "通貨（お金の単位）", "Currency"), RATE(false, "為替レート",
                                            "1単位は何円か", "Yen per unit", "換算レート",
                                            "レート"), RATE_DAY(false, "為替の日", "レートの日", "Day of the rate", "レート基準日"), TAX(
                                                    true, "税の別", "税が入っているか", "Tax", "税込・税抜", "消費税",
                                                    "税区分"), TAX_PERCENT(false, "税率（%）", "税の割合（%）", "Tax percent", "税率",
                                                            "消費税率"), FROM(false, "開始日", "始まる日", "From", "期間自",
                                                                    "開始"), TO(false, "終了日", "終わる日", "To", "期間至",
                                                                            "終了"), CASES(false, "件数", "件数", "Cases",
                                                                                    "処理件数"), SOURCE(true, "出典",
                                                                                            "どこに書いてあるか", "Source",
                                                                                            "根拠資料",
                                                                                            "根拠"), CONFIDENCE(true,
                                                                                                    "確からしさ", "どのくらい確かか",
                                                                                                    "Confidence",
                                                                                                    "確度"), NOTE(false,
                                                                                                            "備考", "メモ",
                                                                                                            "Note",
                                                                                                            "摘要");

    private final boolean required;
    private final Text title;
    private final List<String> others;

    LedgerColumn(boolean required, String ja, String easy, String en, String... others) {
        this.required = required;
        this.title = new Text(ja, easy, en);
        this.others = List.of(others);
    }

    boolean isRequired() { return required; }

    Text title() { return title; }

    static Optional<LedgerColumn> under(String heading) {
        var plain = CostWords.plain(heading).replaceAll("[*※]", "");
        return plain.isEmpty()
                ? Optional.empty()
                : Arrays.stream(values()).filter(c -> c.others.stream().anyMatch(o -> CostWords.plain(o).equals(plain))
                        || CostWords.plain(c.title.ja()).equals(plain) || CostWords.plain(c.title.easy()).equals(plain)
                        || CostWords.plain(c.title.en()).equals(plain) || c.name().replace("_", "").equalsIgnoreCase(
                                plain.replace("_", "")))
                        .findFirst();
    }
}
