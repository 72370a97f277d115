package jp.kiban.casework;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.standards.Field;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.Standards;
import jp.kiban.store.Work;
import jp.kiban.submission.Submission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import jp.kiban.letters.CorporateNumber;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// 事案画面. Everything an officer needs on one page: who applies, with which evidence, what the rules say and why, what
/// happened, what may be done next. Every act is a POST that names the version it saw and answers with a redirect.
@Controller
final class CasePages {
    private static final Logger LOG = LoggerFactory.getLogger(CasePages.class);
    private static final int FACTS = 3;
    private static final int FINDINGS = 5;

    private final Cases cases;
    private final Notices notices;
    private final Looks looks;
    private final Standards standards;
    private final List<CasePanel> panels;

    CasePages(Cases cases, Notices notices, Looks looks, Standards standards, ObjectProvider<CasePanel> panels) {
        this.cases = cases;
        this.notices = notices;
        this.looks = looks;
        this.standards = standards;
        this.panels = panels.stream().sorted(java.util.Comparator.comparingInt(CasePanel::order)).toList();
    }

    @GetMapping("/casework/cases/{receipt}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String show(Actor.Officer officer, Language language, @PathVariable String receipt, Model model) {
        return page(officer, language, receipt, model, List.of(), new LinkedHashMap<>());
    }

    private String page(Actor.Officer officer, Language language, String receipt, Model model, List<Finding> findings,
            Map<String, String> typed) {
        var file = file(officer, receipt);
        var submission = cases.submission(file);
        looks.at(officer, file, items(submission), Words.in(Language.JA, "casework.look.case"));
        var mark = looks.mark(file);
        boolean addressShown = mark.isEmpty() || looks.isOpen(officer, file);
        var seen = new Seen(language, cases.standard(file), submission, addressShown);
        var steps = cases.steps(officer.authority(), file.receipt());
        var proposed = steps.stream().filter(s -> s.event().equals("Proposed")).reduce((a, b) -> b);
        var proposal = file.stage() == CaseStage.PROPOSED
                ? cases.proposal(officer.authority(), file.receipt())
                : Optional.<Proposal>empty();
        var decision = cases.decision(officer.authority(), file.receipt());
        var judgement = decision.map(d -> d.basis().judgement()).or(() -> proposal.map(Proposal::judgement))
                .orElseGet(() -> cases.judge(file, submission.answers()));
        var overrule = decision.flatMap(d -> d.basis().overrule()).or(() -> proposal.flatMap(Proposal::overrule));
        model.addAttribute("file", file).addAttribute("today", cases.today()).addAttribute("seen", seen)
                .addAttribute("submission", submission).addAttribute("mark", mark.orElse(null))
                .addAttribute("addressShown", addressShown).addAttribute("steps", steps)
                .addAttribute("places", seen.places()).addAttribute("groups", seen.groups())
                .addAttribute("judgement", judgement)
                .addAttribute("kind", decision.map(Decision::kind).or(() -> proposal.map(Proposal::kind))
                        .orElse(DecisionKind.of(judgement.outcome())))
                .addAttribute("runs", seen.runs(judgement)).addAttribute("once", seen.once(judgement))
                .addAttribute("results", seen.results(judgement)).addAttribute("verb", seen.verb())
                .addAttribute("rules", seen.rules(judgement))
                .addAttribute("overrule", overrule.orElse(null)).addAttribute("decision", decision.orElse(null))
                .addAttribute("proposer", proposed.map(Step::officerName).orElse(""))
                .addAttribute("proposalNote", proposed.map(Step::note).orElse(""))
                .addAttribute("ownProposal", proposed.filter(s -> s.officer().equals(officer.id())).isPresent())
                .addAttribute("disputes", cases.unsettled(submission))
                .addAttribute("settled", steps.stream().filter(s -> s.event().equals("DisputeSettled")).toList())
                .addAttribute("same", file.duplicate() ? cases.sameBeneficiaries(file) : List.of())
                .addAttribute("notices", notices.of(jp.kiban.store.Scope.of(file.authority()), file.authority(),
                        file.receipt()))
                .addAttribute("tasks", cases.tasks(officer, file))
                .addAttribute("drawing", cases.drawing(file).orElse(null))
                .addAttribute("may", may(officer, file, proposed.map(Step::officer)))
                .addAttribute("standardName", standards.get(file.standard().id()).name())
                .addAttribute("panels", panels(file)).addAttribute("findings", findings)
                .addAttribute("typed", typed).addAttribute("daysUsed", file.clock().daysAt(cases.today()))
                .addAttribute("pausedNow", file.clock().pausedDaysAt(cases.today()));
        return "casework/case";
    }

