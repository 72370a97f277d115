package jp.kiban.flow;

import java.util.Locale;
import jp.kiban.kernel.Text;

/// 流れの誤り. One thing wrong in a diagram: the line, what was seen, and a way to mend it, in the three languages.
public record FlowFault(int line, Kind kind, Text words, Text remedy) {

    /// 誤りの種類. Every kind of fault that the reader knows; its words are `flow.fault.CODE` and `flow.fault.CODE.mend` of
    /// `messages/flow`.
    public enum Kind {
        XML_BROKEN, DTD, ROOT, NO_PROCESS, SECOND_PROCESS, ROLE, NO_STAGE, ACT, CANCELS, TWO_CAUSES, NO_CAUSE, TIMER_MESSAGE, NO_TIME, DURATION, EMPTY_CONDITION, NO_ID, ID_TWICE, NAMELESS, NAME, STAGE, WORD_MISSING, WORD, ATTRIBUTE, ENTITY, STRAY_TEXT, EDGE_END, NO_START, SECOND_START, NO_END, LEADS_IN, LEADS_OUT, DEAD_END, SEVERAL_WAYS, CONDITION_PLACE, PARALLEL_IDLE, NO_HOST, HOST_WAITS_NOT, DEFAULT_ELSEWHERE, ONLY_WAY, NO_DEFAULT, DEFAULT_CONDITION, WAY_WITHOUT_CONDITION, PORT, UNREACHED, NEVER_ENDS, RESTLESS, REFUSED_FILE, REFUSED_SUBSET, REFUSED_TASK, REFUSED_SCRIPT, REFUSED_INCLUSIVE, REFUSED_EVENT_GATEWAY, REFUSED_SUBPROCESS, REFUSED_CATCH, REFUSED_THROW, REFUSED_LANES, REFUSED_EXTENSION, REFUSED_TIMER_PLACE, REFUSED_TIMER_INSIDE, REFUSED_MESSAGE_PLACE, REFUSED_TERMINATE, REFUSED_IN_TEXT, REFUSED_INSIDE;

        public String code() { return name().toLowerCase(Locale.ROOT).replace('_', '-'); }
    }

    static FlowFault of(int line, Kind kind, Object... with) {
        var key = "flow.fault." + kind.code();
        return new FlowFault(line, kind, Words.text(key, with), Words.text(key + ".mend", with));
    }

    /// What was seen, in English.
    public String what() { return words.en(); }

    /// What to do, in English.
    public String mend() { return remedy.en(); }

    @Override
    public String toString() { return line + ": " + what() + " → " + mend(); }
}
