package jp.kiban.conformity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.catalogue.OwnStandards;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
import tools.jackson.databind.JsonNode;

/// 適合性検査の画面. A ministry has this house hold a target against one of its standards, sees how far it is, stops it, and reads
/// what came of it: `standards verify` on a page, and for programs. Nobody else sees it.
@Controller
@Tag(name = "conformity 適合性検査")
class RunPages {
    private static final int LONGEST_TOKEN = 1_000;
    private final VerifyRuns runs;
    private final Destinations destinations;
    private final OwnStandards standards;
    private final PublishedText published;
    private final HouseKey key;

    RunPages(VerifyRuns runs, Destinations destinations, OwnStandards standards, PublishedText published,
            HouseKey key) {
        this.runs = runs;
        this.destinations = destinations;
        this.standards = standards;
        this.published = published;
        this.key = key;
    }

    // the list, and starting

    @Permit(Role.MINISTRY)
    @GetMapping("/conformity/runs")
    String list(Actor.Officer officer, @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String stage, Page.Wanted wanted, Model model) {
        var wish = new VerifyRuns.Wish(q, stage(stage));
        model.addAttribute("runs", runs.find(officer.authority(), wish, wanted));
        model.addAttribute("wish", wish);
        model.addAttribute("stages", VerifyRun.Stage.values());
        model.addAttribute("running", runs.running(officer.authority()));
        return "conformity/runs";
    }

    private static String stage(String typed) {
        return Arrays.stream(VerifyRun.Stage.values()).map(Enum::name).filter(typed::equals).findFirst().orElse("");
    }

    /// `standard` and `target` may be filled in: from the version's own page, or to run once more.
    @Permit(Role.MINISTRY)
    @GetMapping("/conformity/runs/new")
    String ask(Actor.Officer officer, @RequestParam(defaultValue = "") String standard,
            @RequestParam(defaultValue = "") String target, Language language, Model model) {
        return form(officer, Map.of("standard", standard, "target", target.isEmpty() && destinations.knowsSelf()
                ? Destinations.SELF
                : target, "generated", Integer.toString(VerifyRuns.USUAL_GENERATED)), List.of(), language, model);
    }

