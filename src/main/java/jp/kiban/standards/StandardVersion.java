package jp.kiban.standards;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.flow.Conditions;
import jp.kiban.flow.Flow;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// 標準の版. One version of a standard: its form, its rules, its notices and what may vary locally. Immutable; safe for many
/// threads.
public final class StandardVersion {
    private final StandardRef ref;
    private final Terms terms;
    private final FormSchema schema;
    private final Form form;
    private final AnswerCheck answerCheck;
    private final Decisions decisions;
    private final NoticeTemplates notices;
    private final Variations variations;
    private final NationalValues nationalValues;
    private final Optional<PayCalendar> payCalendar;
    private final List<Layer> layers;
    private final Optional<Flow> flow;
    private final FlowRules flowRules;
    private final Optional<StandardVersion> national;

    StandardVersion(StandardRef ref, Terms terms, FormSchema schema, Form form, AnswerCheck answerCheck,
            Decisions decisions,
            NoticeTemplates notices, Variations variations, NationalValues nationalValues,
            Optional<PayCalendar> payCalendar,
            List<Layer> layers, Optional<Flow> flow, FlowRules flowRules) {
        this(ref, terms, schema, form, answerCheck, decisions, notices, variations, nationalValues, payCalendar, layers,
                flow, flowRules, Optional.empty());
    }

    private StandardVersion(StandardRef ref, Terms terms, FormSchema schema, Form form, AnswerCheck answerCheck,
            Decisions decisions, NoticeTemplates notices, Variations variations, NationalValues nationalValues,
            Optional<PayCalendar> payCalendar, List<Layer> layers, Optional<Flow> flow, FlowRules flowRules,
            Optional<StandardVersion> national) {
        this.ref = ref;
        this.terms = terms;
        this.schema = schema;
        this.form = form;
        this.answerCheck = answerCheck;
        this.decisions = decisions;
        this.notices = notices;
        this.variations = variations;
        this.nationalValues = nationalValues;
        this.payCalendar = payCalendar;
        this.layers = List.copyOf(layers);
        this.flow = flow;
        this.flowRules = flowRules;
        this.national = national;
    }

    /// The same version whose form asks what a municipality adds. The rules are the same and see the same.
    StandardVersion withForm(List<ExtraField> questions, List<ExtraDocument> papers) {
        var faults = new ArrayList<Fault>();
        var wider = schema.with(questions, papers, new Reading(ref + " with local questions", faults));
        var form = wider.form();
        if (!faults.isEmpty())
            throw new FaultyStandards(ref.toString(), faults);
        return new StandardVersion(ref, terms, wider, form, new AnswerCheck(wider, form, wider.json()), decisions,
                notices, variations, nationalValues, payCalendar, layers, flow, flowRules, Optional.of(this));
    }

    public StandardRef ref() { return ref; }

    /// JSON Schema of the answers, with what a municipality adds where this is its form; a copy, for whoever shows it.
    public JsonNode answerSchema() { return schema.json().deepCopy(); }

    /// 手続の流れ. What `flow.bpmn` says; empty in a standard that has none.
    public Optional<Flow> flow() { return flow; }

    /// 流れの条件. What the expressions of the flow mean.
    public Conditions flowConditions() { return flowRules; }

    /// 自動決定. Whether the standard lets the platform decide these facts without hands (`判定`, `申請`).
    public boolean decidesItself(JsonNode facts) {
        return terms.automatic().filter(automatic -> flowRules.holds(automatic.when(), facts)).isPresent();
    }

    /// The same of answers and what the rules say of them, where nothing is left for an officer to see.
    public boolean decidesItself(JsonNode answers, Judgement judgement) {
        if (flow().isEmpty() || !judgement.questionsStillOpen().isEmpty())
            return false;
        var facts = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        facts.set("申請", answers);
        facts.set("判定", judgement.facts());
        return decidesItself(facts);
    }

    /// 標準の約束. What `standard.yaml` says of the service: payment, results, outcomes, words.
    public Terms terms() { return terms; }

    public Form form() { return form; }

    public Variations variations() { return variations; }

    /// 初めの独自施策. The layers that the standard's folder carries: what these municipalities have at first.
    public List<Layer> layers() { return layers; }

    /// The shipped layer of the municipality, in force on the day.
    public Optional<Layer> layer(AuthorityId authority, LocalDate day) {
        return VariationReader.inForce(layers, authority, day);
    }

