package jp.kiban.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import jp.kiban.KibanTest;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.store.EventLog;
import jp.kiban.store.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole way through the door, over HTTP.
@KibanTest
class SignInTests {
    @LocalServerPort
    int port;
    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Clock clock;
    @Autowired
    JsonMapper json;
    @Autowired
    Challenges challenges;
    @Autowired
    List<RequestMappingHandlerMapping> mappings;
    @Autowired
    Environment environment;

    @Test
    void aResidentAnOfficerAndTheMinistryComeThroughTheirDoors() {
        assertThat(session(SignIn.resident(port, "niigata-futsu")).path("kind").asString()).isEqualTo("resident");
        var officer = session(SignIn.staff(port, "niigata-kessai"));
        assertThat(officer.path("authority").asString()).isEqualTo("151009");
        assertThat(officer.path("roles").toString()).isEqualTo("[\"APPROVAL\"]");
        assertThat(session(SignIn.staff(port, "cfa-tanto")).path("roles").toString()).isEqualTo("[\"MINISTRY\"]");
    }

    @Test
    void eachIsLedHomeOrWhereTheyWanted() {
        assertThat(SignIn.nobody(port).signIn("resident", "niigata-futsu", "1234", "")).isEqualTo("/my");
        assertThat(SignIn.nobody(port).signIn("staff", "niigata-shinsa", "5678", "")).isEqualTo("/office");
        assertThat(SignIn.nobody(port).signIn("staff", "cfa-tanto", "5678", "")).isEqualTo("/ministry");
        assertThat(SignIn.nobody(port).signIn("resident", "niigata-futsu", "1234", "/authorities?q=a"))
                .isEqualTo("/authorities?q=a");
        assertThat(SignIn.nobody(port).signIn("resident", "niigata-futsu", "1234", "https://example.jp/"))
                .isEqualTo("/my");
    }

    @Test
    void aBadCardIsToldNothingButThatItDidNotWork() {
        var pages = List.of("revoked", "expired", "wrong-ca").stream().map(card -> {
            var browser = SignIn.nobody(port);
            String landed = browser.signIn("resident", card, "1234", "");
            assertThat(landed).isEqualTo("/identity/sign-in?failed=true");
            assertThat(browser.isSignedIn()).isFalse();
            return browser.page(landed).body().replaceAll("value=\"[^\"]*\"", "");
        }).toList();
        assertThat(pages.stream().distinct()).hasSize(1);
    }

    @Test
    void threeWrongPinsLockTheCardUntilItIsUnlocked() {
        String card = "aogashima-kaikei";
        var browser = SignIn.nobody(port);
        String challenge = challenge(browser, "staff");
        for (int left = 2; left >= 1; left--)
            assertThat(pin(browser, challenge, card, "0000").body()).contains("あと" + left + "回");
        assertThat(pin(browser, challenge, card, "12").body()).as("not a try").contains("4桁");
        pin(browser, challenge, card, "0000");
        var right = pin(browser, challenge, card, "5678");
        assertThat(right.statusCode()).as("the right PIN is too late").isEqualTo(200);
        assertThat(right.body()).contains("3回");
        assertThat(browser.post("/demo/card/unlock", Map.of("card", card, "challenge", challenge)).statusCode())
                .isEqualTo(303);
        assertThat(pin(browser, challenge, card, "5678").statusCode()).isEqualTo(303);
    }

    @Test
    void aSecondClickLandsWhereTheFirstDid() {
        var browser = SignIn.nobody(port);
        String challenge = challenge(browser, "resident");
        String first = SignIn.path(pin(browser, challenge, "narita-futsu", "1234"));
        String second = SignIn.path(pin(browser, challenge, "narita-futsu", "1234"));
        assertThat(second).isEqualTo(first).startsWith("/identity/return");
        assertThat(SignIn.path(browser.get(first))).isEqualTo("/my");
        assertThat(SignIn.path(browser.get(first))).as("loaded again").isEqualTo("/my");
    }

    @Test
    void aChallengeTakesOneAnswer() throws Exception {
        SignIn.resident(port, "narita-futsu");
        var browser = SignIn.nobody(port);
        var begun = begin(browser, "resident");
        String id = begun.path("id").asString();
        String answer = answer("narita-futsu", begun.path("text").asString());
        try (var both = Executors.newFixedThreadPool(4)) {
            var codes = both.invokeAll(List.<Callable<Integer>>of(() -> send(id, answer), () -> send(id, answer),
                    () -> send(id, answer), () -> send(id, answer))).stream().map(f -> {
                        try {
                            return f.get();
                        } catch (Exception failed) {
                            throw new IllegalStateException(failed);
                        }
                    }).sorted().toList();
            assertThat(codes).containsExactly(200, 422, 422, 422);
        }
    }

