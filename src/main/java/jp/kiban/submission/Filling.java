package jp.kiban.submission;

import java.text.Normalizer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.letters.CorporateNumber;
import jp.kiban.letters.Kana;
import jp.kiban.letters.Letters;
import jp.kiban.letters.PhoneNumber;
import jp.kiban.letters.PostalCode;
import jp.kiban.letters.WrittenDate;
import jp.kiban.standards.Field;
import jp.kiban.standards.FormPage;
import jp.kiban.standards.StandardVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 記入. From what a page sent to answers, and answers brought into order. What a register said is never overwritten here,
/// whatever a page sends.
final class Filling {
    private static final int MOST_ROWS = 20;
    private static final int LONGEST = 2_000;

    private Filling() {}

    /// The answers with what the page sent for its own fields. Fields that the page did not send keep their value. `written` is told
    /// how a value was written where the answer is another text, and an empty text where it is the same.
    static ObjectNode fill(FormPage page, Known known, ObjectNode answers, Map<String, List<String>> sent,
            Map<String, String> written) {
        var filled = answers.deepCopy();
        for (var field : page.fields()) {
            switch (field.kind()) {
                case TABLE -> rows(field, known, filled, sent, written);
                case ACCOUNT -> account(field, known, filled, sent, written);
                case PHOTO -> {
                    // files come by their own way
                }
                case TEXT, TEXTAREA, KANA, ADDRESS, CORPORATION, POSTAL_CODE, DATE, INTEGER, YEN, CHOICE, MULTI_CHOICE,
                        YES_NO, TEL,
                        EMAIL,
                        CONSENT -> {
                    if (!known.locks(field))
                        put(field, field.path(), filled, sent, written);
                }
            }
        }
        return filled;
    }

    private static void rows(Field table, Known known, ObjectNode answers, Map<String, List<String>> sent,
            Map<String, String> written) {
        int count = Answers.at(answers, table.path()).map(JsonNode::size).orElse(0);
        for (int row = 0; row < count; row++)
            for (var column : table.columns())
                if (!known.locks(table, column, row))
                    put(column, table.path() + "[" + row + "]." + column.path(), answers, sent, written);
    }

    private static void account(Field account, Known known, ObjectNode answers, Map<String, List<String>> sent,
            Map<String, String> written) {
        if (known.locks(account))
            return;
        for (var part : account.columns())
            put(part, account.path() + "." + part.path(), answers, sent, written);
    }

    private static void put(Field field, String path, ObjectNode answers, Map<String, List<String>> sent,
            Map<String, String> written) {
        read(field.kind(), path, sent).ifPresent(value -> {
            var text = otherwise(asWritten(field.kind(), path, sent), field.kind(), value);
            // the same value comes back with every save of the screen: how it was first written still counts
            if (!text.isEmpty() || !Answers.at(answers, path).equals(Optional.of(value)))
                written.put(path, text);
            if (value.isString() && value.asString().isEmpty() || value.isArray() && value.isEmpty())
                Answers.remove(answers, path);
            else
                Answers.put(answers, path, value);
        });
    }

    /// Nothing when the page did not send the field; an empty text when it was left empty.
    private static Optional<JsonNode> read(Field.Kind kind, String path, Map<String, List<String>> sent) {
        var make = JsonNodeFactory.instance;
        if (kind == Field.Kind.DATE)
            return day(path, sent).map(make::stringNode);
        if (kind == Field.Kind.MULTI_CHOICE)
            return Optional.ofNullable(sent.get(path)).map(values -> {
                var chosen = make.arrayNode();
                values.stream().map(Filling::plain).filter(v -> !v.isEmpty()).distinct().forEach(chosen::add);
                return chosen;
            });
        return first(path, sent).map(text -> switch (kind) {
            case YES_NO, CONSENT -> text.equals("true") || text.equals("false")
                    ? make.booleanNode(text.equals("true"))
                    : make.stringNode(text.strip());
            case KANA -> make.stringNode(Kana.katakana(text).strip());
            case POSTAL_CODE ->
                make.stringNode(PostalCode.read(text).map(PostalCode::toString).orElseGet(() -> narrow(text)));
            case CORPORATION -> make.stringNode(
                    CorporateNumber.read(text).map(CorporateNumber::digits).orElseGet(() -> asDigits(text)));
            case TEL -> make.stringNode(PhoneNumber.read(text).map(PhoneNumber::grouped).orElseGet(() -> narrow(text)));
            case EMAIL, ACCOUNT -> make.stringNode(narrow(text));
            case INTEGER, YEN -> number(text);
            case TEXTAREA, ADDRESS -> make.stringNode(text.strip());
            case TEXT, CHOICE, DATE, TABLE, MULTI_CHOICE, PHOTO ->
                make.stringNode(isCode(text) ? Kana.narrow(text) : text.strip());
        });
    }