    private Set<String> may(Actor.Officer officer, Case file, Optional<String> proposer) {
        return cases.mayDo(officer, file, proposer).stream().map(Class::getSimpleName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Another room's panel that fails is left out: the case must stay workable.
    private List<CasePanel.Shown> panels(Case file) {
        var shown = new ArrayList<CasePanel.Shown>();
        for (var panel : panels)
            try {
                panel.of(file.authority(), file.receipt()).ifPresent(shown::add);
            } catch (RuntimeException failed) {
                LOG.warn("a panel of {} failed", file.receipt(), failed);
            }
        return shown;
    }

    private static List<String> items(Submission submission) {
        var items = submission.evidence().stream().map(e -> e.item()).distinct().toList();
        return items.isEmpty() ? List.of("resident.person") : items;
    }

    private Case file(Actor.Officer officer, String receipt) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        var file = cases.find(officer.authority(), ReceiptNumber.of(receipt));
        Work.current().concerns(file.authority(), file.receipt());
        return file;
    }

    // the acts

    @PostMapping("/casework/cases/{receipt}/accept")
    @Permit({Role.RECEPTION, Role.REVIEW})
    String accept(Actor.Officer officer, @PathVariable String receipt, @RequestParam int version) {
        return after(cases.accept(officer, file(officer, receipt).receipt(), version));
    }

    @PostMapping("/casework/cases/{receipt}/end-correction")
    @Permit({Role.RECEPTION, Role.REVIEW})
    String endCorrection(Actor.Officer officer, Language language, @PathVariable String receipt,
            @RequestParam int version, @RequestParam(defaultValue = "") String note, Model model) {
        return orAgain(officer, language, receipt, model, Map.of("note", note),
                () -> cases.endCorrection(officer, file(officer, receipt).receipt(), version, note));
    }

    @PostMapping("/casework/cases/{receipt}/settle")
    @Permit(Role.REVIEW)
    String settle(Actor.Officer officer, Language language, @PathVariable String receipt, @RequestParam int version,
            @RequestParam String item, @RequestParam(defaultValue = "") String note, Model model) {
        return orAgain(officer, language, receipt, model, Map.of("settle." + item, note), "settle." + item,
                () -> cases.settle(officer, file(officer, receipt).receipt(), version, item, note));
    }

    @PostMapping("/casework/cases/{receipt}/propose")
    @Permit(Role.REVIEW)
    String propose(Actor.Officer officer, Language language, @PathVariable String receipt, @RequestParam int version,
            @RequestParam(defaultValue = "") String note, @RequestParam(defaultValue = "") List<String> seen,
            Model model) {
        return orAgain(officer, language, receipt, model, Map.of("proposeNote", note),
                () -> cases.propose(officer, file(officer, receipt).receipt(), version, Optional.empty(),
                        Set.copyOf(seen), note));
    }

    @PostMapping("/casework/cases/{receipt}/withdraw-proposal")
    @Permit(Role.REVIEW)
    String withdrawProposal(Actor.Officer officer, @PathVariable String receipt, @RequestParam int version) {
        return after(cases.withdrawProposal(officer, file(officer, receipt).receipt(), version));
    }

    @PostMapping("/casework/cases/{receipt}/send-back")
    @Permit(Role.APPROVAL)
    String sendBack(Actor.Officer officer, Language language, @PathVariable String receipt, @RequestParam int version,
            @RequestParam(defaultValue = "") String note, Model model) {
        return orAgain(officer, language, receipt, model, Map.of("note", note),
                () -> cases.sendBack(officer, file(officer, receipt).receipt(), version, note));
    }

    @PostMapping("/casework/cases/{receipt}/decide")
    @Permit(Role.APPROVAL)
    String decide(Actor.Officer officer, Language language, @PathVariable String receipt, @RequestParam int version,
            @RequestParam(defaultValue = "false") boolean overruleRead, Model model) {
        return orAgain(officer, language, receipt, model, Map.of(),
                () -> cases.decide(officer, file(officer, receipt).receipt(), version, overruleRead));
    }

    @PostMapping("/casework/cases/{receipt}/task")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String done(Actor.Officer officer, Language language, @PathVariable String receipt, @RequestParam int version,
            @RequestParam String task, @RequestParam(defaultValue = "") String note, Model model) {
        return orAgain(officer, language, receipt, model, Map.of("task." + task, note), "task." + task,
                () -> cases.done(officer, file(officer, receipt).receipt(), version, task, note));
    }

    @PostMapping("/casework/cases/{receipt}/close")
    @Permit({Role.REVIEW, Role.APPROVAL})
    String close(Actor.Officer officer, @PathVariable String receipt, @RequestParam int version) {
        return after(cases.close(officer, file(officer, receipt).receipt(), version));
    }

    @PostMapping("/casework/cases/{receipt}/address")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String address(Actor.Officer officer, Language language, @PathVariable String receipt,
            @RequestParam(defaultValue = "") String reason, Model model) {
        return orAgain(officer, language, receipt, model, Map.of("reason", reason), () -> {
            var file = file(officer, receipt);
            looks.disclose(officer, file, reason);
            return file;
        });
    }

    private static String after(Case file) { return "redirect:/casework/cases/" + file.receipt(); }

    /// What was wrong is shown on the same page, beside what was typed.
    private String orAgain(Actor.Officer officer, Language language, String receipt, Model model,
            Map<String, String> typed, java.util.function.Supplier<Case> act) {
        return orAgain(officer, language, receipt, model, typed, "", act);
    }

    private String orAgain(Actor.Officer officer, Language language, String receipt, Model model,
            Map<String, String> typed, String where, java.util.function.Supplier<Case> act) {
        try {
            return after(act.get());
        } catch (BadInput bad) {
            var findings = where.isEmpty()
                    ? bad.findings()
                    : bad.findings().stream().map(f -> new Finding(where, f.code(), f.message())).toList();
            return page(officer, language, receipt, model, findings, typed);
        }
    }

    // 補正の求め

    @GetMapping("/casework/cases/{receipt}/correction")
    @Permit({Role.RECEPTION, Role.REVIEW})
    String correction(Actor.Officer officer, Language language, @PathVariable String receipt, Model model) {
        return correctionPage(officer, language, receipt, model, List.of(), Map.of());
    }

    private String correctionPage(Actor.Officer officer, Language language, String receipt, Model model,
            List<Finding> findings, Map<String, String> typed) {
        var file = file(officer, receipt);
        var submission = cases.submission(file);
        looks.at(officer, file, items(submission), Words.in(Language.JA, "casework.look.case"));
        var seen = new Seen(language, cases.standard(file), submission, looks.mark(file).isEmpty());
        var places = new LinkedHashMap<String, String>();
        places.put("", Words.in(language, "casework.correction.whole"));
        places.putAll(seen.places());
        var phrases = new LinkedHashMap<String, String>();
        phrases.put("", Words.in(language, "casework.correction.own-words"));
        for (String phrase : PHRASES)
            phrases.put(phrase, Words.in(language, "casework.phrase." + phrase));
        model.addAttribute("file", file).addAttribute("places", places).addAttribute("phrases", phrases)
                .addAttribute("findings", findings).addAttribute("typed", typed).addAttribute("rows", FINDINGS)
                .addAttribute("mayAsk",
                        cases.mayDo(officer, file, Optional.empty()).contains(CorrectionRequested.class))
                .addAttribute("until", typed.getOrDefault("until", cases.today().plusDays(14).toString()));
        return "casework/correction";
    }

    private static final List<String> PHRASES = List.of("empty", "differs", "unreadable", "account-name",
            "not-in-register",
            "explain");

    @PostMapping("/casework/cases/{receipt}/correction")
    @Permit({Role.RECEPTION, Role.REVIEW})
    String askCorrection(Actor.Officer officer, Language language, @PathVariable String receipt,
            @RequestParam int version, @RequestParam MultiValueMap<String, String> form, Model model) {
        var file = file(officer, receipt);
        var faults = new ArrayList<Finding>();
        var findings = new ArrayList<Finding>();
        var places = new Seen(language, cases.standard(file), cases.submission(file), false).places();
        for (int i = 0; i < FINDINGS; i++) {
            String where = text(form, "where" + i);
            String phrase = text(form, "phrase" + i);
            String words = text(form, "text" + i);
            if (phrase.isEmpty() && words.isEmpty())
                continue;
            if (!where.isEmpty() && !places.containsKey(where) || !phrase.isEmpty() && !PHRASES.contains(phrase))
                throw new NotThere();
            findings.add(new Finding(where, phrase.isEmpty() ? "correction.asked" : "correction." + phrase,
                    message(phrase, words)));
        }
        var until = day("until", text(form, "until"), faults);
        try {
            if (!faults.isEmpty())
                throw new BadInput(faults);
            return after(cases.askCorrection(officer, file.receipt(), version, findings, until));
        } catch (BadInput bad) {
            var shown = bad.findings().stream()
                    .map(f -> f.where().equals("findings") ? new Finding("text0", f.code(), f.message()) : f).toList();
            return correctionPage(officer, language, receipt, model, shown, form.toSingleValueMap());
        }
    }

    /// A canned phrase is there in three languages; the officer's own words follow it as they are.
    private static Text message(String phrase, String words) {
        if (phrase.isEmpty())
            return Text.same(words);
        var canned = Words.text("casework.phrase." + phrase);
        return words.isEmpty()
                ? canned
                : new Text(canned.ja() + " " + words, canned.easy() + " " + words, canned.en() + " " + words);
    }

    private static Optional<LocalDate> day(String where, String text, List<Finding> faults) {
        if (text.isBlank())
            return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException unreadable) {
            faults.add(new Finding(where, "casework.date", Words.text("casework.error.date")));
            return Optional.empty();
        }
    }

