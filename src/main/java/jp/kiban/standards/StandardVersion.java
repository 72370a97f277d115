package jp.kiban.standards;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.StandardRef;
import tools.jackson.databind.JsonNode;

/// 標準の版. One version of a standard: its form, its rules, its notices and what may vary locally. Immutable; safe for many
/// threads.
public final class StandardVersion {
    private final StandardRef ref;
    private final Form form;
    private final Variations variations;
    private final PayCalendar payCalendar;

    StandardVersion(StandardRef ref, Form form, Variations variations, PayCalendar payCalendar) {
        this.ref = ref;
        this.form = form;
        this.variations = variations;
        this.payCalendar = payCalendar;
    }

    public StandardRef ref() { return ref; }

    public Form form() { return form; }

    public Variations variations() { return variations; }

    public PayCalendar payCalendar() { return payCalendar; }

    /// 標準処理期間. Days from arrival to decision, without the days of correction (行政手続法6条).
    public Period standardPeriodDays(Variations.Values values) {
        return Period.ofDays(values.number("standardPeriodDays"));
    }

    /// 不備. Everything that is wrong with the answers, at once, in the order of the form. Empty: they may be submitted.
    public List<Finding> check(JsonNode answers) { throw new UnsupportedOperationException(); }

    /// Whether the page is to be shown with these answers.
    public boolean shown(FormPage page, JsonNode answers) { throw new UnsupportedOperationException(); }

    /// Whether the field is to be shown with these answers.
    public boolean shown(Field field, JsonNode answers) { throw new UnsupportedOperationException(); }

    /// Whether the column of a table is to be shown for this row.
    public boolean shown(Field column, JsonNode answers, JsonNode row) { throw new UnsupportedOperationException(); }

    /// 判定. What the rules say about the answers filed on this day (到達日), with these local values. The same arguments
    /// always give the same judgement.
    public Judgement judge(JsonNode answers, LocalDate filed, Variations.Values values) {
        throw new UnsupportedOperationException();
    }

    /// The kinds of notice: `grant`, `refusal`, `correction`, `redirect`.
    public Set<String> noticeKinds() { throw new UnsupportedOperationException(); }

    /// The facts that the notice of this kind wants; `notice` refuses to be rendered without them.
    public Set<String> noticeFacts(String kind) { throw new UnsupportedOperationException(); }

    /// The facts of a notice that follow from the judgement alone, in the words of the language. The caller adds what it
    /// alone knows (whose notice, from whom, when, under which number).
    public Map<String, Object> factsOf(Judgement judgement, Variations.Values values, Language language) {
        throw new UnsupportedOperationException();
    }

    /// 通知書. Renders a notice; a missing fact is an error that lists all missing ones.
    public RenderedNotice notice(String kind, Language language, Map<String, Object> facts) {
        throw new UnsupportedOperationException();
    }
}
