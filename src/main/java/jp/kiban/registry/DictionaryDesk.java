package jp.kiban.registry;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.kiban.address.DictionaryBuild;
import jp.kiban.address.DictionaryDifference;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.Letters;
import jp.kiban.portal.Csv;
import jp.kiban.portal.LargeFiles;
import jp.kiban.registry.DictionaryRelease.Order;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
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

/// 辞書の机. The keeper's people make a new release of the address dictionary of official files, read what is wrong with them and what
/// would change, and take it into use by two. Every act of the page is an act of the API.
@Controller
class DictionaryDesk {
    private static final String DESK = "/registry/desk/dictionaries";
    private static final int SHOWN = 20;

    private final DictionaryReleases releases;
    private final DictionaryFolder folder;
    private final GivenFiles given;
    private final DictionaryWorker worker;
    private final DictionaryImpact impact;
    private final Addresses addresses;
    private final Authorities authorities;
    private final Clock clock;
    private final long mostBytes;

    DictionaryDesk(DictionaryReleases releases, DictionaryFolder folder, GivenFiles given,
            DictionaryWorker worker,
            DictionaryImpact impact,
            Addresses addresses, Authorities authorities, Clock clock,
            @Value("${kiban.registry.dictionary.most-megabytes:4096}") long mostMegabytes) {
        this.releases = releases;
        this.folder = folder;
        this.given = given;
        this.worker = worker;
        this.impact = impact;
        this.addresses = addresses;
        this.authorities = authorities;
        this.clock = clock;
        this.mostBytes = mostMegabytes << 20;
    }

    private static int number(String number) {
        if (!number.matches("[0-9]{1,9}"))
            throw new NotThere();
        return Integer.parseInt(number);
    }

    // all releases

    /// 辞書の状況. What is in use in this house, what is in force by the record, and everything that ever was proposed.
    record Overview(int inUse, String version, boolean towns, int inForce, List<DictionaryRelease> releases,
            List<Order> orders) {
        /// The house has not (or cannot) follow what is in force.
        public boolean behind() { return inUse != inForce; }
    }

    private Overview overview() {
        return new Overview(addresses.release(), addresses.version(), addresses.knowsTowns(),
                releases.inForce().map(Order::release).orElse(0), releases.all(), releases.orders());
    }

    @Permit(Role.MINISTRY)
    @GetMapping(DESK)
    String list(Actor.Officer officer, Model model) {
        CorrectionPages.keeper(officer);
        return list(officer, List.of(), model);
    }

    private String list(Actor.Officer officer, List<Finding> findings, Model model) {
        var now = overview();
        model.addAttribute("now", now);
        model.addAttribute("orders", now.orders().stream().map(o -> shown(o, officer)).toList());
        model.addAttribute("former", now.orders().stream().filter(o -> o.effective(clock.instant()))
                .map(Order::release).distinct().filter(r -> r != 0 && r != now.inForce())
                .filter(r -> Files.isRegularFile(folder.dictionary(r))).toList());
        model.addAttribute("ownFormer", now.inForce() != 0);
        model.addAttribute("findings", findings);
        return "registry/dictionaries";
    }

    /// 適用の一行. With what this officer may do now.
    public record ShownOrder(Order order, String state, boolean mayDecide, boolean mayWithdraw) {}