    private String form(Actor.Officer officer, Map<String, String> typed, List<Finding> findings, Language language,
            Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("findings", findings);
        model.addAttribute("versions", standards.choices(officer.authority(), language));
        model.addAttribute("self", destinations.knowsSelf());
        model.addAttribute("most", VerifyRuns.MOST_GENERATED);
        model.addAttribute("minutes", runs.limits().minutes());
        model.addAttribute("running", runs.running(officer.authority()));
        return "conformity/run-form";
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/conformity/runs")
    Object start(Actor.Officer officer, @RequestParam(defaultValue = "") String standard,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable List<MultipartFile> folder,
            @RequestParam(defaultValue = "") String target, @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String generated, Language language, Model model) {
        try {
            return "redirect:/conformity/runs/" + started(officer, standard, file, folder, target, token, generated);
        } catch (BadInput bad) {
            // the entry key is not shown again, whatever was wrong
            return new ModelAndView(
                    form(officer, Map.of("standard", standard, "target", target, "generated", generated),
                            bad.findings(), language, model),
                    model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private UUID started(Actor.Officer officer, String standard, @Nullable MultipartFile file,
            @Nullable List<MultipartFile> folder, String target, String token, String generated) {
        var findings = new ArrayList<Finding>();
        var files = standards.find(officer.authority(), standard, file, folder, findings);
        var key = token.strip();
        if (!key.isEmpty() && !key.matches("[\\x21-\\x7e]{" + Target.SHORTEST_HIDDEN + "," + LONGEST_TOKEN + "}"))
            findings.add(new Finding("token", "conformity.token", Words.text("conformity.error.token",
                    Target.SHORTEST_HIDDEN, LONGEST_TOKEN)));
        int most = number(generated, findings);
        try {
            var to = destinations.find(target, !key.isEmpty());
            if (findings.isEmpty())
                return runs.start(officer, files.orElseThrow(), standard.isBlank(), to, key, most);
        } catch (BadInput refused) {
            findings.addAll(refused.findings());
        }
        throw new BadInput(findings);
    }

    private static int number(String generated, List<Finding> findings) {
        if (generated.isBlank())
            return VerifyRuns.USUAL_GENERATED;
        if (generated.strip().matches("[0-9]{1,4}") && Integer.parseInt(generated.strip()) <= VerifyRuns.MOST_GENERATED)
            return Integer.parseInt(generated.strip());
        findings.add(new Finding("generated", "conformity.generated", Words.text("conformity.error.generated",
                VerifyRuns.MOST_GENERATED)));
        return 0;
    }

    // one run

    @Permit(Role.MINISTRY)
    @GetMapping("/conformity/runs/{id}")
    String one(Actor.Officer officer, @PathVariable String id, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String trial, Page.Wanted wanted, Model model) {
        var run = runs.get(officer.authority(), id(id));
        model.addAttribute("run", run);
        model.addAttribute("minutes", runs.limits().minutes());
        if (run.stage() != VerifyRun.Stage.DONE)
            return "conformity/run";
        var result = runs.result(officer.authority(), run.id());
        var seen = new Differences(result.report());
        model.addAttribute("report", result.report());
        model.addAttribute("kinds", seen.kinds());
        model.addAttribute("trials", seen.trials());
        model.addAttribute("differences", Page.of(seen.of(kind, trial), wanted));
        model.addAttribute("kind", kind);
        model.addAttribute("trial", trial);
        model.addAttribute("kept", seen.size());
        model.addAttribute("signature", VerifyRuns.checked(result));
        model.addAttribute("text", published.compare(result.report()));
        return "conformity/run";
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/conformity/runs/{id}/cancel")
    String cancel(Actor.Officer officer, @PathVariable String id) {
        runs.cancel(officer, id(id));
        return "redirect:/conformity/runs/" + id;
    }

    /// `report.jws` is the signed one; `report.json`, `report.md` and `report.html` say the same for programs and people;
    /// `key.jwk` is the public key.
    @Permit(Role.MINISTRY)
    @GetMapping({"/conformity/runs/{id}/{file:report\\.(?:jws|json|md|html)|key\\.jwk}",
            "/api/conformity/runs/{id}/{file:report\\.(?:jws|json|md|html)|key\\.jwk}"})
    ResponseEntity<byte[]> file(Actor.Officer officer, @PathVariable String id, @PathVariable String file) {
        var run = runs.get(officer.authority(), id(id));
        var result = runs.result(officer.authority(), run.id());
        var readable = new ReadableReport(result.report());
        var ending = file.substring(file.indexOf('.') + 1);
        var text = switch (ending) {
            case "jws" -> result.signed() + "\n";
            case "json" -> result.text();
            case "md" -> readable.markdown();
            case "html" -> readable.html();
            default -> result.key() + "\n";
        };
        var type = switch (ending) {
            case "jws" -> "application/jose";
            case "json" -> "application/json";
            case "md" -> "text/markdown;charset=UTF-8";
            case "html" -> "text/html;charset=UTF-8";
            default -> "application/jwk+json";
        };
        var name = "conformity-" + run.standard().replace('@', '-') + "-" + run.id().toString().substring(0, 8) + "."
                + (ending.equals("jwk") ? "keys.json" : ending);
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(type)).cacheControl(CacheControl.noStore())
                .header("Content-Disposition", ContentDisposition.attachment().filename(name).build().toString())
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    /// 公開鍵. Of the reports that this house signs.
    @Permit(Role.ANYONE)
    @GetMapping("/conformity/keys.json")
    @ResponseBody
    ResponseEntity<Map<String, Object>> keys() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(key.publicKeys());
    }

    // for programs

    @Permit(Role.MINISTRY)
    @PostMapping("/api/conformity/runs")
    @ResponseBody
    @Operation(summary = "Starts a conformity run against a target", description = """
            The version is one on the ministry's desk by its name, a zip, or the files of a folder. The target is an http or \
            https address that anybody on the internet can reach, or `self` for this house where that is on. 202 with the \
            place to follow in `Location`; 409 while another run of the ministry goes on. Every finding at once.""")
    ResponseEntity<VerifyRun> startApi(Actor.Officer officer,
            @Parameter(description = "a version on the desk: child-allowance@2024-10-01") @RequestParam(defaultValue = "") String standard,
            @Parameter(description = "or a zip, at most 8 MB") @RequestParam(required = false) @Nullable MultipartFile file,
            @Parameter(description = "or the files of a folder") @RequestParam(required = false) @Nullable List<MultipartFile> folder,
            @Parameter(description = "where the target serves the contract") @RequestParam(defaultValue = "") String target,
            @Parameter(description = "the entry key of the target; kept nowhere") @RequestParam(defaultValue = "") String token,
            @Parameter(description = "at most so many made cases, 0 to 500") @RequestParam(defaultValue = "") String generated) {
        var id = started(officer, standard, file, folder, target, token, generated);
        return ResponseEntity.accepted().location(URI.create("/api/conformity/runs/" + id)).header("Retry-After", "2")
                .body(runs.get(officer.authority(), id));
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/api/conformity/runs")
    @ResponseBody
    @Operation(summary = "The ministry's conformity runs, the newest first")
    Page<VerifyRun> listApi(Actor.Officer officer, @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String stage, Page.Wanted wanted) {
        return runs.find(officer.authority(), new VerifyRuns.Wish(q, stage(stage)), wanted);
    }

    /// 進みと結果. The report is there when the run is done.
    record Told(VerifyRun run, Optional<JsonNode> report, Optional<String> signed) {}

    @Permit(Role.MINISTRY)
    @GetMapping("/api/conformity/runs/{id}")
    @ResponseBody
    @Operation(summary = "How far a run is, and its report when it is done")
    ResponseEntity<Told> oneApi(Actor.Officer officer, @PathVariable String id) {
        var run = runs.get(officer.authority(), id(id));
        if (run.stage() != VerifyRun.Stage.DONE) {
            var told = ResponseEntity.ok();
            return (run.running() ? told.header("Retry-After", "2") : told)
                    .body(new Told(run, Optional.empty(), Optional
                            .empty()));
        }
        var result = runs.result(officer.authority(), run.id());
        return ResponseEntity.ok(new Told(run, Optional.of(result.report()), Optional.of(result.signed())));
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/api/conformity/runs/{id}/cancel")
    @ResponseBody
    @Operation(summary = "Stops a run; one that has ended stays as it is")
    VerifyRun cancelApi(Actor.Officer officer, @PathVariable String id) {
        runs.cancel(officer, id(id));
        return runs.get(officer.authority(), id(id));
    }

    private static UUID id(String text) {
        if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
            throw new NotThere();
        return UUID.fromString(text);
    }

    /// 相違の見方. The differences of a report by their kinds and by their cases.
    static final class Differences {
        private final List<JsonNode> all = new ArrayList<>();
        private final JsonNode checks;

        Differences(JsonNode report) {
            report.path("differences").forEach(all::add);
            checks = report.path("checks");
        }

        /// 種類. How often it was looked at, and how often it differed.
        record Kind(String code, int made, int different) {
            public String group() { return Groups.of(code); }
        }

        /// 事例.
        record Case(String name, int different) {}

        int size() { return all.size(); }

        /// Those that differ first.
        List<Kind> kinds() {
            var kinds = new ArrayList<Kind>();
            checks.forEachEntry((code, count) -> kinds.add(new Kind(code, count.path("made").asInt(), count.path(
                    "different").asInt())));
            kinds.sort((a, b) -> b.different() - a.different());
            return kinds;
        }

        List<Case> trials() {
            var counts = new LinkedHashMap<String, Integer>();
            all.forEach(d -> counts.merge(d.path("trial").asString(""), 1, Integer::sum));
            return counts.entrySet().stream().map(e -> new Case(e.getKey(), e.getValue()))
                    .sorted((a, b) -> b.different()
                            - a.different())
                    .toList();
        }

        List<JsonNode> of(String kind, String trial) {
            return all.stream().filter(d -> kind.isEmpty() || kind.equals(d.path("code").asString(""))).filter(
                    d -> trial.isEmpty() || trial.equals(d.path("trial").asString(""))).toList();
        }
    }
}
