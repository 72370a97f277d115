package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class AnswerCheckTests {
    private final StandardVersion standard = Published.CHILD_ALLOWANCE;

    @Test
    void ordinaryAnswersHaveNoFinding() { assertThat(standard.check(Published.answers())).isEmpty(); }

    @Test
    void tellsEverythingAtOnceInTheOrderOfTheForm() {
        var answers = Published.answers();
        ((ObjectNode) answers.get("claimant")).remove("address");
        ((ObjectNode) answers.get("children").get(0)).put("birthDate", "2020-02-30");
        ((ObjectNode) answers.get("account")).put("number", "12345678");
        ((ObjectNode) answers.get("contact")).put("phone", "").put("email", "hanako");
        answers.put("consent", false);
        answers.remove("higherEarner");
        assertThat(wheres(standard.check(answers))).containsExactly("claimant.address", "higherEarner",
                "children[0].birthDate", "account.number", "contact.phone", "contact.email", "consent");
    }

    @Test
    void emptyAnswersLackEveryGroup() {
        assertThat(wheres(standard.check(JsonNodeFactory.instance.objectNode())))
                .contains("claimant", "pension", "children",
                        "account", "contact", "consent")
                .doesNotContain("spouse.name", "higherEarner", "elders");
    }

    @Test
    void speaksThreeLanguagesAndNamesTheField() {
        var answers = Published.answers();
        ((ObjectNode) answers.get("contact")).remove("phone");
        var message = standard.check(answers).getFirst().message();
        assertThat(message.ja()).isEqualTo("「電話番号」を入力してください。");
        assertThat(message.easy()).contains("電話番号（でんわばんごう）").endsWith("書いてください。");
        assertThat(message.en()).isEqualTo("Enter: Phone.");
    }

    @Test
    void saysHowToWriteIt() {
        var answers = Published.answers();
        ((ObjectNode) answers.get("account")).put("number", "123456");
        assertThat(standard.check(answers).getFirst().message().ja()).contains("7桁").contains("先頭に0");
    }

    /// Which of the answers fit a field that asks for a corporation, alone and in a table.
    private static List<Finding> corporation(String answer) {
        var reading = new Reading("form.schema.json", new java.util.ArrayList<>());
        var label = "\"x-kiban-label\": {\"ja\": \"勤務先\", \"ja-easy\": \"会社\", \"en\": \"Employer\"}";
        var field = "{\"description\": \"x\", \"x-kiban-kind\": \"CORPORATION\", " + label
                + ", \"x-kiban-basis\": \"番号法 第39条\", \"x-kiban-class\": \"plain\"}";
        var text = "{\"type\": \"object\", \"x-kiban-pages\": [{\"id\": \"p\", \"title\": {\"ja\": \"a\", \"ja-easy\": \"a\", \"en\": \"a\"}, "
                + "\"lead\": {\"ja\": \"a\", \"ja-easy\": \"a\", \"en\": \"a\"}, \"fields\": [\"employer\", \"jobs\"]}], \"properties\": {\"employer\": "
                + field + ", \"jobs\": {\"type\": \"array\", \"description\": \"x\", \"x-kiban-kind\": \"TABLE\", "
                + label
                + ", \"x-kiban-basis\": \"番号法 第39条\", \"x-kiban-class\": \"plain\", \"items\": {\"type\": \"object\", \"properties\": {\"where\": "
                + field + "}}}}}";
        var schema = new FormSchema(Published.JSON.readTree(text), java.util.Set.of("plain"), reading);
        var form = schema.form();
        return new AnswerCheck(schema, form, schema.json()).check(Published.JSON.readTree("{\"employer\": " + answer
                + ", \"jobs\": [{\"where\": " + answer + "}]}"));
    }

    @Test
    void aCorporationIsThirteenDigitsWithTheirCheckDigit() {
        assertThat(corporation("\"9900000000000\"")).isEmpty();
        for (var slip : List.of("8900000000000", "9900000000001"))
            assertThat(corporation("\"" + slip + "\"")).as(slip).extracting(Finding::code).containsExactly(
                    "check-digit",
                    "check-digit");
        for (var other : List.of("990000000000", "99000000000000", "株式会社", "９９０００００００００００", "T9900000000000"))
            assertThat(corporation("\"" + other + "\"")).as(other).extracting(Finding::code).containsExactly(
                    "corporate-number", "corporate-number");
        var told = corporation("\"8900000000000\"");
        assertThat(told).extracting(Finding::where).containsExactly("employer", "jobs[0].where");
        assertThat(told.getFirst().message().ja()).contains("勤務先", "8900000000000", "検査用数字");
        assertThat(told.getFirst().message().en()).contains("Employer", "check digit");
    }

    @Test
    void takesPhonesAsPeopleWriteThem() {
        for (var good : List.of("059-229-3155", "0592293155", "090-1234-5678", "09012345678", "+81-90-1234-5678",
                "03(1234)5678"))
            assertThat(phone(good)).as(good).isEmpty();
        for (var bad : List.of("12345", "090-1234", "０９０", "090-1234-56789012", "tel 090"))
            assertThat(phone(bad)).as(bad).containsExactly("contact.phone");
    }

    private List<String> phone(String phone) {
        var answers = Published.answers();
        ((ObjectNode) answers.get("contact")).put("phone", phone);
        return wheres(standard.check(answers));
    }

    @Test
    void theDayMustExist() {
        var answers = Published.answers();
        var event = answers.putObject("event").put("kind", "birth");
        event.put("date", "2024-02-29");
        assertThat(standard.check(answers)).isEmpty();
        event.put("date", "2025-02-29");
        assertThat(wheres(standard.check(answers))).containsExactly("event.date");
    }

    @Test
    void nullIsNotAnswered() {
        var answers = Published.answers();
        answers.putNull("spouse");
        answers.putNull("event");
        answers.putNull("higherEarner");
        assertThat(standard.check(answers)).isEmpty();
        answers.putNull("account");
        assertThat(wheres(standard.check(answers))).containsExactly("account");
    }

    @Test
    void aRegistersUnusualReadingIsNotThePersonsFault() {
        var answers = Published.answers();
        ((ObjectNode) answers.get("claimant")).put("kana", "SMITH John").put("postalCode", "");
        assertThat(standard.check(answers)).isEmpty();
    }

    private static List<String> wheres(List<Finding> findings) {
        return findings.stream().map(Finding::where).toList();
    }
}
