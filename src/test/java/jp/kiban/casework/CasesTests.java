package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import jp.kiban.KibanTest;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Holidays;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.Yen;
import jp.kiban.portal.Page;
import jp.kiban.standards.Judgement;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A case from the door to its notice, and everything that must not happen on the way.
@KibanTest
class CasesTests {
    /// 松阪市: no demonstration people, and no other test.
    private static final AuthorityId MATSUSAKA = AuthorityId.of("242047");
    private static final Actor.Officer DESK = officer("desk", Role.RECEPTION);
    private static final Actor.Officer REVIEW = officer("review", Role.REVIEW);
    private static final Actor.Officer BOTH = officer("both", Role.REVIEW, Role.APPROVAL);
    private static final Actor.Officer CHIEF = officer("chief", Role.APPROVAL);

    @Autowired
    Cases cases;
    @Autowired
    CaseList list;
    @Autowired
    Notices notices;
    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Clock clock;
    @Autowired
    JsonMapper json;

    private Applications applications;

    private static Actor.Officer officer(String id, Role... roles) {
        return new Actor.Officer(MATSUSAKA, id, "松阪 " + id, Set.of(roles));
    }

    @BeforeEach
    void door() { applications = new Applications(store, events, cases, clock); }

    private Case received() { return applications.received(MATSUSAKA, applications.person(), child()); }

    private String child() { return applications.person().number(); }

    private Case checking() {
        var file = received();
        return cases.accept(DESK, file.receipt(), file.version());
    }

    private Case proposed(Actor.Officer by) {
        var file = checking();
        return cases.propose(by, file.receipt(), file.version(), Optional.empty(), all(file), "");
    }

    private Set<String> all(Case file) {
        return cases.judge(file, cases.submission(file).answers()).questionsStillOpen().stream()
                .map(Judgement.Requirement::code).collect(java.util.stream.Collectors.toSet());
    }

    private List<EventLog.Entry> told(Case file) {
        return store.in(Scope.of(MATSUSAKA), jdbc -> events.about(jdbc, MATSUSAKA, file.receipt().text()));
    }

    @Test
    void whatArrivesBecomesACaseWithADeadline() {
        var file = received();
        assertThat(file.stage()).isEqualTo(CaseStage.RECEIVED);
        assertThat(file.applicant()).isEqualTo("津 花子");
        assertThat(file.kana()).isEqualTo("ツハナコ");
        assertThat(file.suggests()).contains(DecisionKind.GRANT);
        assertThat(file.dueOn()).isEqualTo(ProcessingClock.start(file.arrivedOn(), 30).due(Holidays::isOfficeDay));
    }

    @Test
    void twoPersonsGrantAndTheRecordReplays() {
        var file = proposed(REVIEW);
        var granted = cases.decide(CHIEF, file.receipt(), file.version(), false);
        assertThat(granted.stage()).isEqualTo(CaseStage.GRANTED);
        assertThat(granted.dueOn()).isEmpty();
        var decision = cases.decision(MATSUSAKA, file.receipt()).orElseThrow();
        assertThat(decision).asInstanceOf(type(Decision.Grant.class)).extracting(Decision.Grant::monthly)
                .isEqualTo(Yen.of(15_000));
        assertThat(decision.basis().proposer()).isEqualTo("review");
        assertThat(decision.basis().approver()).isEqualTo("chief");
        assertThat(cases.replays(decision, file.arrivedOn())).isTrue();
        var again = cases.judge(granted, cases.submission(granted).answers());
        assertThat(json.readTree(json.writeValueAsString(again)))
                .isEqualTo(json.readTree(json.writeValueAsString(decision.basis().judgement())));
        assertThat(told(file)).extracting(EventLog.Entry::kind).containsSubsequence("submission.Received",
                "casework.CaseOpened", "casework.CaseAccepted", "casework.Proposed", "casework.Decided",
                "casework.NoticeIssued");
        var decided = told(file).stream().filter(e -> e.kind().equals("casework.Decided")).findFirst().orElseThrow();
        assertThat(decided.body().path("monthlyYen").asLong()).isEqualTo(15_000);
        assertThat(decided.body().path("children").asInt()).isOne();
        assertThat(decided.body().toString()).doesNotContain("津", "ハナコ", "西丸之内");
    }

    @Test
    void nobodyDecidesOnTheirOwnProposal() {
        var file = proposed(BOTH);
        assertThatThrownBy(() -> cases.decide(BOTH, file.receipt(), file.version(), true)).isInstanceOf(Conflict.class);
        assertThat(cases.stage(MATSUSAKA, file.receipt())).contains(CaseStage.PROPOSED);
        assertThat(cases.mayDo(BOTH, file, Optional.of("both"))).doesNotContain(Decided.class);
        assertThat(cases.mayDo(CHIEF, file, Optional.of("both"))).contains(Decided.class, SentBack.class);
    }

