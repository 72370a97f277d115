package jp.kiban.submission;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.kernel.Language;
import jp.kiban.letters.Letters;
import jp.kiban.registry.AddressFound;
import jp.kiban.registry.CorporationFound;
import jp.kiban.letters.Wareki;
import jp.kiban.standards.Field;
import jp.kiban.standards.FormPage;
import jp.kiban.standards.StandardVersion;
import org.springframework.context.MessageSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// 用紙. The form as a page shows it: what registers know is read, not typed, with its source and day; the rest are inputs.
/// Pages that ask for nothing are put together into one step.
final class Sheet {
    private static final int LAST_DIGITS = 3;

    private final StandardVersion version;
    private final Known known;
    private final ObjectNode answers;
    private final List<Dispute> disputes;
    private final Beside beside;
    private final MessageSource messages;
    private final Language language;

    Sheet(StandardVersion version, List<EvidenceUsed> evidence, ObjectNode answers, List<Dispute> disputes,
            Beside beside, MessageSource messages, Language language) {
        this.beside = beside;
        this.version = version;
        this.known = Known.of(version.form(), evidence);
        this.answers = answers;
        this.disputes = disputes;
        this.messages = messages;
        this.language = language;
    }

    /// 段. One screen: pages of the form.
    record Step(String id, List<FormPage> pages, String title, String lead) {
        boolean holds(String where) {
            return pages.stream().flatMap(p -> p.fields().stream()).filter(f -> f.kind() != Field.Kind.CONSENT)
                    .anyMatch(f -> Answers.within(where, f.path()) || Answers.within(f.path(), where));
        }
    }

    /// 組. What one register item filled (or nothing did): cards of values and inputs. `item` is empty where no register
    /// answers. `change` are inputs to put another value in the place of a known one.
    record Block(String item, String title, String source, Optional<LocalDate> asOf, boolean unavailable,
            boolean nothing,
            List<Card> cards, List<Input> change, String dispute, String addRow) {}

    record Card(String title, Map<String, String> values, List<Input> inputs, String removeRow,
            Map<String, List<Photo>> files) {
        Card(String title, Map<String, String> values, List<Input> inputs, String removeRow) {
            this(title, values, inputs, removeRow, Map.of());
        }
    }

    record Input(String name, Field field, String value, String year, String month, String day,
            Map<String, String> choices, List<String> chosen, List<Photo> photos, Optional<Match> match) {
        /// Typed in one line of text.
        public boolean line() {
            return switch (field.kind()) {
                case TEXT, KANA, POSTAL_CODE, ACCOUNT, CHOICE -> true;
                default -> false;
            };
        }

        public boolean is(String kind) { return field.kind().name().equals(kind); }
    }

    /// 照合. What a written address was found to mean, in words; the places it may mean, when there are several, and which was chosen.
    record Match(String said, Map<String, String> candidates, String chosen) {}

    /// 付けたファイル. As the answers name it.
    record Photo(String name, String type, long size, String sha256) {
        public boolean image() { return type.startsWith("image/"); }

        /// In thousands of bytes, as people read sizes.
        public long kilobytes() { return Math.max(1, (size + 500) / 1000); }
    }

    Known known() { return known; }

    List<Step> steps() {
        var steps = new ArrayList<Step>();
        var quiet = new ArrayList<FormPage>();
        for (var page : version.form().pages()) {
            if (!version.shown(page, answers) || blocks(page, false).isEmpty())
                continue;
            if (asks(page)) {
                merge(steps, quiet);
                steps.add(new Step(page.id(), List.of(page), page.title().in(language), page.lead().in(language)));
            } else {
                quiet.add(page);
            }
        }
        merge(steps, quiet);
        return steps;
    }

    /// The steps by name, the last of them is the page that confirms.
    List<String> names() {
        return Stream.concat(steps().stream().map(Step::title), Stream.of(word("submission.confirm.title"))).toList();
    }

    private void merge(List<Step> steps, List<FormPage> quiet) {
        if (quiet.isEmpty())
            return;
        var first = quiet.getFirst();
        steps.add(quiet.size() == 1
                ? new Step(first.id(), List.copyOf(quiet), first.title().in(language), first.lead().in(language))
                : new Step(first.id(), List.copyOf(quiet), word("submission.step.known"),
                        word("submission.step.known.lead")));
        quiet.clear();
    }

