package jp.kiban.conformity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Holidays;
import jp.kiban.kernel.Language;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.LocalForms;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Variations;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 小さな相手. A correct implementation of the contract in a few hundred lines, with nothing but the standard's own rules and a
/// map: what any vendor might write. One fault can be planted in it.
final class SmallTarget implements AutoCloseable {
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        // else a long answer waits 40 ms for the acknowledgement of its head
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Map<String, Judgement> JUDGED = new ConcurrentHashMap<>();

    private final HttpServer server;
    private final StandardVersion version;
    private final PlantedFault fault;
    private final Map<String, Office> offices = new LinkedHashMap<>();
    private int receipts;

    /// One invented authority.
    private static final class Office {
        final Map<String, JsonNode> local;
        final Variations.Values values;
        final StandardVersion asked;
        boolean automatic;
        final Map<String, Item> items = new LinkedHashMap<>();
        final Map<String, Item> byKey = new LinkedHashMap<>();

        Office(Map<String, JsonNode> local, Variations.Values values, StandardVersion asked) {
            this.local = local;
            this.values = values;
            this.asked = asked;
        }
    }

    private static final class Item {
        final String receipt;
        final LocalDate filed;
        final JsonNode answers;
        Optional<ObjectNode> decision = Optional.empty();
        Optional<Judgement> judgement = Optional.empty();
        LocalDate decidedOn = LocalDate.EPOCH;
        boolean withdrawn;
        final List<ObjectNode> notices = new ArrayList<>();

        Item(String receipt, LocalDate filed, JsonNode answers) {
            this.receipt = receipt;
            this.filed = filed;
            this.answers = answers;
        }
    }

    private static final class Refused extends RuntimeException {
        final int status;
        final List<Finding> findings;

        Refused(int status, List<Finding> findings) {
            this.status = status;
            this.findings = findings;
        }
    }

    SmallTarget(StandardVersion version, PlantedFault fault) {
        this.version = version;
        this.fault = fault;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
    }

    String url() { return "http://localhost:" + server.getAddress().getPort(); }

    @Override
    public void close() { server.stop(0); }

    private boolean is(PlantedFault planted) { return fault == planted; }

    private void serve(HttpExchange exchange) throws IOException {
        int status = 200;
        JsonNode body;
        try {
            var read = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            synchronized (this) {
                body = answer(exchange, read);
            }
            status = exchange.getRequestMethod().equals("POST") && !exchange.getRequestURI().getPath()
                    .matches(".*/(decision|withdrawal)") ? 201 : 200;
        } catch (Refused refused) {
            status = refused.status;
            body = problem(status, refused.findings);
        } catch (BadInput bad) {
            status = 422;
            body = problem(status, bad.findings());
        } catch (JacksonException noJson) {
            status = 400;
            body = problem(status, List.of());
        }
        boolean bad = status >= 400;
        if (bad && is(PlantedFault.FALLS_DOWN_ON_BAD_INPUT) && status == 422)
            status = 500;
        boolean asText = bad && is(PlantedFault.ERRORS_AS_TEXT);
        var bytes = (asText
                ? "error"
                : is(PlantedFault.ANSWERS_NO_JSON) && exchange.getRequestURI().getPath().endsWith("/export")
                        ? "<html>"
                        : body.toString())
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type",
                asText ? "text/plain" : bad ? "application/problem+json" : "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode problem(int status, List<Finding> findings) {
        var problem = MAKE.objectNode().put("status", status).put("title", "refused").put("detail", "refused");
        if (!findings.isEmpty()) {
            var list = problem.putArray("findings");
            for (var finding : is(PlantedFault.ONLY_FIRST_FINDING) ? findings.subList(0, 1) : findings)
                list.addObject()
                        .put("where", is(PlantedFault.FINDING_AT_ANOTHER_PLACE) ? "form" : finding.where())
                        .put("code", finding.code()).put("message", finding.message().ja());
        }
        return problem;
    }