    /// A number with a slip in it is still a number; anything else stays as it was written, to be searched for.
    private static String asDigits(String text) {
        var digits = CorporateNumber.digitsOf(text);
        return digits.isEmpty() ? text.strip() : digits;
    }

    private static Optional<String> first(String path, Map<String, List<String>> sent) {
        return Optional.ofNullable(sent.get(path)).filter(v -> !v.isEmpty()).map(List::getFirst).map(Filling::plain)
                .map(text -> Letters.first(text, LONGEST));
    }

    /// What stood on the screen; the boxes of a day joined by a space.
    private static String asWritten(Field.Kind kind, String path, Map<String, List<String>> sent) {
        return kind == Field.Kind.DATE
                ? Stream.of("year", "month", "day").flatMap(p -> first(path + "." + p, sent).stream())
                        .map(String::strip)
                        .filter(p -> !p.isEmpty()).collect(Collectors.joining(" "))
                : first(path, sent).map(String::strip).orElse("");
    }

    /// The text where it says more than the answer; empty where it does not.
    private static String otherwise(String text, Field.Kind kind, JsonNode value) {
        return switch (kind) {
            case KANA, POSTAL_CODE, CORPORATION, TEL, EMAIL, ACCOUNT, INTEGER, YEN, TEXT ->
                text.equals(value.asString(""))
                        || value.isIntegralNumber() && text.replace(",", "").equals(value.toString()) ? "" : text;
            // three boxes with digits say what the answer says
            case DATE -> text.matches("[0-9]{4} [0-9]{1,2} [0-9]{1,2}") || !isDay(value.asString("")) ? "" : text;
            case TEXTAREA, ADDRESS, CHOICE, MULTI_CHOICE, YES_NO, CONSENT, TABLE, PHOTO -> "";
        };
    }

    private static boolean isDay(String text) { return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}"); }

    /// `１２，０００円` is 12000; what is no number stays as it was written, for the check to name.
    private static JsonNode number(String text) {
        String digits = Kana.narrow(text).replaceAll("[,、，\\s]|円$|^[¥\\\\]", "");
        if (!digits.matches("-?[0-9]{1,15}"))
            return JsonNodeFactory.instance.stringNode(text.strip());
        long number = Long.parseLong(digits);
        return (int) number == number
                ? JsonNodeFactory.instance.numberNode((int) number)
                : JsonNodeFactory.instance.numberNode(number);
    }

