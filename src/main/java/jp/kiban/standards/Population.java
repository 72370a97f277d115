package jp.kiban.standards;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 人口. The cases of a file that two versions are held against: JSON, JSON lines, or CSV with a column for each field
/// (`claimant.birthDate`, `children[0].birthDate`, `local.payDay`, and `name`, `filed`). Invented or without names: the cases
/// are judged and forgotten.
public record Population(List<Case> cases) {
    private static final int MOST_FINDINGS = 50;
    private static final String FIELD = "population";
    private static final Pattern STEP = Pattern.compile("([A-Za-z_\\p{L}][\\p{L}\\p{N}_]*)((?:\\[\\d{1,3}])*)");
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// 事例. Answers on a day under local values.
    public record Case(String name, LocalDate filed, JsonNode answers, JsonNode local) {}

    public Population { cases = List.copyOf(cases); }

    /// Reads the file, or says everything that is wrong in it (`BadInput`). A case without a day is filed on the first day
    /// of the version.
    ///
    /// @param most how many cases are taken at most
    static Population read(byte[] file, StandardVersion version, int most) {
        var reader = new Reader(version, most);
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            reader.read(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException broken) {
            reader.found("standards.population.utf8");
        }
        if (reader.cases.isEmpty() && reader.findings.isEmpty())
            reader.found("standards.population.empty");
        if (!reader.findings.isEmpty())
            throw new BadInput(reader.findings);
        return new Population(reader.cases);
    }

    private static final class Reader {
        private final StandardVersion version;
        private final int most;
        private final List<Case> cases = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private boolean stopped;

        Reader(StandardVersion version, int most) {
            this.version = version;
            this.most = most;
        }

        void found(String key, @Nullable Object... with) {
            if (findings.size() < MOST_FINDINGS)
                findings.add(new Finding(FIELD, key.replace("standards.", ""), Words.text(key, with)));
            else
                stopped = true;
        }

        void read(String text) {
            var begins = text.stripLeading();
            if (begins.startsWith("["))
                whole(text);
            else if (begins.startsWith("{"))
                lines(text);
            else if (!begins.isEmpty())
                csv(text);
        }

        private void take(int line, JsonNode node) {
            if (!node.isObject()) {
                found("standards.population.shape", line);
                return;
            }
            boolean wrapped = node.path("answers").isObject();
            var filed = version.ref().day();
            if (wrapped && node.has("filed"))
                try {
                    filed = LocalDate.parse(node.path("filed").asString(""));
                } catch (DateTimeParseException wrong) {
                    found("standards.population.filed", line, node.path("filed").toString());
                    return;
                }
            add(new Case(wrapped && node.path("name").isString()
                    ? node.path("name").asString()
                    : Words.in(jp.kiban.kernel.Language.JA, "standards.population.case", line), filed,
                    wrapped
                            ? node.path("answers")
                            : node,
                    wrapped ? node.path("local") : JsonNodeFactory.instance.objectNode()));
        }

        private void add(Case one) {
            if (cases.size() < most)
                cases.add(one);
            else if (!stopped) {
                stopped = true;
                findings.add(new Finding(FIELD, "population.most", Words.text("standards.population.most", most)));
            }
        }

        // ---- JSON ------------------------------------------------------------------------------------------------

        private void whole(String text) {
            try {
                int number = 0;
                for (var node : JSON.readTree(text))
                    take(++number, node);
            } catch (JacksonException broken) {
                broken(broken.getLocation() == null ? 1 : broken.getLocation().getLineNr(), broken);
            }
        }

        private void lines(String text) {
            try {
                take(1, JSON.readTree(text));
                return;
            } catch (JacksonException several) {
                // not one value: one a line
            }
            int number = 0;
            for (var line : text.split("\n", -1)) {
                number++;
                if (line.isBlank() || stopped)
                    continue;
                try {
                    take(number, JSON.readTree(line));
                } catch (JacksonException broken) {
                    broken(number, broken);
                }
            }
        }

        private void broken(int line, JacksonException broken) {
            found("standards.population.json", line, String.valueOf(broken.getOriginalMessage()).lines().findFirst()
                    .orElse("?"));
        }

        // ---- CSV -------------------------------------------------------------------------------------------------

        private record Column(List<Object> path, Optional<JsonNode> property) {}

        private void csv(String text) {
            try (var records = CSVFormat.DEFAULT.parse(new StringReader(text))) {
                List<Column> columns = List.of();
                for (var record : records) {
                    if (columns.isEmpty()) {
                        columns = columns(record);
                        if (!findings.isEmpty())
                            return;
                    } else if (!stopped)
                        row(record, columns, (int) records.getCurrentLineNumber());
                }
            } catch (IOException | java.io.UncheckedIOException | IllegalStateException broken) {
                found("standards.population.csv", String.valueOf(broken.getMessage()));
            }
        }

