package jp.kiban.submission;

import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.context.MessageSource;
import jp.kiban.standards.Field;
import jp.kiban.kernel.BadInput;
import java.util.LinkedHashMap;
import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.authority.Authorities;
import jp.kiban.catalogue.Layers;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Parking;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Holidays;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.Yen;
import jp.kiban.portal.Say;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.store.Work;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// 申請画面. From the first page of a service to the receipt, the same for every standard: what is known is confirmed, what
/// is not is asked, what the rules will say is told before it is sent.
@Controller
final class ClaimPages {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final String PAY_DAY = "payDay";

    private final Standards standards;
    private final Starting starting;
    private final Saving saving;
    private final Drafts drafts;
    private final Submissions submissions;
    private final Attachments attachments;
    private final MessageSource messages;
    private final Parking parking;
    private final Layers layers;
    private final Authorities authorities;
    private final Clock clock;

    ClaimPages(Standards standards, Starting starting, Saving saving, Drafts drafts, Submissions submissions,
            Attachments attachments, MessageSource messages, Parking parking,
            Layers layers, Authorities authorities, Clock clock) {
        this.standards = standards;
        this.starting = starting;
        this.saving = saving;
        this.drafts = drafts;
        this.submissions = submissions;
        this.attachments = attachments;
        this.messages = messages;
        this.parking = parking;
        this.layers = layers;
        this.authorities = authorities;
        this.clock = clock;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/submission/{standard}")
    String start(Actor actor, @PathVariable String standard, Model model) {
        var service = standards.get(standard);
        var version = standards.inForce(standard, LocalDate.now(clock));
        model.addAttribute("service", service);
        model.addAttribute("version", version.ref().version());
        model.addAttribute("terms", version.terms());
        model.addAttribute("files", version.form().fields().stream()
                .anyMatch(f -> f.kind() == Field.Kind.PHOTO));
        model.addAttribute("ministry", authorities.get(service.ministry()).title());
        model.addAttribute("resident", actor instanceof Actor.Resident);
        model.addAttribute("offered", !(actor instanceof Actor.Resident r) || starting.isOffered(r, standard));
        model.addAttribute("inTheWay",
                actor instanceof Actor.Resident r ? submissions.inTheWay(r, standard) : Optional.empty());
        model.addAttribute("draft",
                actor instanceof Actor.Resident r ? drafts.open(r, standard, Optional.empty()) : Optional.empty());
        if (actor instanceof Actor.Resident r)
            model.addAttribute("authority", authorities.get(r.authority()).title());
        return "submission/start";
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/submission/{standard}")
    String begin(Actor.Resident resident, @PathVariable String standard, Language language) {
        standards.get(standard);
        if (submissions.inTheWay(resident, standard).isPresent())
            return "redirect:/submission/" + standard;
        var draft = starting.begin(resident, standard, language);
        return "redirect:/submission/drafts/" + draft.id() + "/"
                + saving.sheet(draft, language).steps().getFirst().id();
    }

    @Permit(Role.RESIDENT)
    @GetMapping("/submission/drafts/{id}")
    String resume(Actor.Resident resident, @PathVariable String id, Language language) {
        var draft = drafts.get(resident, DraftId.of(id));
        if (draft.receipt().isPresent())
            return "redirect:/submission/receipts/" + draft.receipt().get();
        var steps = saving.sheet(draft, language).steps();
        var next = steps.stream().filter(s -> !draft.pages().containsKey(s.id())).findFirst();
        return "redirect:/submission/drafts/" + id + "/" + next.map(Sheet.Step::id).orElse("confirm");
    }

    @Permit(Role.RESIDENT)
    @GetMapping("/submission/drafts/{id}/{page}")
    Object step(Actor.Resident resident, @PathVariable String id, @PathVariable String page,
            @RequestParam(defaultValue = "false") boolean more, Language language, Model model) {
        var draft = drafts.get(resident, DraftId.of(id));
        if (draft.receipt().isPresent())
            return "redirect:/submission/receipts/" + draft.receipt().get();
        var step = saving.sheet(draft, language).steps().stream().filter(s -> s.id().equals(page)).findFirst();
        if (step.isEmpty())
            return "redirect:/submission/drafts/" + id;
        var left = parking.take(resident, "/submission/drafts/" + id + "/" + page);
        var shown = left.map(sent -> saving.fill(draft, step.get(), sent)).orElse(draft);
        model.addAttribute("continued", left.isPresent());
        var findings = draft.pages().containsKey(page) && !more
                ? saving.findings(shown, step.get())
                : List.<Finding>of();
        return show(resident, shown, step.get(), asked(resident, draft, step.get(), findings), false, language, model);
    }

    /// In a correction round, what the authority asked stands beside its fields.
    private List<Finding> asked(Actor.Resident resident, Draft draft, Sheet.Step step, List<Finding> findings) {
        var all = new ArrayList<Finding>();
        draft.correcting().flatMap(receipt -> submissions.openCorrection(resident, receipt)).ifPresent(
                c -> c.findings().stream().filter(f -> step.holds(f.where()) || f.where().isEmpty()).forEach(all::add));
        all.addAll(findings);
        return all;
    }

    private String show(Actor.Resident resident, Draft draft, Sheet.Step step, List<Finding> findings, boolean stale,
            Language language, Model model) {
        var sheet = saving.sheet(draft, language);
        var steps = sheet.steps();
        model.addAttribute("service", standards.get(draft.standard().id()));
        model.addAttribute("draft", draft);
        model.addAttribute("step", step);
        model.addAttribute("names", sheet.names());
        model.addAttribute("current", 1 + steps.stream().map(Sheet.Step::id).toList().indexOf(step.id()));
        model.addAttribute("previous", previous(steps, step.id()));
        model.addAttribute("parts",
                step.pages().stream().map(p -> Map.entry(p.title(), sheet.blocks(p, false))).toList());
        model.addAttribute("findings", findings);
        model.addAttribute("stale", stale);
        model.addAttribute("base", draft.pages().getOrDefault(step.id(), new Draft.Saved(0, "")).version());
        model.addAttribute("form", UUID.randomUUID().toString());
        model.addAttribute("files", step.pages().stream().flatMap(p -> p.fields().stream()).anyMatch(
                f -> f.kind() == Field.Kind.PHOTO || f.columns().stream().anyMatch(c -> c.kind() == Field.Kind.PHOTO)));
        model.addAttribute("path", "/submission/drafts/" + draft.id() + "/" + step.id());
        return "submission/step";
    }

    private static Optional<String> previous(List<Sheet.Step> steps, String id) {
        var ids = steps.stream().map(Sheet.Step::id).toList();
        int at = ids.indexOf(id);
        return at > 0 ? Optional.of(ids.get(at - 1)) : Optional.empty();
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/submission/drafts/{id}/{page}")
    Object save(Actor.Resident resident, @PathVariable String id, @PathVariable String page,
            @RequestParam MultiValueMap<String, String> sent, HttpServletRequest request, Language language,
            Model model)
            throws IOException {
        var before = drafts.get(resident, DraftId.of(id));
        if (before.receipt().isPresent())
            return "redirect:/submission/receipts/" + before.receipt().get();
        var step = saving.sheet(before, language).steps().stream().filter(s -> s.id().equals(page)).findFirst()
                .orElseThrow(NotThere::new);
        var refused = new ArrayList<Finding>();
        var given = given(resident, before, step, request, refused);
        var saved = saving.save(resident, before.id(), step, sent, given, number(sent.getFirst("base")),
                Optional.ofNullable(sent.getFirst("form")).orElse(""));
        for (String act : sent.getOrDefault("act", List.of()))
            if (act.startsWith("drop:") && !saved.stale())
                attachments.forget(resident, before.id(), act.substring(act.lastIndexOf(':') + 1));
        model.addAttribute("continued", false);
        boolean stays = sent.getOrDefault("act", List.of()).stream()
                .anyMatch(a -> a.startsWith("add:") || a.startsWith("remove:") || a.startsWith("drop:")
                        || a.startsWith("search:") || a.equals("attach"));
        if (saved.stale() || !refused.isEmpty() || !saved.findings().isEmpty() && !stays) {
            if (!stays)
                saved.findings().stream().filter(f -> refused.stream().noneMatch(r -> r.where().equals(f.where())))
                        .forEach(refused::add);
            String view = show(resident, saved.draft(), step, refused, saved.stale(), language, model);
            return new ModelAndView(view, model.asMap(),
                    saved.stale() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (stays || saving.asksWhich(saved.draft(), step)
                && !sent.getOrDefault("act", List.of()).contains("later"))
            // a row or a file more: what is not filled in yet is no fault before it is sent on
            return "redirect:/submission/drafts/" + id + "/" + page + "?more=true" + sent.getOrDefault("act", List.of())
                    .stream().filter(a -> a.startsWith("search:")).map(a -> "#" + Say.anchor(a.substring(7)))
                    .findFirst()
                    .orElse("");
        if (sent.getOrDefault("act", List.of()).contains("later"))
            return "redirect:/my";
        var steps = saving.sheet(saved.draft(), language).steps().stream().map(Sheet.Step::id).toList();
        int next = steps.indexOf(page) + 1;
        return "redirect:/submission/drafts/" + id + "/" + (next < steps.size() ? steps.get(next) : "confirm");
    }

    /// The files that came with a screen, kept; what cannot be taken is told.
    private Map<String, List<Sheet.Photo>> given(Actor.Resident resident, Draft draft, Sheet.Step step,
            HttpServletRequest request, List<Finding> refused) throws IOException {
        var given = new LinkedHashMap<String, List<Sheet.Photo>>();
        if (!(request instanceof MultipartHttpServletRequest parts))
            return given;
        for (var page : step.pages())
            for (var field : page.fields())
                for (String place : Attachments.places(field, draft.answers())) {
                    int free = Attachments.MOST - Answers.at(draft.answers(), place).map(JsonNode::size).orElse(0);
                    for (var file : parts.getFiles("file:" + place)) {
                        if (file.isEmpty() && String.valueOf(file.getOriginalFilename()).isEmpty())
                            continue;
                        var kept = given.computeIfAbsent(place, p -> new ArrayList<>());
                        try (var in = file.getInputStream()) {
                            if (kept.size() >= free)
                                throw BadInput.of(place, "submission.file.many",
                                        Wording.three(messages, "submission.file.many", Attachments.MOST));
                            kept.add(attachments.give(resident, place, String.valueOf(file.getOriginalFilename()), in));
                        } catch (BadInput bad) {
                            refused.addAll(bad.findings());
                        }
                    }
                }
        return given;
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : 0;
    }

    @Permit(Role.RESIDENT)
    @GetMapping("/submission/drafts/{id}/confirm")
    Object confirm(Actor.Resident resident, @PathVariable String id, Language language, Model model) {
        var draft = drafts.get(resident, DraftId.of(id));
        if (draft.receipt().isPresent())
            return "redirect:/submission/receipts/" + draft.receipt().get();
        return confirming(resident, draft, List.of(), language, model);
    }

    private String confirming(Actor.Resident resident, Draft draft, List<Finding> findings, Language language,
            Model model) {
        var sheet = saving.sheet(draft, language);
        var version = saving.version(draft);
        var steps = sheet.steps();
        var open = saving.findings(draft);
        var values = layers.expected(resident.authority(), version, LocalDate.now(clock),
                Submission.applicant(draft.answers(), draft.evidence(), draft.beside()));
        model.addAttribute("service", standards.get(draft.standard().id()));
        model.addAttribute("draft", draft);
        model.addAttribute("names", sheet.names());
        model.addAttribute("last", steps.getLast().id());
        model.addAttribute("steps", steps.stream().map(s -> new Shown(s,
                s.pages().stream().map(p -> Map.entry(p.title(), sheet.blocks(p, true))).toList(),
                open.stream().filter(f -> s.holds(f.where())).toList())).toList());
        model.addAttribute("ready", open.isEmpty());
        model.addAttribute("consents", sheet.consents().toList());
        model.addAttribute("findings", findings);
        if (open.isEmpty()) {
            var judgement = version.judge(draft.answers(), LocalDate.now(clock), values);
            model.addAttribute("judgement", judgement);
            model.addAttribute("spans", spans(judgement, draft.answers()));
            model.addAttribute("verb", version.terms().verb().in(language));
            model.addAttribute("once", judgement.once().stream()
                    .map(l -> new Part(name(draft.answers(), l.beneficiaryId()), l.what(), l.yen())).toList());
            var results = new LinkedHashMap<String, String>();
            judgement.results().forEach(r -> version.terms().result(r.key()).ifPresent(
                    kind -> results.merge(kind.name().in(language), kind.written(r.value(), language),
                            (one, next) -> one + (language == Language.EN ? ", " : "、") + next)));
            model.addAttribute("results", results);
            model.addAttribute("firstPayDay",
                    firstPayDay(version, judgement, values.all().containsKey(PAY_DAY) ? values.number(PAY_DAY) : 10));
        }
        model.addAttribute("days", version.standardPeriodDays(values).getDays());
        return "submission/confirm";
    }

    /// A step on the page that confirms, with what is still to be put right there.
    record Shown(Sheet.Step step, List<Map.Entry<Text, List<Sheet.Block>>> parts, List<Finding> findings) {
        /// Nothing but what the registers said and nobody disputed: told again only to those who open it.
        public boolean quiet() {
            return step.pages().size() > 1 && findings.isEmpty() && parts.stream().flatMap(p -> p.getValue().stream())
                    .allMatch(b -> b.dispute().isEmpty());
        }
    }

    /// 期間. Months that pay the same, from the first to the last of them, and for whom.
    record Span(YearMonth from, YearMonth to, Yen monthly, List<Part> parts) {}

    /// 内訳. For whom, by which rate.
    record Part(String who, Text what, Yen yen) {}

    private static List<Span> spans(Judgement judgement, JsonNode answers) {
        var spans = new ArrayList<Span>();
        for (var month : judgement.months()) {
            var parts = month.lines().stream().map(l -> new Part(name(answers, l.beneficiaryId()), l.what(), l.yen()))
                    .toList();
            if (!spans.isEmpty() && spans.getLast().parts().equals(parts)
                    && spans.getLast().to().plusMonths(1).equals(month.month()))
                spans.set(spans.size() - 1, new Span(spans.getLast().from(), month.month(), month.total(), parts));
            else
                spans.add(new Span(month.month(), month.month(), month.total(), parts));
        }
        return spans;
    }

    /// The name that the answers give to this id; the id itself says nothing to a reader.
    private static String name(JsonNode answers, String id) {
        return answers.properties().stream().filter(e -> e.getValue().isArray())
                .flatMap(e -> e.getValue().valueStream()).filter(row -> row.path("id").asString("").equals(id))
                .map(row -> row.path("name").asString("")).findFirst().orElse("");
    }

    /// As far as it can be told today: a decision later than the pay day moves it to the next one.
    private Optional<LocalDate> firstPayDay(StandardVersion version, Judgement judgement, int payDay) {
        return version.payCalendar().flatMap(calendar -> judgement.start().map(start -> {
            var month = calendar.payMonthOf(start);
            var day = Holidays.businessDayOnOrBefore(month.atDay(payDay));
            while (!day.isAfter(LocalDate.now(clock))) {
                month = calendar.payMonthOf(month);
                day = Holidays.businessDayOnOrBefore(month.atDay(payDay));
            }
            return day;
        }));
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/submission/drafts/{id}/confirm")
    Object send(Actor.Resident resident, @PathVariable String id, @RequestParam MultiValueMap<String, String> sent,
            Language language, Model model) {
        var draft = drafts.get(resident, DraftId.of(id));
        var consents = saving.sheet(draft, language).consents().toList();
        var outcome = submissions.receive(resident, draft.id(), Channel.ONLINE, language,
                answers -> consents.forEach(consent -> Answers
                        .put(answers, consent.path(),
                                JsonNodeFactory.instance.booleanNode("true".equals(sent.getFirst(consent.path()))))));
        return switch (outcome) {
            case Outcome.Accepted(var receipt) -> "redirect:/submission/receipts/" + receipt.number();
            case Outcome.AlreadyThere(var earlier) ->
                "redirect:/submission/receipts/" + earlier.number() + "?already=true";
            case Outcome.NeedsCorrection(var findings) -> {
                String view = confirming(resident, drafts.get(resident, draft.id()), findings, language, model);
                yield new ModelAndView(view, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
            }
        };
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/submission/drafts/{id}/discard")
    String discard(Actor.Resident resident, @PathVariable String id) {
        drafts.discard(resident, DraftId.of(id));
        return "redirect:/my";
    }

    @Permit(Role.RESIDENT)
    @GetMapping("/submission/receipts/{receipt}")
    String receipt(Actor.Resident resident, @PathVariable String receipt,
            @RequestParam(defaultValue = "false") boolean already,
            Model model) {
        var submission = submissions.mine(resident, valid(receipt));
        Work.current().concerns(resident.authority(), submission.receipt());
        var version = standards.version(submission.standard());
        var day = LocalDate.ofInstant(submission.firstArrivedAt(), clock.getZone());
        var values = layers.values(resident.authority(), version, day, layers.drawn(resident.authority(), version, day,
                submission.receipt(), submission.applicant()).flatMap(Layers.Drawn::number));
        var where = submissions.where(resident, submission.receipt());
        var withdrawn = submissions.withdrawnAt(resident, submission.receipt());
        model.addAttribute("service", standards.get(submission.standard().id()));
        model.addAttribute("submission", submission);
        model.addAttribute("authority", authorities.get(resident.authority()).title());
        model.addAttribute("by",
                submission.firstArrivedAt().atZone(JAPAN).toLocalDate().plus(version.standardPeriodDays(values)));
        model.addAttribute("already", already);
        model.addAttribute("where", where);
        model.addAttribute("withdrawn", withdrawn);
        model.addAttribute("mayWithdraw",
                withdrawn.isEmpty() && where.map(Progress.Where::mayBeWithdrawn).orElse(true));
        model.addAttribute("correction", submissions.openCorrection(resident, submission.receipt()));
        return "submission/receipt";
    }

    @Permit(Role.RESIDENT)
    @PostMapping("/submission/receipts/{receipt}/withdraw")
    String withdraw(Actor.Resident resident, @PathVariable String receipt) {
        submissions.withdraw(resident, valid(receipt));
        return "redirect:/submission/receipts/" + receipt;
    }

    /// The address that notices name leads back to the receipt, where the form can be opened again.
    @Permit(Role.RESIDENT)
    @GetMapping("/submission/receipts/{receipt}/correct")
    String correction(@PathVariable String receipt) { return "redirect:/submission/receipts/" + valid(receipt); }

    @Permit(Role.RESIDENT)
    @PostMapping("/submission/receipts/{receipt}/correct")
    String correct(Actor.Resident resident, @PathVariable String receipt, Language language) {
        var draft = starting.correct(resident, valid(receipt));
        var asked = submissions.openCorrection(resident, valid(receipt)).map(CorrectionAsked::findings)
                .orElse(List.of());
        var steps = saving.sheet(draft, language).steps();
        var first = steps.stream().filter(s -> asked.stream().anyMatch(f -> s.holds(f.where()))).findFirst()
                .orElse(steps.getFirst());
        return "redirect:/submission/drafts/" + draft.id() + "/" + first.id();
    }

    static ReceiptNumber valid(String receipt) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        return ReceiptNumber.of(receipt);
    }
}
