package jp.kiban.casework;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Language;
import jp.kiban.portal.Page;
import jp.kiban.standards.Standards;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// 事案一覧. What an authority has on its desks: what waits for this officer first, the nearest deadline on top.
@Controller
final class Inbox {
    private final CaseList list;
    private final Cases cases;
    private final Standards standards;

    Inbox(CaseList list, Cases cases, Standards standards) {
        this.list = list;
        this.cases = cases;
        this.standards = standards;
    }

    @GetMapping("/casework/inbox")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String inbox(Actor.Officer officer, Language language, Page.Wanted wanted,
            @RequestParam(defaultValue = "") String stage, @RequestParam(defaultValue = "") String due,
            @RequestParam(defaultValue = "") String standard, @RequestParam(defaultValue = "") String whose,
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "due") String sort, Model model) {
        var filter = filter(stage, due, standard, whose, q, sort);
        model.addAttribute("filter", filter).addAttribute("cases", list.find(officer, filter, wanted))
                .addAttribute("counts", list.openByStage(officer)).addAttribute("overdue", list.overdue(officer))
                .addAttribute("today", cases.today()).addAttribute("counted", CaseList.COUNTED)
                .addAttribute("stages", choices(language, "casework.stage.", CaseStage.values()))
                .addAttribute("dues", choices(language, "casework.due.", CaseList.Due.values()))
                .addAttribute("sorts", sorts(language))
                .addAttribute("whoses", choices(language, "casework.whose.", CaseList.Whose.values()))
                .addAttribute("standards", standardChoices(language)).addAttribute("names", standardNames(language))
                .addAttribute("verbs", verbs(language));
        return "casework/inbox";
    }

    /// The list as a file for a spreadsheet: ids, names, stages and days; never an address.
    @GetMapping(path = "/casework/inbox.csv", produces = "text/csv")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    void csv(Actor.Officer officer, Language language, @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String due, @RequestParam(defaultValue = "") String standard,
            @RequestParam(defaultValue = "") String whose, @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "due") String sort, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"cases-%s-%s.csv\"".formatted(
                officer.authority(), cases.today()));
        try (var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            out.write('\uFEFF');
            var csv = new CSVPrinter(out, CSVFormat.EXCEL);
            csv.printRecord(
                    Arrays.stream("receipt applicant kana standard arrived due stage suggests duplicate disputes desk"
                            .split(" ")).map(column -> Words.in(language, "casework.inbox." + column)).toList());
            var today = cases.today();
            list.each(officer, filter(stage, due, standard, whose, q, sort), file -> {
                try {
                    csv.printRecord(file.receipt(), safe(file.applicant()), safe(file.kana()), file.standard(),
                            file.arrivedOn(), file.dueOn().map(Object::toString).orElse(""),
                            Words.stage(file.stage()).in(language) + (file.overdue(today)
                                    ? " " + Words.in(language, "casework.overdue")
                                    : ""),
                            file.suggests().map(k -> k == DecisionKind.GRANT
                                    ? verbs(language).getOrDefault(file.standard().id(), "")
                                    : Words.in(language, "casework.kind." + k)).orElse(""),
                            file.duplicate() ? 1 : 0, file.disputes(), file.reviewer());
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            csv.flush();
        }
    }

    /// A cell that a spreadsheet would take for a formula is text.
    private static String safe(String cell) {
        return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    static CaseList.Filter filter(String stage, String due, String standard, String whose, String q, String sort) {
        var wantedStage = one(CaseStage.values(), stage);
        // who searches by name or asks for an ended stage looks among all
        var usual = !q.isBlank() || wantedStage.filter(CaseStage::isEnded).isPresent()
                ? CaseList.Whose.ALL
                : wantedStage.isPresent() || !due.isBlank() ? CaseList.Whose.OPEN : CaseList.Whose.TODO;
        return new CaseList.Filter(wantedStage, one(CaseList.Due.values(), due).orElse(CaseList.Due.ANY), standard,
                one(CaseList.Whose.values(), whose).orElse(usual), q, sort);
    }

    private static <E extends Enum<E>> Optional<E> one(E[] all, String name) {
        return Arrays.stream(all).filter(e -> e.name().equalsIgnoreCase(name)).findFirst();
    }

    private static Map<String, String> choices(Language language, String prefix, Enum<?>[] values) {
        var choices = new LinkedHashMap<String, String>();
        if (prefix.equals("casework.stage."))
            choices.put("", Words.in(language, "casework.inbox.any"));
        for (var value : values)
            choices.put(value.name(), Words.in(language, prefix + value.name()));
        return choices;
    }

    /// On a phone the heads of the columns, by which the list is sorted, are not to be seen.
    private static Map<String, String> sorts(Language language) {
        var sorts = new LinkedHashMap<String, String>();
        for (var key : List.of("due", "arrived", "receipt", "kana", "stage"))
            for (var way : List.of("", "-"))
                sorts.put(way + key, Words.in(language, "casework.inbox.sort." + way + key));
        return sorts;
    }

    private Map<String, String> standardNames(Language language) {
        var names = new LinkedHashMap<String, String>();
        standards.all().forEach(s -> names.put(s.id(), s.name().in(language)));
        return names;
    }

    private Map<String, String> verbs(Language language) {
        var verbs = new LinkedHashMap<String, String>();
        standards.all().forEach(s -> verbs.put(s.id(), s.versions().getLast().terms().verb().in(language)));
        return verbs;
    }

    private Map<String, String> standardChoices(Language language) {
        var choices = new LinkedHashMap<String, String>();
        choices.put("", Words.in(language, "casework.inbox.any"));
        choices.putAll(standardNames(language));
        return choices;
    }
}
