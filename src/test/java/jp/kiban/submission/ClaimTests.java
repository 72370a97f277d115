package jp.kiban.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.kiban.KibanTest;
import jp.kiban.catalogue.Layers;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.ActingDay;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.standards.StandardFolder;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// From the first page of a service to its receipt, over HTTP, as a browser without scripts and as a program.
/// In a house of its own: these families claim in other tests too.
@KibanTest
@TestPropertySource(properties = "kiban.house=claims")
class ClaimTests {
    private static final String START = "/submission/child-allowance";
    private static final String API = "/api/submission/child-allowance";
    private static final AuthorityId TSU = AuthorityId.of("242012");

    private final Submissions submissions;
    private final Store store;
    private final EventLog events;
    private final JsonMapper json;
    private final int port;

    private final Layers layers;
    private final Standards standards;

    ClaimTests(@Autowired Submissions submissions, @Autowired Layers layers, @Autowired Standards standards,
            @Autowired Store store, @Autowired EventLog events,
            @Autowired JsonMapper json, @LocalServerPort int port) {
        this.submissions = submissions;
        this.layers = layers;
        this.standards = standards;
        this.store = store;
        this.events = events;
        this.json = json;
        this.port = port;
    }

    private SignIn as(String card) { return SignIn.resident(port, card); }

    private static String begin(SignIn resident) {
        String step = SignIn.path(resident.post(START, Map.of()));
        assertThat(step).startsWith("/submission/drafts/");
        return step;
    }

    /// The fields of the page's form as a browser would send them untouched: hidden ones and texts, and chosen radios.
    private static Map<String, String> form(HttpResponse<String> page) {
        var fields = new LinkedHashMap<String, String>();
        var inputs = Pattern.compile("<input[^>]*>").matcher(page.body());
        while (inputs.find()) {
            String tag = inputs.group();
            boolean chosen = !tag.matches("(?s).*type=\"(radio|checkbox)\".*") || tag.contains("checked");
            if (chosen && tag.contains("name=\"") && !tag.contains("name=\"_csrf\""))
                fields.put(attribute(tag, "name"), attribute(tag, "value"));
        }
        return fields;
    }

    private static String attribute(String tag, String name) {
        var found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return found.find() ? found.group(1) : "";
    }

    /// Presses "next" until the confirmation; what a known resident does.
    private static String toConfirm(SignIn resident, String step) {
        String at = step;
        for (int i = 0; i < 8 && !at.endsWith("/confirm"); i++) {
            var fields = form(resident.page(at));
            fields.put("act", "next");
            fillIn(fields);
            var saved = resident.post(at, fields);
            assertThat(saved.statusCode()).as("next on " + at + ": " + findings(saved)).isIn(302, 303);
            at = SignIn.path(saved);
        }
        return at;
    }

    /// What no register knows of this person: digits in any width, the holder in hiragana.
    private static void fillIn(Map<String, String> fields) {
        if (fields.getOrDefault("contact.phone", "-").isEmpty())
            fields.put("contact.phone", "０９０−１２３４−５６７８");
        if (fields.getOrDefault("account.bankCode", "-").isEmpty())
            fields.putAll(Map.of("account.bankCode", "０１５５", "account.branchCode", "001", "account.type", "1",
                    "account.number", "1234567", "account.holderKana", "つ はなこ"));
    }

    private static String findings(HttpResponse<String> page) {
        var found = Pattern.compile("id=\"findings\".*?</section>", Pattern.DOTALL).matcher(page.body());
        return found.find() ? found.group().replaceAll("<[^>]*>", " ") : "";
    }

    private static String send(SignIn resident, String confirm) {
        var sent = resident.post(confirm, Map.of("consent", "true"));
        assertThat(sent.statusCode()).isIn(302, 303);
        return SignIn.path(sent).replaceAll(".*/receipts/|\\?.*", "");
    }