    private ShownOrder shown(Order o, Actor.Officer officer) {
        Instant now = clock.instant();
        boolean ahead = o.stage() == DictionaryRelease.OrderStage.APPROVED && !o.effective(now);
        boolean proposed = o.stage() == DictionaryRelease.OrderStage.PROPOSED;
        boolean mine = o.proposer().equals(officer.id());
        boolean force = releases.inForce().map(Order::id).filter(i -> i == o.id()).isPresent();
        return new ShownOrder(o, ahead
                ? "AHEAD"
                : force
                        ? "IN_FORCE"
                        : o.stage() == DictionaryRelease.OrderStage.APPROVED ? "FORMER" : o.stage().name(),
                proposed && !mine,
                proposed && mine || ahead);
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/api/registry/desk/dictionaries")
    @ResponseBody
    Overview listApi(Actor.Officer officer) {
        CorrectionPages.keeper(officer);
        return overview();
    }

    @Permit(Role.MINISTRY)
    @PostMapping(DESK)
    String begin(Actor.Officer officer, @RequestParam(defaultValue = "") String note) {
        CorrectionPages.keeper(officer);
        return "redirect:" + DESK + "/" + start(officer, note);
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/api/registry/desk/dictionaries")
    @ResponseBody
    DictionaryRelease beginApi(Actor.Officer officer, @RequestParam(defaultValue = "") String note) {
        CorrectionPages.keeper(officer);
        return releases.get(start(officer, note));
    }

    private int start(Actor.Officer officer, String note) {
        return releases.begin(officer.id(), Letters.excerpt(note.strip().replaceAll("\\p{Cntrl}", ""), 100));
    }

    // one release

    /// 版の全体.
    record Whole(DictionaryRelease release, List<DictionaryRelease.Source> sources,
            List<DictionaryReleases.Rows> rows, List<DictionaryReleases.Defects> defects, List<Order> orders,
            List<Total> touched) {}

    /// 影響の合計. Over all authorities, by where records are kept.
    record Total(String holder, String what, long records, long authorities) {}

    private Whole whole(int id) {
        var release = releases.get(id);
        var totals = new TreeMap<String, Total>();
        for (var t : releases.touches(id))
            totals.merge(t.holder() + "\t" + t.what(), new Total(t.holder(), t.what(), t.records(), 1),
                    (a, b) -> new Total(a.holder(), a.what(), a.records() + b.records(), a.authorities() + 1));
        return new Whole(release, releases.sources(id), releases.rows(id), releases.defects(id),
                releases.orders().stream().filter(o -> o.release() == id).toList(), List.copyOf(totals.values()));
    }

    @Permit(Role.MINISTRY)
    @GetMapping(DESK + "/{number:[0-9]+}")
    String one(Actor.Officer officer, @PathVariable String number, @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "0") String from, @RequestParam(defaultValue = "") String defect,
            @RequestParam(defaultValue = "0") String defectsFrom, Language language, Model model) {
        CorrectionPages.keeper(officer);
        return one(officer, number(number), new View(what, number(from), defect, number(defectsFrom)), List.of(),
                language, model);
    }

    /// What of the long lists is shown.
    private record View(String what, int from, String defect, int defectsFrom) {
        static final View FIRST = new View("", 0, "", 0);
    }

    private String one(Actor.Officer officer, int id, View view, List<Finding> findings, Language language,
            Model model) {
        var whole = whole(id);
        model.addAttribute("one", whole.release());
        model.addAttribute("sources", whole.sources());
        model.addAttribute("orders", whole.orders().stream().map(o -> shown(o, officer)).toList());
        model.addAttribute("settled",
                whole.orders().stream().anyMatch(o -> o.stage() == DictionaryRelease.OrderStage.PROPOSED
                        || o.stage() == DictionaryRelease.OrderStage.APPROVED));
        model.addAttribute("incoming", folder.incoming(whole.sources()));
        model.addAttribute("said", whole.release().said().stream().map(s -> Words.in(language,
                "registry.dictionary.why." + s.why(), s.values().toArray())).toList());
        model.addAttribute("rows", whole.rows());
        model.addAttribute("counted", whole.defects());
        model.addAttribute("findings", findings);
        model.addAttribute("today", LocalDate.now(clock));
        String kind = Arrays.stream(DictionaryDifference.What.values()).map(Enum::name).filter(view.what()::equals)
                .findFirst().orElse("");
        String defect = whole.defects().stream().map(DictionaryReleases.Defects::kind).filter(view.defect()::equals)
                .findFirst().orElse("");
        model.addAttribute("view", new View(kind, view.from(), defect, view.defectsFrom()));
        model.addAttribute("shown", SHOWN);
        model.addAttribute("differences", excerpt(id, DictionaryBuild.DIFFERENCE, 0, kind, view.from()));
        model.addAttribute("defects", excerpt(id, DictionaryBuild.DEFECTS, 2, defect, view.defectsFrom()));
        model.addAttribute("touched", whole.touched());
        model.addAttribute("holders", titles(language));
        model.addAttribute("authorities", byAuthority(id, language));
        return "registry/dictionary";
    }

    private DictionaryImpact.Excerpt excerpt(int id, String report, int column, String value, int from) {
        try {
            var file = folder.file(id, report);
            return file.isEmpty()
                    ? new DictionaryImpact.Excerpt(List.of(), false)
                    : DictionaryImpact.excerpt(file.get(), column, value, from, SHOWN);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, String> titles(Language language) {
        return impact.holders().stream().collect(Collectors.toMap(AddressHolder::code, h -> h.title().in(language)));
    }

    /// 団体ごとの影響. Numbers only.
    public record ByAuthority(String code, String name, String holder, String what, long records) {}

    private List<ByAuthority> byAuthority(int id, Language language) {
        var titles = titles(language);
        return releases.touches(id).stream().map(t -> new ByAuthority(t.authority(),
                authorities.find(AuthorityId.of(t.authority())).map(a -> language == Language.EN && !a.roman().isEmpty()
                        ? a.roman()
                        : a.name()).orElse(t.authority()),
                titles.getOrDefault(t.holder(), t.holder()), t.what(), t.records())).toList();
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/api/registry/desk/dictionaries/{number}")
    @ResponseBody
    Whole oneApi(Actor.Officer officer, @PathVariable String number) {
        CorrectionPages.keeper(officer);
        return whole(number(number));
    }

    @Permit(Role.MINISTRY)
    @LargeFiles(otherwise = "portal.upload.otherwise.registry")
    @PostMapping(DESK + "/{number:[0-9]+}/files")
    Object files(Actor.Officer officer, @PathVariable String number,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(defaultValue = "") List<String> incoming, @RequestParam(defaultValue = "") String all,
            Language language, Model model) {
        CorrectionPages.keeper(officer);
        int id = number(number);
        return told(officer, id, language, model, () -> take(id, files, named(id, incoming, all)));
    }

    @Permit(Role.MINISTRY)
    @LargeFiles(otherwise = "portal.upload.otherwise.registry")
    @PostMapping("/api/registry/desk/dictionaries/{number}/files")
    @ResponseBody
    Whole filesApi(Actor.Officer officer, @PathVariable String number,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(defaultValue = "") List<String> incoming, @RequestParam(defaultValue = "") String all) {
        CorrectionPages.keeper(officer);
        int id = number(number);
        take(id, files, named(id, incoming, all));
        return whole(id);
    }

    /// `all` names everything that lies in the folder.
    private List<String> named(int id, List<String> incoming, String all) {
        return all.isEmpty()
                ? incoming
                : folder.incoming(releases.sources(id)).stream().map(DictionaryFolder.Incoming::name).toList();
    }

    private void take(int id, @Nullable List<MultipartFile> files, List<String> incoming) {
        releases.get(id);
        var sent = files == null ? List.<MultipartFile>of() : files.stream().filter(f -> !f.isEmpty()).toList();
        var named = incoming.stream().filter(n -> !n.isBlank()).toList();
        if (sent.isEmpty() && named.isEmpty())
            throw BadInput.of("file", "registry.file", Words.text("registry.error.choose-file"));
        try {
            for (String name : named) {
                var file = given.incoming(name);
                releases.add(id, name, false, Files.size(file), DictionaryBuild.sha256(file), Long.MAX_VALUE);
            }
            for (var file : sent)
                upload(id, file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void upload(int id, MultipartFile file) throws IOException {
        String name = DictionaryFolder.name(Optional.ofNullable(file.getOriginalFilename()).orElse(""));
        var part = Files.createTempFile(Files.createDirectories(folder.of(id)), "upload", ".part");
        try {
            try (var in = file.getInputStream()) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            String sha256 = DictionaryBuild.sha256(part);
            releases.add(id, name, true, Files.size(part), sha256, mostBytes);
            var kept = releases.sources(id).stream().filter(s -> s.sha256().equals(sha256)).findFirst().orElseThrow();
            if (!kept.uploaded())
                return;
            var to = folder.uploaded(id, sha256, kept.name());
            Files.createDirectories(Optional.ofNullable(to.getParent()).orElseThrow());
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private interface Act {
        void run();
    }

    /// Does it and shows the release; what cannot be taken is told on its page.
    private Object told(Actor.Officer officer, int id, Language language, Model model, Act act) {
        try {
            act.run();
            return "redirect:" + DESK + "/" + id;
        } catch (BadInput bad) {
            return new ModelAndView(one(officer, id, View.FIRST, bad.findings(), language, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit(Role.MINISTRY)
    @PostMapping(DESK + "/{number:[0-9]+}")
    Object act(Actor.Officer officer, @PathVariable String number, @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String position, @RequestParam(defaultValue = "") String day,
            Language language, Model model) {
        CorrectionPages.keeper(officer);
        int id = number(number);
        releases.get(id);
        return told(officer, id, language, model, () -> act(officer, id, act, position, day));
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/api/registry/desk/dictionaries/{number}")
    @ResponseBody
    Whole actApi(Actor.Officer officer, @PathVariable String number, @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String position, @RequestParam(defaultValue = "") String day) {
        CorrectionPages.keeper(officer);
        int id = number(number);
        releases.get(id);
        act(officer, id, act, position, day);
        return whole(id);
    }

    private void act(Actor.Officer officer, int id, String act, String position, String day) {
        switch (act) {
            case "remove" -> {
                int at = number(position);
                var source = releases.sources(id).stream().filter(s -> s.position() == at).findFirst();
                releases.remove(id, at);
                source.filter(DictionaryRelease.Source::uploaded)
                        .ifPresent(s -> GivenFiles.delete(folder.uploaded(id, s.sha256(), s.name())));
            }
            case "build" -> releases.build(id);
            case "cancel" -> releases.cancel(id);
            case "reopen" -> releases.reopen(id);
            case "discard" -> {
                releases.discard(id);
                folder.forget(id);
            }
            case "propose" -> releases.propose(id, officer.id(), day(day));
            default -> throw new NotThere();
        }
        worker.wake();
    }

    private static Optional<LocalDate> day(String day) {
        if (day.isBlank())
            return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(day.strip()));
        } catch (DateTimeParseException unreadable) {
            throw BadInput.of("day", "registry.day", Words.text("registry.error.day", "day", Letters.excerpt(day, 20)));
        }
    }

    // reports

    @Permit(Role.MINISTRY)
    @GetMapping(DESK + "/{number:[0-9]+}/defects.csv")
    void defects(Actor.Officer officer, @PathVariable String number, HttpServletResponse response) {
        report(officer, number, DictionaryBuild.DEFECTS, response);
    }

    @Permit(Role.MINISTRY)
    @GetMapping(DESK + "/{number:[0-9]+}/difference.csv")
    void difference(Actor.Officer officer, @PathVariable String number, HttpServletResponse response) {
        report(officer, number, DictionaryBuild.DIFFERENCE, response);
    }

    /// As it is read, and no cell of it a formula.
    private void report(Actor.Officer officer, String number, String name, HttpServletResponse response) {
        CorrectionPages.keeper(officer);
        var release = releases.get(number(number));
        Path file = folder.file(release.id(), name).filter(f -> release.built().isPresent()).orElseThrow(NotThere::new);
        try (var rows = DictionaryImpact.rows(Files.newBufferedReader(file))) {
            Csv.stream(response, "dictionary-" + release.id() + "-" + name, rows.getHeaderNames(),
                    rows.stream().map(CSVRecord::toList).iterator());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Permit(Role.MINISTRY)
    @GetMapping(DESK + "/{number:[0-9]+}/touched.csv")
    ResponseEntity<byte[]> touched(Actor.Officer officer, @PathVariable String number, Language language) {
        CorrectionPages.keeper(officer);
        int id = releases.get(number(number)).id();
        return Csv.download("dictionary-" + id + "-touched.csv",
                List.of("code", "name", "holder", "what", "records"),
                byAuthority(id, language).stream()
                        .map(b -> List.of(b.code(), b.name(), b.holder(), b.what(), b.records()))
                        .toList());
    }

    // taking into use

    /// Proposes a former release, or 0 for the operator's own: the way back.
    @Permit(Role.MINISTRY)
    @PostMapping(DESK + "/orders")
    Object back(Actor.Officer officer, @RequestParam(defaultValue = "") String release,
            @RequestParam(defaultValue = "") String day, Model model) {
        CorrectionPages.keeper(officer);
        try {
            goBack(officer, release, day);
            return "redirect:" + DESK;
        } catch (BadInput bad) {
            return new ModelAndView(list(officer, bad.findings(), model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/api/registry/desk/dictionaries/orders")
    @ResponseBody
    Order backApi(Actor.Officer officer, @RequestParam(defaultValue = "") String release,
            @RequestParam(defaultValue = "") String day) {
        CorrectionPages.keeper(officer);
        return releases.order(goBack(officer, release, day));
    }

    private int goBack(Actor.Officer officer, String release, String day) {
        int id = number(release);
        if (id != 0 && folder.file(releases.get(id).id(), DictionaryBuild.DICTIONARY).isEmpty())
            throw BadInput.of("release", "registry.dictionary.no-file", Words.text("registry.dictionary.no-file", id));
        return releases.propose(id, officer.id(), day(day));
    }

    @Permit(Role.MINISTRY)
    @PostMapping(DESK + "/orders/{number:[0-9]+}")
    Object decide(Actor.Officer officer, @PathVariable String number, @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String note, Language language, Model model) {
        CorrectionPages.keeper(officer);
        var order = releases.order(number(number));
        try {
            decide(officer, order, act, note);
        } catch (BadInput bad) {
            return new ModelAndView(order.release() == 0
                    ? list(officer, bad.findings(), model)
                    : one(officer, order.release(), View.FIRST, bad.findings(), language, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return "redirect:" + DESK + (order.release() == 0 ? "" : "/" + order.release());
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/api/registry/desk/dictionaries/orders/{number}")
    @ResponseBody
    Order decideApi(Actor.Officer officer, @PathVariable String number, @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String note) {
        CorrectionPages.keeper(officer);
        var order = releases.order(number(number));
        decide(officer, order, act, note);
        return releases.order(order.id());
    }

    private void decide(Actor.Officer officer, Order order, String act, String note) {
        switch (act) {
            case "approve" -> {
                releases.approve(order.id(), officer.id(), addresses.knowsTowns() ? addresses.version() : "");
                // at once means before the answer, in this house
                worker.takeEffect();
            }
            case "send-back" -> releases.sendBack(order.id(), officer.id(), Letters.excerpt(note.strip(), 400));
            case "withdraw" -> releases.withdraw(order.id(), officer.id());
            default -> throw new NotThere();
        }
        worker.wake();
    }

    // what an authority sees of it

    /// 自団体への影響.
    record Own(int release, String version, String before, String state, List<DictionaryReleases.Touch> numbers,
            List<DictionaryReleases.Touched> records, boolean more) {}

    /// 一行. With where the record is seen; empty where records are only counted.
    public record OwnRow(DictionaryReleases.Touched touched, String path) {}

    private Optional<Own> own(Actor.Officer officer, int from, int limit) {
        var force = releases.inForce();
        var order = releases.orders().stream().filter(o -> o.release() != 0)
                .filter(o -> o.stage() == DictionaryRelease.OrderStage.PROPOSED
                        || o.stage() == DictionaryRelease.OrderStage.APPROVED)
                .findFirst();
        return order.map(o -> {
            var scope = jp.kiban.store.Scope.of(officer.authority());
            var built = releases.get(o.release()).built();
            var records = releases.touched(o.release(), scope, from, limit + 1);
            return new Own(o.release(), built.map(DictionaryRelease.Built::version).orElse(""),
                    built.map(DictionaryRelease.Built::before).orElse(""),
                    force.filter(f -> f.id() == o.id()).isPresent() ? "IN_FORCE" : shown(o, officer).state(),
                    releases.touches(o.release(), scope),
                    unnamed(officer.authority(), records.subList(0, Math.min(limit, records.size()))),
                    records.size() > limit);
        });
    }

    /// Without the names of records whose place is not to be read off this list; they stand first in their town, so that the order
    /// tells nothing either.
    private List<DictionaryReleases.Touched> unnamed(AuthorityId authority, List<DictionaryReleases.Touched> records) {
        var hidden = new HashMap<String, Set<String>>();
        impact.holders().forEach(h -> hidden.put(h.code(), h.unnamed(authority, records.stream().filter(t -> t.holder()
                .equals(h.code()) && !t.item().isEmpty()).map(DictionaryReleases.Touched::item).collect(Collectors
                        .toSet()))));
        return records.stream().map(t -> hidden.getOrDefault(t.holder(), Set.of()).contains(t.item()) ? t.unnamed() : t)
                .sorted(Comparator.comparing(DictionaryReleases.Touched::holder).thenComparing(
                        DictionaryReleases.Touched::lgCode).thenComparing(DictionaryReleases.Touched::machiazaId)
                        .thenComparing(DictionaryReleases.Touched::what).thenComparing(
                                DictionaryReleases.Touched::item))
                .toList();
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/registry/addresses/touched")
    String own(Actor.Officer officer, @RequestParam(defaultValue = "0") String from, Language language, Model model) {
        int at = number(from);
        var own = own(officer, at, SHOWN);
        model.addAttribute("own", own);
        model.addAttribute("rows", own.map(Own::records).orElse(List.of()).stream().map(t -> new OwnRow(t, path(t)))
                .toList());
        model.addAttribute("from", at);
        model.addAttribute("next", at + SHOWN);
        model.addAttribute("holders", titles(language));
        return "registry/touched";
    }

    private String path(DictionaryReleases.Touched t) {
        return t.item().isEmpty()
                ? ""
                : impact.holders().stream().filter(h -> h.code().equals(t.holder())).map(h -> h.path(t.item()))
                        .findFirst().orElse("");
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/registry/addresses/touched.csv")
    ResponseEntity<byte[]> ownCsv(Actor.Officer officer, Language language) {
        var titles = titles(language);
        var rows = own(officer, 0, 100_000).map(Own::records).orElse(List.of());
        return Csv.download("addresses-touched.csv",
                List.of("holder", "item", "lg_code", "machiaza_id", "records", "what",
                        "before", "after", "metres"),
                rows.stream().map(t -> List.of(titles.getOrDefault(t.holder(), t.holder()), t
                        .item(), t.lgCode(), t.machiazaId(), t.records(), t.what(), t.before(), t.after(), t.metres()))
                        .toList());
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/api/registry/addresses/touched")
    @ResponseBody
    Optional<Own> ownApi(Actor.Officer officer, @RequestParam(defaultValue = "0") String from) {
        return own(officer, number(from), 1_000);
    }
}