    @Test
    void aWrongAnswerSpendsTheChallenge() throws Exception {
        SignIn.resident(port, "narita-futsu");
        var begun = begin(SignIn.nobody(port), "resident");
        String id = begun.path("id").asString();
        assertThat(send(id, answer("narita-futsu", begun.path("text").asString() + " "))).isEqualTo(422);
        assertThat(send(id, answer("narita-futsu", begun.path("text").asString()))).isEqualTo(422);
    }

    @Test
    void aStaffCardDoesNotOpenTheResidentsDoor() throws Exception {
        SignIn.staff(port, "narita-kaikei");
        var begun = begin(SignIn.nobody(port), "resident");
        assertThat(send(begun.path("id").asString(), answer("narita-kaikei", begun.path("text").asString())))
                .isEqualTo(422);
    }

    @Test
    void aChallengeIsOpenForFiveMinutesAndACodeForOne() {
        var now = new AtomicReference<>(Instant.now(Clock.systemUTC()));
        var later = new Challenges(store, new TrustStores(data().resolve("trust"), true), new People(store),
                new Officers(store), clock, new RealTime(PolicyTests.ticking(now)), challenges.policy(Door.RESIDENT),
                challenges.policy(Door.STAFF));
        var begun = later.begin(Door.RESIDENT, "browser", "");
        now.set(begun.until().minusMillis(1));
        assertThat(later.find(begun.id())).isPresent();
        now.set(begun.until());
        assertThat(later.find(begun.id())).isEmpty();
        assertThat(later.judge(begun.id(), new byte[0], new byte[0])).isEqualTo(
                new CertificateCheck.Outcome.Refused(CertificateCheck.Refusal.CHALLENGE_NOT_OPEN));
    }

    @Test
    void aCodeIsWorthNothingInAnotherBrowserAndIsSpentByTheTry() throws Exception {
        SignIn.resident(port, "narita-futsu");
        var browser = SignIn.nobody(port);
        var begun = begin(browser, "resident");
        String id = begun.path("id").asString();
        var code = json.readTree(browser.postJson("/api/identity/challenges/" + id + "/response",
                answer("narita-futsu", begun.path("text").asString())).body());
        var thief = SignIn.nobody(port);
        begin(thief, "resident");
        assertThat(SignIn.path(thief.get(code.path("address").asString()))).contains("failed");
        assertThat(thief.isSignedIn()).isFalse();
        assertThat(SignIn.path(browser.get(code.path("address").asString()))).contains("failed");
        assertThat(browser.isSignedIn()).isFalse();
    }

    @Test
    void aProgramSignsInByTheApiAlone() throws Exception {
        SignIn.resident(port, "narita-futsu");
        var program = SignIn.nobody(port);
        var begun = begin(program, "resident");
        var code = program.postJson("/api/identity/challenges/" + begun.path("id").asString() + "/response",
                answer("narita-futsu", begun.path("text").asString()));
        assertThat(program.postJson("/api/identity/session", code.body()).statusCode()).isEqualTo(201);
        assertThat(program.isSignedIn()).isTrue();
        assertThat(program.json("DELETE", "/api/identity/session", "", Map.of()).statusCode()).isEqualTo(204);
        assertThat(program.isSignedIn()).isFalse();
    }