    private JsonNode read(HttpResponse<String> response) { return json.readTree(response.body()); }

    private long kinds(AuthorityId authority, String receipt, String kind) {
        return store.in(Scope.of(authority), jdbc -> events.about(jdbc, authority, receipt).stream()
                .filter(e -> e.kind().equals(kind)).count());
    }

    @Test
    void aKnownResidentTypesAtMostOneValueAndIsReceivedOnce() {
        var resident = as("tsu-daisuke");
        String confirm = toConfirm(resident, begin(resident));
        assertThat(resident.page(confirm).body()).contains("「認定」となる見込みです").contains("30,000円");
        var without = resident.post(confirm, Map.of());
        assertThat(without.statusCode()).isEqualTo(422);
        String receipt = send(resident, confirm);
        assertThat(send(resident, confirm)).isEqualTo(receipt);
        var submission = submissions.find(TSU, ReceiptNumber.of(receipt));
        assertThat(submission.effort().typedFields()).isLessThanOrEqualTo(1);
        assertThat(submission.effort().prefilledFields()).isGreaterThan(20);
        assertThat(submissions.revisions(TSU, ReceiptNumber.of(receipt))).hasSize(1);
        assertThat(kinds(TSU, receipt, "submission.Received")).isEqualTo(1);
        // the back button leads to the receipt, and a second claim is not begun beside the first
        assertThat(SignIn.path(resident.page(confirm))).endsWith(receipt);
        assertThat(SignIn.path(resident.post(START, Map.of()))).isEqualTo(START);
        assertThat(resident.page(START).body()).contains(receipt);
        assertThat(resident.post(API + "/drafts", Map.of()).statusCode()).isEqualTo(409);
    }

    @Test
    void whatBelongsToSomebodyElseIsNotThereInTheSameWords() {
        var mine = as("tsu-megumi");
        String step = begin(mine);
        String id = step.split("/")[3];
        var other = as("tsu-toru");
        String nobodys = UUID.randomUUID().toString();
        for (String path : List.of("/submission/drafts/%s", "/submission/drafts/%s/confirm",
                "/api/submission/drafts/%s")) {
            var theirs = other.get(path.formatted(id));
            assertThat(theirs.statusCode()).isEqualTo(404);
            assertThat(words(theirs, id)).isEqualTo(words(other.get(path.formatted(nobodys)), nobodys));
        }
        assertThat(other.post(step, Map.of("act", "next")).statusCode()).isEqualTo(404);
        assertThat(other.post("/submission/drafts/" + id + "/confirm", Map.of("consent", "true")).statusCode())
                .isEqualTo(404);
        other.post("/submission/drafts/" + id + "/discard", Map.of());
        assertThat(mine.page(step).statusCode()).isEqualTo(200);
    }

    /// An answer without the id that was asked for and the token of the form.
    private static String words(HttpResponse<String> answer, String id) {
        return answer.body().replace(id, "").replaceAll("value=\"[A-Za-z0-9_-]{30,}\"", "");
    }

    @Test
    void twoWindowsDoNotOverwriteEachOtherAndNothingTypedIsLost() {
        var resident = as("aogashima-futsu");
        String step = contact(resident, begin(resident));
        var first = form(resident.page(step));
        var second = form(resident.page(step));
        first.put("act", "later");
        first.put("contact.phone", "03-1111-2222");
        assertThat(resident.post(step, first).statusCode()).isIn(302, 303);
        second.put("act", "next");
        second.put("contact.phone", "03-3333-4444");
        var stale = resident.post(step, second);
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("03-3333-4444").contains("別の画面で内容が変わっています");
        // the back button: the same window may save again
        first.put("contact.phone", "03-5555-6666");
        assertThat(resident.post(step, first).statusCode()).isIn(302, 303);
        assertThat(resident.page(step).body()).contains("03-5555-6666");
    }

