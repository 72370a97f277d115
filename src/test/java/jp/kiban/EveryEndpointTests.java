package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.io.UncheckedIOException;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.net.http.HttpRequest;
import tools.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jp.kiban.cost.KeptQuote;
import jp.kiban.demo.Doubles;
import jp.kiban.identity.Actor;
import jp.kiban.identity.KeptForm;
import jp.kiban.identity.Parking;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.registry.KeptCorrection;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/// Every endpoint that is mapped, tried with the ids of a real application of 津市 as everybody whom it does not concern:
/// the answer is the one for an id that never was. An endpoint of a new kind makes this fail until it is named here. The
/// house of this test is its own (a watched one): its counts are compared before and after.
@KibanTest
@Import({Watch.class, Doubles.class})
@TestPropertySource(properties = "kiban.registry.requests-per-minute=1000000") // one machine asks for everybody here
class EveryEndpointTests {
    private static final String STANDARD = "child-allowance";
    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

    /// For everybody by design, each with the reason. Whoever adds one says here why.
    private static final Map<String, String> PUBLIC = Map.ofEntries(
            Map.entry("/", "the first page"),
            Map.entry("/home", "leads to one's own home"),
            Map.entry("/error", "the page of faults"),
            Map.entry("${server.error.path:${error.path:/error}}", "the page of faults"),
            Map.entry("/portal/parts", "the components, with invented text"),
            Map.entry("/schemas/{file}", "the schemas of the format, for editors"),
            Map.entry("/cost/here", "leads to what services cost in a municipality"),
            Map.entry("/cost/here/{code}", "what services cost in a municipality"),
            Map.entry("/api/cost/here/{code}", "what services cost in a municipality"),
            Map.entry("/cost/target", "what municipalities published of their costs"),
            Map.entry("/cost/target.csv", "what municipalities published of their costs"),
            Map.entry("/api/cost/target", "what municipalities published of their costs"),
            Map.entry("/authorities", "the public list of local governments"),
            Map.entry("/authorities.csv", "the public list of local governments"),
            Map.entry("/authorities/{code}", "a local government"),
            Map.entry("/api/authorities", "the public list of local governments"),
            Map.entry("/api/authorities/{code}", "a local government"),
            Map.entry("/catalogue/layers/{standard}/compare", "what municipalities have set is public"),
            Map.entry("/catalogue/layers/{standard}/compare.csv", "what municipalities have set is public"),
            Map.entry("/api/catalogue/layers/{standard}/compare", "what municipalities have set is public"),
            Map.entry("/registry", "what registries there are"),
            Map.entry("/api/registry/addresses", "public data; nothing of anybody is kept"),
            Map.entry("/api/registry/addresses/match", "public data; nothing of anybody is kept"),
            Map.entry("/api/registry/addresses/near", "public data; nothing of anybody is kept"),
            Map.entry("/api/registry/addresses/postal", "public data; nothing of anybody is kept"),
            Map.entry("/api/registry/addresses/postal/{code}", "public data; nothing of anybody is kept"),
            Map.entry("/api/registry/addresses/{lgCode:[0-9]{6}}/{machiazaId:[0-9]{7}}",
                    "public data; nothing of anybody is kept"),
            Map.entry("/registry/corporations", "public data by law"),
            Map.entry("/registry/corporations.csv", "public data by law"),
            Map.entry("/registry/corporations/{number:[0-9TＴ-]+}", "public data by law"),
            Map.entry("/api/registry/corporations", "public data by law"),
            Map.entry("/api/registry/corporations/{number:[0-9TＴ-]+}", "public data by law"),
            Map.entry("/registry/{registry}/changes.atom", "changes of public data"),
            Map.entry("/api/registry/{registry}/changes", "changes of public data"),
            Map.entry("/open-data", "public data"),
            Map.entry("/open-data/catalog.jsonld", "public data"),
            Map.entry("/open-data/corporations.csv", "public data"),
            Map.entry("/open-data/corporations.ndjson", "public data"),
            Map.entry("/open-data/corporations.geojson", "public data"),
            Map.entry("/open-data/lots.{format:csv|ndjson|geojson}", "public data"),
            Map.entry("/open-data/authorities.{format:csv|ndjson|geojson}", "public data"),
            Map.entry("/open-data/addresses.{format:csv|ndjson|geojson}", "public data"),
            Map.entry("/open-data/postal-codes.{format:csv|ndjson}", "public data"),
            Map.entry("/registry/lots", "public data; whose a lot is is not in it"),
            Map.entry("/registry/lots/{lot}", "public data; whose a lot is is not in it"),
            Map.entry("/api/registry/lots", "public data; whose a lot is is not in it"),
            Map.entry("/api/registry/lots/{lot}", "public data; whose a lot is is not in it"),
            Map.entry("/registry/addresses", "public data; nothing of anybody is kept"),
            Map.entry("/registry/addresses.csv", "public data; nothing of anybody is kept"),
            Map.entry("/registry/addresses/{town:[0-9]{6}-[0-9]{7}}", "public data"),
            Map.entry("/registry/postal-codes/{code:[0-9]{7}}", "public data"),
            Map.entry("/registry/authorities/{code:[0-9]{6}}", "public data"),
            Map.entry("/submission", "the services, in words for all"),
            Map.entry("/submission/{standard}", "what the service is; her own draft only for her"),
            Map.entry("/catalogue", "the public list of standards"),
            Map.entry("/catalogue.csv", "the public list of standards"),
            Map.entry("/api/catalogue", "the public list of standards"),
            Map.entry("/catalogue/feed.atom", "what was published"),
            Map.entry("/catalogue/keys.json", "public keys"),
            Map.entry("/catalogue/{standard}", "a published standard"),
            Map.entry("/api/catalogue/{standard}", "a published standard"),
            Map.entry("/catalogue/{standard}/{version}", "a published version"),
            Map.entry("/api/catalogue/{standard}/{version}", "a published version"),
            Map.entry("/catalogue/{standard}/{version}/package.zip", "a published version"),
            Map.entry("/catalogue/{standard}/{version}/signature.jws", "a published version"),
            Map.entry("/catalogue/{standard}/{version}/manifest.txt", "a published version"),
            Map.entry("/catalogue/{standard}/{version}/choices.csv", "what municipalities have set, which is public"),
            Map.entry("/casework/no-font", "says that the operator must give a font"),
            Map.entry("/identity/sign-in", "before anybody is somebody"),
            Map.entry("/identity/return", "back from the card, with a code used once"),
            Map.entry("/identity/sign-out", "ends one's own session"),
            Map.entry("/api/identity/challenges", "before anybody is somebody"),
            Map.entry("/api/identity/challenges/{id}", "the text for the card, for whoever began it"),
            Map.entry("/api/identity/challenges/{id}/response", "the card's answer"),
            Map.entry("/api/identity/session", "who I am, to myself"),
            Map.entry("/demo/card", "the demonstration's cards"),
            Map.entry("/demo/card/unlock", "the demonstration's cards"),
            Map.entry("/demo/day", "the demonstration's day"),
            Map.entry("/api/demo/day", "the demonstration's day"),
            Map.entry("/demo/claims", "starts claims of invented families"),
            Map.entry("/api/demo/claims", "starts claims of invented families, and how many"),
            Map.entry("/v3/api-docs", "the description of the API"),
            Map.entry("/v3/api-docs.yaml", "the description of the API"),
            Map.entry("/v3/api-docs/swagger-config", "the description of the API"),
            Map.entry("/swagger-ui.html", "the description of the API"),
            Map.entry("/statistics", "figures of the nation, small cells hidden"),
            Map.entry("/statistics.csv", "figures of the nation, small cells hidden"),
            Map.entry("/api/statistics/open", "figures of the nation, small cells hidden"),
            Map.entry("/api/cost/rates", "the declared rates"),
            Map.entry("/conformity/keys.json", "public keys"),
            Map.entry("/api/conformity", "what the conformance kit may ask this house about"),
            Map.entry("/api/conformity/sessions", "opens an invented authority for a test"),
            Map.entry("/api/conformity/sessions/{session}", "ends it; the secret name is the key"),
            Map.entry("/api/conformity/sessions/{session}/applications", "an invented authority, by its secret name"),
            Map.entry("/api/conformity/sessions/{session}/applications/{receipt}", "the same"),
            Map.entry("/api/conformity/sessions/{session}/applications/{receipt}/decision", "the same"),
            Map.entry("/api/conformity/sessions/{session}/applications/{receipt}/withdrawal", "the same"),
            Map.entry("/api/conformity/sessions/{session}/applications/{receipt}/notices", "the same"),
            Map.entry("/api/conformity/sessions/{session}/statistics", "the same"),
            Map.entry("/api/conformity/sessions/{session}/export", "the same"),
            Map.entry("/actuator", "closed but for health"),
            Map.entry("/actuator/health", "alive or not"),
            Map.entry("/actuator/health/**", "alive or not"));

