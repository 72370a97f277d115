package jp.kiban.standards;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Wareki;

import tools.jackson.databind.JsonNode;

/// 国の値. One value that the law or the ministry fixes, from a day on; no local government may change it.
///
/// @param name what it is called on public pages; a standard of an older format has none
/// @param columns of a value that is a table
/// @param confirmed whether it was held against its source
public record NationalValue(String key, Optional<Text> name, Optional<Text> unit, List<Column> columns,
        JsonNode value, LocalDate from, LegalBasis basis, boolean confirmed) {

    /// 列. What one key of the rows means.
    public record Column(String key, Text name, Optional<Text> unit) {}

    public NationalValue { columns = List.copyOf(columns); }

    /// The name, or the key of a value without one.
    public Text called() { return name.orElseGet(() -> Text.same(key)); }

    public boolean isTable() { return value.isArray() || value.isObject(); }

    /// The value as a person reads it: `18歳`, `令和2年4月27日`, `100,000円`; of a table nothing.
    public String written(Language language) { return isTable() ? "" : written(value, unit, language); }

    /// One cell of a table.
    public String written(JsonNode cell, Column column, Language language) {
        return written(cell, column.unit(), language);
    }

    private static String written(JsonNode value, Optional<Text> unit, Language language) {
        if (value.isString() && value.asString().matches("\\d{4}-\\d{2}-\\d{2}"))
            return Wareki.in(language, LocalDate.parse(value.asString()));
        if (value.isBoolean())
            return Words.in(language, "standards.value." + value.asBoolean());
        var number = value.isIntegralNumber() ? String.format("%,d", value.asLong()) : value.asString("");
        return number + unit.map(u -> (language == Language.EN && !u.en().equals("‰") ? " " : "") + u.in(language))
                .orElse("");
    }
}