    private static String text(MultiValueMap<String, String> form, String name) {
        var value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }

    // 規則によらない案

    @GetMapping("/casework/cases/{receipt}/departure")
    @Permit(Role.REVIEW)
    String departure(Actor.Officer officer, Language language, @PathVariable String receipt, Model model) {
        return departurePage(officer, language, receipt, model, List.of(), Map.of(), Optional.empty());
    }

    private String departurePage(Actor.Officer officer, Language language, String receipt, Model model,
            List<Finding> findings, Map<String, String> typed, Optional<Proposal> preview) {
        var file = file(officer, receipt);
        var submission = cases.submission(file);
        looks.at(officer, file, items(submission), Words.in(Language.JA, "casework.look.case"));
        boolean addressShown = looks.mark(file).isEmpty();
        var seen = new Seen(language, cases.standard(file), submission, addressShown);
        var judgement = cases.judge(file, submission.answers());
        var places = new LinkedHashMap<String, String>();
        places.put("", Words.in(language, "casework.departure.no-fact"));
        seen.places().forEach((place, words) -> {
            if (addressShown || !seen.leadsHome(place))
                places.put(place, words + valueNow(seen, place));
        });
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("", Words.in(language, "casework.departure.by-facts"));
        for (var kind : List.of(DecisionKind.REFUSAL, DecisionKind.REDIRECT))
            kinds.put(kind.name(), Words.in(language, "casework.kind." + kind));
        model.addAttribute("file", file).addAttribute("judgement", judgement).addAttribute("places", places)
                .addAttribute("addresses", String.join(" ", seen.addresses()))
                .addAttribute("verb", seen.verb())
                .addAttribute("rulesKind", DecisionKind.of(judgement.outcome())).addAttribute("kinds", kinds)
                .addAttribute("facts", FACTS).addAttribute("findings", findings).addAttribute("typed", typed)
                .addAttribute("preview", preview.orElse(null))
                .addAttribute("previewRuns", preview.map(p -> seen.runs(p.judgement())).orElse(List.of()))
                .addAttribute("mayPropose", file.stage().after(Proposed.class).isPresent());
        return "casework/departure";
    }