    /// Not tried by writing, each with the reason.
    private static final Map<String, String> NOT_WRITTEN = Map.of("/identity/sign-out",
            "would end the session that tries",
            "/api/identity/session", "would end the session that tries", "/demo/day",
            "moves the day for the whole house", "/api/demo/day", "moves the day for the whole house", "/demo/claims",
            "fills the whole house with claims", "/api/demo/claims", "fills the whole house with claims");

    /// Their content is of the whole nation and may grow with each claim (or, at the keeper's desk, with each correction
    /// that a municipality asks for); only marks are looked for.
    private static final Pattern FIGURES = Pattern
            .compile("/ministry.*|/cost.*|/api/cost.*|/(api/)?statistics.*|/actuator.*|/registry/desk(/corrections)?");

    /// Pages with the list of test cards, which are named after their holders.
    private static final Set<String> CARD_LISTS = Set.of("/", "/demo/card", "/identity/sign-in");

    /// Leads to the receipt, whether there is one or not; what is there decides.
    private static final String LEADS_ON = "/submission/receipts/{receipt}/correct";

    @Autowired
    List<RequestMappingInfoHandlerMapping> mappings;
    @Autowired
    BeanFactory house;
    @Autowired
    Parking parking;
    @Autowired
    Clock clock;
    @LocalServerPort
    int port;