    @Test
    void aStaleWindowThatIsSentAgainIsKept() {
        var resident = as("kumatori-futsu");
        String step = contact(resident, begin(resident));
        var first = form(resident.page(step));
        var second = form(resident.page(step));
        first.put("act", "later");
        first.put("contact.phone", "03-1111-2222");
        resident.post(step, first);
        second.put("act", "later");
        second.put("contact.phone", "03-3333-4444");
        var warned = form(resident.post(step, second));
        assertThat(warned).containsEntry("contact.phone", "03-3333-4444");
        warned.put("act", "later");
        assertThat(resident.post(step, warned).statusCode()).isIn(302, 303);
        assertThat(resident.page(step).body()).contains("03-3333-4444");
    }

    /// Goes on until the step that asks for the phone.
    private static String contact(SignIn resident, String step) {
        String at = step;
        for (int i = 0; i < 8; i++) {
            var page = resident.page(at);
            if (page.body().contains("name=\"contact.phone\""))
                return at;
            var fields = form(page);
            fields.put("act", "next");
            fillIn(fields);
            at = SignIn.path(resident.post(at, fields));
        }
        throw new AssertionError("no step asks for the phone");
    }

    @Test
    void aDoubtIsKeptAsAStatementAndTheValueStays() {
        var resident = as("yokohama-osamu");
        String step = begin(resident);
        var fields = form(resident.page(step));
        fields.put("act", "later");
        fields.put("dispute:resident.children", "下の子の名前の漢字が違います");
        fields.put("children[0].name", "書きかえ 太郎");
        assertThat(resident.post(step, fields).statusCode()).isIn(302, 303);
        String confirm = toConfirm(resident, step);
        assertThat(resident.page(confirm).body()).contains("下の子の名前の漢字が違います").doesNotContain("書きかえ");
        String receipt = send(resident, confirm);
        assertThat(submissions.find(AuthorityId.of("141003"), ReceiptNumber.of(receipt)).disputes()).singleElement()
                .satisfies(d -> assertThat(d.item()).isEqualTo("resident.children"));
    }

    private static HttpResponse<String> once(SignIn resident, String key, String body) {
        return resident.json("POST", API, body, Map.of("Idempotency-Key", key));
    }

