package jp.kiban.statistics;

/// 指標. What can be shown for an area and a fiscal year, with its unit. Names are stable: they are the API's.
public enum Measure {
    /// 申請 (件).
    CLAIMS("claims", Unit.COUNT),
    /// 認定 (件).
    GRANTS("grants", Unit.COUNT),
    /// 却下 (件).
    REFUSALS("refusals", Unit.COUNT),
    /// 認定した額の合計 (円): the sum of the first months' amounts of the grants, or of what they pay once.
    MONTHLY_YEN("monthlyYen", Unit.YEN),
    /// 振込額 (円): what was sent to the bank less what came back.
    SENT_YEN("sentYen", Unit.YEN),
    /// 処理日数の中央値 (days from arrival to decision, without days of correction).
    MEDIAN_DAYS("medianDays", Unit.DAYS),
    /// 処理日数の90パーセンタイル.
    P90_DAYS("p90Days", Unit.DAYS),
    /// 入力時間の中央値 (seconds from opening the form to sending it).
    MEDIAN_SECONDS("medianSeconds", Unit.SECONDS),
    /// 入力時間の90パーセンタイル.
    P90_SECONDS("p90Seconds", Unit.SECONDS),
    /// 入力ゼロの割合 (%): claims in which the resident typed nothing.
    ZERO_TYPED("zeroTyped", Unit.PERCENT);

    /// 単位.
    public enum Unit {
        COUNT, YEN, DAYS, SECONDS, PERCENT
    }

    private final String key;
    private final Unit unit;

    Measure(String key, Unit unit) {
        this.key = key;
        this.unit = unit;
    }

    /// In addresses, files and the API.
    public String key() { return key; }

    public Unit unit() { return unit; }
}