    private boolean asks(FormPage page) {
        return blocks(page, false).stream()
                .anyMatch(b -> !b.addRow().isEmpty() || b.cards().stream().anyMatch(c -> !c.inputs().isEmpty()));
    }

    /// The blocks of a page; read only on the page that confirms.
    List<Block> blocks(FormPage page, boolean readOnly) {
        var blocks = new ArrayList<Block>();
        var groups = page.fields().stream().filter(f -> f.kind() != Field.Kind.CONSENT)
                .filter(f -> version.shown(f, answers)).collect(Collectors.groupingBy(
                        f -> f.evidenceItem().orElse("") + (isWhole(f) ? f.path() : ""), LinkedHashMap::new,
                        Collectors.toList()));
        groups.values().forEach(fields -> {
            var block = isWhole(fields.getFirst()) ? whole(fields.getFirst(), readOnly) : plain(fields, readOnly);
            if (!block.cards().isEmpty() || block.nothing() || !block.addRow().isEmpty())
                blocks.add(block);
        });
        return blocks;
    }

    private static boolean isWhole(Field field) {
        return field.kind() == Field.Kind.TABLE || field.kind() == Field.Kind.ACCOUNT;
    }

    private Block plain(List<Field> fields, boolean readOnly) {
        var values = new LinkedHashMap<String, String>();
        var inputs = new ArrayList<Input>();
        var files = new LinkedHashMap<String, List<Photo>>();
        boolean nothing = false;
        for (var field : fields) {
            if (known.nothingOf(field)) {
                nothing = true;
            } else if (field.kind() == Field.Kind.PHOTO && readOnly) {
                files(field, field.path(), files);
            } else if (readOnly || known.locks(field)) {
                Answers.at(answers, field.path()).map(v -> said(field, v)).filter(v -> !v.isEmpty())
                        .ifPresent(v -> values.put(field.label().in(language), v + written(field.path())));
            } else {
                inputs.add(input(field, field.path()));
            }
        }
        var cards = values.isEmpty() && inputs.isEmpty() && files.isEmpty()
                ? List.<Card>of()
                : List.of(new Card("", values, inputs, "", files));
        return block(fields.getFirst(), "", cards, List.of(), nothing && cards.isEmpty(), "",
                fields.stream().anyMatch(f -> known.at(f.path()).isPresent()));
    }

    private Block whole(Field field, boolean readOnly) {
        return field.kind() == Field.Kind.TABLE ? table(field, readOnly) : account(field, readOnly);
    }

    private Block table(Field table, boolean readOnly) {
        var cards = new ArrayList<Card>();
        var rows = Answers.at(answers, table.path()).orElse(answers.arrayNode());
        for (int i = 0; i < rows.size(); i++) {
            var values = new LinkedHashMap<String, String>();
            var inputs = new ArrayList<Input>();
            var files = new LinkedHashMap<String, List<Photo>>();
            for (var column : table.columns()) {
                if (!version.shown(column, answers, rows.get(i)))
                    continue;
                String path = table.path() + "[" + i + "]." + column.path();
                if (readOnly && column.kind() == Field.Kind.PHOTO)
                    files(column, path, files);
                else if (readOnly || known.locks(table, column, i))
                    Answers.at(answers, path).map(v -> said(column, v)).filter(v -> !v.isEmpty())
                            .ifPresent(v -> values.put(column.label().in(language), v + written(path)));
                else
                    inputs.add(input(column, path));
            }
            String name = rows.get(i).path("name").asString("");
            // the name stands above
            values.values().remove(name);
            cards.add(new Card(name.isEmpty() ? word("submission.row", table.label().in(language), i + 1) : name,
                    values, inputs,
                    readOnly || i < known.rows(table) ? "" : table.path() + "[" + i + "]", files));
        }
        boolean open = !readOnly && unavailable(table);
        return block(table, table.label().in(language), cards, List.of(), cards.isEmpty() && !open,
                open ? table.path() : "", known.rows(table) > 0);
    }

    private void files(Field field, String path, Map<String, List<Photo>> into) {
        Answers.at(answers, path).map(list -> list.valueStream().map(Sheet::photo).toList())
                .filter(list -> !list.isEmpty()).ifPresent(list -> into.put(field.label().in(language), list));
    }

