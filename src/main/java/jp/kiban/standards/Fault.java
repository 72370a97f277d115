package jp.kiban.standards;

import java.util.Arrays;
import java.util.Locale;
import jp.kiban.flow.FlowFault;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import org.jspecify.annotations.Nullable;

/// 標準の誤り. One thing that is wrong in a standard's folder: in which file, on which line, where in it, what was seen, and how
/// to mend it, in the three languages. A warning is told but refuses nothing.
///
/// @param line from 1; 0 when it concerns the whole file
/// @param place the path inside the file (`values[2].key`, the name of an example, `表!B3` of a workbook)
/// @param code the kind of fault, stable: `word-missing`, `flow.dead-end`
/// @param words what was seen
/// @param remedy one sentence that says what to do
public record Fault(String file, int line, int column, String place, String code, Text words, Text remedy,
        boolean warning) {

    /// 誤りの種類. Every kind of fault that the check knows; its words are `standards.fault.CODE` and
    /// `standards.fault.CODE.mend` of `messages/standards`.
    public enum Kind {
        FILE_MISSING, MAPPING_WANTED, UNREADABLE, TEXT_LANGUAGES, LAW_MISSING, WORD_MISSING, WHOLE_NUMBER, NUMBER_WANTED, DATE_WANTED, AUTHORITY_CODE, ID_FOLDER, NOTICE_DAYS, VERSION_FOLDER, ID_LETTERS, NO_VERSION, VARIATION_MISSING, NOTICE_MISSING, FLOW_MISSING, TASK_WORDS, TASK_UNKNOWN, FLOW_WITHDRAWAL(
                true), AUTOMATIC_FLOW, SEND_NOTICE, CONFIDENCE, VALUE_COLUMNS, VALUE_NAMES, PAY_MONTHS, FORMAT_NUMBER, PAY_CALENDAR, OUTCOMES_MISSING, RESULT_KEY, RESULT_TAKEN, CHOICES_FOR_CHOICE, ONE_OF, PAGE_EMPTY, PAGES_MISSING, LABEL_WITHOUT_PAGE, PROPERTY_MISSING, ON_TWO_PAGES, SHIELD, CLASS_UNKNOWN, KIND_UNKNOWN, CORPORATION_TYPE, CORPORATION_PATTERN, CONDITION, CHOICES_ENUM, NOT_DESCRIBED, KEYWORD_UNKNOWN, DECLARED_TWICE, FORMULA_UNKNOWN, LAYER_NAME, LAYER_FILE, VALUES_MAPPING, LAYER_VALUE, LAYER_ASKS_AGAIN, ORDINANCE_MISSING, VARIATION_KEY, CHOICES_MISSING, LIMITS_MISSING, COLUMNS_MISSING, FLAG, DEFAULT_VALUE, LIMITS_CROSSED, FORMAT_WORD, ITEM_ID, SHAPE_WANTED, NO_TABLE, ANNOTATIONS, INPUT_NAME, REASON_COLUMN, REASON_CODE, REASON_TWICE, EXPLANATION, LITERAL, ARTICLE, XML_BROKEN, NOT_DMN, DMN_ENGINE, INPUT_DATA, DECISION_MISSING, NOTICE_NAME, NOTICE_TITLE, NOTICE_LANGUAGE, NOTICE_FACTS, PART_MISSING, SECTION_CLOSES, SECTION_OPEN, FACT_NAMELESS, FACT_UNKNOWN, FLOW_FEEL, NO_EXAMPLES, EXAMPLE_STOPPED, RULE_UNREACHED, EXPECTATION_UNKNOWN, LAYER_ABSENT, REASON_EXPECTED, REASON_UNEXPECTED, NOTHING_EXPECTED, EXAMPLE_DIFFERS, BOUNDARIES(
                        true), SENTENCE_LONG(
                                true), READING_MISSING(true), REGISTER_ITEM, ASKED_AGAIN, GATE, PERSON_UNSHIELDED(
                                        true), MINISTRY_UNKNOWN, EXPORT_UNKNOWN, UNCOUNTABLE, LAW_WITHOUT_ARTICLE(
                                                true), GRANT_KEEPER, GRANT_KEY, GRANT_EMPTY, GRANT_STANDARD, GRANT_WORD, GRANT_RESULT, GRANT_CHOICE, NO_STANDARD, NO_STANDARD_YAML, SEVERAL_STANDARDS, ONE_VERSION, PATH_LEAVES, PACKAGE_LARGE, NOT_UTF8, NOT_ZIP, ZIP_EMPTY, TABLE_MISSING, FIRST_CELL, TABLE_UNKNOWN, HIT_POLICY, COLUMN_MOVED, NO_COLUMN, RULE_UNKNOWN, ROW_TWICE, SCHEMA_REQUIRED, SCHEMA_MISSPELT, SCHEMA_UNKNOWN, SCHEMA_ONE_OF, SCHEMA_CONST, SCHEMA_TYPE, SCHEMA_FORM, SCHEMA_LEAST, SCHEMA_MOST, SCHEMA_EMPTY, SCHEMA_OTHER;

        private final boolean warning;

        Kind() { this(false); }

        Kind(boolean warning) { this.warning = warning; }

        public String code() { return name().toLowerCase(Locale.ROOT).replace('_', '-'); }
    }

    /// @param with what the words of the kind name: `Text` in the reader's language, anything else as it writes itself
    static Fault of(String file, String place, Kind kind, @Nullable Object... with) {
        var key = "standards.fault." + kind.code();
        return new Fault(file, 0, 0, place, kind.code(), Words.text(key, with), Words.text(key + ".mend", with),
                kind.warning);
    }

    static Fault of(String file, FlowFault flow) {
        return new Fault(file, flow.line(), 0, "", "flow." + flow.kind().code(), flow.words(), flow.remedy(), false);
    }

    Fault at(int line, int column) { return new Fault(file, line, column, place, code, words, remedy, warning); }

    /// The same fault where somebody else looks for it: in a workbook, on its cell.
    Fault in(String file, String place) { return new Fault(file, 0, 0, place, code, words, remedy, warning); }

    boolean is(Kind... kinds) { return Arrays.stream(kinds).anyMatch(k -> k.code().equals(code)); }

    /// What was seen, in English.
    public String message() { return words.en(); }

    /// What to do, in English.
    public String mend() { return remedy.en(); }

    /// One line: `FILE:LINE:COLUMN: PLACE: what → how to mend it`.
    public String told(Language language) {
        return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "") + ": "
                + (warning ? Words.in(language, "standards.warning") + ": " : "")
                + (place.isEmpty() ? "" : place + ": ") + words.in(language) + " → " + remedy.in(language);
    }

    /// The line in the three languages.
    public Text told() { return new Text(told(Language.JA), told(Language.JA_EASY), told(Language.EN)); }

    @Override
    public String toString() { return told(Language.EN); }
}