        private List<Column> columns(CSVRecord heading) {
            var columns = new ArrayList<Column>();
            var seen = new HashSet<String>();
            for (var cell : heading) {
                var name = cell.strip();
                var path = path(name);
                if (!seen.add(name))
                    found("standards.population.column-twice", name);
                else if (name.equals("name") || name.equals("filed"))
                    columns.add(new Column(List.of(name), Optional.empty()));
                else if (path.size() == 2 && path.getFirst().equals("local") && version.variations().find(String
                        .valueOf(path.get(1))).isPresent())
                    columns.add(new Column(path, Optional.empty()));
                else {
                    var property = path.isEmpty() ? Optional.<JsonNode>empty() : version.property(path);
                    if (property.filter(p -> !p.has("properties")).isEmpty())
                        found("standards.population.column", name.isEmpty() ? "—" : name);
                    columns.add(new Column(path, property));
                }
            }
            return columns;
        }

        private static List<Object> path(String name) {
            var path = new ArrayList<Object>();
            for (var step : name.split("\\.", -1)) {
                var parts = STEP.matcher(step);
                if (!parts.matches())
                    return List.of();
                path.add(parts.group(1));
                Pattern.compile("\\d+").matcher(parts.group(2)).results().forEach(m -> path.add(Integer.parseInt(m
                        .group())));
            }
            return path;
        }

        private void row(CSVRecord record, List<Column> columns, int line) {
            if (record.size() == 1 && record.get(0).isBlank())
                return;
            int before = findings.size();
            if (record.size() > columns.size())
                found("standards.population.cells", line, record.size(), columns.size());
            var answers = JsonNodeFactory.instance.objectNode();
            var local = JsonNodeFactory.instance.objectNode();
            Map<String, String> own = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(record.size(), columns.size()); i++) {
                var cell = record.get(i).strip();
                var column = columns.get(i);
                if (cell.isEmpty())
                    continue;
                if (column.path.size() == 1 && column.property.isEmpty())
                    own.put(String.valueOf(column.path.getFirst()), cell);
                else if (column.property.isEmpty())
                    local.set(String.valueOf(column.path.get(1)), loose(cell));
                else {
                    var value = typed(cell, column.property.get());
                    if (value == null)
                        found("standards.population.cell", line, shown(column.path), cell, column.property.get().path(
                                "type").toString());
                    else
                        put(answers, column.path, value);
                }
            }
            var filed = version.ref().day();
            try {
                filed = own.containsKey("filed") ? LocalDate.parse(own.get("filed")) : filed;
            } catch (DateTimeParseException wrong) {
                found("standards.population.filed", line, own.get("filed"));
            }
            if (findings.size() == before && !stopped)
                add(new Case(own.getOrDefault("name", Words.in(jp.kiban.kernel.Language.JA,
                        "standards.population.case", line)), filed, dense(answers), local));
        }

        private static String shown(List<Object> path) {
            var shown = new StringBuilder();
            path.forEach(p -> shown.append(p instanceof Integer
                    ? "[" + p + "]"
                    : (shown.isEmpty() ? "" : ".") + p));
            return shown.toString();
        }

        /// A local value as it would stand in a layer: a number, true or false, JSON, else a text.
        private static JsonNode loose(String cell) {
            try {
                return JSON.readTree(cell);
            } catch (JacksonException words) {
                return JsonNodeFactory.instance.stringNode(cell);
            }
        }

        private static @Nullable JsonNode typed(String cell, JsonNode property) {
            var make = JsonNodeFactory.instance;
            var types = new ArrayList<String>();
            if (property.path("type").isString())
                types.add(property.path("type").asString());
            property.path("type").forEach(t -> types.add(t.asString("")));
            if (types.contains("integer") && cell.matches("-?\\d{1,15}"))
                return make.numberNode(Long.parseLong(cell));
            if (types.contains("number") && cell.matches("-?\\d{1,15}(\\.\\d{1,9})?"))
                return make.numberNode(new java.math.BigDecimal(cell));
            if (types.contains("boolean") && cell.matches("(?i)true|false"))
                return make.booleanNode(Boolean.parseBoolean(cell));
            if (types.contains("array")) {
                var list = make.arrayNode();
                for (var one : cell.split(";"))
                    list.add(one.strip());
                return list;
            }
            return types.contains("string") || types.isEmpty() ? make.stringNode(cell) : null;
        }

        private static void put(ObjectNode into, List<Object> path, JsonNode value) {
            JsonNode at = into;
            for (int i = 0; i < path.size(); i++) {
                boolean last = i == path.size() - 1;
                JsonNode next = last
                        ? value
                        : path.get(i + 1) instanceof Integer
                                ? JsonNodeFactory.instance.arrayNode()
                                : JsonNodeFactory.instance.objectNode();
                if (at instanceof ObjectNode object) {
                    var name = String.valueOf(path.get(i));
                    if (last || !object.has(name))
                        object.set(name, next);
                    at = object.get(name);
                } else if (at instanceof ArrayNode list && path.get(i) instanceof Integer index) {
                    while (list.size() <= index)
                        list.addNull();
                    if (last || list.get(index).isNull())
                        list.set(index, next);
                    at = list.get(index);
                }
            }
        }

        /// Rows of which a line says nothing are not there.
        private static ObjectNode dense(ObjectNode answers) {
            answers.forEachEntry((name, value) -> {
                if (value instanceof ArrayNode list)
                    for (int i = list.size() - 1; i >= 0; i--)
                        if (list.get(i).isNull())
                            list.remove(i);
            });
            return answers;
        }
    }
}