    private JsonNode answer(HttpExchange exchange, String text) {
        var path = exchange.getRequestURI().getPath().split("/");
        boolean post = exchange.getRequestMethod().equals("POST");
        if (path.length < 2)
            return describe();
        if (path.length == 2 && path[1].equals("sessions") && post)
            return open(object(text));
        var office = Optional.ofNullable(offices.get(path.length > 2 ? path[2] : ""))
                .orElseThrow(() -> new Refused(404, List.of()));
        if (path.length == 3 && exchange.getRequestMethod().equals("DELETE")) {
            if (!is(PlantedFault.ENDS_NOTHING))
                offices.remove(path[2]);
            return MAKE.objectNode();
        }
        var what = path.length > 3 ? path[3] : "";
        if (what.equals("statistics"))
            return statistics(office);
        if (what.equals("export"))
            return export(office);
        if (path.length == 4 && post)
            return submit(office, Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                    object(text));
        var item = Optional.ofNullable(office.items.get(path[4])).or(() -> is(PlantedFault.LEAK)
                ? offices.values().stream().flatMap(o -> o.items.values().stream())
                        .filter(i -> i.receipt.equals(path[4])).findFirst()
                : Optional.empty()).orElseThrow(() -> new Refused(404, List.of()));
        if (is(PlantedFault.LOST_SUBMISSION) && item.receipt.endsWith("7"))
            throw new Refused(404, List.of());
        return switch (path.length > 5 ? path[5] : "") {
            case "" -> follow(office, item);
            case "decision" -> post
                    ? decide(office, item, object(text))
                    : item.decision.orElseThrow(() -> new Refused(404, List.of()));
            case "withdrawal" -> {
                item.withdrawn = true;
                yield follow(office, item);
            }
            case "notices" -> {
                var notices = MAKE.objectNode();
                item.notices.forEach(notices.putArray("notices")::add);
                yield notices;
            }
            default -> throw new Refused(404, List.of());
        };
    }

    private static ObjectNode object(String text) {
        if (JSON.readTree(text) instanceof ObjectNode object)
            return object;
        throw new Refused(422, List.of());
    }

    private ObjectNode describe() {
        var told = MAKE.objectNode().put("contract", "kiban-conformity/1").put("product", "small").put(
                "productVersion", "1");
        told.putArray("standards").addObject().put("id", version.ref().id()).putArray("versions")
                .add(version.ref().version().toString());
        return told;
    }

    private ObjectNode open(ObjectNode body) {
        var local = new LinkedHashMap<String, JsonNode>();
        body.path("local").forEachEntry(local::put);
        Variations.Values values;
        try {
            values = version.variations().merge(local);
        } catch (BadInput outside) {
            if (!is(PlantedFault.LOCAL_LIMITS_IGNORED))
                throw outside;
            values = version.variations().defaults();
        }
        if (is(PlantedFault.LOCAL_LAYER_IGNORED) || is(PlantedFault.LOCAL_VALUE_ECHOED_ONLY)) {
            if (is(PlantedFault.LOCAL_LAYER_IGNORED))
                local.clear();
            values = version.variations().defaults();
        }
        var name = "s" + (offices.size() + 1);
        var asked = is(PlantedFault.OWN_QUESTIONS_FORGOTTEN) ? version : LocalForms.asked(version, values);
        var office = new Office(local, values, asked);
        office.automatic = body.path("automatic").asBoolean(false);
        offices.put(name, office);
        var told = MAKE.objectNode().put("session", name).put("version", theVersion()).put("authority", "X")
                .put("endsAt", java.time.Instant.now().plusSeconds(7_200).toString());
        var places = told.putArray("localQuestions");
        asked.form().fields().stream().filter(f -> f.path().startsWith("local.")).forEach(f -> places.add(f.path()));
        var echoed = told.putObject("values");
        values.all().forEach(echoed::set);
        local.forEach(echoed::set);
        return told;
    }

    private String theVersion() {
        return is(PlantedFault.STALE_VERSION) ? "2022-10-01" : version.ref().version().toString();
    }

