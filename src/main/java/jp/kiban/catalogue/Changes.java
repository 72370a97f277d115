package jp.kiban.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.kernel.Language;
import jp.kiban.letters.Letters;
import jp.kiban.standards.Difference;
import jp.kiban.standards.StandardFiles;
import org.springframework.stereotype.Component;

/// 版の違い. What is different between two versions of a standard, in words; and for how many of their examples. Compared once,
/// since the files do not change.
@Component
final class Changes {
    /// 違いの一つ. Where, and what, in words.
    record Change(String where, String what) {}

    private record Pair(String before, String after) {}

    private final Map<Pair, Difference> compared = new ConcurrentHashMap<>();

    Difference difference(StandardFiles before, StandardFiles after) {
        return compared.computeIfAbsent(new Pair(before.ref() + before.digest(), after.ref() + after.digest()),
                pair -> Difference.between(before, after));
    }

    List<Change> between(StandardFiles before, StandardFiles after, Language language) {
        var difference = difference(before, after);
        var changes = new ArrayList<Change>();
        for (var one : difference.changes())
            changes.add(new Change(one.place(), one.words().in(language) + (one.before().isEmpty() && one.after()
                    .isEmpty()
                            ? ""
                            : Words.in(language, "catalogue.change.from-to", shown(one.before()), shown(one
                                    .after())))));
        var effect = difference.examples();
        if (effect.cases() > 0)
            changes.add(new Change(Words.in(language, "catalogue.change.examples"), Words.in(language,
                    "catalogue.change.effect", effect.cases(), effect.outcomes(), effect.amounts())));
        return changes;
    }

    private static String shown(String text) { return text.isEmpty() ? "－" : Letters.excerpt(text, 200); }
}
