package jp.kiban.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import jp.kiban.portal.Csv;
import jp.kiban.standards.ExampleEffects;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Variation;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// 独自施策の画面. What a municipality may set in each standard, and its officers' way to set it: typed on a form or in a
/// spreadsheet, its effect on the national examples seen first, proposed by one and approved by another.
@Controller
class LayerPages {
    private final Layers layers;
    private final Upgrades upgrades;
    private final Standards standards;
    private final Authorities authorities;
    private final TrialAreas areas;
    private final Clock clock;

    LayerPages(Layers layers, Upgrades upgrades, Standards standards, Authorities authorities, TrialAreas areas,
            Clock clock) {
        this.areas = areas;
        this.layers = layers;
        this.upgrades = upgrades;
        this.standards = standards;
        this.authorities = authorities;
        this.clock = clock;
    }

    /// 標準の一行. One standard in the list: what may vary, what is set, what waits.
    record Row(ServiceStandard standard, int variations, int set, long proposed, long waiting, long trials) {}

    /// 項目の一行. One variation as it is: the national default, the local value, its limits.
    record Point(String key, Text name, Text explanation, LegalBasis basis, boolean ordinance, boolean mayChange,
            String range, String byDefault, String value, boolean set, boolean differs) {}

    /// 入力の一項目. One variation on the form.
    record Control(Variation variation, boolean set, String range, String text, List<String> chosen,
            Map<String, String> ranks, Map<String, String> words, Optional<LayerGrid> grid, List<List<String>> rows,
            String now) {}

    /// 設定の一件. A layer with its state today.
    record Shown(LocalLayer layer, LocalLayer.State state) {}

    /// 比べる一行. One municipality and what it has chosen, by the order of the variations.
    record Chosen(AuthorityId authority, String name, List<String> values, List<Boolean> set) {}

    /// 表計算の不備. One fault of a file with its cell.
    record CellFault(String cell, Text message) {}

    private LocalDate today() { return LocalDate.now(clock); }

    @GetMapping("/catalogue/layers")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String list(Actor.Officer officer, Model model) {
        model.addAttribute("rows", standards.all().stream().filter(s -> standards.editionInForce(s.id(), today())
                .isPresent()).map(s -> row(officer, s)).toList());
        return "catalogue/layers";
    }

    private Row row(Actor.Officer officer, ServiceStandard standard) {
        var version = standards.inForce(standard.id(), today());
        var all = layers.all(officer.authority(), standard.id());
        return new Row(standard, version.variations().all().size(), layers.raw(officer.authority(), version, today())
                .size(), all.stream().filter(l -> l.stage() == LocalLayer.Stage.PROPOSED).count(),
                all.stream().filter(
                        l -> l.state(today(), all) == LocalLayer.State.WAITING).count(),
                all.stream().filter(l -> l
                        .hasTrial() && l.state(today(), all) == LocalLayer.State.IN_FORCE).count());
    }

    @GetMapping("/catalogue/layers/{standard}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String one(Actor.Officer officer, @PathVariable String standard, Language language, Model model) {
        var version = standards.inForce(standard, today());
        var all = layers.all(officer.authority(), standard);
        var raw = layers.raw(officer.authority(), version, today());
        frame(officer, standard, model);
        model.addAttribute("points", points(version, raw, language));
        model.addAttribute("layers", all.stream().map(l -> new Shown(l, l.state(today(), all))).toList());
        model.addAttribute("shipped", LocalLayer.inForce(all, today()).isPresent()
                ? Optional.empty()
                : layers.shipped(officer.authority(), version, today()));
        var changes = upgrades.all(officer.authority(), standard);
        model.addAttribute("coming", changes.stream().filter(u -> u.daysLeft() > 0 || u.hasConflicts()).toList());
        model.addAttribute("fallen", changes.stream().filter(u -> u.state() == Upgrades.State.FELL_BACK).flatMap(u -> u
                .conflicts().stream()).map(LayerConflict::key).toList());
        return "catalogue/layer-standard";
    }

    private void frame(Actor.Officer officer, String standard, Model model) {
        model.addAttribute("standard", standards.get(standard));
        model.addAttribute("me", officer.id());
        model.addAttribute("mayPropose", officer.may(Role.RECEPTION) || officer.may(Role.REVIEW));
        model.addAttribute("mayApprove", officer.may(Role.APPROVAL));
        model.addAttribute("today", today());
    }

