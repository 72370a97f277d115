package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class NoticeTests {
    private final StandardVersion standard = Published.CHILD_ALLOWANCE;
    private final Authorities authorities = new Authorities();

    @Test
    void aGrantSaysWhatTheLawWants() {
        var notice = standard.notice("grant", Language.JA, facts(Published.judgement("G1"), Language.JA));
        assertThat(notice.title()).isEqualTo("児童手当 認定通知書");
        assertThat(notice.html()).contains("支給対象児童", "月額", "支給開始年月", "支払日", "届出義務", "教示", "70,000円", "令和6年10月分から",
                "2月・4月・6月・8月・10月・12月の5日", "令和6年12月を予定", "三重県知事に対して審査請求", "3か月以内", "6か月以内", "津市長", "<table>");
        assertThat(notice.html()).doesNotContain("<h1", "{{", "\uE000");
    }

    @Test
    void plainJapaneseAndEnglishSayTheSame() {
        assertThat(
                standard.notice("grant", Language.JA_EASY, facts(Published.judgement("G1"), Language.JA_EASY)).text())
                .contains("児童手当を もらえます", "70,000円", "支給対象児童", "支給開始年月", "支払日", "届出義務", "三重県知事");
        assertThat(standard.notice("grant", Language.EN, facts(Published.judgement("G1"), Language.EN)).text())
                .contains("70,000 yen", "October 2024", "Governor of Mie", "three months", "February, April, June",
                        "10 November 2024");
    }

    @Test
    void aGrantTellsWhenTheAmountChanges() {
        var changing = standard.notice("grant", Language.JA, facts(Published.judgement("G4"), Language.JA));
        assertThat(changing.text()).contains("令和8年2月分から 月額 10,000円").doesNotContain("変わる予定はありません");
        var steady = standard.notice("grant", Language.JA,
                facts(Published.judgement("事由のない請求は、請求の翌月から（月の初日）"), Language.JA));
        assertThat(steady.text()).contains("変わる予定はありません");
    }

    @Test
    void aRefusalGivesReasonLawAndRemedy() {
        var notice = standard.notice("refusal", Language.JA, facts(Published.judgement("配偶者の方が収入が高い"), Language.JA));
        assertThat(notice.title()).contains("却下");
        assertThat(notice.html()).contains("生計を維持する程度の高い方", "児童手当法 第4条第3項", "教示", "審査請求", "取消しの訴え");
    }

    @Test
    void everyKindIsThereInEveryLanguage() {
        assertThat(standard.noticeKinds()).containsExactlyInAnyOrder("grant", "refusal", "correction", "redirect");
        for (var language : Language.values()) {
            var granted = facts(Published.judgement("G1"), language);
            var refused = facts(Published.judgement("海外に住む子だけなら却下"), language);
            var redirected = facts(Published.judgement("公務員は勤務先へ"), language);
            for (var notice : java.util.List.of(standard.notice("grant", language, granted),
                    standard.notice("refusal", language, refused), standard.notice("redirect", language, redirected),
                    standard.notice("correction", language, correction(language)))) {
                assertThat(notice.title()).isNotBlank();
                assertThat(notice.html()).contains("<h2>").doesNotContain("{{", "\uE000", "null");
                assertThat(notice.text()).contains("K24-", "243").hasSizeLessThan(3000);
            }
        }
    }

    @Test
    void aCorrectionNamesTheFieldsByTheirLabels() {
        assertThat(standard.notice("correction", Language.JA, correction(Language.JA)).html())
                .contains("<strong>電話番号</strong>", "<strong>生年月日</strong>", "令和6年12月1日まで", "行政手続法 第7条");
    }

    private Map<String, Object> correction(Language language) {
        var answers = Published.answers();
        ((ObjectNode) answers.get("contact")).remove("phone");
        ((ObjectNode) answers.get("children").get(0)).put("birthDate", "?");
        var facts = caller(language);
        facts.putAll(standard.factsOf(standard.check(answers), language));
        facts.put("due", LocalDate.parse("2024-12-01"));
        return facts;
    }

    @Test
    void nothingInAValueBecomesMarkup() {
        var facts = facts(Published.judgement("配偶者の方が収入が高い"), Language.JA);
        facts.put("recipient",
                "<script>alert(1)</script> **太字** [x](javascript:alert(1)) & \"' {{mayor}} \uE0000\uE001");
        var notice = standard.notice("refusal", Language.JA, facts);
        assertThat(notice.html()).contains("&lt;script&gt;", "**太字**", "{{mayor}}", "&amp;", "&quot;")
                .doesNotContain("<script", "<strong>太字", "<a ");
    }

    @Test
    void missingFactsAreNamedAllAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> standard.notice("refusal", Language.JA, Map.of("receipt", "x")))
                .withMessageContainingAll("recipient", "mayor", "governor", "authority", "date", "filedOn",
                        "reasons[]");
        assertThat(standard.noticeFacts("refusal")).containsExactlyInAnyOrder("authority", "date", "filedOn",
                "governor", "mayor", "reasons", "receipt", "recipient");
    }

    @Test
    void anUnknownKindIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> standard.notice("love-letter", Language.JA, Map.of()))
                .withMessageContaining("love-letter");
    }

    private Map<String, Object> facts(Judgement judgement, Language language) {
        var facts = caller(language);
        facts.putAll(standard.factsOf(judgement, standard.variations().defaults(), language));
        return facts;
    }

    private Map<String, Object> caller(Language language) {
        var tsu = authorities.get(AuthorityId.of("242012"));
        var facts = new HashMap<>(NoticeFacts.issuer(tsu, authorities.prefectureOf(tsu.id()), language));
        facts.put("recipient", "津 花子");
        facts.put("receipt", "K24-243");
        facts.put("filedOn", LocalDate.parse("2024-10-02"));
        facts.put("date", LocalDate.parse("2024-11-10"));
        return facts;
    }
}
