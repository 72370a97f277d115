package jp.kiban.submission;

import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kiban.catalogue.Layers;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.letters.Letters;
import jp.kiban.registry.CorporationFound;
import jp.kiban.standards.Field;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.store.Store;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// 保存. Keeps what one screen sent: always, also with faults in it, so that nothing typed is lost. Two windows on one draft
/// do not overwrite each other unseen.
@Component
final class Saving {
    private final Store store;
    private final Drafts drafts;
    private final Standards standards;
    private final Layers layers;
    private final AddressMatching matching;
    private final CorporationChoice corporations;
    private final MessageSource messages;
    private final Clock clock;

    Saving(Store store, Drafts drafts, Standards standards, Layers layers, AddressMatching matching,
            CorporationChoice corporations, MessageSource messages, Clock clock) {
        this.matching = matching;
        this.corporations = corporations;
        this.store = store;
        this.drafts = drafts;
        this.standards = standards;
        this.layers = layers;
        this.messages = messages;
        this.clock = clock;
    }

    /// The version that the draft is filled under: the one in force (at midnight still yesterday's), or the case's own in a correction round.
    StandardVersion version(Draft draft) {
        var today = LocalDate.now(clock);
        return layers.form(draft.authority(), draft.correcting().isPresent()
                ? standards.version(draft.standard())
                : standards.keeping(draft.standard(), today), today);
    }

    Sheet sheet(Draft draft, Language language) {
        return new Sheet(version(draft), draft.evidence(), draft.answers(), draft.disputes(), draft.beside(), messages,
                language);
    }

    /// 保存の結果. The draft as kept (or, if another window was faster, as it would be), and the faults of this screen.
    record Saved(Draft draft, List<Finding> findings, boolean stale) {}

    /// `base` is the version of the screen that the window saw, `form` the window.
    Saved save(Actor.Resident resident, DraftId id, Sheet.Step step, Map<String, List<String>> sent,
            Map<String, List<Sheet.Photo>> given, int base, String form) {
        var looked = looked(drafts.get(resident, id), step, sent);
        return store.in(Drafts.scope(resident), jdbc -> {
            var draft = drafts.hold(jdbc, resident, id).draft();
            if (draft.receipt().isPresent())
                throw new Conflict(Wording.three(messages, "submission.conflict.sent"));
            var filled = fill(draft, step, sent, given, looked);
            var before = draft.pages().getOrDefault(step.id(), new Draft.Saved(0, ""));
            boolean stale = before.version() != base && !before.form().equals(form);
            var findings = findings(filled, step);
            if (stale)
                return new Saved(filled, findings, true);
            var pages = new LinkedHashMap<>(draft.pages());
            pages.put(step.id(), new Draft.Saved(before.version() + 1, form));
            var kept = new Draft(filled.authority(), filled.id(), filled.person(), filled.standard(),
                    filled.correcting(),
                    filled.answers(), filled.evidence(), filled.disputes(), Map.copyOf(pages), filled.version(),
                    filled.openedAt(), filled.savedAt(), filled.evidenceAt(), filled.language(), filled.receipt(),
                    filled.beside());
            drafts.keep(jdbc, kept);
            return new Saved(kept, findings, false);
        });
    }

    /// The draft with what was sent, not kept yet.
    Draft fill(Draft draft, Sheet.Step step, Map<String, List<String>> sent) {
        return fill(draft, step, sent, Map.of(), looked(draft, step, sent));
    }

    private Map<String, CorporationFound> looked(Draft draft, Sheet.Step step, Map<String, List<String>> sent) {
        if (fields(step).stream().noneMatch(f -> AddressMatching.holds(f, Field.Kind.CORPORATION)))
            return Map.of();
        var known = Known.of(version(draft).form(), draft.evidence());
        var answers = draft.answers();
        for (var page : step.pages())
            answers = Filling.fill(page, known, answers, sent, new LinkedHashMap<>());
        return corporations.looked(fields(step), answers, sent);
    }

