package jp.kiban.casework;

import java.time.ZoneId;
import java.util.List;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Sentences;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Wareki;

/// この部屋の文. Sentences of `messages/casework` that a finding or a conflict carries in all three languages at once.
final class Words {
    private static final Sentences SENTENCES = Sentences.of("casework");
    static final Text NO_FINDING = text("casework.error.no-finding");
    static final Text UNTIL_PAST = text("casework.error.until-past");
    static final Text DISPUTE_OPEN = text("casework.error.dispute-open");
    static final Text SAME_AS_RULES = text("casework.error.same-as-rules");
    static final Text GRANT_NEEDS_FACTS = text("casework.error.grant-needs-facts");
    static final Text ARTICLE_WANTED = text("casework.error.article-wanted");
    static final Text OVERRULE_UNREAD = text("casework.error.overrule-unread");
    static final Text REASON_WANTED = text("casework.error.reason-wanted");
    static final Text REASON_LONG = text("casework.error.reason-long");
    static final Text TWO_PERSONS = text("casework.conflict.two-persons");
    static final Text RULES_CHANGED = text("casework.conflict.rules-changed");
    static final Text CHANGED = text("casework.conflict.changed");
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private Words() {}

    static Text text(String key, Object... values) { return SENTENCES.text(key, values); }

    static String in(Language language, String key, Object... values) { return SENTENCES.in(language, key, values); }

    static Text stage(CaseStage stage) { return text("casework.stage." + stage.name()); }

    static Text event(String event) { return text("casework.event." + event); }

    static Text noSuchAnswer(String path) { return text("casework.error.no-such-answer", path); }

    static Text notYourProposal(String proposer) { return text("casework.conflict.not-your-proposal", proposer); }

    static Text notFromHere(CaseStage stage) { return text("casework.conflict.not-from-here", stage(stage)); }

    /// Says who did what, and when, since the page was read.
    static Text tooLate(List<Step> missed) {
        if (missed.isEmpty())
            return text("casework.conflict.unknown-version");
        return new Text(tooLate(Language.JA, missed), tooLate(Language.JA_EASY, missed), tooLate(Language.EN, missed));
    }

    private static String tooLate(Language language, List<Step> missed) {
        var said = new StringBuilder(in(language, "casework.conflict.too-late"));
        for (var step : missed) {
            var when = step.at().atZone(JAPAN);
            said.append(' ').append(in(language, "casework.conflict.did",
                    Wareki.in(language, when.toLocalDate()) + " "
                            + "%02d:%02d".formatted(when.getHour(), when.getMinute()),
                    step.byOfficer() ? step.officerName() : in(language, "casework.resident"),
                    event(step.event()).in(language)));
        }
        return said.append(' ').append(in(language, "casework.conflict.look-again")).toString();
    }
}
