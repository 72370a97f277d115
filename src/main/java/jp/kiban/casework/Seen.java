package jp.kiban.casework;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Wareki;
import jp.kiban.kernel.Yen;
import jp.kiban.registry.AddressFound;
import jp.kiban.registry.CorporationFound;
import jp.kiban.standards.Field;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.StandardVersion;
import jp.kiban.submission.Dispute;
import jp.kiban.submission.EvidenceUsed;
import jp.kiban.submission.Submission;
import tools.jackson.databind.JsonNode;

/// 見え方. What an officer reads of a submission and a judgement: every answer with where it came from, months of one
/// amount together, rules as sentences. Says nothing that the standard does not say, so it fits every standard.
record Seen(Language language, StandardVersion standard, Submission submission, boolean addressShown) {

    /// 項目群. One page of the form.
    record Group(String title, List<Row> rows) {
        /// Whether somebody has to read it before deciding: what the applicant typed or attached, disputes, what is hidden. What
        /// registers said is as the registers have it.
        public boolean wantsLook() {
            return rows.stream().anyMatch(r -> r.hidden() || r.dispute().isPresent() || !r.files().isEmpty() || r.from()
                    .isEmpty() && (!r.value().isBlank() || !r.table().isEmpty()));
        }
    }

    /// 行. One answer: its words, its source and day where a register said it, and what the resident says against it.
    record Row(String path, String label, String value, boolean hidden, Optional<EvidenceUsed> from,
            Optional<String> dispute,
            List<String> heads, List<List<String>> table, Map<String, String> files) {
        Row(String path, String label, String value, boolean hidden, Optional<EvidenceUsed> from,
                Optional<String> dispute, List<String> heads, List<List<String>> table) {
            this(path, label, value, hidden, from, dispute, heads, table, Map.of());
        }
    }

    /// 同額の月. A run of months that pay the same.
    record Run(YearMonth from, YearMonth to, Yen total, List<Line> lines) {
        public boolean single() { return from.equals(to); }
    }

    /// 明細.
    record Line(String who, String what, Yen yen, String code) {}

    /// 規則. One rule that fired, as a sentence with what it saw.
    record Rule(String decision, int number, String code, String sentence, String law, Map<String, String> inputs,
            String output) {}

    List<Group> groups() {
        var answers = submission.answers();
        return standard.form().pages().stream().filter(page -> standard.shown(page, answers))
                .map(page -> new Group(page.title().in(language),
                        page.fields().stream().filter(f -> standard.shown(f, answers)).map(this::row).toList()))
                .filter(group -> !group.rows().isEmpty()).toList();
    }

    private Row row(Field field) {
        var value = Answers.get(submission.answers(), field.path());
        boolean hidden = !addressShown && leadsHome(field);
        var dispute = field.evidenceItem().flatMap(item -> submission.disputes().stream()
                .filter(d -> d.item().equals(item)).map(Dispute::text).findFirst());
        if (field.kind() == Field.Kind.TABLE) {
            // a column that says nothing in any row was not asked of anybody
            var columns = field.columns().stream().filter(column -> StreamSupport.stream(value.spliterator(), false)
                    .anyMatch(row -> !say(column, Answers.get(row, column.path())).isEmpty())).toList();
            var table = IntStream.range(0, value.size()).mapToObj(i -> columns.stream()
                    .map(column -> !addressShown && leadsHome(column)
                            ? "＊＊＊"
                            : say(column, Answers.get(value.get(i), column.path()))
                                    + written(field.path() + "[" + i + "]." + column.path()))
                    .toList()).toList();
            return new Row(field.path(), field.label().in(language),
                    table.isEmpty() ? Words.in(language, "casework.evidence.nobody") : "", false,
                    source(field, value), dispute, columns.stream().map(c -> c.label().in(language)).toList(), table);
        }
        if (field.kind() == Field.Kind.PHOTO)
            return new Row(field.path(), field.label().in(language), "", !addressShown && value.size() > 0,
                    Optional.empty(), dispute, List.of(), List.of(), addressShown ? files(value) : Map.of());
        return new Row(field.path(), field.label().in(language),
                hidden ? "" : say(field, value) + written(field.path()), hidden,
                source(field, value), dispute, List.of(), List.of());
    }

    /// How the resident wrote it, where that says more than how it was taken.
    private String written(String path) {
        if (!addressShown && leadsHome(path))
            return "";
        return submission.beside().writtenAt(path).map(text -> Words.in(language, "casework.written", text)).orElse("")
                + submission.beside().addressAt(path).filter(AddressFound::recognised).map(found -> Words.in(language,
                        found.candidates().isEmpty() || found.chosen()
                                ? "casework.address"
                                : "casework.address.several",
                        found.name(), found.ids().lgCode(), found.ids().machiazaId(), found.dataVersion())).orElse("")
                + submission.beside().corporationAt(path).map(this::corporation).orElse("");
    }

