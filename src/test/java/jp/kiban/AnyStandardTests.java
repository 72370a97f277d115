package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jp.kiban.identity.SignIn;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// どの標準でも. Services that no Java knows travel the whole road: one that pays once, and one that pays nothing and takes
/// photos.
@KibanTest
class AnyStandardTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /// A picture of one point.
    private static final byte[] PNG = HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
                    + "0000000b49444154789c63f80f040009fb03fdfb5e6b2b0000000049454e44ae426082");

    @LocalServerPort
    int port;

    @Test
    void whatIsGrantedOnceIsPaidInTheNextRunAndAgreesToTheYen() {
        var road = new Road(port);
        var ken = road.resident("tsu-ken");
        var draft = road.opens(ken, "emergency-benefit");
        assertThat(draft.at("/answers/members").size()).as("nobody is asked who lives there").isEqualTo(3);
        var filled = road.completes(ken, draft);
        assertThat(road.page(ken, "/submission/drafts/" + draft.get("id").asString() + "/confirm")).contains(
                "「給付決定」となる見込みです", "300,000円", "給付する人数", "3人");
        String receipt = road.sends(ken, filled);

        var shinsa = road.staff("tsu-shinsa");
        var kessai = road.staff("tsu-kessai");
        // a simple case by the standard's own words: it needs no hand
        Road.until(() -> road.caseOf(shinsa, receipt).at("/summary/stage").asString().equals("GRANTED"));
        assertThat(road.page(shinsa, "/casework/cases/" + receipt)).contains("給付決定", "一度に支払う額", "300,000円");
        assertThat(road.page(ken, "/casework/my/" + receipt + "/notices/1")).contains("300,000円", "審査請求");
        assertThat(road.page(ken, "/my")).contains("緊急世帯給付金", "準備ができ次第");

        var kaikei = road.staff("tsu-kaikei");
        Road.until(() -> road.reads(kaikei, "/api/payment/outlook?service=emergency-benefit&payDay=2026-12-18")
                .get("orders").asInt() > 0);
        var run = road.preparesRun(kaikei, "emergency-benefit", "2026-12-18");
        assertThat(run.get("total").asLong()).isEqualTo(300_000);
        road.onRun(kessai, run, "approve");
        road.onRun(kaikei, run, "send");
        road.bankAnswers(kaikei, run, 1, 300_000, "paid");
        var agreed = road.reads(kaikei, "/api/payment/reconciliation?service=emergency-benefit&day=2026-12-18");
        assertThat(agreed.at("/lines/0/decided").asLong()).isEqualTo(300_000)
                .isEqualTo(agreed.at("/lines/0/paid").asLong());
        assertThat(agreed.get("differences")).isEmpty();
        assertThat(road.reads(ken, "/api/payment/my").at("/past/0/stage").asString()).isEqualTo("paid");
        var ministry = road.staff("cfa-tanto");
        assertThat(ministry.get("/api/statistics/figures?standard=emergency-benefit&measure=claims").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCertificateIsDecidedAndClosedWithoutMoneyAndShowsItsPhotosToWhomItConcerns() throws Exception {
        var road = new Road(port);
        var sakura = road.resident("tsu-sakura");
        var draft = road.opens(sakura, "disaster-certificate");
        String id = draft.get("id").asString();
        ((ObjectNode) draft.get("answers")).putObject("damage").put("selfJudge", false);
        road.completes(sakura, draft);
        String step = "/submission/drafts/" + id + "/damage";

        var refused = upload(sakura, step, "attach", Map.of("damage.selfJudge", "false"),
                Map.of("家の前.png", PNG, "run.png", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("「run.png」は使えない種類のファイルです", "家の前.png");
        var files = Pattern.compile("/submission/files/[0-9a-f]{64}").matcher(refused.body());
        assertThat(files.find()).isTrue();
        String file = files.group();
        var shown = sakura.get(file);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(shown.headers().firstValue("Content-Security-Policy").orElse("")).contains("sandbox");
        assertThat(road.resident("tsu-daisuke").get(file).statusCode()).as("nobody else's").isEqualTo(404);
        assertThat(road.page(sakura, "/submission/drafts/" + id + "/confirm")).contains("「交付」となる見込みです", "家の前.png");

        String receipt = road.sends(sakura, draft);
        var shinsa = road.staff("tsu-shinsa");
        decided(road, receipt);
        String page = road.page(shinsa, "/casework/cases/" + receipt);
        String given = "/casework/cases/" + receipt + "/files" + file.substring(file.lastIndexOf('/'));
        assertThat(page).contains(given, "交付");
        assertThat(shinsa.get(given).statusCode()).isEqualTo(200);
        assertThat(road.staff("fukui-shinsa").get(given).statusCode()).isEqualTo(404);
        assertThat(shinsa.get(given.replaceFirst("[0-9a-f]{64}", "0".repeat(64))).statusCode()).isEqualTo(404);
        assertThat(road.page(sakura, "/casework/my/" + receipt)).contains("/notices/");
        road.acts(shinsa, receipt, "close");
        assertThat(road.caseOf(shinsa, receipt).at("/summary/stage").asString()).isEqualTo("CLOSED");
        assertThat(road.reads(sakura, "/api/payment/my").toString()).doesNotContain("罹災");
    }

    @Test
    void servicesAreFoundByWordsAndAFileThatNobodyGaveIsTold() {
        var road = new Road(port);
        var found = road.page(SignIn.nobody(port), "/submission?q=%E7%BD%B9%E7%81%BD");
        assertThat(found).contains("/submission/disaster-certificate").doesNotContain("/submission/emergency-benefit");
        assertThat(road.page(SignIn.nobody(port), "/submission?q=xyzzy")).contains("xyzzy")
                .doesNotContain("/submission/disaster-certificate");
        var yuko = road.resident("tsu-yuko");
        var draft = road.opens(yuko, "disaster-certificate");
        var damage = ((ObjectNode) draft.get("answers")).putObject("damage").put("selfJudge", false);
        damage.putArray("photos").addObject().put("name", "a.png").put("type", "image/png").put("size", 1)
                .put("sha256", "0".repeat(64));
        road.completes(yuko, draft);
        var sent = yuko.postJson("/api/submission/drafts/" + draft.get("id").asString() + "/submit", "{}");
        assertThat(sent.statusCode()).isEqualTo(422);
        assertThat(sent.body()).contains("damage.photos");
    }

    @Test
    void whatWasCertifiedHereFillsTheNextClaimThatIsOfferedUntilItIsMade() {
        var road = new Road(port);
        var daisuke = road.resident("tsu-daisuke");
        var draft = road.opens(daisuke, "disaster-certificate");
        ((ObjectNode) draft.get("answers")).putObject("damage").put("selfJudge", false);
        assertThat(road.page(daisuke, "/my")).doesNotContain("次にできる手続");
        String receipt = road.sends(daisuke, road.completes(daisuke, draft));
        decided(road, receipt);
        var results = JSON.createObjectNode();
        for (JsonNode result : road.caseOf(road.staff("tsu-shinsa"), receipt).at("/judgement/results"))
            results.set(result.get("key").asString(), result.get("value"));

        assertThat(road.page(daisuke, "/my")).contains("次にできる手続: 被災者生活再建支援金",
                "action=\"/submission/livelihood-recovery\"");
        assertThat(road.page(daisuke, "/casework/my/" + receipt)).contains("次にできる手続: 被災者生活再建支援金");
        assertThat(road.reads(daisuke, "/api/casework/my/hints").at("/0/opens").asString())
                .isEqualTo("livelihood-recovery");
        assertThat(road.page(road.resident("tsu-yuko"), "/my")).doesNotContain("次にできる手続");

        var next = road.opens(daisuke, "livelihood-recovery");
        var certificate = next.at("/answers/certificate");
        assertThat(certificate.path("number").asString()).isEqualTo(receipt);
        for (var key : List.of("grade", "disasterName", "disasterDate"))
            assertThat(certificate.path(key)).as(key).isEqualTo(results.path(key));
        assertThat(certificate.path("livedIn").asBoolean()).isTrue();
        assertThat(certificate.has("person")).as("the mark of whom it is about").isFalse();
        assertThat(road.page(daisuke, "/exchange/my-log")).contains("罹災証明書");
        assertThat(road.opens(road.resident("tsu-yuko"), "livelihood-recovery").at("/answers/certificate").isObject())
                .as("nobody else's").isFalse();

        ((ObjectNode) next.get("answers")).put("demolished", false).put("rebuild", "none");
        var sent = daisuke.postJson("/api/submission/drafts/" + next.get("id").asString() + "/submit", "{}");
        if (sent.statusCode() == 422) {
            road.completes(daisuke, next);
            sent = daisuke.postJson("/api/submission/drafts/" + next.get("id").asString() + "/submit", "{}");
        }
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
        Road.until(() -> !road.page(daisuke, "/my").contains("次にできる手続"));
        assertThat(road.page(daisuke, "/casework/my/" + receipt)).doesNotContain("次にできる手続");
    }

    /// Accepted, proposed with everything seen, and decided by a second person.
    private void decided(Road road, String receipt) {
        road.acts(road.staff("tsu-uketsuke"), receipt, "accept");
        var shinsa = road.staff("tsu-shinsa");
        var file = road.caseOf(shinsa, receipt);
        var act = JSON.createObjectNode().put("version", file.at("/summary/version").asInt());
        var seen = act.putArray("seen");
        for (JsonNode question : file.at("/judgement/questionsStillOpen"))
            seen.add(question.get("code").asString());
        assertThat(shinsa.postJson("/api/casework/cases/" + receipt + "/propose", act.toString()).statusCode())
                .isEqualTo(200);
        road.acts(road.staff("tsu-kessai"), receipt, "decide");
    }

    private static HttpResponse<String> upload(SignIn who, String step, String act, Map<String, String> fields,
            Map<String, byte[]> files) throws Exception {
        String page = who.page(step).body();
        var body = new ByteArrayOutputStream();
        for (var name : List.of("base", "form")) {
            var value = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
            assertThat(value.find()).as(name).isTrue();
            part(body, "name=\"" + name + "\"", "", value.group(1).getBytes(StandardCharsets.UTF_8));
        }
        part(body, "name=\"act\"", "", act.getBytes(StandardCharsets.UTF_8));
        for (var field : fields.entrySet())
            part(body, "name=\"" + field.getKey() + "\"", "", field.getValue().getBytes(StandardCharsets.UTF_8));
        for (var file : files.entrySet())
            part(body, "name=\"file:damage.photos\"; filename=\"" + file.getKey() + "\"",
                    "Content-Type: image/png\r\n", file.getValue());
        body.writeBytes("--kiban--\r\n".getBytes(StandardCharsets.UTF_8));
        return who.client().send(who.request(step).header("X-XSRF-TOKEN", who.token())
                .header("Content-Type", "multipart/form-data; boundary=kiban")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())).build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static void part(ByteArrayOutputStream body, String name, String type, byte[] content) {
        body.writeBytes(("--kiban\r\nContent-Disposition: form-data; " + name + "\r\n" + type + "\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
}