    private ObjectNode submit(Office office, Optional<String> key, ObjectNode body) {
        if (key.isEmpty() || !Trials.isDay(body.path("day")) || !body.path("answers").isObject())
            throw new Refused(422, List.of());
        var before = office.byKey.get(key.get());
        if (before != null && !is(PlantedFault.RETRY_IS_ANOTHER)) {
            if (!before.answers.equals(body.get("answers")) && !is(PlantedFault.KEY_TAKES_ANYTHING))
                throw new Refused(409, List.of());
            return receipt(before);
        }
        var findings = office.asked.check(body.get("answers"));
        if (!findings.isEmpty() && !is(PlantedFault.ACCEPTS_BAD_INPUT)
                || is(PlantedFault.REFUSES_GOOD_INPUT) && body.path("answers").path("children").size() > 2)
            throw new Refused(422, findings);
        var item = new Item("R" + ++receipts, LocalDate.parse(body.path("day").asString()), body.get("answers"));
        office.byKey.put(key.get(), item);
        office.items.put(item.receipt, item);
        if (is(PlantedFault.DOUBLED_SUBMISSION) && receipts % 10 == 0) {
            var twin = new Item("R" + ++receipts, item.filed, item.answers);
            office.items.put(twin.receipt, twin);
        }
        if (office.automatic && !is(PlantedFault.NEVER_WITHOUT_HANDS) && findings.isEmpty()
                && (is(PlantedFault.ALWAYS_WITHOUT_HANDS) || version.decidesItself(item.answers, judge(item.answers,
                        item.filed, office.values))))
            decide(office, item, MAKE.objectNode().put("day", item.filed.toString()));
        return receipt(item);
    }

    private ObjectNode receipt(Item item) {
        return MAKE.objectNode().put("receipt", item.receipt).put("standard", version.ref().id())
                .put("version", theVersion()).put("arrivedOn", item.filed.toString());
    }

    private ObjectNode follow(Office office, Item item) {
        var told = receipt(item).put("status", status(item));
        var due = item.filed.plus(version.standardPeriodDays(office.values));
        if (is(PlantedFault.WRONG_DEADLINE))
            due = due.minusDays(1);
        while (!Holidays.isOfficeDay(due) && !is(PlantedFault.DEADLINE_ON_A_HOLIDAY))
            due = due.plusDays(1);
        if (status(item).equals("open"))
            told.put("dueOn", due.toString());
        return told;
    }

    private static String status(Item item) {
        return item.withdrawn ? "withdrawn" : item.decision.isPresent() ? "decided" : "open";
    }

    private ObjectNode decide(Office office, Item item, ObjectNode body) {
        if (item.decision.isPresent())
            return item.decision.get();
        if (item.withdrawn && !is(PlantedFault.DECIDES_WHAT_WAS_WITHDRAWN))
            throw new Refused(409, List.of());
        var judged = judge(item.answers,
                is(PlantedFault.FILED_ONE_DAY_LATER) ? item.filed.plusDays(1) : item.filed, office.values);
        var told = Told.of(judged);
        var reasons = judged.reasons();
        var outcome = judged.outcome().name();
        boolean officer = body.path("by").asString("").equals("officer") && !is(PlantedFault.OFFICER_IGNORED);
        if (officer) {
            var words = body.path("reason").path("text");
            var law = body.path("reason").path("law").asString("").split(" ", 2);
            reasons = List.of(new Judgement.Reason("OFFICER",
                    new jp.kiban.kernel.Text(words.path("ja").asString(), words.path("ja-easy").asString(),
                            words.path("en").asString()),
                    new jp.kiban.kernel.LegalBasis(law[0], law[1])));
            outcome = body.path("outcome").asString();
            told = Told.of(judged, outcome, reasons);
        }
        item.judgement = Optional.of(judged);
        item.decidedOn = LocalDate.parse(body.path("day").asString());
        told.put("receipt", item.receipt).put("version", theVersion()).put("decidedOn",
                (is(PlantedFault.DECIDED_ON_ANOTHER_DAY) ? item.decidedOn.plusDays(1) : item.decidedOn).toString());
        item.decision = Optional.of(spoilt(told));
        notices(office, item, judged, outcome, reasons);
        return item.decision.get();
    }

    /// The rules always say the same of the same; asking them once is enough for all the faulty ones.
    private Judgement judge(JsonNode answers, LocalDate filed, Variations.Values values) {
        return JUDGED.computeIfAbsent(filed + " " + values.all() + " " + answers,
                k -> version.judge(answers, filed, values));
    }