    /// The name and seat as the applicant was shown them, and which edition said so.
    private String corporation(CorporationFound found) {
        var edition = found.edition().map(day -> date(day.toString())).orElse("—");
        return found.recognised()
                ? Words.in(language, "casework.corporation", found.name(), found.address(), edition) + found.closedOn()
                        .map(day -> Words.in(language, "casework.corporation.closed", date(day.toString()))
                                + found.candidates().stream().skip(1).map(c -> Words.in(language,
                                        "casework.corporation.successor", c.name(), c.number()))
                                        .collect(Collectors.joining()))
                        .orElse("")
                : Words.in(language, "casework.corporation.unknown", edition);
    }

    /// Fingerprints and names. What a photo shows may be where somebody lives.
    private static Map<String, String> files(JsonNode value) {
        var files = new LinkedHashMap<String, String>();
        value.forEach(file -> files.put(file.path("sha256").asString(""), file.path("name").asString("")));
        return files;
    }

    /// Whether the answer says where somebody lives: by what the form says of the field, whatever it is called.
    static boolean leadsHome(Field field) {
        return field.kind() == Field.Kind.ADDRESS || field.kind() == Field.Kind.POSTAL_CODE || isAddress(field.path());
    }

    /// The same by the place of an answer: `claimant.address`, `local.workplace`, `homes[0].place`.
    boolean leadsHome(String place) { return isAddress(place) || field(place).filter(Seen::leadsHome).isPresent(); }

