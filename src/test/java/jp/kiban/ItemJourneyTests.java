package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The first test to read: one child allowance claim travels the whole road, from the door to the cost line.
@KibanTest
class ItemJourneyTests {
    @LocalServerPort
    int port;

    @Test
    void oneClaimFromTheDoorToTheCostLine() {
        var road = new Road(port);

        // The resident: signed in by card, the form is filled already; she gives a phone number and her consent.
        var sakura = road.resident("tsu-sakura");
        var draft = road.opens(sakura, "child-allowance");
        assertThat(draft.at("/answers/children")).hasSize(2);
        assertThat(draft.at("/answers/higherEarner").asString()).isEqualTo("claimant");
        assertThat(draft.at("/answers/account/holderKana").asString()).startsWith("ナカムラ");
        String receipt = road.sends(sakura, road.completes(sakura, draft));
        assertThat(road.sends(sakura, draft)).as("told twice, acts once").isEqualTo(receipt);

        // The municipality: received, proposed by the rules, decided by a second person.
        var uketsuke = road.staff("tsu-uketsuke");
        var shinsa = road.staff("tsu-shinsa");
        var kessai = road.staff("tsu-kessai");
        assertThat(road.caseOf(uketsuke, receipt).at("/judgement/outcome").asString()).isEqualTo("GRANT");
        assertThat(road.caseOf(uketsuke, receipt).at("/judgement/reasons/0/law/law").asString()).contains("児童手当法");
        road.acts(uketsuke, receipt, "accept");
        road.acts(shinsa, receipt, "propose");
        road.acts(kessai, receipt, "decide");
        assertThat(road.caseOf(shinsa, receipt).at("/summary/stage").asString()).isEqualTo("GRANTED");

        // The notice: in her language, with what she may do against it.
        Road.until(() -> road.page(sakura, "/casework/my/" + receipt).contains("/notices/"));
        assertThat(road.page(sakura, "/casework/my/" + receipt + "/notices/1")).contains("審査請求", "25,000円");

        // The payment: ordered for a pay day, approved by a second person, sent, answered by the bank; it agrees to the yen.
        var kaikei = road.staff("tsu-kaikei");
        Road.until(() -> road.reads(kaikei, "/api/payment/outlook?service=child-allowance&payDay=2027-02-10")
                .get("orders").asInt() > 0);
        var run = road.preparesRun(kaikei, "child-allowance", "2027-02-10");
        road.onRun(kessai, run, "approve");
        road.onRun(kaikei, run, "send");
        road.bankAnswers(kaikei, run, 1, 50_000, "paid");
        var agreed = road.reads(kaikei, "/api/payment/reconciliation?service=child-allowance&day=2027-02-10");
        assertThat(agreed.at("/lines/0/decided").asLong()).isEqualTo(50_000)
                .isEqualTo(agreed.at("/lines/0/paid").asLong());
        assertThat(agreed.get("differences")).isEmpty();

        // The nation sees figures, never people; fewer than ten stay hidden.
        var ministry = road.staff("cfa-tanto");
        assertThat(road.reads(ministry, "/api/statistics/figures?measure=claims").toString()).doesNotContain("中村");

        // What it used, in yen; and what happened, in one chain that nobody can alter unseen.
        Road.until(() -> road.reads(shinsa, "/api/cost/cases/" + receipt).at("/total/yen").asDouble() > 0);
        assertThat(road.reads(kessai, "/api/audit/verification").get("whole").asBoolean()).isTrue();
    }
}