    private static final byte[] HOUSE = HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
                    + "0000000b49444154789c63f80f040009fb03fdfb5e6b2b0000000049454e44ae426082");

    private final List<String> wrong = new ArrayList<>();
    private int tries;

    /// One method of one pattern.
    private record Endpoint(String method, String pattern, HandlerMethod handler, boolean multipart, boolean bytes) {
        boolean api() { return pattern.startsWith("/api/"); }

        boolean hasIds() { return pattern.contains("{") && !pattern.contains("${"); }

        boolean writes() { return WRITING.contains(method); }

        @Override
        public String toString() { return method + " " + pattern; }
    }

    /// Where an id stands, the real value, and one that never was.
    private record Id(String under, String variable, String real, String never) {}

    private record Visitor(String name, SignIn browser) {}

    private record Answer(int status, String type, String location, String body) {}

    /// A real application, everything that belongs to it, and the words by which it would be recognised.
    private record Seed(List<Id> ids, Map<String, String> fields, String bankAnswer, Map<String, List<String>> searches,
            Set<String> marks, Set<String> names) {}

    @Test
    void nothingOfAnApplicationIsToBeHadByAnybodyWhomItDoesNotConcern() {
        var endpoints = endpoints();
        var visitors = visitors();
        var before = lists(endpoints, visitors);
        var seed = seed();
        var mine = ownersView(seed);
        var after = lists(endpoints, visitors);
        before.forEach((key, answer) -> {
            if (!answer.equals(after.get(key)))
                wrong.add("changed by somebody else's claim: " + key + difference(answer, after.get(key)));
        });
        ownersFind(endpoints, seed);
        var tried = new TreeSet<String>();
        // those with an id first: what visitors write for themselves comes last
        for (var endpoint : endpoints.stream().sorted(Comparator.comparing(e -> !e.hasIds())).toList())
            for (var visitor : visitors) {
                if (endpoint.writes() && NOT_WRITTEN.containsKey(endpoint.pattern()))
                    continue;
                tried.add(endpoint.toString());
                attempt(endpoint, visitor, seed);
            }
        assertThat(ownersView(seed)).as("nobody has changed anything of it").isEqualTo(mine);
        System.out.printf("isolation: %d endpoints x %d visitors, %d tries, %d differences%n", tried.size(),
                visitors.size(), tries, wrong.size());
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyEndpointIsOfAKindThatIsTried() {
        var unknown = new TreeSet<String>();
        var known = ids("x", "x", "x", "x", "x", "1", "x", "x", new Photo("x", "x"), "x", "x", "1", "x");
        for (var endpoint : endpoints()) {
            for (String variable : variables(endpoint.pattern()))
                if (known.stream().noneMatch(id -> fits(id, endpoint, variable)))
                    unknown.add(endpoint + ": no id for {" + variable + "}");
            for (var parameter : required(endpoint.handler()))
                if (!fields(1).containsKey(parameter))
                    unknown.add(endpoint + ": no value for the field " + parameter);
            var permit = AnnotatedElementUtils.findMergedAnnotation(endpoint.handler().getMethod(), Permit.class);
            boolean open = permit == null || List.of(permit.value()).contains(Role.ANYONE);
            if (open && !PUBLIC.containsKey(endpoint.pattern()))
                unknown.add(endpoint + ": for everybody, and no reason is given here");
        }
        assertThat(unknown).isEmpty();
    }

    // what is mapped

    private List<Endpoint> endpoints() {
        var all = new LinkedHashMap<String, Endpoint>();
        for (var mapping : mappings)
            mapping.getHandlerMethods().forEach((info, handler) -> {
                var consumes = info.getConsumesCondition().getConsumableMediaTypes();
                boolean multipart = Arrays.stream(handler.getMethod().getParameterTypes())
                        .anyMatch(MultipartFile.class::isAssignableFrom);
                var methods = new TreeSet<String>();
                info.getMethodsCondition().getMethods().forEach(method -> methods.add(method.name()));
                if (methods.isEmpty())
                    methods.addAll(List.of("GET", "POST"));
                for (String pattern : info.getPatternValues())
                    for (String method : methods) {
                        var endpoint = new Endpoint(method, pattern, handler, multipart,
                                consumes.contains(MediaType.APPLICATION_OCTET_STREAM));
                        all.putIfAbsent(endpoint.toString(), endpoint);
                    }
            });
        return all.values().stream().sorted(Comparator.comparing(Endpoint::toString)).toList();
    }

    private static List<String> variables(String pattern) {
        return pattern.contains("${")
                ? List.of()
                : Pattern.compile("\\{\\*?([A-Za-z0-9]+)(:[^{}]*(?:\\{[^}]*}[^{}]*)*)?}").matcher(pattern).results()
                        .map(m -> m.group(1))
                        .toList();
    }

    private static List<String> required(HandlerMethod handler) {
        return Arrays.stream(handler.getMethod().getParameters()).filter(p -> {
            var asked = p.getAnnotation(RequestParam.class);
            return asked != null && asked.required() && asked.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                    && p.getType() != Optional.class && !Map.class.isAssignableFrom(p.getType())
                    && !MultipartFile.class.isAssignableFrom(p.getType());
        }).map(EveryEndpointTests::name).toList();
    }

    private static String name(Parameter parameter) {
        var asked = parameter.getAnnotation(RequestParam.class);
        return asked == null || asked.name().isEmpty() && asked.value().isEmpty()
                ? parameter.getName()
                : asked.name().isEmpty() ? asked.value() : asked.name();
    }

    // who tries

    private List<Visitor> visitors() {
        var visitors = new ArrayList<Visitor>();
        visitors.add(new Visitor("nobody", SignIn.nobody(port)));
        for (String card : List.of("tsu-shota", "fukui-naoki"))
            visitors.add(new Visitor(card, SignIn.resident(port, card)));
        for (String card : List.of("fukui-uketsuke", "fukui-shinsa", "fukui-kessai", "fukui-kaikei", "cfa-tanto",
                "digital-tanto"))
            visitors.add(new Visitor(card, SignIn.staff(port, card)));
        return visitors;
    }

    // what they try to get

    /// A claim carried as far as a returned payment with a corrected account that waits, an open draft, a kept form.
    private Seed seed() {
        var item = new Item(port);
        var claimant = SignIn.resident(port, "tsu-daisuke");
        var claimed = item.claims(claimant);
        item.isDecided("tsu", claimed.receipt());
        Item.until(() -> claimant.page("/casework/my/" + claimed.receipt() + "/notices/1").statusCode() == 200);
        var treasury = SignIn.staff(port, "tsu-kaikei");
        // two that were called off, so that the number of the run is no run of another town
        for (int i = 0; i < 2; i++) {
            Item.until(() -> Item.ok(treasury.get(
                    "/api/payment/outlook?service=" + STANDARD + "&payDay=2027-02-10")).get("orders").asInt() > 0);
            int run = Item.prepared(treasury, "2027-02-10");
            Item.ok(treasury.postJson("/api/payment/runs/" + run + "/cancel", "{\"reason\":\"やり直し\"}"));
        }
        var paid = item.isPaid("tsu", claimed.receipt(), "2027-02-10", Optional.of("03"));
        var account = Map.of("bankCode", "0989", "branchCode", "101", "type", "1", "number", "7604329", "holderKana",
                "ヤマモト ダイスケ");
        Item.ok(treasury.postJson("/api/payment/accounts/" + claimed.receipt(),
                Item.JSON.writeValueAsString(account)));
        var other = SignIn.resident(port, "tsu-megumi");
        var draft = item.opens(other);
        var session = Item.JSON.readTree(other.get("/api/identity/session").body());
        var actor = new Actor.Resident(AuthorityId.of("242012"), PersonId.of(session.path("id").asString()));
        String kept = KeptForm.of(parking, actor, "/identity/forget/none", "預けた下書きの言葉");
        Item.ok(SignIn.staff(port, "tsu-shinsa").postJson("/api/catalogue/layers/" + STANDARD,
                "{\"from\":\"2027-04-01\",\"until\":\"2027-09-30\",\"share\":20,\"measure\":\"days\",\"values\":{\"payDay\":15},\"why\":\"試行\"}"));
        int version = Item.version(SignIn.staff(port, "tsu-shinsa"), claimed.receipt());
        var photo = photo(SignIn.resident(port, "tsu-futsu"));

        var marks = new LinkedHashSet<String>(List.of(claimed.receipt(), "7604329", "預けた下書きの言葉", paid.file(),
                draft.get("id").asString(), claimed.draft(), kept, "%,d円".formatted(paid.total())));
        var names = new LinkedHashSet<String>();
        for (var answers : List.of(claimed.answers(), draft.get("answers"))) {
            names.add(answers.at("/claimant/name").asString());
            marks.add(answers.at("/claimant/kana").asString());
            marks.add(answers.at("/claimant/address").asString());
            marks.add(answers.at("/account/number").asString());
            for (var child : answers.at("/children"))
                marks.add(child.at("/name").asString());
        }
        assertThat(marks).as("each mark is a word of some length").allMatch(mark -> mark.length() > 3);
        String never = ReceiptNumber.next(LocalDate.now(clock)).text();
        return new Seed(ids(claimed.receipt(), never, draft.get("id").asString(), Integer.toString(paid.run()),
                paid.file(), "1", paid.result(), kept, photo, KeptQuote.of(house, actor.authority()),
                KeptQuote.inLedger(house, actor.authority()), KeptCorrection.of(house, actor.authority()),
                KeptQuote.bill(house, actor.authority())),
                fields(version),
                paid.bankAnswer(),
                Map.of("q", List.of(claimed.receipt(), "ヤマモト ダイスケ", "山本"), "receipt", List.of(claimed.receipt()),
                        "run", List.of(Integer.toString(paid.run())), "person", List.of(actor.person().number())),
                marks, names);
    }

    /// A photo that an application names, and the application.
    private record Photo(String sha256, String receipt) {}

    /// An application with a photo of a house; its officers and its resident see it, which is looked at first.
    private Photo photo(SignIn resident) {
        var road = new Road(port);
        var draft = road.opens(resident, "disaster-certificate");
        var photo = Item.JSON.readTree(given(resident));
        ((ObjectNode) draft.get("answers")).putObject("damage").put("selfJudge", false).putArray("photos").add(photo);
        String receipt = road.sends(resident, road.completes(resident, draft));
        String sha256 = photo.get("sha256").asString();
        assertThat(resident.get("/submission/files/" + sha256).statusCode()).isEqualTo(200);
        var officer = SignIn.staff(port, "tsu-shinsa");
        Item.until(() -> officer.get("/casework/cases/" + receipt + "/files/" + sha256).statusCode() == 200);
        return new Photo(sha256, receipt);
    }

    private static String given(SignIn resident) {
        try {
            var given = resident.client().send(resident.request("/api/submission/files?name=ie.png").header(
                    "Content-Type", "application/octet-stream").header("X-XSRF-TOKEN", resident.token()).POST(
                            HttpRequest.BodyPublishers.ofByteArray(HOUSE))
                    .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(given.statusCode()).as(given.body()).isEqualTo(201);
            return given.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /// The template of ids: where, its name, the real one, one that never was. The one
    /// for the longest path is taken.
    private static List<Id> ids(String receipt, String neverReceipt, String draft, String run, String file,
            String notice, String result, String kept, Photo photo, String quote, String brought,
            String correction, String bill) {
        return List.of(new Id("", "receipt", receipt, neverReceipt), new Id("", "standard", STANDARD, STANDARD),
                new Id("/submission/drafts", "id", draft, "00000000-0000-4000-8000-000000000000"),
                new Id("/api/submission/drafts", "id", draft, "00000000-0000-4000-8000-000000000000"),
                new Id("/submission/drafts", "page", "children", "children"),
                new Id("/catalogue", "version", "2024-10-01", "2024-10-01"),
                new Id("/api/catalogue", "version", "2024-10-01", "2024-10-01"),
                new Id("/casework/moves", "act", "propose", "propose"),
                new Id("/api/casework/moves", "act", "propose", "propose"), new Id("", "move", "1", "1"),
                new Id("/catalogue", "act", "discard", "discard"),
                new Id("/api/catalogue", "act", "discard", "discard"),
                new Id("/casework", "number", notice, notice),
                new Id("/catalogue/layers", "number", "1", "987654"),
                new Id("/api/catalogue/layers", "number", "1", "987654"),
                new Id("/statistics/trials", "number", "1", "987654"),
                new Id("/api/statistics/trials", "number", "1", "987654"),
                new Id("", "registry", "corporations", "corporations"),
                new Id("", "item", "9900000000000", "9900000000000"),
                new Id("", "property", "2400000000011", "2400000000011"),
                new Id("/api/registry/addresses", "code", "9999999", "9999999"),
                new Id("/api/registry/addresses", "lgCode", "999999", "999999"),
                new Id("/api/registry/addresses", "machiazaId", "9999999", "9999999"),
                new Id("/cost/focus", "id", bill, "00000000-0000-4000-8000-000000000000"),
                new Id("/api/cost/focus", "id", bill, "00000000-0000-4000-8000-000000000000"),
                new Id("/registry/addresses/bulk", "id", "00000000-0000-4000-8000-000000000000",
                        "00000000-0000-4000-8000-000000000000"),
                new Id("/api/registry/addresses/bulk", "id", "00000000-0000-4000-8000-000000000000",
                        "00000000-0000-4000-8000-000000000000"),
                new Id("/registry/corporations", "number", "9900000000000", "9900000000000"),
                new Id("/api/registry/corporations", "number", "9900000000000", "9900000000000"),
                new Id("/open-data", "format", "csv", "csv"),
                new Id("/registry/lots", "lot", "999999-9999999-999999999999999", "999999-9999999-999999999999999"),
                new Id("/api/registry/lots", "lot", "999999-9999999-999999999999999", "999999-9999999-999999999999999"),
                new Id("/registry/addresses", "town", "999999-9999999", "999999-9999999"),
                new Id("/registry/postal-codes", "code", "9999999", "9999999"),
                new Id("/registry/authorities", "code", "999999", "999999"),
                new Id("/registry/corrections", "number", correction, "987654"),
                new Id("/registry/desk", "number", "987654", "987654"),
                new Id("/api/registry/desk", "number", "987654", "987654"),
                new Id("", "sha256", photo.sha256(), "0".repeat(64)),
                new Id("/casework/cases/{receipt}/files", "receipt", photo.receipt(), neverReceipt),
                new Id("/api/casework/cases/{receipt}/files", "receipt", photo.receipt(), neverReceipt),
                new Id("/payment/runs", "number", run, "987654"), new Id("/api/payment/runs", "number", run, "987654"),
                new Id("/payment/files", "name", file, file.replaceFirst("[0-9](?=[^0-9]*$)", "99")),
                new Id("/api/payment/files", "name", file, file.replaceFirst("[0-9](?=[^0-9]*$)", "99")),
                new Id("/payment/results", "id", result, "0".repeat(64)),
                new Id("/api/payment/results", "id", result, "0".repeat(64)),
                new Id("/cost/here", "code", "242012", "242012"),
                new Id("/api/cost/here", "code", "242012", "242012"),
                new Id("/cost/advice", "id", quote, "00000000-0000-4000-8000-000000000000"),
                new Id("/cost/quotes", "id", quote, "00000000-0000-4000-8000-000000000000"),
                new Id("/api/cost/quotes", "id", quote, "00000000-0000-4000-8000-000000000000"),
                new Id("/cost/ledger/imports", "id", brought, "00000000-0000-4000-8000-000000000000"),
                new Id("/api/cost/ledger/imports", "id", brought, "00000000-0000-4000-8000-000000000000"),
                new Id("/payment/accounts", "version", "2", "2"), new Id("/api/payment/accounts", "version", "2", "2"),
                new Id("/identity", "id", kept, "A".repeat(43)),
                new Id("/api/identity/challenges", "id", "A".repeat(43), "A".repeat(43)),
                new Id("/conformity/reports", "id", "0".repeat(64), "0".repeat(64)),
                new Id("/conformity/runs", "id", "00000000-0000-4000-8000-000000000000",
                        "00000000-0000-4000-8000-000000000000"),
                new Id("/api/conformity/runs", "id", "00000000-0000-4000-8000-000000000000",
                        "00000000-0000-4000-8000-000000000000"),
                new Id("/conformity/runs", "file", "report.jws", "report.jws"),
                new Id("/api/conformity/runs", "file", "report.jws", "report.jws"),
                new Id("/api/conformity", "receipt", neverReceipt, neverReceipt),
                new Id("/api/conformity", "session", "T00001-" + "A".repeat(26), "T00001-" + "A".repeat(26)),
                new Id("/authorities", "code", "242012", "242012"),
                new Id("/schemas", "file", "standard.schema.json", "standard.schema.json"),
                new Id("/api/authorities", "code", "242012", "242012"));
    }

    private static boolean fits(Id id, Endpoint endpoint, String variable) {
        return id.variable().equals(variable) && endpoint.pattern().startsWith(id.under());
    }

    /// What forms and programs send: enough to come as far as the look-up of the id.
    private static Map<String, String> fields(int version) {
        return Map.ofEntries(Map.entry("version", Integer.toString(version)), Map.entry("note", "確認のため"),
                Map.entry("reason", "確認のため"), Map.entry("item", "resident.children"), Map.entry("task", "review"),
                Map.entry("service", STANDARD), Map.entry("payDay", "2027-02-10"), Map.entry("press", "isolation"),
                Map.entry("door", "resident"), Map.entry("challenge", "A".repeat(43)), Map.entry("card", "nobody"),
                Map.entry("to", "day"), Map.entry("bankCode", "0989"), Map.entry("branchCode", "101"),
                Map.entry("type", "1"), Map.entry("number", "1234567"), Map.entry("holderKana", "ヤマダ ハナコ"),
                Map.entry("text0", "確認のため"), Map.entry("where0", ""), Map.entry("base", "1"),
                Map.entry("form", "isolation"), Map.entry("consent", "true"),
                Map.entry("kind", "GRANT"));
    }

    // the tries

    /// Every list and page without an id, as it is now, for everybody.
    private Map<String, Answer> lists(List<Endpoint> endpoints, List<Visitor> visitors) {
        var answers = new LinkedHashMap<String, Answer>();
        for (var endpoint : endpoints) {
            if (endpoint.writes() || endpoint.hasIds() || FIGURES.matcher(endpoint.pattern()).matches())
                continue;
            for (var visitor : visitors)
                answers.put(endpoint + " as " + visitor.name(),
                        send(endpoint, visitor, endpoint.pattern(), Map.of("service", STANDARD), "", Map.of()));
        }
        return answers;
    }

    private void attempt(Endpoint endpoint, Visitor visitor, Seed seed) {
        var real = real(endpoint, seed);
        var never = never(endpoint, seed);
        var searched = Arrays.stream(endpoint.handler().getMethod().getParameters()).map(EveryEndpointTests::name)
                .filter(seed.searches()::containsKey).findFirst();
        var wishes = endpoint.writes() || searched.isEmpty()
                ? List.of("")
                : seed.searches().get(searched.get());
        for (String wish : wishes) {
            var fields = new LinkedHashMap<>(seed.fields());
            var neverFields = new LinkedHashMap<>(seed.fields());
            if (!wish.isEmpty()) {
                fields.put(searched.orElseThrow(), wish);
                neverFields.put(searched.orElseThrow(), neverLike(wish, seed));
            }
            var marks = new LinkedHashSet<>(seed.marks());
            if (!CARD_LISTS.contains(endpoint.pattern()))
                marks.addAll(seed.names());
            var echoes = new LinkedHashMap<>(Map.of(path(endpoint, real), "<path>"));
            real.forEach((variable, id) -> echoes.put(id, "<" + variable + ">"));
            echoes.put(wish, "<wish>");
            var neverEchoes = new LinkedHashMap<>(Map.of(path(endpoint, never), "<path>"));
            never.forEach((variable, id) -> neverEchoes.put(id, "<" + variable + ">"));
            neverEchoes.put(neverLike(wish, seed), "<wish>");
            var got = send(endpoint, visitor, path(endpoint, real), fields, seed.bankAnswer(), echoes);
            var expected = send(endpoint, visitor, path(endpoint, never), neverFields,
                    seed.bankAnswer().replaceAll("(?m)^[0-9]+,", "987654,"), neverEchoes);
            String what = endpoint + (wish.isEmpty() ? "" : " " + searched.orElseThrow() + "=" + wish) + " as "
                    + visitor.name();
            // a sheet of a local layer is told back to whoever sent it, cell by cell, and nothing is looked up with it
            boolean ownOnly = real.equals(never) && wish.isEmpty()
                    && (!endpoint.bytes() && !endpoint.multipart() || endpoint.pattern().endsWith("/sheet"));
            // what a name finds in a registry of its own says nothing of applications; the marks are looked for all the same
            boolean register = !wish.isEmpty() && endpoint.pattern().matches("(/api)?/registry/.*");
            if (!ownOnly && !register && !got.equals(expected))
                wrong.add("not the answer of an id that never was: " + what + difference(expected, got));
            for (String mark : marks)
                if (got.body().contains(mark) || got.location().contains(mark))
                    wrong.add("tells " + mark + ": " + what);
            for (var answer : List.of(got, expected))
                if (answer.status() >= 500 || answer.body().contains("Exception") || answer.body().contains("\tat "))
                    wrong.add("falls down: " + what + " " + answer.status() + " " + cut(answer.body()));
        }
    }

    /// The ids are real: for each page with one, somebody whom it does concern gets another answer than for one that
    /// never was.
    private void ownersFind(List<Endpoint> endpoints, Seed seed) {
        var owners = new ArrayList<Visitor>();
        for (String card : List.of("tsu-daisuke", "tsu-megumi", "tsu-futsu"))
            owners.add(new Visitor(card, SignIn.resident(port, card)));
        for (String card : List.of("tsu-uketsuke", "tsu-shinsa", "tsu-kessai", "tsu-kaikei"))
            owners.add(new Visitor(card, SignIn.staff(port, card)));
        int found = 0;
        for (var endpoint : endpoints) {
            var real = real(endpoint, seed);
            var never = never(endpoint, seed);
            // nothing of the kind is there in this test
            boolean nothing = real.entrySet().stream().anyMatch(e -> e.getValue().equals(never.get(e.getKey())));
            if (endpoint.writes() || real.isEmpty() || nothing || endpoint.pattern().equals(LEADS_ON))
                continue;
            found++;
            assertThat(owners).as("the id of " + endpoint + " is real").anyMatch(owner -> {
                var got = send(endpoint, owner, path(endpoint, real), seed.fields(), "", Map.of());
                return got.status() < 400 && got.status() != send(endpoint, owner, path(endpoint, never), seed.fields(),
                        "", Map.of()).status();
            });
        }
        System.out.printf("isolation: the ids of %d pages are found by those whom they concern%n", found);
    }

    private static Map<String, String> real(Endpoint endpoint, Seed seed) {
        var ids = new LinkedHashMap<String, String>();
        variables(endpoint.pattern()).forEach(variable -> ids.put(variable, id(endpoint, variable, seed).real()));
        return ids;
    }

    private static Map<String, String> never(Endpoint endpoint, Seed seed) {
        var ids = new LinkedHashMap<String, String>();
        variables(endpoint.pattern()).forEach(variable -> ids.put(variable, id(endpoint, variable, seed).never()));
        return ids;
    }

    private static Id id(Endpoint endpoint, String variable, Seed seed) {
        return seed.ids().stream().filter(i -> fits(i, endpoint, variable))
                .max(Comparator.comparingInt(i -> i.under().length()))
                .orElseThrow(() -> new AssertionError(endpoint + ": no id for {" + variable + "}"));
    }

    private static String neverLike(String wish, Seed seed) {
        if (wish.isEmpty())
            return "";
        if (ReceiptNumber.isValid(wish))
            return seed.ids().getFirst().never();
        return wish.matches("[0-9]+") ? "987654" : "ソンザイシナイ";
    }

    private static String path(Endpoint endpoint, Map<String, String> ids) {
        String path = endpoint.pattern();
        for (var id : ids.entrySet())
            path = path.replaceAll("\\{\\*?" + id.getKey() + "(:[^{}]*(?:\\{[^}]*}[^{}]*)*)?}",
                    java.util.regex.Matcher.quoteReplacement(id.getValue()));
        return path;
    }

    private Answer send(Endpoint endpoint, Visitor visitor, String path, Map<String, String> fields, String bankAnswer,
            Map<String, String> echoes) {
        tries++;
        // a spreadsheet of local values is answered cell by cell: the same one for all, or it would answer with itself
        String file = endpoint.pattern().endsWith("/sheet") ? "項目,値\npayDay,15\n" : bankAnswer;
        if (path.contains("$") || path.contains("*"))
            path = path.replaceAll("/\\*\\*$", "").replaceAll("\\$\\{.*", "/error");
        String query = endpoint.writes() ? "" : query(endpoint, fields);
        var request = visitor.browser().request(path + query);
        request.header("Accept", endpoint.api() ? "application/json" : "text/html,*/*;q=0.5");
        if (endpoint.writes()) {
            request.header("X-XSRF-TOKEN", visitor.browser().token());
            boolean json = Arrays.stream(endpoint.handler().getMethod().getParameters())
                    .anyMatch(p -> p.isAnnotationPresent(RequestBody.class));
            String body;
            if (endpoint.multipart()) {
                request.header("Content-Type", "multipart/form-data; boundary=edge");
                body = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"kekka.csv\"\r\n"
                        + "Content-Type: text/csv\r\n\r\n" + file + "\r\n--edge--\r\n";
            } else if (endpoint.bytes()) {
                request.header("Content-Type", "text/csv");
                body = file;
            } else if (json) {
                request.header("Content-Type", "application/json");
                body = json(fields);
            } else {
                request.header("Content-Type", "application/x-www-form-urlencoded");
                body = form(fields);
            }
            request.method(endpoint.method(), BodyPublishers.ofString(body));
        } else {
            request.method(endpoint.method(), BodyPublishers.noBody());
        }
        try {
            var answer = visitor.browser().client().send(request.build(),
                    BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""),
                    plain(answer.headers().firstValue("Location").orElse(""), echoes), plain(answer.body(), echoes));
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static String query(Endpoint endpoint, Map<String, String> fields) {
        var wanted = new LinkedHashMap<String, String>();
        for (var parameter : endpoint.handler().getMethod().getParameters())
            if (parameter.isAnnotationPresent(RequestParam.class)
                    && List.of("q", "receipt", "run", "person", "service").contains(name(parameter)))
                Optional.ofNullable(fields.get(name(parameter)))
                        .ifPresent(value -> wanted.put(name(parameter), value));
        return wanted.isEmpty() ? "" : "?" + form(wanted);
    }

    private static String json(Map<String, String> fields) {
        var body = Item.JSON.createObjectNode();
        fields.forEach(body::put);
        body.put("version", Integer.parseInt(fields.getOrDefault("version", "1"))).put("overruleRead", true);
        body.putArray("seen");
        body.putObject("answers");
        body.putArray("findings").addObject().put("where", "contact.phone").put("code", "asked").putObject("message")
                .put("ja", "確認").put("easy", "確認").put("en", "check");
        body.putObject("departure").put("kind", "REFUSE").put("reason", "確認のため");
        return body.toString();
    }

    private static String form(Map<String, String> fields) {
        return String.join("&", fields.entrySet().stream().map(f -> f.getKey() + "="
                + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8)).toList());
    }

    /// Without what differs between any two answers: echoed ids, tokens, times, reference numbers.
    private static String plain(String text, Map<String, String> echoes) {
        String plain = text;
        for (var echo : echoes.entrySet())
            if (echo.getKey().length() > 1) {
                String encoded = URLEncoder.encode(echo.getKey(), StandardCharsets.UTF_8);
                plain = plain.replace(URLEncoder.encode(encoded, StandardCharsets.UTF_8), echo.getValue())
                        .replace(encoded, echo.getValue()).replace(encoded.replace("+", "%20"), echo.getValue())
                        .replace(echo.getKey(), echo.getValue());
            }
        return plain.replaceAll("(name=\"_csrf\"[^>]*value=\")[^\"]*", "$1")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uuid>")
                .replaceAll("[0-9a-f]{64}", "<sha>").replaceAll("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43,}", "<token>")
                .replaceAll("支払回[0-9]+の|[0-9]+回目|run [0-9]+ line", "<run>")
                .replaceAll("E-[2-9A-HJ-NP-Z]{8}", "<reference>")
                // how far the visitor's own list is, what is wrong with it and how long it is: a number that never was is longer
                .replaceAll(
                        "\"stage\":\"(RUNNING|DONE|REFUSED)\",\"percent\":[0-9]+,\"bytesRead\":[0-9]+,\"bytes\":[0-9]+,\"lines\":[0-9]+,\"bad\":[0-9]+(,\"said\":\\[[^]]*])?",
                        "<progress>")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?", "<time>")
                .replaceAll("(\"begunAt\":\"<time>\")(,\"[a-zA-Z]+\":\"<time>\")+", "$1")
                .replaceAll("[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?", "<time>");
    }

    /// Where two answers part.
    private static String difference(Answer expected, Answer got) {
        if (expected.status() != got.status() || !expected.type().equals(got.type())
                || !expected.location().equals(got.location()))
            return "\n  expected " + expected.status() + " " + expected.type() + " " + expected.location()
                    + "\n  got      " + got.status() + " " + got.type() + " " + got.location() + " " + cut(got.body());
        int at = 0;
        while (at < expected.body().length() && at < got.body().length()
                && expected.body().charAt(at) == got.body().charAt(at))
            at++;
        return "\n  expected ..." + cut(expected.body().substring(Math.max(0, at - 40))) + "\n  got      ..."
                + cut(got.body().substring(Math.max(0, at - 40)));
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 300) : line;
    }

    /// The application as its own town and its own people see it.
    private Map<String, String> ownersView(Seed seed) {
        var view = new LinkedHashMap<String, String>();
        String receipt = seed.ids().getFirst().real();
        var run = seed.ids().stream().filter(id -> id.under().equals("/payment/runs")).findFirst().orElseThrow();
        var result = seed.ids().stream().filter(id -> id.under().equals("/payment/results")).findFirst().orElseThrow();
        var draft = seed.ids().stream().filter(id -> id.under().equals("/submission/drafts")).findFirst().orElseThrow();
        var review = SignIn.staff(port, "tsu-shinsa");
        var treasury = SignIn.staff(port, "tsu-kaikei");
        view.put("case", review.get("/api/casework/cases/" + receipt).body());
        for (String path : List.of("/api/payment/runs/" + run.real(), "/api/payment/runs", "/api/payment/accounts",
                "/api/payment/orders?receipt=" + receipt, "/api/payment/results/" + result.real()))
            view.put(path, treasury.get(path).body());
        view.put("draft",
                SignIn.resident(port, "tsu-megumi").get("/api/submission/drafts/" + draft.real()).body());
        view.put("receipt",
                SignIn.resident(port, "tsu-daisuke").get("/api/submission/receipts/" + receipt).body());
        view.forEach((what, body) -> assertThat(body).as(what).doesNotContain("\"status\":404"));
        return view;
    }
}