    private List<Point> points(StandardVersion version, Map<String, JsonNode> raw, Language language) {
        var points = new ArrayList<Point>();
        for (var v : version.variations().all()) {
            var value = raw.getOrDefault(v.key(), v.byDefault());
            points.add(new Point(v.key(), v.name(), v.explanation(), v.basis(), v.ordinanceNeeded(), v
                    .mayChangeExamples(), v.limits().words(), LayerText.say(v, v.byDefault(), language, today()),
                    LayerText.say(v, value, language, today()), raw.containsKey(v.key()), !value.equals(v
                            .byDefault())));
        }
        return points;
    }

    // the form

    @GetMapping("/catalogue/layers/{standard}/edit")
    @Permit({Role.RECEPTION, Role.REVIEW})
    String form(Actor.Officer officer, @PathVariable String standard,
            @RequestParam(defaultValue = "") String trial, Language language, Model model) {
        var version = standards.inForce(standard, today());
        boolean tries = trial.equals("true");
        var words = Map.of("from", today().plusMonths(1).withDayOfMonth(1).toString(), "trial", Boolean.toString(tries),
                "share", tries ? "10" : "", "measure", "days", "until", tries
                        ? today().plusMonths(7).withDayOfMonth(1).minusDays(1)
                                .toString()
                        : "");
        var form = LayerForm.of(version, tries ? Map.of() : layers.raw(officer.authority(), version, today()), words);
        return form(officer, version, form, List.of(), Optional.empty(), List.of(), language, model);
    }

    private String form(Actor.Officer officer, StandardVersion version, LayerForm form, List<Finding> findings,
            Optional<ExampleEffects.Effects> effects, List<CellFault> cells, Language language, Model model) {
        var standard = version.ref().id();
        var raw = layers.raw(officer.authority(), version, today());
        frame(officer, standard, model);
        model.addAttribute("form", form);
        model.addAttribute("controls", version.variations().all().stream().map(v -> control(v, form, raw, language))
                .toList());
        model.addAttribute("findings", findings);
        model.addAttribute("effects", effects);
        model.addAttribute("cells", cells);
        model.addAttribute("measures", measures(version, language));
        model.addAttribute("group", form.word("group").isBlank()
                ? Optional.empty()
                : Optional.of(layers.inGroup(version, form.word("group"))));
        model.addAttribute("answers", version.form().fields().stream().map(f -> Map.entry(f.path(), f.label()))
                .toList());
        model.addAttribute("unticked", version.variations().all().stream().filter(v -> !form.set().contains(v.key())
                && !Objects.equals(form.values().get(v.key()), v.byDefault())).map(Variation::name).toList());
        return "catalogue/layer-form";
    }

    private static Map<String, String> measures(StandardVersion version, Language language) {
        var measures = new LinkedHashMap<String, String>();
        TrialMeasure.of(version).forEach(m -> measures.put(m.key(), LayerWords.in(language, "catalogue.layer.measure."
                + m.key())));
        return measures;
    }

    private Control control(Variation variation, LayerForm form, Map<String, JsonNode> raw, Language language) {
        var value = Objects.requireNonNull(form.values().get(variation.key()));
        var grid = LayerGrid.fits(variation) ? Optional.of(LayerGrid.of(variation)) : Optional.<LayerGrid>empty();
        var rows = new ArrayList<>(grid.map(g -> g.rows(value)).orElse(List.of()));
        var ranks = new LinkedHashMap<String, String>();
        if (variation.type() == Variation.Type.ORDERED)
            for (int i = 0; i < value.size(); i++)
                ranks.put(value.get(i).asString(""), Integer.toString(i + 1));
        var words = new LinkedHashMap<String, String>();
        for (var part : List.of("ja", "ja-easy", "en"))
            words.put(part, value.path(part).asString(""));
        return new Control(variation, form.set().contains(variation.key()), variation.limits().words(), LayerText.write(
                value), value.isArray() && grid.isEmpty() ? LayerText.words(value) : List.of(), ranks, words, grid,
                rows, LayerText.say(variation, raw.getOrDefault(variation.key(), variation.byDefault()), language,
                        today()));
    }

