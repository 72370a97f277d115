package jp.kiban;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import jp.kiban.identity.SignIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// 道のり. The acts of the road in plain verbs, over the same HTTP API that programs use, with demonstration cards. An act
/// that the platform refuses fails the test with what it said.
public final class Road {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final int port;

    public Road(int port) { this.port = port; }

    public SignIn resident(String card) { return SignIn.resident(port, card); }

    public SignIn staff(String card) { return SignIn.staff(port, card); }

    /// Opens the form, already filled; answers the draft.
    public JsonNode opens(SignIn resident, String standard) {
        return ok(resident.postJson("/api/submission/" + standard + "/drafts", "{}"));
    }

    /// Gives a phone number and the consent; everything else is filled already.
    public JsonNode completes(SignIn resident, JsonNode draft) {
        var answers = (ObjectNode) draft.get("answers").deepCopy();
        answers.putObject("contact").put("phone", "059-229-3155").put("email", "");
        answers.put("consent", true);
        return ok(resident.putJson("/api/submission/drafts/" + draft.get("id").asString(),
                JSON.writeValueAsString(Map.of("answers", answers))));
    }

    /// Sends the draft; answers the receipt number, the same however often it is sent.
    public String sends(SignIn resident, JsonNode draft) {
        return ok(resident.postJson("/api/submission/drafts/" + draft.get("id").asString() + "/submit", "{}"))
                .get("receipt").asString();
    }

    /// The whole application; answers the receipt number.
    public String applies(SignIn resident, String standard) {
        return sends(resident, completes(resident, opens(resident, standard)));
    }

    /// One act of an officer on a case, on the version that stands.
    public JsonNode acts(SignIn officer, String receipt, String act) {
        var body = JSON.createObjectNode().put("version", caseOf(officer, receipt).at("/summary/version").asInt());
        if (act.equals("propose"))
            body.putArray("seen");
        return ok(officer.postJson("/api/casework/cases/" + receipt + "/" + act, body.toString()));
    }

    public JsonNode caseOf(SignIn officer, String receipt) {
        until(() -> officer.get("/api/casework/cases/" + receipt).statusCode() == 200);
        return ok(officer.get("/api/casework/cases/" + receipt));
    }

    public JsonNode preparesRun(SignIn treasury, String service, String payDay) {
        return ok(treasury.postJson("/api/payment/runs", JSON.writeValueAsString(
                Map.of("service", service, "payDay", payDay, "press", UUID.randomUUID().toString()))));
    }

    public JsonNode onRun(SignIn officer, JsonNode run, String act) {
        return ok(officer.postJson("/api/payment/runs/" + run.get("number").asInt() + "/" + act, "{}"));
    }

    /// The bank's answer about one line of a run, read back as a CSV file and applied.
    public void bankAnswers(SignIn treasury, JsonNode run, int line, long yen, String result) {
        String csv = "run,line,amount,result,reason,day\n%d,%d,%d,%s,,%s\n".formatted(run.get("number").asInt(), line,
                yen, result,
                run.get("payDay").asString());
        var read = ok(
                treasury.json("POST", "/api/payment/results?name=answer.csv", csv, Map.of("Content-Type", "text/csv")));
        ok(treasury.postJson("/api/payment/results/" + read.get("id").asString() + "/apply", "{}"));
    }

    public JsonNode reads(SignIn who, String path) { return ok(who.get(path)); }

    public String page(SignIn who, String path) {
        var page = who.follow(who.page(path));
        if (page.statusCode() != 200)
            throw new AssertionError(path + ": " + page.statusCode() + " " + page.body());
        return page.body();
    }

    /// Waits for what happens after the commit; twenty seconds are a generous bound for less than one.
    public static void until(BooleanSupplier happened) {
        for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); System.nanoTime() < end;) {
            if (happened.getAsBoolean())
                return;
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        throw new AssertionError("it did not happen within twenty seconds");
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2)
            throw new AssertionError(
                    answer.request().method() + " " + answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        return JSON.readTree(answer.body());
    }
}