    private ObjectNode spoilt(ObjectNode told) {
        var months = told.path("months");
        switch (fault) {
            case ONE_YEN_TOO_MUCH -> months.path(0).path("lines").path(0).asObjectOpt()
                    .ifPresent(line -> line.put("yen", line.path("yen").asLong() + 1));
            case ROUNDED_TO_THREE_THOUSANDS -> months.forEach(month -> month.path("lines").forEach(
                    line -> ((ObjectNode) line).put("yen", line.path("yen").asLong() / 3_000 * 3_000)));
            case WRONG_TOTAL -> months.forEach(
                    month -> ((ObjectNode) month).put("total",
                            month.path("lines").path(0).path("yen").asLong() * 2 + 1));
            case SWAPPED_CHILDREN -> months.forEach(month -> {
                var lines = month.path("lines");
                if (lines.size() > 1) {
                    long first = lines.path(0).path("yen").asLong();
                    ((ObjectNode) lines.get(0)).put("yen", lines.path(lines.size() - 1).path("yen").asLong());
                    ((ObjectNode) lines.get(lines.size() - 1)).put("yen", first);
                }
            });
            case ONE_MONTH_LATE -> {
                months.forEach(month -> ((ObjectNode) month).put("month",
                        java.time.YearMonth.parse(month.path("month").asString()).plusMonths(1).toString()));
            }
            case WRONG_START -> told.path("start").asStringOpt().ifPresent(start -> told.put("start",
                    java.time.YearMonth.parse(start).plusMonths(1).toString()));
            case LAST_MONTH_MISSING -> {
                if (months instanceof ArrayNode list && !list.isEmpty())
                    list.remove(list.size() - 1);
            }
            case ALWAYS_GRANTED -> told.put("outcome", "GRANT");
            case WRONG_REASON -> told.path("reasons").path(0).asObjectOpt()
                    .ifPresent(reason -> reason.put("code", "XX-OTHER"));
            case MISSING_REASON -> {
                if (told.path("reasons") instanceof ArrayNode list && !list.isEmpty())
                    list.remove(list.size() - 1);
            }
            case WRONG_ARTICLE -> told.path("reasons").path(0).asObjectOpt()
                    .ifPresent(reason -> reason.put("law", "児童手当法 第99条"));
            case REQUIREMENT_FORGOTTEN -> told.putArray("requirements");
            case ONCE_ONE_YEN_TOO_MUCH -> told.path("once").path(0).asObjectOpt()
                    .ifPresent(line -> line.put("yen", line.path("yen").asLong() + 1));
            case ONCE_MISSES_A_PERSON -> {
                if (told.path("once") instanceof ArrayNode list && !list.isEmpty())
                    list.remove(list.size() - 1);
            }
            case ANOTHER_RESULT -> told.path("results").path(0).asObjectOpt().ifPresent(result -> result.set("value",
                    result.path("value").isNumber()
                            ? MAKE.numberNode(result.path("value").decimalValue().add(java.math.BigDecimal.ONE))
                            : MAKE.stringNode("other")));
            case LAST_RESULT_MISSING -> {
                if (told.path("results") instanceof ArrayNode list && !list.isEmpty())
                    list.remove(list.size() - 1);
            }
            case RESULT_TWICE -> {
                if (told.path("results") instanceof ArrayNode list && !list.isEmpty())
                    list.add(list.get(0).deepCopy());
            }
            default -> {
            }
        }
        return told;
    }