    /// The values of the municipality on the day, by its shipped layer; the defaults when it has none.
    public Variations.Values values(AuthorityId authority, LocalDate day) {
        return variations.merge(layer(authority, day).map(Layer::values).orElse(Map.of()));
    }

    /// 支払期. Only of a standard that pays by the month.
    public Optional<PayCalendar> payCalendar() { return payCalendar; }

    /// 標準処理期間. Days from arrival to decision, without the days of correction (行政手続法6条).
    public Period standardPeriodDays(Variations.Values values) {
        return Period.ofDays(values.number("standardPeriodDays"));
    }

    /// 不備. Everything that is wrong with the answers, at once, in the order of the form. Empty: they may be submitted.
    public List<Finding> check(JsonNode answers) { return answerCheck.check(answers); }

    /// Whether the page is to be shown with these answers.
    public boolean shown(FormPage page, JsonNode answers) {
        return page.shownWhen().isEmpty()
                || answerCheck.shown(page.shownWhen(), schema.complete(answers), Optional.empty());
    }

    /// Whether the field is to be shown with these answers.
    public boolean shown(Field field, JsonNode answers) {
        return field.shownWhen().isEmpty()
                || answerCheck.shown(field.shownWhen(), schema.complete(answers), Optional.empty());
    }

    /// Whether the column of a table is to be shown for this row.
    public boolean shown(Field column, JsonNode answers, JsonNode row) {
        return column.shownWhen().isEmpty()
                || answerCheck.shown(column.shownWhen(), schema.complete(answers), Optional.of(row));
    }

    /// 判定. What the rules say about the answers filed on this day (到達日), with these local values. The same arguments
    /// always give the same judgement. Check the answers first: the rules stop at a birth date or a day that is missing
    /// or is no day; other gaps (account, contact, consent) do not matter to them.
    public Judgement judge(JsonNode answers, LocalDate filed, Variations.Values values) {
        var inForce = new LinkedHashMap<>(nationalValues.on(filed));
        inForce.putAll(values.all());
        var rules = national.orElse(this);
        return decisions.judge(ref, terms, rules.schema.complete(withoutLocal(answers)),
                answers, filed, inForce);
    }

    private static JsonNode withoutLocal(JsonNode answers) {
        if (!answers.has("local"))
            return answers;
        var national = (ObjectNode) answers.deepCopy();
        national.remove("local");
        return national;
    }

    /// The kinds of notice: `grant`, `refusal`, `correction`, `redirect`.
    public Set<String> noticeKinds() { return notices.kinds(); }

    /// The facts that the notice of this kind wants; `notice` refuses to be rendered without them.
    public Set<String> noticeFacts(String kind) { return notices.facts(kind); }

    /// The facts of a notice that follow from the judgement alone, in the words of the language (`NoticeFacts`). The caller
    /// adds what it alone knows: whose notice, from whom, when, under which number.
    public Map<String, Object> factsOf(Judgement judgement, Variations.Values values, Language language) {
        return NoticeFacts.of(judgement, terms, payCalendar, values, language);
    }

    /// The facts of a request for correction: `findings`, rows of `item` (the field's label) and `message`.
    public Map<String, Object> factsOf(List<Finding> findings, Language language) {
        return Map.of("findings", findings.stream().map(f -> Map.<String, Object>of("item", answerCheck.label(f.where())
                .in(language), "message", f.message().in(language))).toList());
    }

    /// 通知書. Renders a notice; a missing fact is an `IllegalArgumentException` that lists all missing ones.
    public RenderedNotice notice(String kind, Language language, Map<String, Object> facts) {
        return notices.render(kind, language, facts);
    }

    FormSchema schema() { return schema; }

    Rules rules() { return decisions.rules(); }

    /// 国の値. Every one, by the day it begins.
    public List<NationalValue> nationalValues() { return nationalValues.all(); }

    /// What a value that the rules read is called: national or local; its key where it has no name.
    public Text called(String key) {
        return nationalValues.named(key).or(() -> variations.find(key).map(Variation::name)).orElseGet(() -> Text
                .same(key));
    }

    /// What the form says of a value, by its path: names and, inside tables, numbers.
    Optional<JsonNode> property(List<Object> path) { return schema.property(path); }
}