    @Test
    void badInputIsToldAtOnce() {
        var program = SignIn.nobody(port);
        assertThat(program.postJson("/api/identity/challenges", "{\"door\":\"cellar\"}").statusCode()).isEqualTo(422);
        var id = begin(program, "resident").path("id").asString();
        var answer = program.postJson("/api/identity/challenges/" + id + "/response",
                "{\"certificate\":\"%%%\",\"signature\":null}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("certificate", "signature");
        assertThat(program.get("/api/identity/challenges/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyIsLedToTheSignInAndAProgramIsTold() {
        var nobody = SignIn.nobody(port);
        assertThat(SignIn.path(nobody.page("/my?x=1"))).isEqualTo("/identity/sign-in?next=%2Fmy%3Fx%3D1");
        var officer = SignIn.staff(port, "niigata-shinsa");
        assertThat(officer.page("/my").statusCode()).isEqualTo(403);
        assertThat(officer.page("/ministry").statusCode()).isEqualTo(403);
        var resident = SignIn.resident(port, "niigata-futsu");
        assertThat(resident.page("/office").statusCode()).isEqualTo(403);
    }

    @Test
    void aFormWithoutItsTokenIsRefused() throws Exception {
        var browser = SignIn.resident(port, "niigata-futsu");
        var forged = browser.client().send(browser.request("/identity/sign-out")
                .POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(browser.isSignedIn()).isTrue();
        browser.signOut();
        assertThat(browser.isSignedIn()).isFalse();
    }

    @Test
    void theAnswersCarryTheirGuards() {
        var page = SignIn.resident(port, "niigata-futsu").page("/my").headers();
        assertThat(page.firstValue("Cache-Control")).contains("no-store");
        assertThat(page.firstValue("Content-Security-Policy").orElseThrow()).contains("script-src 'self'",
                "frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(page.firstValue("X-Content-Type-Options")).contains("nosniff");
        var set = SignIn.nobody(port);
        var begun = set.post("/identity/sign-in", Map.of("door", "resident"));
        assertThat(begun.headers().allValues("Set-Cookie")).anyMatch(
                c -> c.startsWith("kiban-browser=") && c.contains("HttpOnly") && c.contains("SameSite=Lax"));
    }

    @Test
    void aFormThatCameTooLateIsKeptForItsSenderOnly() {
        var actor = new Actor.Resident(AuthorityId.of("151009"),
                PersonId.of(session(SignIn.resident(port, "niigata-futsu")).path("id").asString()));
        var browser = SignIn.nobody(port);
        expiredSession(browser, actor);
        var late = browser.postText("/identity/forget/none", "statement=%E9%81%95%E3%81%84&child=1&child=2");
        assertThat(SignIn.path(late)).startsWith("/identity/sign-in?next=").endsWith("&kept=true");

        assertThat(browser.signIn("resident", "niigata-shinichi", "1234", "")).as("somebody else").isEqualTo("/my");
        assertThat(SignIn.path(browser.page("/identity/continue"))).isEqualTo("/my");

        assertThat(browser.signIn("resident", "niigata-futsu", "1234", "")).isEqualTo("/identity/continue");
        String offer = browser.page("/identity/continue").body();
        assertThat(offer).contains("続きから始められます", "value=\"違い\"", "value=\"2\"");
        String id = offer.replaceAll("(?s).*/identity/continue/([A-Za-z0-9_-]{43}).*", "$1");
        var again = browser.postText("/identity/continue/" + id, "statement=%E9%81%95%E3%81%84&child=1&child=2");
        assertThat(again.statusCode()).as("the browser repeats the form itself").isEqualTo(307);
        assertThat(SignIn.path(again)).isEqualTo("/identity/forget/none");
        assertThat(SignIn.path(browser.post("/identity/continue/" + id, Map.of()))).as("once only").isEqualTo("/my");
    }

    @Test
    void afterSigningOutNothingIsKept() {
        var browser = SignIn.resident(port, "niigata-shinichi");
        String token = browser.cookie("kiban-session");
        browser.signOut();
        put(browser, token);
        assertThat(SignIn.path(browser.postText("/identity/forget/none", "a=1"))).doesNotContain("kept");
    }

    @Test
    void everyHandlerSaysWhoMayCallIt() {
        var all = mappings.stream().flatMap(m -> m.getHandlerMethods().entrySet().stream()).toList();
        assertThat(all).isNotEmpty();
        assertThat(all.stream().flatMap(e -> Permits.faults(e.getKey(), e.getValue()).stream())).isEmpty();
    }

    @Test
    void theApiDocumentAsksNobodyWhoTheyAre() {
        var document = json.readTree(SignIn.nobody(port).get("/v3/api-docs").body());
        assertThat(document.path("paths").path("/api/identity/session").path("get").path("parameters").size()).isZero();
        assertThat(document.path("components").path("schemas").propertyNames())
                .doesNotContain("Actor", "Resident", "Officer", "Nobody");
    }

    private Path data() { return Path.of(environment.getRequiredProperty("kiban.data")); }

    private void expiredSession(SignIn browser, Actor actor) {
        var before = new AtomicReference<>(Instant.now(Clock.systemUTC()).minus(Duration.ofMinutes(31)));
        String token = new Sessions(store, events, clock, new RealTime(PolicyTests.ticking(before))).start(actor);
        put(browser, token);
    }

    private void put(SignIn browser, String token) {
        var cookie = new HttpCookie("kiban-session", token);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookie.setDomain("localhost.local"); // as the cookie manager writes it, so that the next one replaces it
        browser.cookies().getCookieStore().add(URI.create("http://localhost:" + port), cookie);
    }

    private JsonNode session(SignIn browser) { return json.readTree(browser.get("/api/identity/session").body()); }

    private JsonNode begin(SignIn browser, String door) {
        return json.readTree(browser.postJson("/api/identity/challenges", "{\"door\":\"" + door + "\"}").body());
    }

    private static String challenge(SignIn browser, String door) {
        return SignIn.path(browser.post("/identity/sign-in", Map.of("door", door))).replaceAll(".*challenge=", "");
    }

    private static java.net.http.HttpResponse<String> pin(SignIn browser, String challenge, String card, String pin) {
        return browser.post("/demo/card", Map.of("challenge", challenge, "card", card, "pin", pin));
    }

    private int send(String challenge, String answer) {
        return SignIn.nobody(port).postJson("/api/identity/challenges/" + challenge + "/response", answer).statusCode();
    }

    /// What the card would answer, by its key in the demonstration's folder.
    private String answer(String card, String text) throws Exception {
        var folder = data().resolve("demo-cards");
        var signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve(card + ".key")))));
        signer.update(text.getBytes(StandardCharsets.UTF_8));
        return "{\"certificate\":\"%s\",\"signature\":\"%s\"}".formatted(
                Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve(card + ".cer"))),
                Base64.getEncoder().encodeToString(signer.sign()));
    }
}
