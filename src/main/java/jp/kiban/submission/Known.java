package jp.kiban.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.standards.Field;
import jp.kiban.standards.Form;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// 既知の値. What the registers answered, laid out as answers of the form: what nobody is asked again (once-only). Made
/// from the evidence alone, so it can be made again years later.
record Known(Form form, List<EvidenceUsed> evidence, ObjectNode values) {

    static Known of(Form form, List<EvidenceUsed> evidence) {
        var values = Answers.none();
        for (var field : form.fields())
            evidenceOf(field, evidence).ifPresent(e -> {
                e.value().ifPresent(value -> lay(values, field, value));
                // a register that knows of nobody has answered, too: an empty table
                if (field.kind() == Field.Kind.TABLE && e.status() == EvidenceUsed.Status.NONE)
                    lay(values, field, values.arrayNode());
            });
        return new Known(form, List.copyOf(evidence), values);
    }

    /// An object fills the group of the field (`resident.person` fills `claimant`), a list a table, a word the field.
    private static void lay(ObjectNode values, Field field, JsonNode value) {
        String path = field.path();
        boolean whole = field.kind() == Field.Kind.TABLE || field.kind() == Field.Kind.ACCOUNT;
        if (whole || !value.isObject()) {
            Answers.put(values, path, value.deepCopy());
        } else if (!Answers.parent(path).isEmpty()) {
            if (Answers.at(values, Answers.parent(path)).isEmpty())
                Answers.put(values, Answers.parent(path), value.deepCopy());
        } else {
            Answers.at(value, Answers.last(path)).ifPresent(v -> Answers.put(values, path, v.deepCopy()));
        }
    }

    private static Optional<EvidenceUsed> evidenceOf(Field field, List<EvidenceUsed> evidence) {
        return field.evidenceItem().flatMap(item -> evidence.stream().filter(e -> e.item().equals(item)).findFirst());
    }

    Optional<EvidenceUsed> evidenceOf(Field field) { return evidenceOf(field, evidence); }

    Optional<JsonNode> at(String path) { return Answers.at(values, path); }

    /// Shown, and not to be changed: a doubt becomes a dispute.
    boolean locks(Field field) { return field.lockedWhenKnown() && at(field.path()).isPresent(); }

    /// A register that answered says that there is nothing, and the form can do without.
    boolean nothingOf(Field field) {
        return field.lockedWhenKnown() && !field.required() && at(field.path()).isEmpty()
                && evidenceOf(field).map(e -> e.status() != EvidenceUsed.Status.UNAVAILABLE).orElse(false);
    }

    /// How many rows of the table the register gave; they come first.
    int rows(Field table) { return at(table.path()).map(JsonNode::size).orElse(0); }

    /// Whether this column of this row came from the register and stays as it is.
    boolean locks(Field table, Field column, int row) {
        return (table.lockedWhenKnown() || column.lockedWhenKnown())
                && at(table.path() + "[" + row + "]." + column.path()).isPresent();
    }

    /// The given answers with what is known put in: locked values always, the others where `fill` says so and nothing was
    /// given. `overruled` hears of every locked value that was given differently.
    ObjectNode into(ObjectNode given, boolean fill, java.util.function.Consumer<String> overruled) {
        var answers = given.deepCopy();
        for (var field : form.fields()) {
            if (field.kind() == Field.Kind.TABLE) {
                rowsInto(answers, field, overruled);
            } else if (locks(field)) {
                place(answers, field.path(), overruled);
            } else if (fill && Answers.at(answers, field.path()).isEmpty()) {
                at(field.path()).ifPresent(v -> Answers.put(answers, field.path(), v.deepCopy()));
            }
        }
        besides(answers, values);
        return answers;
    }

    private void place(ObjectNode answers, String path, java.util.function.Consumer<String> overruled) {
        var known = at(path).orElseThrow();
        if (Answers.at(answers, path).map(v -> !v.equals(known)).orElse(false))
            overruled.accept(path);
        Answers.put(answers, path, known.deepCopy());
    }

    private void rowsInto(ObjectNode answers, Field table, java.util.function.Consumer<String> overruled) {
        if (!(at(table.path()).orElse(null) instanceof ArrayNode rows))
            return;
        var given = new ArrayList<JsonNode>();
        Answers.at(answers, table.path()).ifPresent(list -> list.forEach(given::add));
        var merged = answers.arrayNode();
        for (int i = 0; i < rows.size(); i++) {
            var row = (ObjectNode) rows.get(i).deepCopy();
            var own = take(given, row);
            int index = i;
            own.ifPresent(o -> o.properties().forEach(e -> {
                if (row.has(e.getKey()) && !free(table, e.getKey(), index)) {
                    if (!row.get(e.getKey()).equals(e.getValue()))
                        overruled.accept(table.path() + "[" + index + "]." + e.getKey());
                } else {
                    row.set(e.getKey(), e.getValue());
                }
            }));
            merged.add(row);
        }
        if (table.lockedWhenKnown() && !given.isEmpty())
            overruled.accept(table.path() + "[" + merged.size() + "]");
        else
            given.forEach(merged::add);
        Answers.put(answers, table.path(), merged);
    }

    /// The given row of the same id; a register's row without an id takes the first.
    private static Optional<ObjectNode> take(List<JsonNode> given, ObjectNode row) {
        for (var candidate : given)
            if (candidate instanceof ObjectNode own
                    && (!row.has("id") || row.get("id").equals(own.get("id")))) {
                given.remove(candidate);
                return Optional.of(own);
            }
        return Optional.empty();
    }

    private boolean free(Field table, String key, int row) {
        return table.columns().stream().filter(c -> c.path().equals(key)).anyMatch(c -> !locks(table, c, row));
    }

    /// What the register said beside what the form shows (a sex, a day of moving in) goes along.
    private static void besides(ObjectNode answers, ObjectNode known) {
        known.properties().forEach(e -> {
            if (e.getValue() instanceof ObjectNode group && answers.get(e.getKey()) instanceof ObjectNode own)
                group.properties().forEach(v -> {
                    if (v.getValue().isValueNode() && !own.has(v.getKey()))
                        own.set(v.getKey(), v.getValue());
                });
        });
    }

    /// 手間. Values that stand as the registers gave them, and values that the resident entered. Consent and the ids of rows
    /// are neither.
    Effort effort(JsonNode answers, long seconds) {
        int typed = 0;
        int prefilled = 0;
        var files = Attachments.places(form, answers);
        for (var leaf : Answers.leaves(answers).entrySet()) {
            // a file is one thing that was given
            if (!leaf.getKey().endsWith(".sha256") && files.stream().anyMatch(f -> Answers.within(leaf.getKey(), f)))
                continue;
            if (leaf.getKey().endsWith("].id") || isConsent(leaf.getKey()))
                continue;
            if (at(leaf.getKey()).map(leaf.getValue()::equals).orElse(false))
                prefilled++;
            else
                typed++;
        }
        return new Effort(Math.max(0, seconds), typed, prefilled);
    }

    private boolean isConsent(String path) {
        return form.fields().stream().anyMatch(f -> f.kind() == Field.Kind.CONSENT && f.path().equals(path));
    }
}
