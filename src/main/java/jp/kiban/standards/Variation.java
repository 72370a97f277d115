package jp.kiban.standards;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;

/// 独自施策の一項目. One point that a local government may set, within limits: fixed by nobody but the standard.
///
/// @param choices the allowed values of a choice, a formula, a set or an ordered list, else empty
/// @param always values that a set always holds
/// @param columns of a table, else empty
/// @param ordinanceNeeded the local government names its ordinance (条例) when it sets this
/// @param mayChangeExamples a local value may make a national example come out otherwise; else such a value is refused
public record Variation(String key, Text name, Text explanation, Type type, JsonNode byDefault, Limits limits,
        List<Choice> choices, List<String> always, List<Column> columns, Optional<String> unit,
        boolean ordinanceNeeded, boolean mayChangeExamples, LegalBasis basis) {

    /// 型. What kind of value. INTEGER, YEN, DECIMAL: a number. CHOICE: one of the choices. FORMULA: one of the formulas
    /// that the rules name. SET, ORDERED: some of the choices, the second in an order that counts. DATE: `2026-04-01`.
    /// RECURRENCE: days that come again, `every month 25` (`Recurrence`). TABLE: rows of columns. FIELD: questions the
    /// municipality adds (`ExtraField`). DOCUMENT: papers it asks for (`ExtraDocument`). TEXT: words, or words in three
    /// languages. ORDINANCE: the name or number of an ordinance, or nothing.
    public enum Type {
        INTEGER, YEN, DECIMAL, CHOICE, YES_NO, SET, ORDERED, DATE, RECURRENCE, TABLE, FORMULA, FIELD, DOCUMENT, TEXT, ORDINANCE;

        public Text title() { return Words.text("standards.type." + name()); }

        /// A number.
        public boolean isNumber() { return this == INTEGER || this == YEN || this == DECIMAL; }

        /// One of the choices.
        public boolean isChoice() { return this == CHOICE || this == FORMULA; }

        /// Some of the choices.
        public boolean isList() { return this == SET || this == ORDERED; }
    }

    /// 範囲. The least and the most: of a number the value, of a text its letters, of a list its entries, of a table its rows;
    /// of a date the first and the last day.
    public record Limits(Optional<BigDecimal> min, Optional<BigDecimal> max, Optional<LocalDate> earliest,
            Optional<LocalDate> latest) {
        static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        boolean holds(BigDecimal number) {
            return min.stream().allMatch(m -> number.compareTo(m) >= 0)
                    && max.stream().allMatch(m -> number.compareTo(m) <= 0);
        }

        boolean holds(LocalDate day) {
            return earliest.stream().noneMatch(day::isBefore) && latest.stream().noneMatch(day::isAfter);
        }

        int min(int otherwise) { return min.map(BigDecimal::intValue).orElse(otherwise); }

        int max(int otherwise) { return max.map(BigDecimal::intValue).orElse(otherwise); }

        /// `1–28`, for people; empty when there is no limit.
        public String words() {
            var low = min.map(BigDecimal::toPlainString).or(() -> earliest.map(LocalDate::toString)).orElse("");
            var high = max.map(BigDecimal::toPlainString).or(() -> latest.map(LocalDate::toString)).orElse("");
            if (low.isEmpty() && high.isEmpty())
                return "";
            return low.isEmpty() ? "≤ " + high : high.isEmpty() ? "≥ " + low : low + "–" + high;
        }
    }

    /// 列. One column of a table: of a plain type (INTEGER, YEN, DECIMAL, CHOICE, YES_NO, DATE, TEXT).
    ///
    /// @param required a cell may not be left empty
    public record Column(String key, Text name, Type type, Limits limits, List<Choice> choices, boolean required) {
        public Column { choices = List.copyOf(choices); }
    }

    public Variation {
        choices = List.copyOf(choices);
        always = List.copyOf(always);
        columns = List.copyOf(columns);
    }

    /// What is wrong with this local value, everything at once, of a table cell by cell (`points[0].score`); empty when it
    /// may be set.
    public List<Finding> check(JsonNode value) { return new VariationCheck(this).of(value); }

    /// The most rows or entries that a table, a list of questions or of papers may have.
    public int mostRows() {
        return limits.max(switch (type) {
            case TABLE -> 200;
            case FIELD, DOCUMENT -> 10;
            default -> Math.max(1, choices.size());
        });
    }
}