    private static String valueNow(Seen seen, String place) {
        return seen.field(place).filter(f -> f.kind() != Field.Kind.TABLE)
                .map(f -> "： " + seen.say(f, Answers.get(seen.submission().answers(), place))).orElse("");
    }

    /// Shows first what would follow (`preview`), then proposes it.
    @PostMapping("/casework/cases/{receipt}/departure")
    @Permit(Role.REVIEW)
    String depart(Actor.Officer officer, Language language, @PathVariable String receipt, @RequestParam int version,
            @RequestParam MultiValueMap<String, String> form, Model model) {
        var file = file(officer, receipt);
        var submission = cases.submission(file);
        try {
            var departure = read(form, new Seen(language, cases.standard(file), submission, false));
            if (form.containsKey("preview"))
                return departurePage(officer, language, receipt, model, List.of(), form.toSingleValueMap(),
                        Optional.of(cases.proposal(file, submission, Optional.of(departure))));
            return after(cases.propose(officer, file.receipt(), version, Optional.of(departure),
                    Set.copyOf(form.getOrDefault("seen", List.of())), text(form, "note")));
        } catch (BadInput bad) {
            return departurePage(officer, language, receipt, model, bad.findings(), form.toSingleValueMap(),
                    Optional.empty());
        }
    }