    @Test
    void aDecisionByOnePersonCannotEvenBeWritten() {
        var judgement = cases.decision(MATSUSAKA, granted().receipt()).orElseThrow().basis().judgement();
        assertThatThrownBy(() -> new Decision.Basis(judgement, Optional.empty(), "one", "one", LocalDate.now(clock)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Case granted() {
        var file = proposed(REVIEW);
        return cases.decide(CHIEF, file.receipt(), file.version(), false);
    }

    @Test
    void theProposerTakesItBackAndNobodyElseDoes() {
        var file = proposed(REVIEW);
        assertThatThrownBy(() -> cases.withdrawProposal(BOTH, file.receipt(), file.version()))
                .isInstanceOf(Conflict.class).hasMessageContaining("松阪 review");
        assertThat(cases.withdrawProposal(REVIEW, file.receipt(), file.version()).stage())
                .isEqualTo(CaseStage.CHECKING);
    }

    @Test
    void theSameActSentTwiceIsDoneOnce() throws Exception {
        var file = received();
        assertThat(cases.accept(DESK, file.receipt(), 1)).isEqualTo(cases.accept(DESK, file.receipt(), 1));
        var waiting = proposed(REVIEW);
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Case> decide = () -> cases.decide(CHIEF, waiting.receipt(), waiting.version(), false);
            for (var done : threads.invokeAll(List.of(decide, decide, decide, decide)))
                assertThat(done.get().stage()).isEqualTo(CaseStage.GRANTED);
        }
        assertThat(told(waiting)).extracting(EventLog.Entry::kind).filteredOn(k -> k.equals("casework.Decided"))
                .hasSize(1);
        assertThat(notices.of(Scope.of(MATSUSAKA), MATSUSAKA, waiting.receipt())).hasSize(1);
    }

    @Test
    void aStaleActChangesNothingAndSaysWhoWasFirst() {
        var file = received();
        cases.accept(DESK, file.receipt(), 1);
        assertThatThrownBy(() -> cases.askCorrection(officer("other", Role.RECEPTION), file.receipt(), 1,
                List.of(finding()), Optional.empty())).isInstanceOfSatisfying(Conflict.class,
                        conflict -> assertThat(conflict.text().ja()).contains("松阪 desk", "受け付け"));
        assertThat(cases.find(MATSUSAKA, file.receipt()).version()).isEqualTo(2);
    }

    private static Finding finding() {
        return new Finding("account", "correction.account-name", Words.text("casework.phrase.account-name"));
    }

    @Test
    void aCorrectionStopsTheClockUntilItComesIn() {
        var file = checking();
        var until = Optional.of(LocalDate.now(clock).plusDays(14));
        var waiting = cases.askCorrection(REVIEW, file.receipt(), file.version(), List.of(finding(),
                new Finding("children[0].birthDate", "correction.asked", Text.same("生年月日を確かめてください"))), until);
        assertThat(waiting.stage()).isEqualTo(CaseStage.CORRECTION);
        assertThat(waiting.dueOn()).isEmpty();
        assertThat(notices.of(Scope.of(MATSUSAKA), MATSUSAKA, file.receipt())).singleElement()
                .satisfies(notice -> assertThat(notice.in(Language.JA).text()).contains("名義", "生年月日を確かめて",
                        "行政手続法"));
        var back = applications.corrected(waiting, Applications.answers(child(), false));
        assertThat(back.stage()).isEqualTo(CaseStage.CHECKING);
        assertThat(back.pausedDays()).isZero();
        assertThat(back.dueOn()).isEqualTo(file.dueOn());
    }

    @Test
    void waitingForACorrectionCanBeEnded() {
        var file = checking();
        var waiting = cases.askCorrection(REVIEW, file.receipt(), file.version(), List.of(finding()),
                Optional.empty());
        assertThatThrownBy(() -> cases.endCorrection(REVIEW, file.receipt(), waiting.version(), " "))
                .isInstanceOf(BadInput.class);
        assertThat(cases.endCorrection(REVIEW, file.receipt(), waiting.version(), "誤って求めた").stage())
                .isEqualTo(CaseStage.CHECKING);
    }

    @Test
    void aCorrectionWithoutAFindingIsNotAsked() {
        var file = checking();
        assertThatThrownBy(() -> cases.askCorrection(REVIEW, file.receipt(), file.version(), List.of(),
                Optional.empty())).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> cases.askCorrection(REVIEW, file.receipt(), file.version(), List.of(finding()),
                Optional.of(LocalDate.now(clock)))).isInstanceOf(BadInput.class);
    }

    @Test
    void whatTheResidentDisputesIsLookedIntoBeforeADecisionIsProposed() {
        var file = applications.received(MATSUSAKA, applications.person(), child(), List.of("resident.children"));
        assertThat(file.disputes()).isOne();
        var checking = cases.accept(DESK, file.receipt(), file.version());
        assertThatThrownBy(() -> cases.propose(REVIEW, file.receipt(), checking.version(), Optional.empty(),
                all(checking), "")).isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad.findings())
                        .extracting(Finding::where).contains("resident.children"));
        var settled = cases.settle(REVIEW, file.receipt(), checking.version(), "resident.children", "住民票を確認した");
        assertThat(settled.disputes()).isZero();
        assertThat(
                cases.propose(REVIEW, file.receipt(), settled.version(), Optional.empty(), all(checking), "").stage())
                .isEqualTo(CaseStage.PROPOSED);
    }

    private static Departure departure(Optional<DecisionKind> kind, Departure.Fact... facts) {
        return new Departure(List.of(facts), kind, new Judgement.Reason("OVERRULED", new Text("監護していないため",
                "育てて いないから", "Not looking after the child"), new LegalBasis("児童手当法", "第4条")));
    }

    @Test
    void theRulesAreOverruledOnlyWithAReasonAndASecondPersonWhoReadIt() {
        var file = checking();
        var waiting = cases.propose(REVIEW, file.receipt(), file.version(),
                Optional.of(departure(Optional.of(DecisionKind.REFUSAL))), all(file), "");
        assertThatThrownBy(() -> cases.decide(CHIEF, file.receipt(), waiting.version(), false))
                .isInstanceOf(BadInput.class);
        assertThat(cases.decide(CHIEF, file.receipt(), waiting.version(), true).stage()).isEqualTo(CaseStage.REFUSED);
        var decision = cases.decision(MATSUSAKA, file.receipt()).orElseThrow();
        assertThat(decision.reasons()).extracting(r -> r.text().ja()).containsExactly("監護していないため");
        assertThat(decision.basis().overrule().orElseThrow().rulesSaid()).isEqualTo(Judgement.Outcome.GRANT);
        assertThat(notices.of(Scope.of(MATSUSAKA), MATSUSAKA, file.receipt())).last()
                .satisfies(notice -> assertThat(notice.in(Language.JA).text()).contains("監護していないため", "児童手当法 第4条"));
    }

    @Test
    void factsThatAnOfficerFoundAreJudgedByTheRules() {
        var file = checking();
        var older = new Departure.Fact("children[0].birthDate", JsonNodeFactory.instance.stringNode("2020-06-15"));
        var waiting = cases.propose(REVIEW, file.receipt(), file.version(),
                Optional.of(departure(Optional.empty(), older)), all(file), "");
        cases.decide(CHIEF, file.receipt(), waiting.version(), true);
        var decision = cases.decision(MATSUSAKA, file.receipt()).orElseThrow();
        assertThat(((Decision.Grant) decision).monthly()).isEqualTo(Yen.of(10_000));
        assertThat(decision.basis().overrule().orElseThrow().facts()).singleElement()
                .satisfies(fact -> assertThat(fact.before().asString()).isEqualTo("2024-06-15"));
        assertThat(cases.replays(decision, file.arrivedOn())).isTrue();
    }

    @Test
    void moneyIsNeverGrantedByAnOfficersWordAlone() {
        var file = applications.received(MATSUSAKA, applications.person(),
                Applications.answers(child(), true), "[]", "[]", clock.instant());
        assertThat(file.suggests()).contains(DecisionKind.REDIRECT);
        var checking = cases.accept(DESK, file.receipt(), file.version());
        assertThatThrownBy(() -> cases.propose(REVIEW, file.receipt(), checking.version(),
                Optional.of(departure(Optional.of(DecisionKind.GRANT))), all(checking), ""))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void aRefusalTellsReasonLawAndWhatToDoAgainstIt() {
        var file = checking();
        var waiting = cases.propose(REVIEW, file.receipt(), file.version(),
                Optional.of(departure(Optional.of(DecisionKind.REFUSAL))), all(file), "");
        cases.decide(CHIEF, file.receipt(), waiting.version(), true);
        var notice = notices.of(Scope.of(MATSUSAKA), MATSUSAKA, file.receipt()).getLast();
        assertThat(notice.kind()).isEqualTo("refusal");
        for (var language : Language.values())
            assertThat(notice.in(language).text()).isNotBlank();
        assertThat(notice.in(Language.JA).text()).contains("審査請求", "3か月以内", "三重県知事", "取消しの訴え", "松阪市長");
        assertThat(notice.in(Language.EN).text()).contains("three months");
    }

    @Test
    void aGrantTellsChildAmountStartPayDayAndDuties() {
        var notice = notices.of(Scope.of(MATSUSAKA), MATSUSAKA, granted().receipt()).getLast();
        assertThat(notice.kind()).isEqualTo("grant");
        assertThat(notice.in(Language.JA).text()).contains("津 一郎", "15,000円", "支給開始", "支払日", "届出", "審査請求");
    }

    @Test
    void theResidentReadsHerOwnNoticeAndNobodyElsesIsThere() {
        var file = granted();
        var hers = Scope.resident(MATSUSAKA, file.person());
        assertThat(notices.of(hers, MATSUSAKA, file.receipt())).hasSize(1);
        var another = Scope.resident(MATSUSAKA, PersonId.of("9999999"));
        assertThat(notices.of(another, MATSUSAKA, file.receipt())).isEmpty();
        assertThat(MyCase.of(store, new Scope.Resident(MATSUSAKA, PersonId.of("9999999")),
                Optional.of(file.receipt()))).isEmpty();
        assertThatThrownBy(() -> cases.find(AuthorityId.of("242012"), file.receipt())).isInstanceOf(NotThere.class);
    }

    @Test
    void theSameChildTwiceIsShownToOfficersOnBothCases() {
        var child = child();
        var first = applications.received(MATSUSAKA, applications.person(), child);
        var second = applications.received(MATSUSAKA, applications.person(), child);
        assertThat(first.duplicate()).isFalse();
        assertThat(second.duplicate()).isTrue();
        assertThat(cases.find(MATSUSAKA, first.receipt()).duplicate()).isTrue();
        assertThat(cases.sameBeneficiaries(second)).extracting(Case::receipt).containsExactly(first.receipt());
    }

    @Test
    void aWithdrawnApplicationIsNotDecided() {
        var file = applications.withdrawn(proposed(REVIEW));
        assertThat(file.stage()).isEqualTo(CaseStage.WITHDRAWN);
        assertThatThrownBy(() -> cases.decide(CHIEF, file.receipt(), file.version(), false))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void theInboxPutsTheOfficersTurnFirst() {
        var own = proposed(BOTH);
        var others = proposed(REVIEW);
        var todo = new CaseList.Filter(Optional.empty(), CaseList.Due.ANY, "", CaseList.Whose.TODO, "", "-arrived");
        assertThat(list.find(BOTH, todo, new Page.Wanted(1, 100)).items()).extracting(Case::receipt)
                .contains(others.receipt()).doesNotContain(own.receipt());
        var named = new CaseList.Filter(Optional.empty(), CaseList.Due.ANY, "", CaseList.Whose.ALL, "つ　はな", "kana");
        assertThat(list.find(REVIEW, named, new Page.Wanted(1, 100)).items()).extracting(Case::receipt)
                .contains(own.receipt());
        var number = new CaseList.Filter(Optional.empty(), CaseList.Due.ANY, "", CaseList.Whose.ALL,
                own.receipt().text().toLowerCase(java.util.Locale.ROOT), "due");
        assertThat(list.find(REVIEW, number, new Page.Wanted(1, 100)).items()).extracting(Case::receipt)
                .containsExactly(own.receipt());
    }

    @Test
    void overdueIsAfterTheLastDayAndNotOnIt() {
        var late = applications.received(MATSUSAKA, applications.person(), Applications.answers(child(), false), "[]",
                "[]", clock.instant().minus(Duration.ofDays(60)));
        assertThat(late.overdue(late.dueOn().orElseThrow())).isFalse();
        assertThat(late.overdue(late.dueOn().orElseThrow().plusDays(1))).isTrue();
        var overdue = new CaseList.Filter(Optional.empty(), CaseList.Due.OVERDUE, "", CaseList.Whose.OPEN, "", "due");
        assertThat(list.find(DESK, overdue, new Page.Wanted(1, 100)).items()).extracting(Case::receipt)
                .contains(late.receipt());
    }

    @Test
    void theStageIsTheEndOfTheHistory() {
        var file = granted();
        var steps = cases.steps(MATSUSAKA, file.receipt());
        assertThat(steps).extracting(Step::number).containsExactly(1, 2, 3, 4);
        assertThat(steps.getLast().stage()).isEqualTo(file.stage());
        assertThat(file.version()).isEqualTo(steps.getLast().number());
    }
}
