package jp.kiban.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.portal.Csv;
import jp.kiban.portal.NavItem;
import jp.kiban.portal.Page;
import jp.kiban.portal.Viewer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 監査証跡の画面. For those who approve: what happened in their own authority, newest first, and whether the chain is whole.
@Controller
class AuditPages {
    /// Chains up to this length are verified whenever the page is opened; longer ones when asked.
    private static final long AT_ONCE = 20_000;

    private final AuditTrail trail;
    private final MessageSource messages;

    AuditPages(AuditTrail trail, MessageSource messages) {
        this.trail = trail;
        this.messages = messages;
    }

    /// 生の値. The parameters as they came.
    record Raw(String q, String from, String to, String page, String size) {}

    @ModelAttribute
    Raw raw(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to, @RequestParam(defaultValue = "") String page,
            @RequestParam(defaultValue = "") String size) {
        return new Raw(q, from, to, page, size);
    }

    private record Asked(AuditTrail.Search search, Page.Wanted wanted, List<Finding> faults) {}

    private static Asked read(Raw raw) {
        var faults = new ArrayList<Finding>();
        if (raw.q().length() > 100)
            faults.add(new Finding("q", "too-long",
                    new Text("検索する言葉は100文字までです。", "さがす 言葉は 100文字までです。", "q is at most 100 characters.")));
        var search = new AuditTrail.Search(raw.q().length() > 100 ? "" : raw.q(), day("from", raw.from(), faults),
                day("to", raw.to(), faults));
        return new Asked(search, Page.Wanted.read(raw.page(), raw.size(), 50, faults), List.copyOf(faults));
    }

    private static Optional<LocalDate> day(String where, String text, List<Finding> faults) {
        try {
            if (text.isBlank())
                return Optional.empty();
            if (text.strip().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
                return Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeException noSuchDay) {
            // told below, as for any other text
        }
        faults.add(new Finding(where, "not-a-day", new Text("日付は 2026-11-21 の形で入れてください。受け取った値: " + text,
                "日にちは 2026-11-21 のように 書いてください。入っていた もの: " + text, "A day is written 2026-11-21; seen: " + text)));
        return Optional.empty();
    }

    private static AuditTrail.Search sound(Asked asked) {
        if (!asked.faults().isEmpty())
            throw new BadInput(asked.faults());
        return asked.search();
    }

    private Page<AuditEntry> page(AuthorityId authority, Asked asked) {
        return new Page<>(trail.find(authority, asked.search(), asked.wanted().offset(), asked.wanted().size()),
                trail.count(authority, asked.search()), asked.wanted().number(), asked.wanted().size());
    }

    @Permit(Role.APPROVAL)
    @GetMapping("/audit")
    String audit(Actor.Officer officer, @ModelAttribute(binding = false) Raw raw,
            @RequestParam(defaultValue = "") String verify, Model model) {
        var asked = read(raw);
        var head = trail.head(officer.authority());
        Optional<Verification> verification = head.number() <= AT_ONCE || !verify.isEmpty()
                ? Optional.of(trail.verify(officer.authority(), read -> {
                }))
                : Optional.empty();
        model.addAttribute("raw", raw);
        model.addAttribute("findings", asked.faults());
        model.addAttribute("head", head);
        model.addAttribute("whole", verification.filter(Verification.Whole.class::isInstance).orElse(null));
        model.addAttribute("broken", verification.filter(Verification.Broken.class::isInstance).orElse(null));
        model.addAttribute("page", page(officer.authority(), asked));
        return "audit/entries";
    }

    @Permit(Role.APPROVAL)
    @GetMapping("/audit.csv")
    void csv(Actor.Officer officer, @ModelAttribute(binding = false) Raw raw, Language language,
            HttpServletResponse response) {
        var search = sound(read(raw));
        var header = List.of("number", "at", "kind", "subject", "body", "previous", "hash").stream()
                .map(h -> messages.getMessage("audit." + h, null, language.locale())).toList();
        Iterable<List<AuditEntry>> chunks = () -> trail.chunks(officer.authority(), search);
        Csv.stream(response, "kiban-audit.csv", header, StreamSupport.stream(chunks.spliterator(), false).flatMap(
                List::stream).map(
                        e -> List.of(e.number(), e.at().toString(), e.kind(), e.subject(), e.body(), e
                                .previous(), e.hash()))
                .iterator());
    }

    @Permit(Role.APPROVAL)
    @GetMapping("/api/audit/entries")
    @ResponseBody
    Page<AuditEntry> entriesApi(Actor.Officer officer, @ModelAttribute(binding = false) Raw raw) {
        var asked = read(raw);
        sound(asked);
        return page(officer.authority(), asked);
    }

    /// 検証. `whole` with the number of entries and the head to compare, or the first broken entry and its fault.
    record Answer(boolean whole, long entries, String head, Optional<Verification.Broken> broken) {}

    @Permit(Role.APPROVAL)
    @GetMapping("/api/audit/verification")
    @ResponseBody
    Answer verificationApi(Actor.Officer officer) {
        return switch (trail.verify(officer.authority(), read -> {
        })) {
            case Verification.Whole(long entries, String head) -> new Answer(true, entries, head, Optional.empty());
            case Verification.Broken broken -> new Answer(false, 0, "", Optional.of(broken));
        };
    }

    @Bean
    static NavItem auditWay(ObjectProvider<Viewer> viewer) {
        return new NavItem() {
            @Override
            public int order() { return 700; }

            @Override
            public Text title() { return new Text("監査証跡", "記録（きろく）", "Audit trail"); }

            @Override
            public String path() { return "/audit"; }

            @Override
            public boolean appliesToCurrent() {
                return viewer.stream().flatMap(v -> v.who().stream())
                        .anyMatch(w -> w.officer() && w.role().ja().contains(Role.APPROVAL.title().ja()));
            }
        };
    }
}
