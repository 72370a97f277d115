package jp.kiban.standards;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import tools.jackson.databind.JsonNode;

/// 標準の読み取り. Turns a folder into a standard, or tells everything that is wrong with it.
final class StandardReader {
    private final Bundle bundle;
    private final List<Fault> faults;

    StandardReader(Bundle bundle, List<Fault> faults) {
        this.bundle = bundle;
        this.faults = faults;
    }

    /// Every standard of the bundle; the faulty ones are left out and their faults told.
    static List<ServiceStandard> readAll(Bundle bundle, List<Fault> faults) {
        var all = new ArrayList<ServiceStandard>();
        for (var id : bundle.names(""))
            if (bundle.isFolder(id))
                new StandardReader(bundle, faults).read(id).ifPresent(all::add);
        return all;
    }

    Optional<ServiceStandard> read(String id) {
        int before = faults.size();
        var reading = new Reading(id + "/standard.yaml", faults);
        var yaml = reading.yaml(bundle.read(id + "/standard.yaml"));
        if (yaml.isEmpty())
            return Optional.empty();
        if (!yaml.path("id").asString("").equals(id))
            reading.fault("id", Fault.Kind.ID_FOLDER, yaml.path("id").asString(""), id);
        var name = reading.text(yaml.path("name"), "name");
        var summary = reading.text(yaml.path("summary"), "summary");
        var audience = reading.text(yaml.path("audience"), "audience");
        var ministry = reading.authority(yaml.path("ministry").asString(""), "ministry");
        var law = new LegalBasis(filled(reading.word(yaml.path("law"), "name", "law")), yaml.path("law").path("article")
                .asString(""));
        var classes = new LinkedHashSet<>(yaml.path("classes").propertyNames());
        for (var dataClass : classes)
            reading.text(yaml.path("classes").path(dataClass), "classes." + dataClass);
        for (var wanted : List.of("actors", "exports", "statistics", "indicators", "retention", "remedies"))
            if (yaml.path(wanted).isEmpty())
                reading.fault(wanted, Fault.Kind.WORD_MISSING, wanted);
        int i = 0;
        for (var indicator : yaml.path("indicators"))
            reading.text(indicator.path("name"), "indicators[" + i++ + "].name");
        var nationalValues = nationalValues(yaml.path("values"), reading);
        var terms = Terms.read(yaml, reading);
        if (terms.noticeDays() < 0 || terms.noticeDays() > 3650)
            reading.fault("notice-days", Fault.Kind.NOTICE_DAYS);
        var calendar = terms.paysMonthly()
                ? payCalendar(yaml.path("pay-calendar"), reading)
                : Optional.<PayCalendar>empty();
        var versions = new ArrayList<StandardVersion>();
        for (var version : bundle.names(id))
            if (bundle.isFolder(id + "/" + version)) {
                var named = VersionName.read(version);
                if (named.isEmpty())
                    faults.add(Fault.of(id + "/" + version, "", Fault.Kind.VERSION_FOLDER, version));
                else if (id.matches("[a-z][a-z0-9-]{1,60}"))
                    version(new StandardRef(id, named.get()), terms, classes, nationalValues, calendar)
                            .ifPresent(versions::add);
                else
                    reading.fault("id", Fault.Kind.ID_LETTERS, id);
            }
        if (versions.isEmpty() && faults.size() == before)
            reading.fault("", Fault.Kind.NO_VERSION);
        versions.sort(Comparator.comparing(v -> v.ref().version()));
        return faults.size() > before || ministry.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServiceStandard(id, name, summary, audience, ministry.get(), law,
                        terms.pattern(), terms.noticeDays(), versions));
    }

    private static String filled(String words) { return words.isBlank() ? "?" : words; }

    private Optional<StandardVersion> version(StandardRef ref, Terms terms, Set<String> classes,
            NationalValues nationalValues,
            Optional<PayCalendar> calendar) {
        int before = faults.size();
        var folder = ref.id() + "/" + ref.version() + "/";
        var formReading = new Reading(folder + "form.schema.json", faults);
        var json = formReading.json(bundle.read(folder + "form.schema.json"));
        var schema = new FormSchema(json, classes, formReading);
        var form = schema.form();
        var reader = new VariationReader(bundle, faults);
        var variations = reader.variations(folder + "variations.yaml", nationalValues,
                bundle.read(folder + "decisions.dmn"));
        for (var wanted : terms.paysMonthly() ? List.of("payDay", "standardPeriodDays") : List.of("standardPeriodDays"))
            if (variations.find(wanted).filter(v -> v.type() == Variation.Type.INTEGER).isEmpty())
                faults.add(Fault.of(folder + "variations.yaml", wanted, Fault.Kind.VARIATION_MISSING, wanted));
        var layers = reader.layers(folder + "layers", variations);
        var notices = new NoticeTemplates(bundle, folder + "notices", faults);
        for (var kind : noticeKinds(terms))
            if (!notices.kinds().contains(kind))
                faults.add(Fault.of(folder + "notices", kind, Fault.Kind.NOTICE_MISSING, kind));
        var rulesReading = new Reading(folder + "decisions.dmn", faults);
        var xml = bundle.read(folder + "decisions.dmn");
        if (xml.isEmpty())
            rulesReading.fault("", Fault.Kind.FILE_MISSING);
        var decisions = xml.flatMap(
                x -> bundle.isShipped() ? Decisions.readShipped(x, rulesReading) : Decisions.read(x, rulesReading));
        var flowRules = new FlowRules();
        var flow = bundle.read(folder + "flow.bpmn")
                .flatMap(x -> FlowRules.read(x, flowRules, new Reading(folder + "flow.bpmn", faults)));
        if (terms.automatic().isPresent() && flow.isPresent() && flow.get().nodes().stream()
                .noneMatch(n -> n instanceof jp.kiban.flow.Node.Rule rule && rule.decides().equals("処分")))
            faults.add(Fault.of(folder + "flow.bpmn", "1", Fault.Kind.AUTOMATIC_FLOW));
        flow.ifPresent(f -> f.nodes().forEach(n -> {
            if (n instanceof jp.kiban.flow.Node.Send send && !notices.kinds().contains(send.notice()))
                faults.add(Fault.of(folder + "flow.bpmn", Integer.toString(n.line()), Fault.Kind.SEND_NOTICE,
                        send.notice()));
        }));
        terms.automatic().ifPresent(a -> flowRules.add(a.when(), "automatic.when",
                new Reading(ref.id() + "/standard.yaml", faults)));
        if (faults.size() > before || decisions.isEmpty() || terms.paysMonthly() && calendar.isEmpty())
            return Optional.empty();
        return Optional
                .of(new StandardVersion(ref, terms, schema, form, new AnswerCheck(schema, form, json), decisions.get(),
                        notices, variations, nationalValues, calendar, layers, flow, flowRules));
    }

    private static List<String> noticeKinds(Terms terms) {
        var kinds = new ArrayList<>(List.of("correction"));
        for (var outcome : terms.outcomes())
            kinds.add(switch (outcome) {
                case GRANT -> "grant";
                case REFUSE -> "refusal";
                case REDIRECT -> "redirect";
            });
        return kinds;
    }

    private static NationalValues nationalValues(JsonNode values, Reading reading) {
        var all = new ArrayList<NationalValue>();
        int i = 0;
        for (var value : values) {
            var place = "values[" + i++ + "]";
            var from = reading.date(reading.word(value, "from", place), place + ".from");
            var confidence = value.path("confidence").asString("");
            if (!List.of("verified", "estimate", "to-be-confirmed").contains(confidence))
                reading.fault(place + ".confidence", Fault.Kind.CONFIDENCE, confidence);
            if (!value.has("value"))
                reading.fault(place + ".value", Fault.Kind.WORD_MISSING, "value");
            else if (from != null)
                all.add(new NationalValue(reading.word(value, "key", place), value.has("name")
                        ? Optional.of(reading.text(value.path("name"), place + ".name"))
                        : Optional.empty(), unit(value, place, reading), columns(value.path("columns"), place, reading),
                        value.get("value"), from, reading.law(value.path("basis"), place + ".basis"), confidence
                                .equals("verified")));
        }
        all.sort(Comparator.comparing(NationalValue::from));
        return new NationalValues(all);
    }

    /// `unit: cm`, the same in every language, or in three.
    private static Optional<Text> unit(JsonNode node, String place, Reading reading) {
        var unit = node.path("unit");
        if (unit.isMissingNode())
            return Optional.empty();
        return Optional.of(unit.isString() && !unit.asString().isBlank()
                ? Text.same(unit.asString())
                : reading.text(unit, place + ".unit"));
    }

    private static List<NationalValue.Column> columns(JsonNode columns, String place, Reading reading) {
        var all = new ArrayList<NationalValue.Column>();
        int i = 0;
        for (var column : columns) {
            var own = place + ".columns[" + i++ + "]";
            all.add(new NationalValue.Column(reading.word(column, "key", own), reading.text(column.path("name"), own
                    + ".name"), unit(column, own, reading)));
        }
        return all;
    }

    private static Optional<PayCalendar> payCalendar(JsonNode yaml, Reading reading) {
        var months = new ArrayList<Integer>();
        yaml.path("months").forEach(m -> months.add(m.asInt(0)));
        reading.law(yaml.path("basis"), "pay-calendar.basis");
        int covers = reading.number(yaml, "covers", "pay-calendar");
        try {
            return Optional.of(new PayCalendar(months, covers));
        } catch (IllegalArgumentException wrong) {
            reading.fault("pay-calendar", Fault.Kind.PAY_MONTHS, months, covers);
            return Optional.empty();
        }
    }
}
