package jp.kiban.catalogue;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.standards.ExampleEffects;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Variation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;

/// 独自施策のAPI. Every act of the pages for programs.
@RestController
@Tag(name = "layers 独自施策", description = "What a municipality sets in a standard: proposed, approved by a second person, dated")
final class LayerApi {
    private final Layers layers;
    private final Upgrades upgrades;
    private final Standards standards;
    private final TrialAreas areas;
    private final Clock clock;

    LayerApi(Layers layers, Upgrades upgrades, Standards standards, TrialAreas areas, Clock clock) {
        this.areas = areas;
        this.layers = layers;
        this.upgrades = upgrades;
        this.standards = standards;
        this.clock = clock;
    }

    /// 今の設定. What may vary, what is set locally, and the values in force.
    record Now(String standard, List<Variation> variations, Map<String, JsonNode> local,
            Map<String, JsonNode> inForce) {}

    /// 設定の一件.
    record Whole(LocalLayer layer, LocalLayer.State state) {}

    /// 提案. `share` and `until` make it a trial; `group` (FEEL over the answers) and `areas` narrow it.
    record Proposal(Optional<LocalDate> from, Optional<LocalDate> until, Optional<Map<String, JsonNode>> values,
            Optional<String> ordinance, Optional<String> why, Optional<Integer> share, Optional<String> group,
            Optional<List<String>> areas, Optional<String> measure) {
        Layers.Wanted wanted(LocalDate today) {
            return new Layers.Wanted(from.orElse(today), until, values.orElse(Map.of()), ordinance.orElse(""), why
                    .orElse(""), share.map(s -> {
                        var findings = new ArrayList<Finding>();
                        return TrialForm.read(Integer.toString(s), group.orElse(""), areas.orElse(List.of()), measure
                                .orElse(TrialMeasure.DAYS.key()), findings).orElseThrow(() -> new BadInput(findings));
                    }));
        }
    }

    /// 影響の予告. What is wrong with a proposal, and what it would do to the national examples.
    record Preview(List<Finding> findings, Optional<ExampleEffects.Effects> effects) {}

    /// 理由.
    record Note(Optional<String> note) {}

    /// 読み取った表計算. The values of a file, and every fault with its cell.
    record Sheet(Map<String, JsonNode> values, List<Fault> faults) {}

    /// 不備とそのセル.
    record Fault(String cell, Finding finding) {}

    private LocalDate today() { return LocalDate.now(clock); }

