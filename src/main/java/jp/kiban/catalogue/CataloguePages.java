package jp.kiban.catalogue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import jp.kiban.standards.Edition;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// 標準の公開の頁. Every public standard, readable by anybody: who may apply, when, what is asked and why, how it is decided, what
/// each municipality chose, what the notices say, what changed; with the files, their signature, a feed and the same as data.
@Controller
class CataloguePages {
    private static final MediaType ATOM = new MediaType("application", "atom+xml", StandardCharsets.UTF_8);
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final CatalogueList list;
    private final Publications publications;
    private final PublicText publicText;
    private final Signatures signatures;
    private final Standards standards;
    private final Feed feed;
    private final Clock clock;
    private final Map<String, String> signed = new ConcurrentHashMap<>();

    CataloguePages(CatalogueList list, Publications publications, PublicText publicText, Signatures signatures,
            Standards standards, Feed feed, Clock clock) {
        this.list = list;
        this.publications = publications;
        this.publicText = publicText;
        this.signatures = signatures;
        this.standards = standards;
        this.feed = feed;
        this.clock = clock;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/catalogue")
    String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String ministry,
            @RequestParam(defaultValue = "") String pattern, @RequestParam(defaultValue = "") String stage,
            @RequestParam(defaultValue = "") String sort, Page.Wanted wanted, Language language, Model model) {
        var filter = new CatalogueList.Filter(q, ministry, pattern, stage, sort);
        model.addAttribute("filter", filter);
        model.addAttribute("page", Page.of(list.find(filter), wanted));
        var ministries = new LinkedHashMap<String, String>();
        ministries.put("", Words.in(language, "catalogue.any"));
        list.all().forEach(l -> ministries.put(l.ministryCode(), l.ministry().in(language)));
        model.addAttribute("ministries", ministries);
        model.addAttribute("patterns", choices(language, "catalogue.pattern.short.", ServiceStandard.Pattern.values()));
        model.addAttribute("stages", choices(language, "catalogue.stage.", new VersionStage[]{VersionStage.IN_FORCE,
                VersionStage.SCHEDULED, VersionStage.WITHDRAWN}));
        return "catalogue/list";
    }