    /// Without what nobody types and the database refuses: control characters, halves of characters.
    static String plain(String text) {
        return text.codePoints()
                .filter(c -> c == '\n' || !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /// Digits are digits in any width; names are kept as they were written.
    private static boolean isCode(String text) { return Kana.narrow(text).matches("[0-9-]+"); }

    private static String narrow(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replace('‐', '-').replace('−', '-').strip();
    }

    /// Three boxes become `2020-06-15`, with the year of any era or of the common calendar, in any notation, or the whole date in
    /// the first of them. What is no day stays as it was written, for the check to name.
    private static Optional<String> day(String path, Map<String, List<String>> sent) {
        if (!sent.containsKey(path + ".year"))
            return Optional.empty();
        String year = box(path + ".year", sent);
        String month = box(path + ".month", sent).replaceFirst("月$", "");
        String day = box(path + ".day", sent).replaceFirst("日$", "");
        if (month.isEmpty() && day.isEmpty())
            return Optional.of(WrittenDate.read(year).exactDay().map(Object::toString).orElse(year));
        return Optional.of(WrittenDate.read(year.replaceFirst("年$", "") + "年" + month + "月" + day + "日").exactDay()
                .map(Object::toString).orElse(year + "-" + pad(month) + "-" + pad(day)));
    }

    private static String box(String name, Map<String, List<String>> sent) {
        return first(name, sent).map(Kana::narrow).orElse("");
    }

    private static String pad(String number) { return number.length() == 1 ? "0" + number : number; }

    /// Takes away what was answered to questions that are no longer asked (a spouse that does not count any more). What a
    /// register said stays.
    static void tidy(StandardVersion version, Known known, ObjectNode answers) {
        for (var page : version.form().pages())
            for (var field : page.fields()) {
                boolean asked = version.shown(page, answers) && version.shown(field, answers);
                if (field.kind() == Field.Kind.TABLE) {
                    emptyTable(known, field, answers);
                    if (asked)
                        columns(version, known, field, answers);
                } else if (!asked && known.at(field.path()).isEmpty()) {
                    Answers.remove(answers, field.path());
                }
            }
    }

    /// A register that could not be asked leaves a table for the resident to fill; nobody in it is an answer, too.
    private static void emptyTable(Known known, Field table, ObjectNode answers) {
        if (table.required() && Answers.at(answers, table.path()).isEmpty())
            Answers.put(answers, table.path(), answers.arrayNode());
    }

    private static void columns(StandardVersion version, Known known, Field table, ObjectNode answers) {
        if (!(Answers.at(answers, table.path()).orElse(null) instanceof ArrayNode rows))
            return;
        for (int row = 0; row < rows.size(); row++)
            for (var column : table.columns()) {
                String path = table.path() + "[" + row + "]." + column.path();
                if (!version.shown(column, answers, rows.get(row)) && known.at(path).isEmpty())
                    Answers.remove(answers, path);
            }
    }

    /// Files put to those that are there, each once; and those taken away that the page names (`drop:place:sha256`).
    static void files(ObjectNode answers, String place, List<Sheet.Photo> given, Map<String, List<String>> sent) {
        var files = new LinkedHashMap<String, JsonNode>();
        Answers.at(answers, place)
                .ifPresent(list -> list.forEach(file -> files.put(file.path("sha256").asString(""), file)));
        for (var photo : given)
            if (files.size() < Attachments.MOST)
                files.putIfAbsent(photo.sha256(), answers.objectNode().put("name", photo.name())
                        .put("type", photo.type()).put("size", (int) photo.size()).put("sha256", photo.sha256()));
        for (String act : sent.getOrDefault("act", List.of()))
            if (act.startsWith("drop:" + place + ":"))
                files.remove(act.substring(act.lastIndexOf(':') + 1));
        if (files.isEmpty()) {
            if (Answers.at(answers, place).isPresent())
                Answers.remove(answers, place);
        } else {
            Answers.put(answers, place, answers.arrayNode().addAll(files.values()));
        }
    }

    /// One more empty row of a table that the resident fills.
    static void addRow(ObjectNode answers, Field table) {
        var rows = Answers.at(answers, table.path()).map(JsonNode::deepCopy).orElseGet(answers::arrayNode);
        if (rows instanceof ArrayNode list && list.size() < MOST_ROWS) {
            list.addObject().put("id", table.path() + "-" + (list.size() + 1));
            Answers.put(answers, table.path(), list);
        }
    }

    /// Takes a row away again; rows of a register stay.
    static void removeRow(ObjectNode answers, Known known, Field table, int row) {
        if (row < known.rows(table))
            return;
        if (Answers.at(answers, table.path()).orElse(null) instanceof ArrayNode list && row < list.size())
            list.remove(row);
    }

    static Draft with(Draft draft, ObjectNode answers, Instant now) {
        return new Draft(draft.authority(), draft.id(), draft.person(), draft.standard(), draft.correcting(), answers,
                draft.evidence(), draft.disputes(), draft.pages(), draft.version() + 1, draft.openedAt(), now,
                draft.evidenceAt(), draft.language(), draft.receipt(), draft.beside());
    }

    /// 連絡先. The phone and mail in the answers; blank where not given.
    record Given(String phone, String email) {}

    /// What to remember for the next time; nothing when it is what was remembered already.
    static Optional<Given> contactGiven(Known known, JsonNode answers) {
        var fields = known.form().fields().stream()
                .filter(f -> f.evidenceItem().equals(Optional.of("contact.last"))).toList();
        boolean changed = fields.stream().anyMatch(f -> Answers.at(answers, f.path()).isPresent()
                && !Answers.at(answers, f.path()).equals(known.at(f.path())));
        return changed
                ? Optional.of(new Given(given(Field.Kind.TEL, fields, answers),
                        given(Field.Kind.EMAIL, fields, answers)))
                : Optional.empty();
    }

    private static String given(Field.Kind kind, List<Field> fields, JsonNode answers) {
        return fields.stream().filter(f -> f.kind() == kind).findFirst()
                .flatMap(f -> Answers.at(answers, f.path())).map(v -> v.asString("")).orElse("");
    }
}