    private static Departure read(MultiValueMap<String, String> form, Seen seen) {
        var faults = new ArrayList<Finding>();
        var facts = new ArrayList<Departure.Fact>();
        for (int i = 0; i < FACTS; i++) {
            String where = text(form, "where" + i);
            String typed = text(form, "value" + i);
            if (where.isEmpty())
                continue;
            var field = seen.field(where).filter(f -> seen.places().containsKey(where)).orElseThrow(NotThere::new);
            var value = value(field, typed);
            if (value.isPresent())
                facts.add(new Departure.Fact(where, value.get()));
            else
                faults.add(new Finding("value" + i, "casework.value", Words.text("casework.error.value",
                        field.label().in(seen.language()))));
        }
        var kind = Arrays.stream(DecisionKind.values()).filter(k -> k.name().equals(text(form, "kind"))).findFirst();
        String ja = text(form, "reason");
        if (ja.isEmpty())
            faults.add(new Finding("reason", "casework.reason-text-wanted",
                    Words.text("casework.error.reason-text-wanted")));
        String article = text(form, "article");
        if (article.isEmpty())
            faults.add(new Finding("article", "casework.article-wanted", Words.ARTICLE_WANTED));
        if (!faults.isEmpty())
            throw new BadInput(faults);
        String easy = text(form, "reasonEasy");
        String en = text(form, "reasonEn");
        var law = text(form, "law");
        return new Departure(facts, kind, new Judgement.Reason("OVERRULED",
                new Text(ja, easy.isEmpty() ? ja : easy, en.isEmpty() ? ja : en),
                new LegalBasis(law.isEmpty() ? "—" : law, article)));
    }

    /// What the officer typed, as the field's kind wants it; empty when it cannot be that.
    static Optional<JsonNode> value(Field field, String typed) {
        var json = JsonNodeFactory.instance;
        return switch (field.kind()) {
            case YES_NO, CONSENT -> switch (typed.toLowerCase(java.util.Locale.ROOT)) {
                case "はい", "yes", "true", "1" -> Optional.of(json.booleanNode(true));
                case "いいえ", "no", "false", "0" -> Optional.of(json.booleanNode(false));
                default -> Optional.empty();
            };
            case DATE -> {
                try {
                    yield Optional.of(json.stringNode(LocalDate.parse(typed).toString()));
                } catch (DateTimeParseException unreadable) {
                    yield Optional.empty();
                }
            }
            case CHOICE -> field.choices().stream()
                    .filter(c -> c.value().equals(typed) || List.of(c.label().ja(), c.label().easy(), c.label().en())
                            .contains(typed))
                    .findFirst().map(c -> (JsonNode) json.stringNode(c.value()));
            case INTEGER, YEN -> number(typed);
            case CORPORATION -> CorporateNumber.read(typed).map(n -> json.stringNode(n.digits()));
            case TABLE, ACCOUNT -> Optional.empty();
            default -> Optional.of(json.stringNode(typed));
        };
    }

    /// In digits of any width; a survey finds fractions too (34.5).
    private static Optional<JsonNode> number(String typed) {
        var plain = java.text.Normalizer.normalize(typed, java.text.Normalizer.Form.NFKC).replace(",", "").strip();
        if (!plain.matches("-?[0-9]{1,12}([.][0-9]{1,4})?"))
            return Optional.empty();
        var json = JsonNodeFactory.instance;
        return Optional.of(plain.contains(".")
                ? json.numberNode(new java.math.BigDecimal(plain))
                : json.numberNode(Long.parseLong(plain)));
    }

}
