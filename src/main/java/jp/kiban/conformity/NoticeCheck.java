package jp.kiban.conformity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.Language;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.StandardFolder;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Variations;
import tools.jackson.databind.JsonNode;

/// 通知書の照合. What a notice must say, whoever sends it: every reason with its article, how to appeal (教示), the number of
/// the application, and every word of the standard's own notice, in each of the three languages. Spaces, line ends and
/// marks of layout do not matter; whose name stands at the top is the target's to know.
final class NoticeCheck {
    private static final String OWN = "\u241F";
    private final StandardFolder folder;
    private final StandardVersion version;
    private final Notebook notebook;

    NoticeCheck(StandardFolder folder, StandardVersion version, Notebook notebook) {
        this.folder = folder;
        this.version = version;
        this.notebook = notebook;
    }

    /// @param reasons as decided, so that an officer's own reason is wanted too
    void compare(String trial, String receipt, java.time.LocalDate filed, java.time.LocalDate decided,
            Judgement judgement, String outcome, List<Judgement.Reason> reasons, Variations.Values values,
            JsonNode notices) {
        var kind = switch (outcome) {
            case "GRANT" -> "grant";
            case "REFUSE" -> "refusal";
            default -> "redirect";
        };
        var of = new ArrayList<JsonNode>();
        for (var notice : notices)
            if (Set.of("grant", "refusal", "redirect").contains(notice.path("kind").asString("")))
                of.add(notice);
        if (!notebook.check("NOTICE-MISSING", !of.isEmpty(), trial, "notices", kind, "no notice",
                What.NOTICE_MISSING))
            return;
        notebook.check("NOTICE-TWICE", of.size() == 1, trial, "notices", 1, of.size(),
                What.NOTICE_TWICE);
        var notice = of.getFirst();
        if (!notebook.equal("NOTICE-KIND", trial, "notices.kind", kind, notice.path("kind").asString(""),
                What.NOTICE_KIND))
            return;
        for (var language : Language.values())
            language(trial, kind, language, receipt, filed, decided, judgement, reasons, values, notice);
    }

    private void language(String trial, String kind, Language language, String receipt, java.time.LocalDate filed,
            java.time.LocalDate decided, Judgement judgement, List<Judgement.Reason> reasons,
            Variations.Values values, JsonNode notice) {
        var words = notice.path("words").path(language.code());
        var where = kind + "." + language.code();
        var text = plain(words.path("title").asString("") + words.path("text").asString(""));
        if (!notebook.check("NOTICE-LANGUAGE", !text.isBlank(), trial, where, language.code(), "nothing",
                What.NOTICE_LANGUAGE_MISSING))
            return;
        var wanted = pieces(kind, language, receipt, filed, decided, judgement, reasons, values);
        if (wanted.isEmpty())
            return;
        double own = share(wanted, text);
        for (var other : Language.values())
            if (other != language && own < 0.5) {
                var theirs = pieces(kind, other, receipt, filed, decided, judgement, reasons, values);
                if (share(theirs, text) > own) {
                    notebook.differs("NOTICE-LANGUAGE", trial, where, language.code(), other.code(),
                            What.NOTICE_LANGUAGE_OTHER);
                    return;
                }
            }
        notebook.check("NOTICE-LANGUAGE", true, trial, where, "", "", What.NOTICE_LANGUAGE_OTHER);
        var told = new LinkedHashSet<String>();
        for (var reason : reasons) {
            var said = plain(reason.text().in(language));
            notebook.check("NOTICE-REASON", text.contains(said), trial, where, reason.text().in(language), "not there",
                    What.NOTICE_REASON, reason.code());
            told.add(said);
            var law = plain(reason.law().toString());
            notebook.check("NOTICE-LAW", text.contains(law), trial, where, reason.law(), "not there",
                    What.NOTICE_LAW, reason.code());
            told.add(law);
        }
        notebook.check("NOTICE-RECEIPT", text.contains(plain(receipt)), trial, where, receipt, "not there",
                What.NOTICE_RECEIPT);
        var remedies = remedies(language);
        if (!remedies.isEmpty() && (remedyWanted(wanted, remedies))) {
            var missing = remedies.stream().filter(piece -> !text.contains(piece)).findFirst();
            notebook.check("NOTICE-REMEDY", missing.isEmpty(), trial, where, missing.orElse(""), "not there",
                    What.NOTICE_REMEDY);
        }
        var missing = wanted.stream().filter(piece -> !text.contains(piece))
                .filter(piece -> told.stream().noneMatch(piece::contains))
                .filter(piece -> remedies.stream().noneMatch(r -> r.contains(piece) || piece.contains(r))).findFirst();
        notebook.check("NOTICE-TEXT", missing.isEmpty(), trial, where, missing.orElse(""), "not there",
                What.NOTICE_TEXT);
    }

    private static boolean remedyWanted(List<String> wanted, List<String> remedies) {
        var all = String.join("", wanted);
        return remedies.stream().anyMatch(all::contains);
    }

    private static double share(List<String> wanted, String text) {
        return wanted.isEmpty() ? 0 : (double) wanted.stream().filter(text::contains).count() / wanted.size();
    }

    /// The standard's notice cut at what the target alone knows; empty when it cannot be rendered from the judgement.
    private List<String> pieces(String kind, Language language, String receipt, java.time.LocalDate filed,
            java.time.LocalDate decided, Judgement judgement, List<Judgement.Reason> reasons,
            Variations.Values values) {
        var facts = new LinkedHashMap<String, Object>();
        version.noticeFacts(kind).forEach(fact -> facts.put(fact, OWN));
        facts.putAll(version.factsOf(judgement, values, language));
        facts.put("reasons", reasons.stream().map(r -> Map.<String, Object>of("code", r.code(), "text",
                r.text().in(language), "law", r.law().toString())).toList());
        facts.put("receipt", receipt);
        facts.put("filedOn", filed);
        facts.put("date", decided);
        return render(kind, language, facts).map(text -> cut(text)).orElse(List.of());
    }

    private Optional<String> render(String kind, Language language, Map<String, Object> facts) {
        try {
            var notice = version.notice(kind, language, facts);
            return Optional.of(notice.title() + "\n" + notice.text());
        } catch (IllegalArgumentException missing) {
            return Optional.empty();
        }
    }

    private static List<String> cut(String text) {
        var pieces = new ArrayList<String>();
        for (var line : text.split("[\\n" + OWN + "]")) {
            var piece = plain(line);
            if (piece.length() > 1)
                pieces.add(piece);
        }
        return pieces;
    }

    private List<String> remedies(Language language) {
        return folder.remedies(version.ref(), language)
                .map(template -> cut(template.replaceAll("\\{\\{[^}]*}}", OWN))).orElse(List.of());
    }

    /// Without spaces and marks of layout.
    static String plain(String text) { return text.replaceAll("[\\s\u3000*#|>_`\\-]+", ""); }
}