    @Test
    void aProgramAppliesInOneRequestAndARepetitionIsTheSameReceipt() {
        var resident = as("narita-akira");
        String key = UUID.randomUUID().toString();
        String body = "{\"answers\": {\"contact\": {\"phone\": \"0476-22-1111\"}, \"consent\": true}}";
        var first = once(resident, key, body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        var second = once(resident, key, body);
        assertThat(read(second).path("receipt")).isEqualTo(read(first).path("receipt"));
        assertThat(once(resident, key, body.replace("1111", "2222")).statusCode()).isEqualTo(409);
        assertThat(once(resident, "another", body).statusCode()).isEqualTo(409);
    }

    /// The municipality asks one thing more: program and page show it, want it, and take it.
    @Test
    void aMunicipalitysOwnQuestionIsPartOfTheFormOfPrograms() {
        var kumatori = AuthorityId.of("273619");
        var question = json.readTree("""
                [{"key": "club", "label": {"ja": "参加する部活動", "ja-easy": "入（はい）る 部活（ぶかつ）", "en": "Club"}, "kind": "TEXT",
                  "required": true, "basis": "熊取町就学援助規則 第9条"},
                 {"key": "stays", "label": {"ja": "平日に寝泊まりする所", "ja-easy": "平日（へいじつ）に 泊（と）まる 所", "en": "Where the pupil stays on weekdays"},
                  "kind": "ADDRESS", "basis": "熊取町就学援助規則 第9条"},
                 {"key": "driver", "label": {"ja": "送迎を頼む事業者", "ja-easy": "送（おく）る 会社（かいしゃ）", "en": "Who drives the pupil"},
                  "kind": "CORPORATION", "basis": "熊取町就学援助規則 第9条"}]
                """);
        var proposing = new Actor.Officer(kumatori, "a", "起案 一郎", Set.of(Role.REVIEW));
        var approving = new Actor.Officer(kumatori, "b", "決裁 花子", Set.of(Role.APPROVAL));
        ActingDay.on(LocalDate.of(2026, 11, 1), () -> layers.approve(approving, "school-aid", layers.propose(proposing,
                "school-aid", new Layers.Wanted(LocalDate.of(2026, 11, 10), Optional.empty(), Map.of("localQuestions",
                        question), "熊取町就学援助規則", "部活動の費用を援助するため", Optional.empty()))
                .number()));

        var resident = as("kumatori-hiroshi");
        var form = read(resident.json("GET", "/api/submission/school-aid/form", "", Map.of()));
        assertThat(form.path("schema").path("properties").path("local").path("properties").path("club").path(
                "x-kiban-label").path("ja").asString()).isEqualTo("参加する部活動");
        assertThat(read(as("tsu-futsu").json("GET", "/api/submission/school-aid/form", "", Map.of())).path("schema")
                .path("properties").has("local")).isFalse();

        var draft = read(resident.json("POST", "/api/submission/school-aid/drafts", "", Map.of()));
        assertThat(draft.path("findings").findValuesAsString("where")).contains("local.club");
        var page = "/submission/drafts/" + draft.path("id").asString() + "/local";
        var fields = form(resident.page(page));
        assertThat(resident.page(page).body()).contains("参加する部活動", "data-suggest=\"/api/registry/addresses\"",
                "data-suggest=\"/api/registry/corporations\"");
        fields.putAll(Map.of("local.club", "吹奏楽部", "local.stays", "府中市宮西町２ー２４", "local.driver", "9900000000000",
                "act", "next"));
        assertThat(SignIn.path(resident.post(page, fields))).as("which Fuchu is asked").contains("more=true");
        var which = form(resident.page(page + "?more=true"));
        assertThat(resident.page(page + "?more=true").body()).contains("東京都府中市", "広島県府中市",
                "name=\"match:local.stays\"");
        which.putAll(Map.of("match:local.stays", "342084/", "act", "next"));
        assertThat(SignIn.path(resident.post(page, which))).doesNotContain("/local");
        var filled = read(resident.json("GET", "/api/submission/drafts/" + draft.path("id").asString(), "", Map.of()));
        assertThat(filled.at("/answers/local/stays").asString()).as("as it was typed").isEqualTo("府中市宮西町２ー２４");
        assertThat(filled.path("addresses").path("local.stays").path("name").asString()).isEqualTo("広島県府中市");
        assertThat(filled.path("corporations").path("local.driver").path("name").asString()).isNotEmpty();
        assertThat(resident.page("/submission/drafts/" + draft.path("id").asString() + "/confirm").body()).contains(
                "府中市宮西町２ー２４", "広島県府中市", filled.path("corporations").path("local.driver").path("name").asString());

        var answers = (ObjectNode) StandardFolder.read(Path.of("standards/school-aid")).examples(standards.inForce(
                "school-aid", LocalDate.of(2026, 11, 24)).ref()).getFirst().answers();
        var sent = json.createObjectNode().put("prefill", false);
        sent.set("answers", answers);
        var without = resident.json("POST", "/api/submission/school-aid", sent.toString(), Map.of("Idempotency-Key",
                "club-1"));
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(read(without).path("findings").findValuesAsString("where")).containsExactly("local.club");
        var local = answers.putObject("local").put("club", "吹奏楽部").put("stays", "府中市宮西町２ー２４").put("driver",
                "株式会社なにか");
        var wrong = read(resident.json("POST", "/api/submission/school-aid", sent.toString(), Map.of("Idempotency-Key",
                "club-3")));
        assertThat(wrong.path("findings").findValuesAsString("code")).containsExactlyInAnyOrder("address-several",
                "corporate-number");
        assertThat(wrong.at("/candidates/local.stays").findValuesAsString("id")).contains("132063", "342084");
        local.put("driver", "9900000000000").putObject("stays").put("text", "府中市宮西町２ー２４").put("id", "132063");
        var taken = resident.json("POST", "/api/submission/school-aid", sent.toString(), Map.of("Idempotency-Key",
                "club-2"));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        var kept = submissions.find(kumatori, ReceiptNumber.of(read(taken).path("receipt").asString()));
        assertThat(kept.answers().path("local").path("club").asString()).isEqualTo("吹奏楽部");
        assertThat(kept.answers().path("local").path("stays").asString()).as("as it was sent").isEqualTo("府中市宮西町２ー２４");
        assertThat(kept.beside().addressAt("local.stays").orElseThrow().ids().lgCode()).isEqualTo("132063");
        assertThat(kept.beside().addressAt("local.stays").orElseThrow().dataVersion()).isNotEmpty();
        assertThat(read(taken).at("/corporations/local.driver/name").asString()).isEqualTo(kept.beside().corporationAt(
                "local.driver").orElseThrow().name()).isNotEmpty();
        assertThat(read(resident.json("GET", "/api/submission/receipts/" + kept.receipt(), "", Map.of())).at(
                "/answers/local/stays").asString()).isEqualTo("府中市宮西町２ー２４");
        var officer = SignIn.staff(port, "kumatori-shinsa");
        String seen = "";
        for (int i = 0; i < 100 && !seen.contains("府中市宮西町２ー２４"); i++, pause())
            seen = officer.get("/casework/cases/" + kept.receipt()).body();
        assertThat(seen).contains("府中市宮西町２ー２４", "東京都府中市", "132063", kept.beside().corporationAt("local.driver")
                .orElseThrow().name());
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private ObjectNode example(String standard) {
        return (ObjectNode) StandardFolder.read(Path.of("standards/" + standard)).examples(standards.inForce(standard,
                LocalDate.of(2026, 11, 24)).ref()).getFirst().answers().deepCopy();
    }

    private HttpResponse<String> stated(SignIn resident, String standard, String key, ObjectNode answers) {
        var sent = json.createObjectNode().put("prefill", false);
        sent.set("answers", answers);
        return resident.json("POST", "/api/submission/" + standard, sent.toString(), Map.of("Idempotency-Key", key));
    }

    @Test
    void anAddressIsATextOrAnIdAndNothingIsChosenForAProgram() {
        var resident = as("kumatori-mayumi");
        var answers = example("move-out");
        var to = (ObjectNode) answers.get("to");
        to.put("address", "府中市宮西町２ー２４");
        var several = stated(resident, "move-out", "a1", answers);
        assertThat(several.statusCode()).isEqualTo(422);
        var problem = read(several);
        assertThat(problem.path("findings").findValuesAsString("where")).containsExactly("to.address");
        assertThat(problem.path("findings").get(0).path("code").asString()).isEqualTo("address-several");
        assertThat(problem.path("findings").get(0).path("message").asString()).contains("東京都府中市 = 132063")
                .contains("広島県府中市 = 342084").contains("{\"text\"");
        assertThat(problem.at("/candidates/to.address").findValuesAsString("id")).containsExactlyInAnyOrder("132063",
                "342084");
        to.putObject("address").put("text", "府中市宮西町２ー２４").put("id", "242012");
        assertThat(read(stated(resident, "move-out", "a2", answers)).path("findings").get(0).path("code").asString())
                .isEqualTo("address-id-other");
        to.putObject("address").put("id", "242012/9999999");
        assertThat(read(stated(resident, "move-out", "a3", answers)).path("findings").get(0).path("code").asString())
                .isEqualTo("address-id-unknown");
        to.putObject("address").put("where", "x").put("text", 1);
        assertThat(read(stated(resident, "move-out", "a4", answers)).path("findings").findValuesAsString("code"))
                .contains("address-keys", "address-text");
        to.putObject("address").put("text", "府中市宮西町２ー２４").put("id", "132063");
        var taken = stated(resident, "move-out", "a5", answers);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        var told = read(taken).path("addresses").path("to.address");
        assertThat(told.path("name").asString()).isEqualTo("東京都府中市");
        assertThat(told.path("text").asString()).isEqualTo("府中市宮西町２ー２４");
        assertThat(told.path("chosen").asBoolean()).isTrue();
        assertThat(told.path("level").asString()).isEqualTo("CITY");
        assertThat(told.path("dataVersion").asString()).isNotEmpty();
        assertThat(read(taken).path("addresses").has("claimant.address")).as("every address is told").isTrue();
        var kept = submissions.find(AuthorityId.of("273619"), ReceiptNumber.of(read(taken).path("receipt")
                .asString()));
        assertThat(kept.answers().at("/to/address").asString()).as("as it was sent").isEqualTo("府中市宮西町２ー２４");
        assertThat(kept.beside().addressAt("to.address").orElseThrow().ids().lgCode()).isEqualTo("132063");
        assertThat(read(stated(resident, "move-out", "a5", answers)).path("addresses")).as("the same again").isEqualTo(
                read(taken).path("addresses"));
        var hiroshi = as("kumatori-hiroshi");
        to.putObject("address").put("id", "132063").put("rest", "宮西町２ー２４");
        var byId = stated(hiroshi, "move-out", "a6", answers);
        assertThat(byId.statusCode()).as(byId.body()).isEqualTo(201);
        assertThat(submissions.find(AuthorityId.of("273619"), ReceiptNumber.of(read(byId).path("receipt").asString()))
                .answers().at("/to/address").asString()).isEqualTo("東京都府中市宮西町２ー２４");
    }

    @Test
    void theDescriptionOfTheApiSaysHowAddressesAreAnsweredAndChosen() {
        var post = json.readTree(SignIn.nobody(port).get("/v3/api-docs").body()).at(
                "/paths/~1api~1submission~1{standard}/post");
        assertThat(post.path("description").asString()).contains("address-several").contains("candidates");
        assertThat(post.path("responses").propertyNames()).contains("201", "409", "422");
        assertThat(post.at("/responses/422/description").asString()).contains("candidates");
        assertThat(post.at("/responses/201/content").toString()).contains("schema");
    }

    @Test
    void aCorporationIsItsNumberAloneAndItsNameIsKeptAsSeen() {
        var resident = as("kumatori-mayumi");
        var answers = example("nursery");
        answers.putNull("certificate");
        answers.putObject("need").put("reason", "employed").put("hours", 160).put("employer", "株式会社なにか");
        assertThat(read(stated(resident, "nursery", "c1", answers)).path("findings").findValuesAsString("where"))
                .containsExactly("need.employer");
        ((ObjectNode) answers.get("need")).put("employer", "8900000000000");
        assertThat(stated(resident, "nursery", "c2", answers).body()).contains("check-digit").contains(
                "8900000000000");
        ((ObjectNode) answers.get("need")).put("employer", "9900000000000");
        var taken = stated(resident, "nursery", "c3", answers);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        var told = read(taken).at("/corporations/need.employer");
        assertThat(told.path("name").asString()).isNotEmpty();
        assertThat(told.path("edition").asString()).matches("2026-..-..");
        var kept = submissions.find(AuthorityId.of("273619"), ReceiptNumber.of(read(taken).path("receipt")
                .asString())).beside().corporationAt("need.employer").orElseThrow();
        assertThat(kept.number()).isEqualTo("9900000000000");
        assertThat(kept.name()).isEqualTo(told.path("name").asString());
    }

    @Test
    void whatIsWrongWithABodyIsToldByItsPlace() {
        var resident = as("kamaishi-futsu");
        assertThat(once(resident, "k1", "{\"answers\": {\n  oops").body()).contains("findings").contains("2行");
        assertThat(once(resident, "k2", "[]").statusCode()).isEqualTo(422);
        assertThat(once(resident, "k3", "{\"answer\": {}}").body()).contains("answers");
        assertThat(once(resident, "", "{\"answers\": {}}").body()).contains("Idempotency-Key");
        assertThat(once(resident, "k4", "{\"answers\": {\"contact\": {\"phone\": \"\\u0000\"}}}").statusCode())
                .isEqualTo(422);
        assertThat(once(resident, "k5", "{\"answers\": {\"x\": \"" + "x".repeat(300_000) + "\"}}").statusCode())
                .isEqualTo(422);
        var locked = once(resident, "k6",
                "{\"answers\": {\"claimant\": {\"name\": \"別の名前\"}, \"pension\": {\"class\": \"none\"}}}");
        assertThat(locked.body()).contains("claimant.name").contains("pension.class");
        var missing = once(resident, "k7", "{\"answers\": {\"account\": {\"bankCode\": \"1\", \"number\": \"x\"}}}");
        assertThat(missing.body()).contains("account.bankCode").contains("account.number").contains("consent");
    }

    @Test
    void aCorrectionIsTheNextRevisionAndTheFirstOneStays() {
        var resident = as("tsu-yuko");
        String receipt = send(resident, toConfirm(resident, begin(resident)));
        var number = ReceiptNumber.of(receipt);
        String page = "/submission/receipts/" + receipt;
        assertThat(resident.post(page + "/correct", Map.of()).statusCode()).isEqualTo(409);
        submissions.askCorrection(TSU, number, List.of(new Finding("contact.phone", "phone",
                new Text("電話番号がつながりません。", "電話が つながりません。", "The phone number does not connect."))),
                Optional.empty());
        assertThat(resident.page(page).body()).contains("電話番号がつながりません");
        String step = SignIn.path(resident.post(page + "/correct", Map.of()));
        assertThat(resident.page(step).body()).contains("電話番号がつながりません");
        var fields = form(resident.page(step));
        fields.put("act", "next");
        fields.put("contact.phone", "059-999-0000");
        String confirm = toConfirm(resident, SignIn.path(resident.post(step, fields)));
        assertThat(send(resident, confirm)).isEqualTo(receipt);
        assertThat(send(resident, confirm)).isEqualTo(receipt);
        var revisions = submissions.revisions(TSU, number);
        assertThat(revisions).hasSize(2);
        assertThat(revisions.getFirst().answers()).isNotEqualTo(revisions.getLast().answers());
        assertThat(revisions.getLast().firstArrivedAt()).isEqualTo(revisions.getFirst().arrivedAt());
        assertThat(kinds(TSU, receipt, "submission.Corrected")).isEqualTo(1);
        assertThat(submissions.corrections(TSU, number)).singleElement()
                .satisfies(c -> assertThat(c.answeredBy()).contains(2));
    }

    @Test
    void aWithdrawalIsDoneOnceAndMakesRoomForANewClaim() {
        var resident = as("fukui-takuya");
        var fukui = AuthorityId.of("182010");
        String receipt = send(resident, toConfirm(resident, begin(resident)));
        for (int i = 0; i < 2; i++)
            assertThat(resident.post("/submission/receipts/" + receipt + "/withdraw", Map.of()).statusCode())
                    .isIn(302, 303);
        assertThat(kinds(fukui, receipt, "submission.Withdrawn")).isEqualTo(1);
        String again = send(resident, toConfirm(resident, begin(resident)));
        assertThat(again).isNotEqualTo(receipt);
    }

    @Test
    void anotherBodyIsNamedBeforeSendingAndThePersonMayStillSend() {
        var resident = as("tsu-shota");
        String confirm = toConfirm(resident, begin(resident));
        assertThat(resident.page(confirm).body()).contains("申請先はほかのところになる見込みです").contains("この内容で申請する");
    }
}
