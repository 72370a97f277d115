package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import jp.kiban.demo.Doubles;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.PersonId;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The protected family on every page. He signs in, looks everywhere, types their names, claims, is refused, disputes:
/// and is told to the letter, and by the same SQL statements, what a man is told who has his name and never had a family.
/// Before and after the mother has claimed, been granted and paid.
@KibanTest
@Import({Watch.class, Doubles.class})
@TestPropertySource(properties = "kiban.registry.requests-per-minute=1000000") // one machine asks for everybody here
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProtectedFamilyTests {
    private static final List<String> LANGUAGES = List.of("ja", "ja-easy", "en");
    /// What the forms said before they were sent: a mother claims once, whichever test comes first.
    private static final Map<String, JsonNode> opened = new HashMap<>();

    @Autowired
    List<RequestMappingInfoHandlerMapping> mappings;
    @Autowired
    Watch.Seen seen;
    @LocalServerPort
    int port;

    /// What somebody was told to one request, without what differs between any two people.
    private record Told(String request, int status, String location, String body, List<String> statements) {}

    /// Somebody who tries everything that a resident can try.
    private final class Tries {
        private final SignIn browser;
        private final String person;
        private final String child;
        private final String kana;
        private final List<Told> told = new ArrayList<>();
        private String draft = "";
        private String receipt = "";

        Tries(String card, PersonId person, String child, String kana) {
            this.browser = SignIn.resident(port, card);
            this.person = person.number();
            this.child = child;
            this.kana = kana;
        }

        /// Twice, so that what the house remembers for all is remembered; the second counts.
        void get(String path) {
            for (int i = 0; i < 2; i++) {
                var told = send("GET", path, "", "text/html,application/json;q=0.9,*/*;q=0.5");
                if (i == 1)
                    this.told.add(told);
            }
        }

        Told form(String path, Map<String, String> fields) {
            var body = String.join("&", fields.entrySet().stream().map(f -> f.getKey() + "="
                    + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8)).toList());
            return kept(send("POST", path, body, "text/html"));
        }

        Told json(String method, String path, String body) {
            return kept(send(method, path, body, "application/json"));
        }

        private Told kept(Told answer) {
            told.add(answer);
            return answer;
        }

        private Told send(String method, String path, String body, String accept) {
            String watch = UUID.randomUUID().toString();
            var request = browser.request(path).header(Watch.HEADER, watch).header("Accept", accept);
            if (!method.equals("GET"))
                request.header("X-XSRF-TOKEN", browser.token()).header("Content-Type",
                        accept.equals("text/html") ? "application/x-www-form-urlencoded" : "application/json");
            if (path.equals("/api/submission/child-allowance"))
                request.header("Idempotency-Key", UUID.randomUUID().toString());
            var answer = exchange(browser, request.method(method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build());
            String location = answer.headers().firstValue("Location").orElse("");
            var id = java.util.regex.Pattern.compile("/drafts/([0-9a-f-]{36})").matcher(location);
            if (id.find())
                draft = id.group(1);
            String text = text(answer);
            return new Told(method + " " + plain(path), answer.statusCode(), plain(location), plain(text),
                    seen.of(watch).stream().map(sql -> sql.replaceAll("\\s+", " ")).toList());
        }

        /// Names that he typed himself, and his own numbers.
        private String plain(String text) {
            return text.replace(child, "<child>").replace(kana, "<kana>").replace(person, "<person>")
                    .replaceAll("[0-9]{6}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", "<receipt>")
                    .replaceAll("(name=\"_csrf\"[^>]*value=\")[^\"]*", "$1")
                    .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uuid>")
                    .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?", "<time>")
                    .replaceAll("[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?", "<time>")
                    .replaceAll("\"seconds\":[0-9]+|かかった時間 [0-9]+秒", "<seconds>");
        }

        void looksEverywhere() {
            for (String pattern : pagesWithoutAnId())
                get(pattern);
            for (String language : LANGUAGES)
                for (String page : List.of("/my", "/exchange/my-log", "/submission/child-allowance"))
                    get(page + "?lang=" + language);
            get("/my?lang=ja");
        }

        /// Opens the form by the page, looks at each step in each language, types the child by hand, tries to send.
        void opensTheForm(String birthDate) {
            form("/submission/child-allowance", Map.of("start", "1"));
            var steps = List.of("you", "spouse", "children", "elders", "account", "contact", "confirm");
            for (String language : LANGUAGES)
                for (String step : steps)
                    get("/submission/drafts/" + draft + "/" + step + "?lang=" + language);
            get("/submission/drafts/" + draft + "/you?lang=ja");
            var day = birthDate.split("-");
            for (String act : List.of("add:children", "next"))
                form("/submission/drafts/" + draft + "/children", Map.of("act", act, "base", "0", "form",
                        UUID.randomUUID().toString(), "children[0].name", child, "children[0].kana", kana,
                        "children[0].birthDate.year", day[0], "children[0].birthDate.month", day[1],
                        "children[0].birthDate.day", day[2], "children[0].livingTogether", "true"));
            get("/submission/drafts/" + draft + "/children");
            get("/api/submission/drafts/" + draft);
            json("PUT", "/api/submission/drafts/" + draft, withChild(birthDate, Map.of()));
            json("POST", "/api/submission/child-allowance", withChild(birthDate, Map.of()));
            json("POST", "/api/submission/child-allowance", withChild(birthDate, Map.of("name", "妻", "id", child)));
            json("POST", "/api/submission/drafts/" + draft + "/submit", "{}");
        }

        private String withChild(String birthDate, Map<String, String> spouse) {
            var sent = Item.JSON.createObjectNode();
            var answers = sent.putObject("answers");
            answers.putArray("children").addObject().put("id", "1").put("name", child).put("kana", kana)
                    .put("birthDate", birthDate).put("livingTogether", true).put("abroad", false)
                    .put("inFacility", false);
            if (!spouse.isEmpty()) {
                var other = answers.putObject("spouse");
                spouse.forEach(other::put);
                other.put("birthDate", "1990-04-01").put("livingTogether", false);
            }
            answers.putObject("contact").put("phone", "090-0000-0041").put("email", "");
            answers.put("consent", true);
            return sent.toString();
        }

        /// Says that the register is wrong, names the child in it, and sends.
        void claims() {
            var sent = Item.JSON.createObjectNode();
            sent.set("answers", Item.completed(Item.ok(browser.get("/api/submission/drafts/" + draft))));
            sent.putArray("disputes").addObject().put("item", "resident.children").put("text", child + "がいます");
            json("PUT", "/api/submission/drafts/" + draft, sent.toString());
            var answer = browser.postJson("/api/submission/drafts/" + draft + "/submit", "{}");
            receipt = Item.ok(answer).get("receipt").asString();
            json("POST", "/api/submission/drafts/" + draft + "/submit", "{}");
            Item.until(() -> browser.get("/casework/my/" + receipt).statusCode() == 200);
        }

        void looksAtTheClaim() {
            get("/submission/receipts/" + receipt);
            get("/api/submission/receipts/" + receipt);
            for (String language : LANGUAGES) {
                get("/casework/my/" + receipt + "?lang=" + language);
                get("/casework/my/" + receipt + "/notices/1?lang=" + language);
                get("/casework/my/" + receipt + "/notices/1.pdf?lang=" + language);
            }
            get("/my?lang=ja");
            get("/exchange/my-log");
            get("/exchange/my-log.csv");
        }
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({"242012, tsu, tsu-makoto, tsu-double, 田中 蓮, タナカ レン, fukui, fukui-naomi",
            "273619, kumatori, kumatori-hiroshi, kumatori-double, 井上 結衣, イノウエ ユイ, kumatori, kumatori-mayumi"})
    void heLearnsNothing(String code, String town, String card, String cardOfDouble, String child, String kana,
            String herTown, String herCard) {
        var item = new Item(port);
        var he = new Tries(card, Doubles.him(code), child, kana);
        var other = new Tries(cardOfDouble, Doubles.doubleOf(code), "空野 想像", "ソラノ ソウゾウ");
        var her = SignIn.resident(port, herCard);
        var hers = item.opens(her).get("answers");
        opened.put(herCard, hers);
        String birthDate = hers.at("/children/0/birthDate").asString();
        assertThat(hers.at("/children/0/name").asString()).isEqualTo(child);

        for (var one : List.of(he, other)) {
            one.looksEverywhere();
            one.opensTheForm(birthDate);
        }
        isTheSame(he, other);

        String receipt = granted(item, her, herTown);
        Item.until(() -> her.page("/my").body().contains("円"));

        for (var one : List.of(he, other)) {
            one.looksEverywhere();
            one.opensTheForm(birthDate);
            one.claims();
            one.looksAtTheClaim();
        }
        for (var one : List.of(he, other))
            item.isDecided(town, one.receipt);
        for (var one : List.of(he, other)) {
            Item.until(() -> one.browser.get("/casework/my/" + one.receipt + "/notices/1").statusCode() == 200);
            one.looksAtTheClaim();
            one.looksEverywhere();
        }
        isTheSame(he, other);
        var words = new TreeSet<>(Set.of(hers.at("/claimant/name").asString(), hers.at("/claimant/kana").asString(),
                hers.at("/claimant/address").asString(), receipt));
        for (var told : he.told)
            if (!isCardList(told.request().replace("GET ", "")))
                assertThat(told.body()).as(told.request()).doesNotContain(words);
    }

    /// To the letter, and by the same statements; all differences at once.
    private static void isTheSame(Tries he, Tries other) {
        assertThat(he.told).hasSameSizeAs(other.told);
        var differences = new ArrayList<String>();
        for (int i = 0; i < he.told.size(); i++) {
            var his = he.told.get(i);
            var others = other.told.get(i);
            assertThat(his.status()).as(his.request()).isLessThan(500);
            if (!his.equals(others))
                differences.add(i + " " + his.request() + difference(others, his));
        }
        System.out.printf("protected family: %d answers compared with those of his double%n", he.told.size());
        assertThat(differences).isEmpty();
    }

    private static String difference(Told expected, Told got) {
        if (expected.status() != got.status() || !expected.location().equals(got.location()))
            return ": " + expected.status() + " " + expected.location() + " but he " + got.status() + " "
                    + got.location() + " " + cut(got.body(), 0);
        if (!expected.statements().equals(got.statements()))
            return ": " + expected.statements().size() + " statements, his " + got.statements().size() + "\n  "
                    + String.join("\n  ", expected.statements().stream().map(s -> cut(s, 0)).toList()) + "\n  his\n  "
                    + String.join("\n  ", got.statements().stream().map(s -> cut(s, 0)).toList());
        int at = 0;
        while (at < expected.body().length() && at < got.body().length()
                && expected.body().charAt(at) == got.body().charAt(at))
            at++;
        return ":\n  double ..." + cut(expected.body(), at - 60) + "\n  he     ..." + cut(got.body(), at - 60);
    }

    private static String cut(String text, int from) {
        String rest = text.substring(Math.clamp(from, 0, text.length())).replaceAll("\\s+", " ");
        return rest.length() > 240 ? rest.substring(0, 240) : rest;
    }

    @Test
    void herAddressIsBehindADoorAndInNoExport() {
        var item = new Item(port);
        var her = SignIn.resident(port, "fukui-naomi");
        var hers = opened.containsKey("fukui-naomi") ? opened.get("fukui-naomi") : item.opens(her).get("answers");
        String address = hers.at("/claimant/address").asString();
        assertThat(address).startsWith("福井県福井市");
        String receipt = granted(item, her, "fukui");
        var ids = new LinkedHashMap<String, String>(Map.of("receipt", receipt, "number", "1", "code", "182010",
                "standard", "child-allowance", "version", "1"));
        var files = Item.JSON.readTree(SignIn.staff(port, "fukui-kaikei").get("/api/payment/runs/1/files").body());
        ids.put("name", files.path(0).path("name").asString("none"));

        int looks = 0;
        for (String card : List.of("fukui-uketsuke", "fukui-shinsa", "fukui-kessai", "fukui-kaikei", "tsu-uketsuke",
                "tsu-shinsa", "tsu-kessai", "tsu-kaikei", "cfa-tanto")) {
            var officer = SignIn.staff(port, card);
            for (String path : pages(ids))
                for (String question : path.contains("inbox") || path.equals("/api/casework/cases")
                        ? List.of("", "?q=" + receipt, "?q=" + encoded("タナカ ナオミ"))
                        : List.of("?service=child-allowance")) {
                    var answer = exchange(officer, officer.request(path + question).GET().build());
                    assertThat(text(answer)).as(path + question + " as " + card).doesNotContain(address)
                            .doesNotContain(address.replace("福井県福井市", "").replace(" ", ""));
                    assertThat(answer.statusCode()).as(path + " as " + card).isLessThan(500);
                    if (!isCardList(path) && (card.startsWith("tsu") || card.startsWith("cfa"))
                            && answer.statusCode() == 200)
                        assertThat(text(answer)).as(path + question + " as " + card).doesNotContain("田中 直美")
                                .doesNotContain(question.startsWith("?q=") ? "none" : "ナオミ")
                                .doesNotContain(question.contains(receipt) ? "none" : receipt);
                    looks++;
                }
        }
        System.out.printf("protected family: %d looks of officers, no address%n", looks);

        var review = SignIn.staff(port, "fukui-shinsa");
        String page = "/casework/cases/" + receipt;
        assertThat(review.page(page).body()).contains("支援措置対象").contains("田中 直美").doesNotContain(address);
        assertThat(review.post(page + "/address", Map.of("reason", " ")).body()).doesNotContain(address);
        review.post(page + "/address", Map.of("reason", "通知書を郵送するため"));
        assertThat(review.page(page).body()).contains(address);
        assertThat(SignIn.staff(port, "fukui-kessai").page(page).body()).as("opened for one officer")
                .doesNotContain(address);
        assertThat(SignIn.staff(port, "tsu-shinsa").page(page).statusCode()).isEqualTo(404);
        assertThat(her.get("/exchange/my-log.csv").body()).as("she can read why").contains("通知書を郵送するため");
    }

    /// A child claimed by both parents: only officers see that.
    @Test
    void aSecondClaimForTheSameChildIsNotToldToWhoeverMakesIt() {
        var item = new Item(port);
        var father = SignIn.resident(port, "tsu-toru");
        var draft = item.opens(father);
        var answers = Item.completed(draft);
        for (JsonNode child : answers.at("/children"))
            ((ObjectNode) child).put("careApart", true);
        Item.ok(father.putJson("/api/submission/drafts/" + draft.get("id").asString(),
                Item.JSON.writeValueAsString(Map.of("answers", answers))));
        var sent = father.postJson("/api/submission/drafts/" + draft.get("id").asString() + "/submit", "{}");
        String receipt = Item.ok(sent).get("receipt").asString();
        Item.until(() -> father.get("/casework/my/" + receipt).statusCode() == 200);
        var before = pagesOf(father, receipt);
        var mothers = item.claims(SignIn.resident(port, "tsu-yuko"));
        var officer = SignIn.staff(port, "tsu-uketsuke");
        Item.until(() -> officer.get("/api/casework/cases/" + mothers.receipt()).statusCode() == 200);
        assertThat(Item.ok(officer.get("/api/casework/cases?q=" + receipt)).at("/items/0/duplicate").asBoolean())
                .as("officers see it").isTrue();
        assertThat(pagesOf(father, receipt)).isEqualTo(before);
        assertThat(pagesOf(SignIn.resident(port, "tsu-yuko"), mothers.receipt()).toString()).doesNotContain("重複")
                .doesNotContain(receipt);
    }

    private static Map<String, String> pagesOf(SignIn who, String receipt) {
        var pages = new LinkedHashMap<String, String>();
        for (String path : List.of("/my", "/casework/my/" + receipt, "/submission/receipts/" + receipt,
                "/api/submission/receipts/" + receipt, "/submission/child-allowance"))
            pages.put(path, who.page(path).body().replaceAll("(name=\"_csrf\"[^>]*value=\")[^\"]*", "$1")
                    .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uuid>"));
        return pages;
    }

    /// Claimed, granted and paid; by whichever of these tests comes first.
    private static String granted(Item item, SignIn her, String town) {
        return receiptOf(her).orElseGet(() -> {
            String receipt = item.claims(her).receipt();
            item.isDecided(town, receipt);
            item.isPaid(town, receipt, "2027-02-10", Optional.empty());
            return receipt;
        });
    }

    private static Optional<String> receiptOf(SignIn resident) {
        return java.util.regex.Pattern.compile("/casework/my/([0-9A-Z-]{18})").matcher(resident.page("/my").body())
                .results().map(m -> m.group(1)).findFirst();
    }

    /// Every page that is mapped and needs no id, but the actuator's (its times are of the moment).
    private List<String> pagesWithoutAnId() {
        return pages(Map.of()).stream().filter(path -> !path.startsWith("/actuator") && !path.startsWith("/v3")
                && !path.startsWith("/swagger")).toList();
    }

    /// Every page that is mapped, with these ids; those that need another id are left out.
    private List<String> pages(Map<String, String> ids) {
        var pages = new TreeSet<String>();
        for (var mapping : mappings)
            mapping.getHandlerMethods().forEach((info, handler) -> {
                var methods = info.getMethodsCondition().getMethods();
                if (methods.isEmpty() || methods.stream().anyMatch(m -> m.name().equals("GET")))
                    info.getPatternValues().forEach(pattern -> {
                        String path = pattern;
                        for (var id : ids.entrySet())
                            path = path.replace("{" + id.getKey() + "}", id.getValue());
                        if (!path.contains("{") && !path.contains("*"))
                            pages.add(path);
                    });
            });
        return List.copyOf(pages);
    }

    /// The list of test cards, which are named after their holders; there is none outside of the demonstration.
    private static boolean isCardList(String path) {
        return Set.of("/", "/demo/card", "/identity/sign-in").contains(path);
    }

    private static String encoded(String text) { return URLEncoder.encode(text, StandardCharsets.UTF_8); }

    private static java.net.http.HttpResponse<byte[]> exchange(SignIn browser, HttpRequest request) {
        try {
            return browser.client().send(request, BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /// The words of an answer; those of a paper are taken out of it.
    private static String text(java.net.http.HttpResponse<byte[]> answer) {
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("application/pdf"))
            return new String(answer.body(), StandardCharsets.UTF_8);
        try (var paper = Loader.loadPDF(answer.body())) {
            return new PDFTextStripper().getText(paper).replaceAll("\\s+", ""); // lines break at other letters
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