    private void notices(Office office, Item item, Judgement judged, String outcome,
            List<Judgement.Reason> reasons) {
        if (is(PlantedFault.NO_NOTICE))
            return;
        var kind = switch (outcome) {
            case "GRANT" -> "grant";
            case "REFUSE" -> "refusal";
            default -> "redirect";
        };
        var notice = MAKE.objectNode().put("kind", is(PlantedFault.NOTICE_OF_ANOTHER_KIND) ? "grant" : kind);
        var words = notice.putObject("words");
        for (var language : Language.values()) {
            var spoken = is(PlantedFault.WRONG_LANGUAGE) ? Language.JA : language;
            var facts = new TreeMap<String, Object>();
            for (var fact : version.noticeFacts(kind))
                facts.put(fact, "某");
            facts.putAll(version.factsOf(judged, office.values, spoken));
            facts.put("reasons", reasons.stream().map(r -> Map.<String, Object>of("code", r.code(), "text",
                    is(PlantedFault.REASON_NOT_TOLD) ? "—" : r.text().in(spoken), "law",
                    is(PlantedFault.LAW_NOT_TOLD) ? "—" : r.law().toString())).toList());
            facts.put("receipt", item.receipt);
            facts.put("filedOn", item.filed);
            facts.put("date", item.decidedOn);
            var rendered = version.notice(kind, spoken, facts);
            var text = rendered.text();
            if (is(PlantedFault.NO_REMEDY))
                text = text.lines().filter(l -> !l.contains("審査請求") && !l.contains("不服") && !l.contains("訴え")
                        && !l.contains("review") && !l.contains("lawsuit")).reduce("", (a, b) -> a + "\n" + b);
            words.putObject(language.code()).put("title", rendered.title()).put("text", text);
        }
        item.notices.add(notice);
        if (is(PlantedFault.NOTICE_SENT_TWICE))
            item.notices.add(notice);
    }

    private ObjectNode statistics(Office office) {
        var counted = new ArrayList<Item>();
        if (is(PlantedFault.SHARED_FIGURES))
            offices.values().forEach(o -> counted.addAll(o.items.values()));
        else
            counted.addAll(office.items.values());
        var told = MAKE.objectNode();
        told.put("received", counted.size() - (is(PlantedFault.STATISTICS_OFF_BY_ONE) ? 1 : 0));
        told.put("withdrawn", counted.stream().filter(i -> i.withdrawn).count());
        var decided = told.putObject("decided");
        for (var outcome : List.of("GRANT", "REFUSE", "REDIRECT"))
            decided.put(outcome, counted.stream().filter(i -> outcome(i).equals(outcome)).count());
        var yen = told.putObject("yen");
        yen.put("granted", counted.stream().filter(i -> outcome(i).equals("GRANT"))
                .mapToLong(i -> i.judgement
                        .stream().mapToLong(j -> (is(PlantedFault.ONCE_NOT_COUNTED) ? 0 : j.onceTotal().amount())
                                + (is(PlantedFault.YEN_OF_ALL_MONTHS)
                                        ? j.months().stream().mapToLong(m -> m.total().amount()).sum()
                                        : j.firstMonthly().amount()))
                        .sum())
                .sum());
        var days = told.putObject("days");
        for (var item : counted)
            if (item.decision.isPresent()) {
                long took = item.decidedOn.toEpochDay() - item.filed.toEpochDay()
                        + (is(PlantedFault.DAYS_COUNTED_WITH_ARRIVAL) ? 1 : 0);
                days.put(Long.toString(took), days.path(Long.toString(took)).asLong(0) + 1);
            }
        return told;
    }

    private static String outcome(Item item) {
        return item.decision.map(d -> d.path("outcome").asString("")).orElse("");
    }

    private ObjectNode export(Office office) {
        var told = MAKE.objectNode().put("standard", version.ref().id());
        var list = told.putArray("cases");
        int number = 0;
        for (var item : office.items.values()) {
            if (++number == 3 && is(PlantedFault.EXPORT_MISSES_ONE))
                continue;
            var record = receipt(item).put("status", status(item));
            var answers = (ObjectNode) item.answers.deepCopy();
            if (number == 3 && is(PlantedFault.EXPORT_LOSES_AN_ANSWER))
                answers.remove(answers.propertyNames().iterator().next());
            record.set("answers", answers);
            item.decision.ifPresent(decision -> {
                var copy = decision.deepCopy();
                if (is(PlantedFault.EXPORT_TELLS_ANOTHER_DECISION))
                    copy.put("outcome", Set.of("GRANT").contains(outcome(item)) ? "REFUSE" : "GRANT");
                record.set("decision", copy);
            });
            list.add(record);
        }
        return told;
    }
}
