package jp.kiban;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import jp.kiban.identity.SignIn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One application over HTTP, carried as far as a test wants: claimed, granted, ordered, answered by the bank.
final class Item {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CASES = "/api/casework/cases/";
    private static final String RUNS = "/api/payment/runs";
    private final int port;

    Item(int port) { this.port = port; }

    /// What a claim left behind.
    record Claimed(String draft, String receipt, JsonNode answers) {}

    /// A run, its file, and the bank's answer to it.
    record Paid(int run, long total, String file, String bankAnswer, String result) {}

    JsonNode opens(SignIn resident) { return ok(resident.postJson("/api/submission/child-allowance/drafts", "{}")); }

    static ObjectNode completed(JsonNode draft) {
        var answers = (ObjectNode) draft.get("answers").deepCopy();
        answers.putObject("contact").put("phone", "059-229-3155").put("email", "");
        answers.put("consent", true);
        return answers;
    }

    Claimed claims(SignIn resident) {
        var draft = opens(resident);
        String id = draft.get("id").asString();
        ok(resident.putJson("/api/submission/drafts/" + id,
                JSON.writeValueAsString(Map.of("answers", completed(draft)))));
        var receipt = ok(resident.postJson("/api/submission/drafts/" + id + "/submit", "{}"));
        return new Claimed(id, receipt.get("receipt").asString(), draft.get("answers"));
    }

    /// Accepted, proposed and decided by the officers of the town (`tsu`).
    void isDecided(String town, String receipt) {
        var reception = SignIn.staff(port, town + "-uketsuke");
        until(() -> reception.get(CASES + receipt).statusCode() == 200);
        act(reception, receipt, "accept");
        var review = SignIn.staff(port, town + "-shinsa");
        if (ok(review.get(CASES + receipt)).at("/summary/disputes").asInt() > 0)
            ok(review.postJson(CASES + receipt + "/settle", "{\"version\":" + version(review, receipt)
                    + ",\"item\":\"resident.children\",\"note\":\"住民記録を確認した\"}"));
        act(review, receipt, "propose");
        act(SignIn.staff(port, town + "-kessai"), receipt, "decide");
    }

    private static void act(SignIn officer, String receipt, String act) {
        ok(officer.postJson(CASES + receipt + "/" + act,
                "{\"version\":" + version(officer, receipt) + ",\"seen\":[]}"));
    }

    static int version(SignIn officer, String receipt) {
        return ok(officer.get(CASES + receipt)).at("/summary/version").asInt();
    }

    /// Ordered for a pay day, approved, sent, and answered: every order returned where there is a reason, paid otherwise.
    Paid isPaid(String town, String receipt, String payDay, Optional<String> returned) {
        var treasury = SignIn.staff(port, town + "-kaikei");
        until(() -> ok(treasury.get("/api/payment/outlook?service=child-allowance&payDay=" + payDay)).get("orders")
                .asInt() > 0);
        int number = prepared(treasury, payDay);
        ok(SignIn.staff(port, town + "-kessai").postJson(RUNS + "/" + number + "/approve", "{}"));
        ok(treasury.postJson(RUNS + "/" + number + "/send", "{}"));
        String file = ok(treasury.get(RUNS + "/" + number + "/files")).get(0).get("name").asString();
        var csv = new StringBuilder("run,line,amount,result,reason,day\n");
        long total = 0;
        for (var order : ok(treasury.get("/api/payment/orders?size=100&run=" + number)).get("items")) {
            csv.append(number).append(',').append(order.get("line").asInt()).append(',')
                    .append(order.get("amount").asLong()).append(returned.map(r -> ",returned," + r).orElse(",paid,"))
                    .append(',').append(payDay).append('\n');
            if (order.get("receipt").asString().equals(receipt))
                total = order.get("amount").asLong();
        }
        String result = ok(upload(treasury, csv.toString())).get("id").asString();
        ok(treasury.postJson("/api/payment/results/" + result + "/apply", "{}"));
        return new Paid(number, total, file, csv.toString(), result);
    }

    /// Prepares a run; answers its number.
    static int prepared(SignIn treasury, String payDay) {
        return ok(treasury.postJson(RUNS, JSON.writeValueAsString(
                Map.of("service", "child-allowance", "payDay", payDay, "press", UUID.randomUUID().toString()))))
                .get("number").asInt();
    }

    static HttpResponse<String> upload(SignIn as, String csv) {
        try {
            return as.client().send(as.request("/api/payment/results?name=kekka.csv").header("X-XSRF-TOKEN", as.token())
                    .header("Content-Type", "text/csv").POST(BodyPublishers.ofString(csv)).build(),
                    BodyHandlers.ofString());
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    static JsonNode ok(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2)
            throw new AssertionError(
                    answer.request().method() + " " + answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        return JSON.readTree(answer.body());
    }

    /// What happens after the commit, within a generous bound.
    static void until(BooleanSupplier happened) {
        for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos(); System.nanoTime() < end;) {
            if (happened.getAsBoolean())
                return;
            try {
                Thread.sleep(50);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }
        throw new AssertionError("it did not happen in time");
    }
}