    private boolean unavailable(Field field) {
        return field.evidenceItem().isEmpty()
                || known.evidenceOf(field).map(e -> e.status() == EvidenceUsed.Status.UNAVAILABLE).orElse(true);
    }

    private Block account(Field account, boolean readOnly) {
        var values = new LinkedHashMap<String, String>();
        var inputs = new ArrayList<Input>();
        boolean stands = known.at(account.path()).isPresent();
        for (var part : account.columns()) {
            String path = account.path() + "." + part.path();
            Answers.at(answers, path).map(v -> said(part, v)).filter(v -> !v.isEmpty()).map(
                    v -> part.path().equals("number") && known.at(path).equals(Answers.at(answers, path))
                            ? lastDigits(v)
                            : v)
                    .ifPresent(v -> values.put(part.label().in(language), v));
            inputs.add(input(part, path));
        }
        if (readOnly)
            inputs.clear();
        boolean same = stands && known.at(account.path()).equals(Answers.at(answers, account.path()));
        var card = stands || readOnly ? new Card("", values, List.of(), "") : new Card("", Map.of(), inputs, "");
        return block(account, account.label().in(language),
                card.values().isEmpty() && card.inputs().isEmpty() ? List.of() : List.of(card),
                stands ? inputs : List.of(), false, "", same);
    }

    /// Enough to recognise one's own account, too little for somebody who looks over the shoulder.
    private String lastDigits(String number) {
        return word("submission.account.last", Letters.last(number, LAST_DIGITS));
    }

    private Block block(Field field, String title, List<Card> cards, List<Input> change, boolean nothing, String addRow,
            boolean fromRegister) {
        var evidence = known.evidenceOf(field);
        String item = evidence.map(EvidenceUsed::item).orElse("");
        boolean disputable = fromRegister || nothing && evidence.isPresent();
        return new Block(disputable ? item : "", title,
                disputable ? evidence.map(e -> e.source().in(language)).orElse("") : "",
                disputable ? evidence.flatMap(EvidenceUsed::asOf) : Optional.empty(),
                evidence.map(e -> e.status() == EvidenceUsed.Status.UNAVAILABLE).orElse(false), nothing, cards, change,
                disputes.stream().filter(d -> d.item().equals(item)).map(Dispute::text).findFirst().orElse(""), addRow);
    }

    private Input input(Field field, String path) {
        var given = Answers.at(answers, path);
        boolean number = field.kind() == Field.Kind.INTEGER || field.kind() == Field.Kind.YEN;
        String value = given.filter(JsonNode::isValueNode)
                .map(v -> number && v.isIntegralNumber() ? String.format("%,d", v.asLong()) : v.asString(""))
                .orElse("");
        String[] date = field.kind() == Field.Kind.DATE && !value.isEmpty()
                ? value.split("-", 3)
                : new String[]{"", "", ""};
        return new Input(path, field, value, date[0], date.length > 1 ? date[1] : "", date.length > 2 ? date[2] : "",
                choices(field),
                field.kind() == Field.Kind.MULTI_CHOICE
                        ? given.map(list -> list.valueStream().map(v -> v.asString("")).toList()).orElse(List.of())
                        : List.of(),
                field.kind() == Field.Kind.PHOTO
                        ? given.map(list -> list.valueStream().map(Sheet::photo).toList()).orElse(List.of())
                        : List.of(),
                switch (field.kind()) {
                    case ADDRESS -> beside.addressAt(path).map(this::match);
                    case CORPORATION -> beside.corporationAt(path).map(this::match);
                    default -> Optional.empty();
                });
    }

    private Match match(AddressFound found) {
        var candidates = new LinkedHashMap<String, String>();
        found.candidates().forEach(c -> candidates.put(c.key(), c.name()));
        if (!candidates.isEmpty())
            candidates.put("none", word("submission.address.none"));
        return new Match(found(found), candidates,
                found.chosen() ? found.chosenKey() : found.asked() && !candidates.isEmpty() ? "none" : "");
    }

    private String found(AddressFound found) {
        if (!found.candidates().isEmpty() && !found.chosen())
            return word("submission.address.several");
        return found.recognised()
                ? word("submission.address.found", found.name(), word("submission.address.level." + found.level()))
                : word("submission.address.unknown");
    }