    private static Map<String, String> choices(Language language, String prefix, Enum<?>[] values) {
        var choices = new LinkedHashMap<String, String>();
        choices.put("", Words.in(language, "catalogue.any"));
        Arrays.stream(values).forEach(v -> choices.put(v.name(), Words.in(language, prefix + v.name())));
        return choices;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/catalogue.csv")
    ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String ministry, @RequestParam(defaultValue = "") String pattern,
            @RequestParam(defaultValue = "") String stage, @RequestParam(defaultValue = "") String sort,
            Language language) {
        var filter = new CatalogueList.Filter(q, ministry, pattern, stage, sort);
        return Csv.download("standards.csv", List.of("standard", "name", "ministry", "law", "pattern", "version", "day",
                "stage", "next").stream().map(h -> Words.in(language, "catalogue.csv." + h)).toList(),
                list.find(filter).stream().map(l -> List.of(l.standard(), l.name().in(language), l.ministry().in(
                        language), l.law().toString(), Words.in(language, "catalogue.pattern.short." + l.pattern()),
                        l
                                .version().version().toString(),
                        l.inForceOn().toString(), Words.in(language, "catalogue.stage." + l.stage()), l.next().map(
                                LocalDate::toString).orElse("")))
                        .toList());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/catalogue")
    @ResponseBody
    Page<CatalogueList.Line> api(@RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String ministry, @RequestParam(defaultValue = "") String pattern,
            @RequestParam(defaultValue = "") String stage, @RequestParam(defaultValue = "") String sort,
            Page.Wanted wanted) {
        return Page.of(list.find(new CatalogueList.Filter(q, ministry, pattern, stage, sort)), wanted);
    }

    @Permit(Role.ANYONE)
    @GetMapping("/catalogue/feed.atom")
    ResponseEntity<byte[]> atom(Language language) {
        var base = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        return ResponseEntity.ok().contentType(ATOM).body(feed.atom(base, language).getBytes(StandardCharsets.UTF_8));
    }

    /// 公開鍵. The keys with which the ministries sign, as a JWK set (RFC 7517).
    @Permit(Role.ANYONE)
    @GetMapping("/catalogue/keys.json")
    @ResponseBody
    Map<String, Object> keys() {
        standards.all().forEach(s -> publications.history(s.id()).forEach(p -> signature(standards.edition(p.ref()),
                p)));
        return signatures.publicKeys();
    }

    @Permit(Role.ANYONE)
    @GetMapping("/catalogue/{standard}")
    String standard(@PathVariable String standard, Language language, Model model) {
        return show(shown(standard), language, model);
    }

    /// The edition that speaks for the standard today: the one in force, else the next, else the last.
    private Edition shown(String standard) {
        if (standards.all().stream().noneMatch(s -> s.id().equals(standard)))
            throw new NotThere();
        return standards.editionInForce(standard, LocalDate.now(clock)).orElseGet(() -> standards.edition(publications
                .history(standard).stream().filter(p -> p.stage() == VersionStage.SCHEDULED).reduce((a, b) -> b)
                .orElse(publications.history(standard).getFirst()).ref()));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/catalogue/{standard}/{version}")
    String version(@PathVariable String standard, @PathVariable String version, Language language, Model model) {
        return show(edition(standard, version), language, model);
    }

    private Edition edition(String standard, String version) {
        return standards.edition(Publishing.ref(standard, version));
    }

    private String show(Edition edition, Language language, Model model) {
        model.addAllAttributes(publicText.of(edition, language));
        return "catalogue/standard";
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/catalogue/{standard}/{version}")
    @ResponseBody
    Map<String, Object> api(@PathVariable String standard, @PathVariable String version, Language language) {
        return publicText.json(edition(standard, version), language);
    }

    @Permit(Role.ANYONE)
    @GetMapping("/catalogue/{standard}/{version}/package.zip")
    ResponseEntity<byte[]> files(@PathVariable String standard, @PathVariable String version) {
        var edition = edition(standard, version);
        return ResponseEntity.ok().contentType(new MediaType("application", "zip")).header("Content-Disposition",
                ContentDisposition.attachment().filename(standard + "-" + version + ".zip", StandardCharsets.UTF_8)
                        .build().toString())
                .body(edition.files().zip());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/catalogue/{standard}/{version}/signature.jws")
    ResponseEntity<byte[]> jws(@PathVariable String standard, @PathVariable String version) {
        var edition = edition(standard, version);
        return ResponseEntity.ok().contentType(TEXT).header("Content-Disposition", ContentDisposition.attachment()
                .filename(standard + "-" + version + ".jws", StandardCharsets.UTF_8).build().toString())
                .body((signature(edition, publications.of(edition.ref())) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// A published version was signed when it was; a shipped one is signed when somebody asks for the first time.
    private String signature(Edition edition, Publication one) {
        return one.jws().isEmpty()
                ? signed.computeIfAbsent(edition.ref() + edition.files().digest(), k -> signatures.sign(one.ministry(),
                        edition.files(), clock.instant()))
                : one.jws();
    }

    @Permit(Role.ANYONE)
    @GetMapping("/catalogue/{standard}/{version}/manifest.txt")
    ResponseEntity<byte[]> manifest(@PathVariable String standard, @PathVariable String version) {
        return ResponseEntity.ok().contentType(TEXT).body(edition(standard, version).files().manifest().getBytes(
                StandardCharsets.UTF_8));
    }

    /// What each municipality chose, as a file for a spreadsheet.
    @Permit(Role.ANYONE)
    @GetMapping("/catalogue/{standard}/{version}/choices.csv")
    ResponseEntity<byte[]> choices(@PathVariable String standard, @PathVariable String version, Language language) {
        var edition = edition(standard, version);
        var choices = publicText.choices(edition, language);
        var rows = new ArrayList<List<?>>();
        for (var row : choices.rows()) {
            var cells = new ArrayList<Object>(List.of(row.code(), row.name(), row.prefecture()));
            cells.addAll(row.values());
            rows.add(cells);
        }
        var head = new ArrayList<>(List.of(Words.in(language, "catalogue.choice.code"), Words.in(language,
                "catalogue.choice.municipality"), Words.in(language, "catalogue.choice.prefecture")));
        choices.columns().forEach(c -> head.add(c.name()));
        return Csv.download(standard + "-choices.csv", head, rows);
    }

    /// 公開の要約. For whoever only wants to know which version counts, and where its files are.
    record Summary(CatalogueList.Line standard, List<Version> versions) {}

    /// 版.
    record Version(StandardRef ref, VersionStage stage, Optional<LocalDate> inForceOn, String urgentReason,
            Optional<VersionName> corrects, Optional<VersionName> correctedBy, Optional<LocalDate> withdrawnOn,
            String digest, String files,
            String signature) {}

    @Permit(Role.ANYONE)
    @GetMapping("/api/catalogue/{standard}")
    @ResponseBody
    Summary apiOne(@PathVariable String standard) {
        var line = list.all().stream().filter(l -> l.standard().equals(standard)).findFirst().orElseThrow(
                NotThere::new);
        return new Summary(line, publications.history(standard).stream().map(p -> {
            var at = "/catalogue/" + standard + "/" + p.ref().version();
            return new Version(p.ref(), p.stage(), p.inForceOn(), p.urgentReason(), p.corrects(), publications
                    .correctedBy(p.ref()), p.withdrawnOn(),
                    p
                            .digest(),
                    at + "/package.zip", at + "/signature.jws");
        }).toList());
    }
}
