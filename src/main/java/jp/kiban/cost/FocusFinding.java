package jp.kiban.cost;

/// 指摘. One cell, column or row that breaks a rule of the specification, or that the reader stumbled over.
///
/// @param rule id in the model, or `reader.` and what the reader noted
/// @param row 0 for the file as a whole
/// @param seen what stood there, at most 120 characters
/// @param text what the rule says
public record FocusFinding(String rule, Level level, String column, long row, String seen, String text) {
    static final int LONGEST_SEEN = 120;

    public FocusFinding {
        if (seen.length() > LONGEST_SEEN)
            seen = seen.substring(0, LONGEST_SEEN) + "…";
    }

    /// A MUST that is broken; a SHOULD; something to know.
    public enum Level {
        FAULT, ADVICE, NOTE;

        public String word() { return name().toLowerCase(java.util.Locale.ROOT); }
    }
}