    private Match match(CorporationFound found) {
        var candidates = new LinkedHashMap<String, String>();
        found.candidates().forEach(c -> candidates.put(c.number(), candidate(c)));
        if (!candidates.isEmpty() && found.number().isEmpty())
            candidates.put("none", word("submission.corporation.none"));
        return new Match(corporation(found), candidates,
                found.offers(found.number()) && found.asked() ? found.number() : "");
    }

    private String candidate(CorporationFound.Candidate c) {
        return word("submission.corporation.candidate", c.name(), c.number(), c.address())
                + c.closedOn().map(day -> word("submission.corporation.closed", date(day.toString()))).orElse("");
    }

    /// What the registry says, in words; never more than it says.
    private String corporation(CorporationFound found) {
        var edition = found.edition().map(day -> date(day.toString()));
        if (edition.isEmpty())
            return word("submission.corporation.empty");
        if (found.number().isEmpty())
            return found.candidates().isEmpty()
                    ? word("submission.corporation.nothing", edition.get())
                    : word(found.more() ? "submission.corporation.more" : "submission.corporation.some",
                            found.candidates().size(), edition.get());
        if (!found.recognised())
            return word("submission.corporation.unknown", edition.get());
        if (found.closedOn().isEmpty())
            return word("submission.corporation.found", found.name(), found.address(), edition.get());
        return word(found.candidates().size() > 1
                ? "submission.corporation.succeeded"
                : "submission.corporation.ended", found.name(), found.address(), edition.get(),
                date(found.closedOn().get().toString()));
    }

    static Photo photo(JsonNode file) {
        return new Photo(file.path("name").asString(""), file.path("type").asString(""), file.path("size").asLong(0),
                file.path("sha256").asString(""));
    }

    private Map<String, String> choices(Field field) {
        var choices = new LinkedHashMap<String, String>();
        if (field.kind() == Field.Kind.YES_NO) {
            choices.put("true", word("submission.yes"));
            choices.put("false", word("submission.no"));
        }
        field.choices().forEach(c -> choices.put(c.value(), c.label().in(language)));
        return choices;
    }

    /// A value in words.
    private String said(Field field, JsonNode value) {
        return switch (field.kind()) {
            case YES_NO -> value.isBoolean() ? word(value.asBoolean() ? "submission.yes" : "submission.no") : "";
            case DATE -> date(value.asString(""));
            case CHOICE -> choices(field).getOrDefault(value.asString(""), value.asString(""));
            case POSTAL_CODE -> value.asString("").replaceFirst("^([0-9]{3})([0-9]{4})$", "$1-$2");
            case INTEGER -> value.isIntegralNumber() ? String.format("%,d", value.asLong()) : value.asString("");
            case YEN -> value.isIntegralNumber()
                    ? word("submission.yen", String.format("%,d", value.asLong()))
                    : value.asString("");
            case MULTI_CHOICE -> value.valueStream()
                    .map(v -> choices(field).getOrDefault(v.asString(""), v.asString("")))
                    .collect(Collectors.joining(word("submission.and")));
            case PHOTO -> value.valueStream().map(v -> v.path("name").asString(""))
                    .collect(Collectors.joining(word("submission.and")));
            case TEXT, TEXTAREA, KANA, ADDRESS, CORPORATION, TEL, EMAIL, ACCOUNT, TABLE, CONSENT -> value.asString("");
        };
    }

    /// How it was written, where that says more than how it was taken.
    private String written(String path) {
        return beside.writtenAt(path).map(text -> word("submission.written", text)).orElse("")
                + beside.addressAt(path)
                        .filter(found -> found.recognised() && (found.candidates().isEmpty() || found.chosen()))
                        .map(found -> word("submission.address.beside", found.name())).orElse("")
                + beside.corporationAt(path).filter(found -> !found.number().isEmpty())
                        .map(found -> word("submission.corporation.beside", corporation(found))).orElse("");
    }

    private String date(String iso) {
        try {
            return Wareki.in(language, LocalDate.parse(iso));
        } catch (DateTimeParseException asWritten) {
            return iso;
        }
    }

    Stream<Field> consents() { return version.form().fields().stream().filter(f -> f.kind() == Field.Kind.CONSENT); }

    private String word(String key, Object... values) { return messages.getMessage(key, values, language.locale()); }
}
