package jp.kiban.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.Csv;
import jp.kiban.portal.LargeFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/// 読込みの机. The keeper's people give a file, see what is wrong with it, and have it loaded by two; everybody of the keeper sees how far
/// it is. A large file is laid into the folder `registry/incoming` of the data folder instead of being uploaded.
@Controller
class LoadingDesk {
    private static final int SHOWN = 200;

    private final Loadings loadings;
    private final List<RegistryLoad> loads;
    private final Corrections corrections;
    private final LoadingWorker worker;
    private final GivenFiles given;
    private final DictionaryReleases releases;

    LoadingDesk(Loadings loadings, List<RegistryLoad> loads, Corrections corrections, LoadingWorker worker,
            GivenFiles given, DictionaryReleases releases) {
        this.loadings = loadings;
        this.loads = List.copyOf(loads);
        this.corrections = corrections;
        this.worker = worker;
        this.given = given;
        this.releases = releases;
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/registry/desk")
    String desk(Actor.Officer officer, Model model) {
        CorrectionPages.keeper(officer);
        return desk(List.of(), model);
    }

    private String desk(List<Finding> findings, Model model) {
        model.addAttribute("loadings", loads.stream().flatMap(l -> loadings.all(l.registry()).stream()).sorted(
                Comparator.comparingInt(Loading::id).reversed()).toList());
        model.addAttribute("newest", loadings.newest(BaseRegistry.CORPORATIONS));
        model.addAttribute("incoming", given.incoming());
        model.addAttribute("dictionaries", releases.proposed());
        model.addAttribute("corrections", corrections.desk().stream().filter(c -> !c.stage().next().isEmpty() && c
                .stage() != Corrections.Stage.ACCEPTED).count());
        model.addAttribute("findings", findings);
        return "registry/desk";
    }

    @Permit(Role.MINISTRY)
    @LargeFiles(otherwise = "portal.upload.otherwise.registry")
    @PostMapping("/registry/desk")
    Object give(Actor.Officer officer, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String incoming, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String day, @RequestParam(defaultValue = "") String gapReason,
            Model model) {
        CorrectionPages.keeper(officer);
        try {
            return "redirect:/registry/desk/loadings/" + give(officer, file, incoming, kind, day, gapReason).id();
        } catch (BadInput bad) {
            return new ModelAndView(desk(bad.findings(), model), model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/api/registry/desk/loadings")
    @ResponseBody
    Loading giveApi(Actor.Officer officer, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String incoming, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String day, @RequestParam(defaultValue = "") String gapReason) {
        CorrectionPages.keeper(officer);
        return give(officer, file, incoming, kind, day, gapReason);
    }

    private Loading give(Actor.Officer officer, @Nullable MultipartFile file, String incoming, String kind, String day,
            String gapReason) {
        var path = take(file, incoming);
        try {
            return propose(officer, path, kind, day, gapReason);
        } catch (BadInput bad) {
            given.forget(path);
            throw bad;
        }
    }

    private Loading propose(Actor.Officer officer, Path path, String kind, String day, String gapReason) {
        var file = SourceFile.look(path);
        var claim = claim(file, kind, day, gapReason);
        var load = of(claim.registry());
        var known = loadings.bySha(claim.registry(), file.sha256());
        if (known.isPresent())
            return known.get();
        var findings = new ArrayList<>(load.hindrances(claim, file));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var inspection = load.look(file);
        var loading = loadings.keep(claim, file, inspection.lines(), inspection.lines() - inspection.good(), officer
                .id(), "");
        loadings.keepFaults(loading.id(), inspection.faults());
        return loading;
    }

    private RegistryLoad of(BaseRegistry registry) {
        return loads.stream().filter(l -> l.registry() == registry).findFirst().orElseThrow(NotThere::new);
    }

    private Loadings.Claim claim(SourceFile file, String kind, String day, String gapReason) {
        try {
            var said = day.isBlank() ? Optional.<LocalDate>empty() : Optional.of(LocalDate.parse(day.strip()));
            if (kind.isBlank())
                return loads.stream().flatMap(l -> l.claim(file, said).stream()).findFirst()
                        .map(c -> new Loadings.Claim(c.registry(), c.kind(), c.scope(), c
                                .edition(), gapReason.strip(), false))
                        .orElseThrow(() -> BadInput.of("kind", "registry.file", Words
                                .text("registry.error.which-kind", file.name())));
            return new Loadings.Claim(BaseRegistry.CORPORATIONS, Loading.Kind.valueOf(kind), "", said.orElseThrow(
                    () -> BadInput.of("day", "registry.day", Words.text("registry.error.day", "day", day))),
                    gapReason
                            .strip(),
                    false);
        } catch (DateTimeParseException unreadable) {
            throw BadInput.of("day", "registry.day", Words.text("registry.error.day", "day", day));
        } catch (IllegalArgumentException unknown) {
            throw BadInput.of("kind", "registry.file", Words.text("registry.error.which-kind", file.name()));
        }
    }

    /// The file in a place of its own; its name is kept, for it says what the file is.
    private Path take(@Nullable MultipartFile file, String incoming) {
        try {
            if (!incoming.isBlank())
                return given.incoming(incoming);
            if (file == null || file.isEmpty())
                throw BadInput.of("file", "registry.file", Words.text("registry.error.choose-file"));
            try (var in = file.getInputStream()) {
                return given.take(Optional.ofNullable(file.getOriginalFilename()).orElse("").replaceAll(".*[/\\\\]", "")
                        .replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", ""), in);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/registry/desk/loadings/{number:[0-9]+}")
    String one(Actor.Officer officer, @PathVariable String number, Language language, Model model) {
        return one(officer, id(number), List.of(), language, model);
    }

    private static int id(String number) {
        if (!number.matches("[0-9]{1,9}"))
            throw new NotThere();
        return Integer.parseInt(number);
    }

    private String one(Actor.Officer officer, int id, List<Finding> findings, Language language, Model model) {
        CorrectionPages.keeper(officer);
        var loading = loadings.get(id);
        model.addAttribute("one", loading);
        model.addAttribute("faults", loadings.faults(id, SHOWN).stream().map(f -> row(loading, f, language)).toList());
        model.addAttribute("shown", SHOWN);
        model.addAttribute("absent", (loading.stage() == Loading.Stage.APPROVED
                || loading.stage() == Loading.Stage.RUNNING) && !given.has(loading.file()));
        model.addAttribute("mine", loading.proposer().equals(officer.id()));
        model.addAttribute("findings", findings);
        return "registry/loading";
    }

    /// 誤りの一行.
    record FaultRow(long line, int column, String columnName, String what, String seen) {}

    private FaultRow row(Loading loading, Loading.Fault fault, Language language) {
        return new FaultRow(fault.line(), fault.column(), fault.column() == 0
                ? ""
                : of(loading.registry()).columns().get(fault.column() - 1),
                Words.in(language, "registry.fault." + fault.code()),
                fault.seen());
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/api/registry/desk/loadings/{number}")
    @ResponseBody
    Loading oneApi(Actor.Officer officer, @PathVariable String number) {
        CorrectionPages.keeper(officer);
        return loadings.get(id(number));
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/registry/desk/loadings/{number:[0-9]+}/faults.csv")
    ResponseEntity<byte[]> faults(Actor.Officer officer, @PathVariable String number, Language language) {
        CorrectionPages.keeper(officer);
        var loading = loadings.get(id(number));
        return Csv.download("faults-" + loading.id() + ".csv", List.of("line", "column", "name", "fault", "seen")
                .stream().map(h -> Words.in(language, "registry.fault-column." + h)).toList(),
                loadings.faults(loading
                        .id(), Integer.MAX_VALUE).stream().map(f -> row(loading, f, language))
                        .map(f -> List.of(f.line(), f
                                .column(), f.columnName(), f.what(), f.seen()))
                        .toList());
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/registry/desk/loadings/{number:[0-9]+}")
    Object act(Actor.Officer officer, @PathVariable String number, @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String note, Language language, Model model) {
        CorrectionPages.keeper(officer);
        int id = id(number);
        try {
            act(officer, id, act, note);
            return "redirect:/registry/desk/loadings/" + id;
        } catch (BadInput bad) {
            return new ModelAndView(one(officer, id, bad.findings(), language, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/api/registry/desk/loadings/{number}")
    @ResponseBody
    Loading actApi(Actor.Officer officer, @PathVariable String number, @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String note) {
        CorrectionPages.keeper(officer);
        int id = id(number);
        act(officer, id, act, note);
        return loadings.get(id);
    }

    private void act(Actor.Officer officer, int id, String act, String note) {
        switch (act) {
            case "approve" -> loadings.approve(id, officer.id());
            case "send-back" -> loadings.sendBack(id, officer.id(), note.strip());
            case "withdraw" -> loadings.withdraw(id, officer.id());
            case "accept-gone" -> loadings.resume(id, officer.id());
            default -> throw new NotThere();
        }
        worker.wake();
    }
}