    @PostMapping("/catalogue/layers/{standard}/edit")
    @Permit({Role.RECEPTION, Role.REVIEW})
    Object typed(Actor.Officer officer, @PathVariable String standard,
            @RequestParam MultiValueMap<String, String> fields, Language language, Model model) {
        var version = standards.inForce(standard, today());
        var form = LayerForm.typed(version, fields);
        var act = Objects.requireNonNullElse(fields.getFirst("act"), "preview");
        if (act.startsWith("add:"))
            return again(officer, version, added(version, form, act.substring(4)), language, model);
        if (act.startsWith("remove:"))
            return again(officer, version, removed(form, act.substring(7)), language, model);
        var findings = new ArrayList<Finding>();
        if (act.equals("area")) {
            var more = areas.added(officer.authority(), form, findings);
            var page = form(officer, version, more, findings, Optional.empty(), List.of(), language, model);
            return findings.isEmpty() ? page : new ModelAndView(page, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        var wanted = areas.settled(officer.authority(), form.wanted(today().plusDays(1), findings), findings);
        if (act.equals("workbook")) {
            form.local().forEach((key, value) -> findings.addAll(version.variations().check(key, value)));
            return xlsx(standard, new LayerSheet(version).workbook(form.local(), Optional.empty(), findings, language));
        }
        findings.addAll(layers.check(officer.authority(), standard, wanted));
        boolean limits = findings.stream().anyMatch(f -> f.code().startsWith("variation."));
        if (act.equals("propose") && findings.isEmpty()) {
            var layer = layers.propose(officer, standard, wanted);
            return "redirect:/catalogue/layers/" + standard + "/" + layer.number();
        }
        var effects = limits
                ? Optional.<ExampleEffects.Effects>empty()
                : Optional.of(layers.effects(officer.authority(), standard, wanted.from().isAfter(today())
                        ? wanted
                                .from()
                        : today().plusDays(1), wanted.values()));
        var page = form(officer, version, form, findings, effects, List.of(), language, model);
        return findings.isEmpty() ? page : new ModelAndView(page, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private String again(Actor.Officer officer, StandardVersion version, LayerForm form, Language language,
            Model model) {
        return form(officer, version, form, List.of(), Optional.empty(), List.of(), language, model);
    }

    private static LayerForm added(StandardVersion version, LayerForm form, String key) {
        var variation = version.variations().find(key).filter(LayerGrid::fits);
        if (variation.isEmpty() || Objects.requireNonNull(form.values().get(key)).size() >= variation.get().mostRows())
            return form;
        var rows = JsonNodeFactory.instance.arrayNode();
        Objects.requireNonNull(form.values().get(key)).forEach(rows::add);
        rows.addObject();
        return form.with(key, rows);
    }

    private static LayerForm removed(LayerForm form, String which) {
        var at = which.lastIndexOf(':');
        var value = at < 0 ? null : form.values().get(which.substring(0, at));
        if (value == null || !value.isArray() || !which.substring(at + 1).matches("[0-9]{1,4}"))
            return form;
        int gone = Integer.parseInt(which.substring(at + 1));
        var rows = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < value.size(); i++)
            if (i != gone)
                rows.add(value.get(i));
        return form.with(which.substring(0, at), rows);
    }

    // spreadsheets

    @GetMapping("/catalogue/layers/{standard}/layer.xlsx")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    ResponseEntity<byte[]> workbook(Actor.Officer officer, @PathVariable String standard,
            @RequestParam(defaultValue = "") String table, Language language) {
        var version = standards.inForce(standard, today());
        return xlsx(standard + (table.isEmpty() ? "" : "-" + table), new LayerSheet(version).workbook(layers.raw(officer
                .authority(), version, today()), tableOf(version, table), List.of(), language));
    }

    private static Optional<String> tableOf(StandardVersion version, String table) {
        if (table.isEmpty())
            return Optional.empty();
        return Optional.of(version.variations().find(table).filter(LayerGrid::fits).orElseThrow(NotThere::new).key());
    }

    static ResponseEntity<byte[]> xlsx(String name, byte[] file) {
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(LayerSheet.XLSX)).header("Content-Disposition",
                ContentDisposition.attachment().filename(name + ".xlsx").build().toString()).header("Cache-Control",
                        "no-store")
                .body(file);
    }

    @GetMapping("/catalogue/layers/{standard}/layer.csv")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    ResponseEntity<byte[]> csv(Actor.Officer officer, @PathVariable String standard,
            @RequestParam(defaultValue = "") String table) {
        var version = standards.inForce(standard, today());
        var raw = layers.raw(officer.authority(), version, today());
        return csv(version, raw, tableOf(version, table));
    }

    static ResponseEntity<byte[]> csv(StandardVersion version, Map<String, JsonNode> raw, Optional<String> table) {
        var standard = version.ref().id();
        if (table.isEmpty())
            return Csv.download(standard + ".csv", List.of("key", "row", "column", "value"), new LayerSheet(version)
                    .lines(raw));
        var variation = version.variations().find(table.get()).orElseThrow(NotThere::new);
        return Csv.download(standard + "-" + table.get() + ".csv", LayerGrid.of(variation).columns().stream().map(
                LayerGrid.Column::id).toList(), LayerSheet.table(variation,
                        raw.getOrDefault(variation.key(), variation
                                .byDefault())));
    }

    @PostMapping("/catalogue/layers/{standard}/sheet")
    @Permit({Role.RECEPTION, Role.REVIEW})
    Object upload(Actor.Officer officer, @PathVariable String standard,
            @RequestParam(required = false) MultipartFile file,
            @RequestParam(defaultValue = "") String table, Language language, Model model) {
        var version = standards.inForce(standard, today());
        var reading = new LayerSheet(version).read(bytes(file), tableOf(version, table));
        var findings = new ArrayList<>(reading.findings());
        reading.values().forEach((key, value) -> findings.addAll(version.variations().check(key, value)));
        var local = table.isEmpty()
                ? new LinkedHashMap<String, JsonNode>()
                : new LinkedHashMap<>(layers.raw(officer.authority(), version, today()));
        local.putAll(reading.values());
        var form = LayerForm.of(version, local, Map.of("from", today().plusMonths(1).withDayOfMonth(1).toString()));
        var cells = findings.stream().map(f -> new CellFault(reading.cell(f.where()), f.message())).toList();
        var page = form(officer, version, form, findings, Optional.empty(), cells, language, model);
        model.addAttribute("uploaded", reading.values().size());
        return findings.isEmpty() ? page : new ModelAndView(page, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    static byte[] bytes(@org.jspecify.annotations.Nullable MultipartFile file) {
        try {
            return file == null ? new byte[0] : file.getBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    // one layer

    @GetMapping("/catalogue/layers/{standard}/{number:[0-9]+}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String layer(Actor.Officer officer, @PathVariable String standard, @PathVariable String number, Language language,
            Model model) {
        return layer(officer, standard, number(number), List.of(), language, model);
    }

    private String layer(Actor.Officer officer, String standard, int number, List<Finding> findings, Language language,
            Model model) {
        var layer = layers.get(officer.authority(), standard, number);
        var all = layers.all(officer.authority(), standard);
        var version = standards.version(layer.version());
        var before = layers.raw(officer.authority(), version, layer.from().minusDays(1));
        var state = layer.state(today(), all);
        frame(officer, standard, model);
        model.addAttribute("layer", layer);
        model.addAttribute("state", state);
        model.addAttribute("findings", findings);
        var changes = new ArrayList<Map<String, Object>>();
        for (var v : version.variations().all()) {
            var from = before.getOrDefault(v.key(), v.byDefault());
            var to = layer.values().getOrDefault(v.key(), layer.hasTrial() ? from : v.byDefault());
            if (layer.values().containsKey(v.key()) || !from.equals(to))
                changes.add(Map.of("name", v.name(), "key", v.key(), "from", LayerText.say(v, from, language, today()),
                        "to", LayerText.say(v, to, language, today()), "same", from.equals(to), "byDefault", !layer
                                .values().containsKey(v.key())));
        }
        model.addAttribute("changes", changes);
        model.addAttribute("effects", state == LocalLayer.State.PROPOSED || state == LocalLayer.State.WAITING
                ? Optional.of(layers.effects(officer.authority(), standard, layer.from(), layer.values()))
                : Optional.empty());
        model.addAttribute("mine", layer.proposer().equals(officer.id()));
        return "catalogue/layer";
    }

    static int number(String number) {
        if (!number.matches("[1-9][0-9]{0,6}"))
            throw new NotThere();
        return Integer.parseInt(number);
    }

    private interface Deed {
        void run();
    }

    private Object act(Actor.Officer officer, String standard, String number, Language language, Model model,
            Deed deed) {
        try {
            deed.run();
            return "redirect:/catalogue/layers/" + standard + "/" + number(number);
        } catch (BadInput bad) {
            return new ModelAndView(layer(officer, standard, number(number), bad.findings(), language, model), model
                    .asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/catalogue/layers/{standard}/{number:[0-9]+}/approve")
    @Permit(Role.APPROVAL)
    Object approve(Actor.Officer officer, @PathVariable String standard, @PathVariable String number,
            Language language, Model model) {
        return act(officer, standard, number, language, model, () -> layers.approve(officer, standard, number(
                number)));
    }

    @PostMapping("/catalogue/layers/{standard}/{number:[0-9]+}/send-back")
    @Permit(Role.APPROVAL)
    Object sendBack(Actor.Officer officer, @PathVariable String standard, @PathVariable String number,
            @RequestParam(defaultValue = "") String note, Language language, Model model) {
        return act(officer, standard, number, language, model, () -> layers.sendBack(officer, standard, number(number),
                note));
    }

    @PostMapping("/catalogue/layers/{standard}/{number:[0-9]+}/withdraw")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    Object withdraw(Actor.Officer officer, @PathVariable String standard, @PathVariable String number,
            @RequestParam(defaultValue = "") String note, Language language, Model model) {
        return act(officer, standard, number, language, model, () -> layers.withdraw(officer, standard, number(number),
                note));
    }

    @PostMapping("/catalogue/layers/{standard}/{number:[0-9]+}/end")
    @Permit(Role.APPROVAL)
    Object end(Actor.Officer officer, @PathVariable String standard, @PathVariable String number,
            @RequestParam(defaultValue = "") String note, Language language, Model model) {
        return act(officer, standard, number, language, model, () -> layers.end(officer, standard, number(number),
                note));
    }

    // other municipalities, other versions

    @GetMapping("/catalogue/layers/{standard}/compare")
    @Permit(Role.ANYONE)
    String compare(@PathVariable String standard, Language language, Model model) {
        var version = standards.inForce(standard, today());
        model.addAttribute("standard", standards.get(standard));
        model.addAttribute("today", today());
        model.addAttribute("points", points(version, Map.of(), language));
        model.addAttribute("chosen", chosen(version, language));
        return "catalogue/layer-compare";
    }

    private List<Chosen> chosen(StandardVersion version, Language language) {
        var chosen = new ArrayList<Chosen>();
        layers.everywhere(version, today()).forEach((authority, raw) -> chosen.add(new Chosen(authority, authorities
                .find(authority).map(a -> a.title().in(language)).orElse(authority.code()),
                points(version, raw,
                        language).stream().map(Point::value).toList(),
                points(version, raw, language).stream().map(
                        Point::set).toList())));
        return chosen;
    }

    @GetMapping("/catalogue/layers/{standard}/compare.csv")
    @Permit(Role.ANYONE)
    ResponseEntity<byte[]> compareCsv(@PathVariable String standard, Language language) {
        var version = standards.inForce(standard, today());
        var header = new ArrayList<>(List.of("authority", "name"));
        version.variations().all().forEach(v -> header.add(v.key()));
        return Csv.download(standard + "-compare.csv", header, chosen(version, language).stream().map(c -> {
            var row = new ArrayList<Object>(List.of(c.authority().code(), c.name()));
            row.addAll(c.values());
            return row;
        }).toList());
    }

    @GetMapping("/catalogue/layers/{standard}/upgrade")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String upgrade(Actor.Officer officer, @PathVariable String standard, Language language, Model model) {
        frame(officer, standard, model);
        model.addAttribute("upgrades", upgrades.all(officer.authority(), standard));
        return "catalogue/layer-upgrade";
    }

    /// 引き継げない値の一つ. A conflict on the page: its value and default in words, what was chosen, and the control for a new one.
    record Question(LayerConflict conflict, Text name, String value, String byDefault, String chosen,
            Optional<Control> control) {}

    @GetMapping("/catalogue/layers/{standard}/upgrade/{version}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    String resolve(Actor.Officer officer, @PathVariable String standard, @PathVariable String version,
            Language language, Model model) {
        var upgrade = upgrades.to(officer.authority(), standard, version);
        var to = standards.version(upgrade.to());
        var setting = layers.setting(officer.authority(), to, upgrade.day().isAfter(today()) ? upgrade.day() : today());
        var form = LayerForm.of(to, setting.values(), Map.of("ordinance", setting.ordinance(), "why", ""));
        for (var conflict : upgrade.conflicts())
            if (conflict.kind() == LayerConflict.Kind.TYPE && conflict.byDefault().isPresent())
                form = form.with(conflict.key(), conflict.byDefault().get());
        return resolve(officer, upgrade, form, Map.of(), List.of(), Optional.empty(), language, model);
    }

    private String resolve(Actor.Officer officer, Upgrades.Upgrade upgrade, LayerForm form, Map<String, String> chosen,
            List<Finding> findings, Optional<ExampleEffects.Effects> effects, Language language, Model model) {
        var to = standards.version(upgrade.to());
        var from = standards.version(upgrade.from());
        frame(officer, to.ref().id(), model);
        model.addAttribute("upgrade", upgrade);
        model.addAttribute("form", form);
        model.addAttribute("findings", findings);
        model.addAttribute("effects", effects);
        model.addAttribute("kept", upgrade.kept().stream().flatMap(k -> to.variations().find(k).stream()).map(
                Variation::name).toList());
        model.addAttribute("questions", upgrade.conflicts().stream().map(c -> question(c, from, to, form, chosen
                .getOrDefault(c.key(), ""), language)).toList());
        return "catalogue/layer-resolve";
    }

    private Question question(LayerConflict conflict, StandardVersion from, StandardVersion to, LayerForm form,
            String chosen, Language language) {
        var before = from.variations().find(conflict.key());
        var now = to.variations().find(conflict.key());
        return new Question(conflict, now.or(() -> before).map(Variation::name).orElse(Text.same(conflict.key())),
                before.or(() -> now).map(v -> LayerText.say(v, conflict.value(), language, today())).orElse(LayerText
                        .write(conflict.value())),
                now.map(v -> LayerText.say(v, v.byDefault(), language, today())).orElse(""), chosen,
                now.map(v -> control(v, form, Map.of(), language)));
    }

    @PostMapping("/catalogue/layers/{standard}/upgrade/{version}")
    @Permit({Role.RECEPTION, Role.REVIEW})
    Object resolved(Actor.Officer officer, @PathVariable String standard, @PathVariable String version,
            @RequestParam MultiValueMap<String, String> fields, Language language, Model model) {
        var upgrade = upgrades.to(officer.authority(), standard, version);
        var to = standards.version(upgrade.to());
        var form = LayerForm.typed(to, fields);
        var act = Objects.requireNonNullElse(fields.getFirst("act"), "preview");
        var chosen = new LinkedHashMap<String, String>();
        var choices = new LinkedHashMap<String, Upgrades.Choice>();
        for (var conflict : upgrade.conflicts()) {
            var take = Objects.requireNonNullElse(fields.getFirst("take." + conflict.key()), "");
            chosen.put(conflict.key(), take);
            if (take.equals("default") || take.equals("value"))
                choices.put(conflict.key(), new Upgrades.Choice(take.equals("default"), Optional.ofNullable(form
                        .values().get(conflict.key()))));
        }
        if (act.startsWith("add:") || act.startsWith("remove:"))
            return resolve(officer, upgrade, act.startsWith("add:")
                    ? added(to, form, act.substring(4))
                    : removed(form, act.substring(7)), chosen, List.of(), Optional.empty(), language, model);
        var findings = new ArrayList<Finding>();
        var wanted = upgrades.decided(officer.authority(), upgrade, choices, form.word("ordinance"), form.word("why"),
                findings);
        findings.addAll(layers.check(officer.authority(), standard, wanted));
        if (act.equals("propose") && findings.isEmpty()) {
            var layer = layers.propose(officer, standard, wanted);
            return "redirect:/catalogue/layers/" + standard + "/" + layer.number();
        }
        boolean limits = findings.stream().anyMatch(f -> f.code().startsWith("variation."));
        var page = resolve(officer, upgrade, form, chosen, findings, limits
                ? Optional.empty()
                : Optional.of(layers.effects(officer.authority(), standard, wanted.from(), wanted.values())), language,
                model);
        return findings.isEmpty() ? page : new ModelAndView(page, model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
}