    @GetMapping("/api/catalogue/layers/{standard}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    @Operation(summary = "What may vary in the standard, and what this municipality has in force today")
    Now now(Actor.Officer officer, @PathVariable String standard) {
        var version = standards.inForce(standard, today());
        return new Now(version.ref().toString(), version.variations().all(), layers.raw(officer.authority(), version,
                today()), layers.values(officer.authority(), version, today()).all());
    }

    @GetMapping("/api/catalogue/layers/{standard}/all")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    @Operation(summary = "Every layer of this municipality, the newest first, with who did what")
    List<Whole> all(Actor.Officer officer, @PathVariable String standard) {
        var all = layers.all(officer.authority(), standard);
        return all.stream().map(l -> new Whole(l, l.state(today(), all))).toList();
    }

    @GetMapping("/api/catalogue/layers/{standard}/{number:[0-9]+}")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    Whole one(Actor.Officer officer, @PathVariable String standard, @PathVariable String number) {
        return whole(officer, layers.get(officer.authority(), standard, LayerPages.number(number)));
    }

    private Whole whole(Actor.Officer officer, LocalLayer layer) {
        return new Whole(layer, layer.state(today(), layers.all(officer.authority(), layer.version().id())));
    }

    @PostMapping("/api/catalogue/layers/{standard}/preview")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    @Operation(summary = "The effect of values on the national examples, before anything is proposed")
    Preview preview(Actor.Officer officer, @PathVariable String standard, @RequestBody Proposal proposal) {
        var findings = new ArrayList<Finding>();
        var wanted = areas.settled(officer.authority(), proposal.wanted(today().plusDays(1)), findings);
        findings.addAll(layers.check(officer.authority(), standard, wanted));
        boolean limits = findings.stream().anyMatch(f -> f.code().startsWith("variation."));
        return new Preview(findings, limits
                ? Optional.empty()
                : Optional.of(layers.effects(officer.authority(), standard, wanted.from().isAfter(today())
                        ? wanted.from()
                        : today().plusDays(1), wanted.values())));
    }

    @PostMapping("/api/catalogue/layers/{standard}")
    @Permit({Role.RECEPTION, Role.REVIEW})
    Whole propose(Actor.Officer officer, @PathVariable String standard, @RequestBody Proposal proposal) {
        var findings = new ArrayList<Finding>();
        var wanted = areas.settled(officer.authority(), proposal.wanted(today()), findings);
        if (!findings.isEmpty()) {
            findings.addAll(layers.check(officer.authority(), standard, wanted));
            throw new BadInput(findings);
        }
        return whole(officer, layers.propose(officer, standard, wanted));
    }

    @PostMapping("/api/catalogue/layers/{standard}/{number:[0-9]+}/approve")
    @Permit(Role.APPROVAL)
    Whole approve(Actor.Officer officer, @PathVariable String standard, @PathVariable String number) {
        return whole(officer, layers.approve(officer, standard, LayerPages.number(number)));
    }

    @PostMapping("/api/catalogue/layers/{standard}/{number:[0-9]+}/send-back")
    @Permit(Role.APPROVAL)
    Whole sendBack(Actor.Officer officer, @PathVariable String standard, @PathVariable String number,
            @RequestBody Note note) {
        return whole(officer, layers.sendBack(officer, standard, LayerPages.number(number), note.note().orElse("")));
    }

    @PostMapping("/api/catalogue/layers/{standard}/{number:[0-9]+}/withdraw")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    Whole withdraw(Actor.Officer officer, @PathVariable String standard, @PathVariable String number,
            @RequestBody Note note) {
        return whole(officer, layers.withdraw(officer, standard, LayerPages.number(number), note.note().orElse("")));
    }

    @PostMapping("/api/catalogue/layers/{standard}/{number:[0-9]+}/end")
    @Permit(Role.APPROVAL)
    Whole end(Actor.Officer officer, @PathVariable String standard, @PathVariable String number,
            @RequestBody Note note) {
        return whole(officer, layers.end(officer, standard, LayerPages.number(number), note.note().orElse("")));
    }

    @PostMapping("/api/catalogue/layers/{standard}/sheet")
    @Permit({Role.RECEPTION, Role.REVIEW})
    @Operation(summary = "Reads a workbook or CSV; every fault with its cell. Nothing is kept")
    Sheet sheet(@PathVariable String standard, @RequestParam(required = false) MultipartFile file,
            @RequestParam(defaultValue = "") String table) {
        var version = standards.inForce(standard, today());
        var reading = new LayerSheet(version).read(LayerPages.bytes(file),
                Optional.of(table).filter(t -> !t.isEmpty()));
        var faults = new java.util.ArrayList<>(reading.findings());
        reading.values().forEach((key, value) -> faults.addAll(version.variations().check(key, value)));
        return new Sheet(reading.values(), faults.stream().map(f -> new Fault(reading.cell(f.where()), f)).toList());
    }

    @GetMapping("/api/catalogue/layers/{standard}/upgrade")
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL})
    @Operation(summary = "What new versions of the standard do to this municipality's layer")
    List<Upgrades.Upgrade> upgrade(Actor.Officer officer, @PathVariable String standard) {
        return upgrades.all(officer.authority(), standard);
    }

    /// 引き継げない値への答え. `take` is `default`, `drop` or `value`; for each key that does not fit.
    record Decision(Optional<Map<String, Take>> choices, Optional<String> ordinance, Optional<String> why) {}

    /// 一つの値への答え.
    record Take(String take, Optional<JsonNode> value) {}

    @PostMapping("/api/catalogue/layers/{standard}/upgrade/{version}")
    @Permit({Role.RECEPTION, Role.REVIEW})
    @Operation(summary = "Decides about every value that the version does not take: a layer from its day, to be approved")
    Whole decide(Actor.Officer officer, @PathVariable String standard, @PathVariable String version,
            @RequestBody Decision decision) {
        var upgrade = upgrades.to(officer.authority(), standard, version);
        var findings = new ArrayList<Finding>();
        var choices = new LinkedHashMap<String, Upgrades.Choice>();
        decision.choices().orElse(Map.of()).forEach((key, take) -> {
            if (!List.of("default", "drop", "value").contains(take.take()) || take.take().equals("value") && take
                    .value().isEmpty())
                findings.add(new Finding(key, "layer.conflict-take", LayerWords.text(
                        "catalogue.layer.error.conflict-take", key, take.take())));
            else
                choices.put(key, new Upgrades.Choice(!take.take().equals("value"), take.value()));
        });
        var wanted = upgrades.decided(officer.authority(), upgrade, choices, decision.ordinance().orElse(""), decision
                .why().orElse(""), findings);
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return whole(officer, layers.propose(officer, standard, wanted));
    }

    @GetMapping("/api/catalogue/layers/{standard}/compare")
    @Permit(Role.ANYONE)
    @Operation(summary = "What each municipality that has set something has in force today")
    Map<AuthorityId, Map<String, JsonNode>> compare(@PathVariable String standard) {
        return layers.everywhere(standards.inForce(standard, today()), today());
    }
}