    private Draft fill(Draft draft, Sheet.Step step, Map<String, List<String>> sent,
            Map<String, List<Sheet.Photo>> given, Map<String, CorporationFound> looked) {
        var version = version(draft);
        var known = Known.of(version.form(), draft.evidence());
        var answers = draft.answers();
        var written = new LinkedHashMap<String, String>();
        for (var page : step.pages())
            answers = Filling.fill(page, known, answers, sent, written);
        for (var page : step.pages())
            for (var field : page.fields())
                for (String place : Attachments.places(field, answers))
                    if (!known.locks(field))
                        Filling.files(answers, place, given.getOrDefault(place, List.of()), sent);
        var beside = draft.beside().with(written);
        for (String act : sent.getOrDefault("act", List.of()))
            for (var page : step.pages())
                for (var field : page.fields())
                    if (field.kind() == Field.Kind.TABLE && !field.lockedWhenKnown() || known.evidenceOf(field)
                            .map(e -> e.status() == EvidenceUsed.Status.UNAVAILABLE).orElse(false)) {
                        if (act.equals("add:" + field.path()))
                            Filling.addRow(answers, field);
                        if (act.matches("remove:" + field.path() + "\\[[0-9]{1,2}\\]")) {
                            beside = beside.withoutRows(field.path());
                            Filling.removeRow(answers, known, field,
                                    Integer.parseInt(act.replaceAll(".*\\[(\\d+)\\]", "$1")));
                        }
                    }
        Filling.tidy(version, known, answers);
        beside = matching.beside(beside.of(answers), fields(step), draft.answers(), answers, sent);
        beside = CorporationChoice.beside(beside, fields(step), draft.answers(), answers, sent, looked);
        var filled = Filling.with(draft, answers, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return new Draft(filled.authority(), filled.id(), filled.person(), filled.standard(), filled.correcting(),
                filled.answers(), filled.evidence(), disputes(draft, sent), filled.pages(), filled.version(),
                filled.openedAt(), filled.savedAt(), filled.evidenceAt(), filled.language(), filled.receipt(),
                beside.of(answers));
    }

    private static List<Field> fields(Sheet.Step step) {
        return step.pages().stream().flatMap(p -> p.fields().stream()).toList();
    }

    /// Whether an address of this screen may mean several places, or a corporation is closed or not known, and the writer has not
    /// been shown it yet.
    boolean asksWhich(Draft draft, Sheet.Step step) {
        var known = Known.of(version(draft).form(), draft.evidence());
        return AddressMatching.open(draft.beside(), fields(step), draft.answers(), known)
                || CorporationChoice.open(draft.beside(), fields(step), draft.answers(), known);
    }

    /// Only of items that a register answered for this draft; an emptied box takes the statement back.
    private static List<Dispute> disputes(Draft draft, Map<String, List<String>> sent) {
        var disputes = new ArrayList<>(draft.disputes());
        for (var evidence : draft.evidence()) {
            var text = sent.get("dispute:" + evidence.item());
            if (text == null || text.isEmpty())
                continue;
            disputes.removeIf(d -> d.item().equals(evidence.item()));
            String said = text.getFirst().strip();
            if (!said.isEmpty())
                disputes.add(new Dispute(evidence.item(), Letters.first(said, Dispute.LONGEST)));
        }
        return disputes;
    }

    List<Finding> findings(Draft draft, Sheet.Step step) {
        return findings(draft).stream().filter(f -> step.holds(f.where())).toList();
    }

    /// Everything that is wrong with the draft, but for the consent, which is given last.
    List<Finding> findings(Draft draft) {
        var version = version(draft);
        var consents = version.form().fields().stream().filter(f -> f.kind() == Field.Kind.CONSENT).map(Field::path)
                .toList();
        return version.check(draft.answers()).stream().filter(f -> !consents.contains(f.where())).toList();
    }
}
