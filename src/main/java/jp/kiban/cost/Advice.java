package jp.kiban.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.kiban.kernel.Text;

/// 助言. One thing that may be done to spend less: on what, how much it would have saved in the period that was looked at and how much that
/// is in a year, from which rows, how sure that is and why, and what somebody must look at before. A question to people, never an act.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Advice(Kind kind, List<String> resources, String name, BigDecimal savedYen, BigDecimal savedYenAYear,
        Evidence evidence, Sureness sureness, Text why, Text because, List<Text> checks, Optional<Commitment> commitment) {
    /// 種類, in the order in which they are worked out: what an earlier one saves, a later one no longer sees.
    public enum Kind {
        /// 使われていない資源を止める
        IDLE,
        /// 保存の種類を替える
        STORAGE,
        /// 開庁時間の外は止める
        SCHEDULE,
        /// 大きさを合わせる
        SIZE,
        /// 長く使う約束で安くする
        COMMITMENT;

        public String word() { return name().toLowerCase(Locale.ROOT); }
    }

    /// 確かさ.
    public enum Sureness {
        HIGH, MIDDLE, LOW;

        public String word() { return name().toLowerCase(Locale.ROOT); }
    }

    /// 根拠. Rows of the table that it rests on, and their first and last day.
    public record Evidence(int rows, LocalDate from, LocalDate to) {}

    /// 約束. So many yen an hour (at the price without it); how much of it the period would have used and from which share on it pays; what is
    /// owed over the term, how much of that at the start.
    ///
    /// @param needsDebtAct the term goes beyond the fiscal year it starts in: 債務負担行為 (地方自治法214条)
    /// @param others the other terms, each instead of this one, never in addition
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Commitment(int months, BigDecimal upfrontPercent, BigDecimal discountPercent,
            BigDecimal listYenPerHour, BigDecimal utilisationPercent, BigDecimal breakEvenPercent, BigDecimal owedYen,
            BigDecimal upfrontYen, LocalDate start, LocalDate end, boolean needsDebtAct, BigDecimal savedYen,
            BigDecimal savedYenAYear, List<Commitment> others) {}

    public Advice {
        resources = List.copyOf(resources);
        checks = List.copyOf(checks);
    }
}
