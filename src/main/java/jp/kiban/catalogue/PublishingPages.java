package jp.kiban.catalogue;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.Edition;
import jp.kiban.standards.Standards;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/// 公表の机. Where the people of a ministry upload a version, see what is wrong with it and what it changes, publish it by two,
/// and withdraw it.
@Controller
class PublishingPages {
    private final Publications publications;
    private final Publishing publishing;
    private final Standards standards;
    private final Changes changes;

    PublishingPages(Publications publications, Publishing publishing, Standards standards, Changes changes) {
        this.publications = publications;
        this.publishing = publishing;
        this.standards = standards;
        this.changes = changes;
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/catalogue/publishing")
    String desk(Actor.Officer officer, Model model) { return desk(officer, List.of(), model); }

    private String desk(Actor.Officer officer, List<Finding> findings, Model model) {
        var all = publications.desk(officer.authority());
        model.addAttribute("open", all.stream().filter(p -> !p.stage().isPublic() && p
                .stage() != VersionStage.DISCARDED).toList());
        model.addAttribute("published", all.stream().filter(p -> p.stage().isPublic()).toList());
        model.addAttribute("names", names());
        model.addAttribute("findings", findings);
        return "catalogue/publishing";
    }

    private Map<String, Object> names() {
        return standards.all().stream().collect(Collectors.toMap(s -> s.id(), s -> (Object) s.name()));
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/catalogue/publishing")
    Object upload(Actor.Officer officer, @RequestParam(required = false) @Nullable MultipartFile file, Model model)
            throws IOException {
        try {
            if (file == null || file.isEmpty())
                throw BadInput.of("file", "catalogue.file", Words.text("catalogue.error.file"));
            return "redirect:" + address(publications.upload(officer, file.getBytes()).ref());
        } catch (BadInput bad) {
            return new ModelAndView(desk(officer, bad.findings(), model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    static String address(StandardRef ref) { return "/catalogue/publishing/" + ref.id() + "/" + ref.version(); }

    @Permit(Role.MINISTRY)
    @GetMapping("/catalogue/publishing/{standard}/{version}")
    String one(Actor.Officer officer, @PathVariable String standard, @PathVariable String version, Language language,
            Model model) {
        return one(officer, Publishing.ref(standard, version), language, List.of(), Map.of(), model);
    }

    private String one(Actor.Officer officer, StandardRef ref, Language language, List<Finding> findings,
            Map<String, String> typed, Model model) {
        var one = publications.find(officer.authority(), ref);
        var today = publications.today();
        model.addAttribute("one", one);
        model.addAttribute("acts", publications.acts(officer.authority(), ref).reversed());
        model.addAttribute("may", publications.mayDo(officer, one).stream().map(Class::getSimpleName).collect(Collectors
                .toSet()));
        model.addAttribute("findings", findings);
        model.addAttribute("typed", typed);
        model.addAttribute("promised", publications.promised(one));
        model.addAttribute("notice", ChronoUnit.DAYS.between(today, one.inForceOn().orElse(ref.day())));
        var now = inForce(ref.id());
        var correctable = now.filter(e -> e.inForceFrom().equals(today) && !e.ref().equals(ref));
        model.addAttribute("correctable", correctable.map(e -> e.ref().version()));
        model.addAttribute("correctableAs", correctable.flatMap(e -> publications.correction(e.ref())));
        model.addAttribute("correction", now.filter(e -> e.inForceFrom().equals(today) && e.ref().equals(ref)).flatMap(
                e -> publications.correction(ref)));
        model.addAttribute("correctedBy", one.stage().isPublic() ? publications.correctedBy(ref) : Optional.empty());
        model.addAttribute("today", today);
        var steps = new ArrayList<String>();
        for (var stage : List.of(VersionStage.DRAFT, VersionStage.CHECKED, VersionStage.PROPOSED,
                VersionStage.SCHEDULED,
                VersionStage.IN_FORCE))
            steps.add(Words.in(language, "catalogue.stage." + stage));
        model.addAttribute("steps", steps);
        model.addAttribute("step", switch (one.stage()) {
            case DRAFT, DISCARDED -> 1;
            case CHECKED -> 2;
            case PROPOSED -> 3;
            case SCHEDULED -> 4;
            case IN_FORCE, SUPERSEDED, WITHDRAWN -> 5;
        });
        var before = now.filter(e -> !e.ref().equals(ref) && one.faults().isEmpty());
        model.addAttribute("before", before.map(Edition::ref));
        model.addAttribute("changes", before.map(e -> changes.between(e.files(), publications.files(officer.authority(),
                ref), language)));
        return "catalogue/version";
    }

    private Optional<Edition> inForce(String standard) {
        return standards.all().stream().filter(s -> s.id().equals(standard)).findFirst().flatMap(s -> standards
                .editionInForce(s.id(), publications.today()));
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/catalogue/publishing/{standard}/{version}/{act}")
    Object act(Actor.Officer officer, @PathVariable String standard, @PathVariable String version,
            @PathVariable String act, @RequestParam Map<String, String> fields, Language language, Model model) {
        var ref = Publishing.ref(standard, version);
        try {
            publishing.act(officer, ref, act, fields);
            return "redirect:" + address(ref);
        } catch (BadInput bad) {
            return new ModelAndView(one(officer, ref, language, bad.findings(), fields, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }
}