    private static boolean isAddress(String path) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        return last.equals("address") || last.equals("postalCode");
    }

    /// The evidence that says the same; empty when the resident wrote something else, or no register was asked.
    private Optional<EvidenceUsed> source(Field field, JsonNode value) {
        return field.evidenceItem()
                .flatMap(item -> submission.evidence().stream().filter(e -> e.item().equals(item)).findFirst())
                .filter(e -> e.value().filter(said -> said.equals(value)
                        || Answers.get(said, field.path().substring(field.path().lastIndexOf('.') + 1)).equals(value))
                        .isPresent());
    }

    String say(Field field, JsonNode value) {
        if (value.isMissingNode() || value.isNull())
            return "";
        return switch (field.kind()) {
            case DATE -> date(value.asString(""));
            case YES_NO, CONSENT -> Words.in(language, value.asBoolean() ? "casework.yes" : "casework.no");
            case CHOICE -> field.choices().stream().filter(c -> c.value().equals(value.asString(""))).findFirst()
                    .map(c -> c.label().in(language)).orElse(value.asString(""));
            case ACCOUNT ->
                Stream.of("bankName", "bankCode", "branchName", "branchCode", "type", "number", "holderKana")
                        .map(part -> part(field, part, value.path(part))).filter(said -> !said.isEmpty())
                        .collect(Collectors.joining(" "));
            case INTEGER -> value.isIntegralNumber() ? String.format("%,d", value.asLong()) : plain(value);
            case YEN -> value.isIntegralNumber() && value.asLong() >= 0
                    ? language == Language.EN
                            ? String.format("%,d yen", value.asLong())
                            : new Yen(value.asLong()).toString()
                    : plain(value);
            case MULTI_CHOICE -> StreamSupport.stream(value.spliterator(), false)
                    .map(chosen -> field.choices().stream().filter(c -> c.value().equals(chosen.asString("")))
                            .findFirst()
                            .map(c -> c.label().in(language)).orElse(chosen.asString("")))
                    .collect(Collectors.joining(language == Language.EN ? ", " : "、"));
            case PHOTO -> StreamSupport.stream(value.spliterator(), false).map(f -> f.path("name").asString(""))
                    .collect(Collectors.joining(" "));
            case POSTAL_CODE -> plain(value).replaceFirst("^([0-9]{3})([0-9]{4})$", "$1-$2");
            default -> plain(value);
        };
    }

    private String part(Field account, String name, JsonNode value) {
        return account.columns().stream().filter(c -> c.path().equals(name)).findFirst().map(c -> say(c, value))
                .orElseGet(() -> plain(value));
    }

    /// A value of the answer at this place, in words.
    public String saidOf(String place, JsonNode value) {
        return field(place).map(field -> say(field, value)).orElseGet(() -> plain(value));
    }

    private String date(String text) {
        try {
            return Wareki.in(language, LocalDate.parse(text));
        } catch (java.time.format.DateTimeParseException notADay) {
            return text;
        }
    }

    /// An object is its values one after the other: a bank account reads as the bank, the branch, the number, the name.
    private String plain(JsonNode value) {
        if (value.isObject() || value.isArray())
            return StreamSupport.stream(value.spliterator(), false).map(this::plain).filter(s -> !s.isBlank())
                    .collect(Collectors.joining(" "));
        return value.isBoolean()
                ? Words.in(language, value.asBoolean() ? "casework.yes" : "casework.no")
                : value.isNull() ? "" : value.asString("");
    }

    List<Run> runs(Judgement judgement) {
        var runs = new ArrayList<Run>();
        for (var month : judgement.months()) {
            var lines = month.lines().stream().map(line -> new Line(who(line.beneficiaryId()),
                    line.what().in(language), line.yen(), line.reasonCode())).toList();
            var last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && last.lines().equals(lines) && last.to().plusMonths(1).equals(month.month())) {
                runs.removeLast();
                runs.add(new Run(last.from(), month.month(), last.total(), lines));
            } else {
                runs.add(new Run(month.month(), month.month(), month.total(), lines));
            }
        }
        return runs;
    }

    /// The word of a grant of this service.
    String verb() { return standard.terms().verb().in(language); }

    List<Line> once(Judgement judgement) {
        return judgement.once().stream().map(line -> new Line(who(line.beneficiaryId()), line.what().in(language),
                line.yen(), line.reasonCode())).toList();
    }

    /// What is decided besides money, in words.
    Map<String, String> results(Judgement judgement) {
        var results = new LinkedHashMap<String, String>();
        for (var result : judgement.results())
            standard.terms().result(result.key()).ifPresent(
                    kind -> results.merge(kind.name().in(language), kind.written(result.value(), language),
                            (one, next) -> one + (language == Language.EN ? ", " : "、") + next));
        return results;
    }

    /// The name that the answers give to this id.
    private String who(String id) {
        return submission.answers().findParents("id").stream().filter(p -> p.path("id").asString("").equals(id))
                .map(p -> p.path("name").asString("")).filter(s -> !s.isBlank()).findFirst().orElse(id);
    }

    List<Rule> rules(Judgement judgement) {
        return judgement.trace().stream().map(rule -> {
            var inputs = new LinkedHashMap<String, String>();
            rule.inputs().forEach((name, value) -> inputs.put(name, seen(name, value)));
            return new Rule(rule.decision(), rule.rule(), rule.code(), rule.text().in(language), rule.law().toString(),
                    inputs, plain(rule.output()));
        }).toList();
    }

    private String seen(String name, JsonNode value) {
        return !addressShown && (isAddress(name) || name.contains("住所")) ? "＊＊＊" : plain(value);
    }

    /// The fields that an officer can point at: path to words, table columns once per row.
    Map<String, String> places() {
        var places = new LinkedHashMap<String, String>();
        var answers = submission.answers();
        for (var page : standard.form().pages())
            for (var field : page.fields())
                if (standard.shown(page, answers) && standard.shown(field, answers))
                    place(field, places);
        return places;
    }

    /// Those of the places that are addresses.
    List<String> addresses() {
        var addresses = new ArrayList<String>();
        for (var field : standard.form().fields()) {
            if (field.kind() == Field.Kind.ADDRESS)
                addresses.add(field.path());
            for (var column : field.columns())
                if (column.kind() == Field.Kind.ADDRESS)
                    IntStream.range(0, Answers.get(submission.answers(), field.path()).size()).forEach(i -> addresses
                            .add(field.path() + "[" + i + "]." + column.path()));
        }
        return addresses;
    }

    private void place(Field field, Map<String, String> places) {
        places.put(field.path(), field.label().in(language));
        if (field.kind() != Field.Kind.TABLE)
            return;
        int number = 0;
        for (var row : Answers.get(submission.answers(), field.path())) {
            String name = row.path("name").asString("");
            for (var column : field.columns())
                places.put(field.path() + "[" + number + "]." + column.path(), field.label().in(language) + " "
                        + (number + 1) + (name.isBlank() ? "" : "（" + name + "）") + " › "
                        + column.label().in(language));
            number++;
        }
    }

    /// The field behind a place, to read what an officer typed for it.
    Optional<Field> field(String place) {
        String path = place.replaceAll("\\[[0-9]+]", "[]");
        for (var field : standard.form().fields()) {
            if (field.path().equals(place))
                return Optional.of(field);
            for (var column : field.columns())
                if ((field.path() + "[]." + column.path()).equals(path))
                    return Optional.of(column);
        }
        return Optional.empty();
    }

    String say(Text text) { return text.in(language); }
}
