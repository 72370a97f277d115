package jp.kiban.conformity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import jp.kiban.kernel.Holidays;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.Text;
import jp.kiban.standards.Field;
import jp.kiban.standards.Judgement;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.StandardFolder;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Variations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 適合性検査. Drives a target over the contract with every example of a standard and with cases made from them, and holds
/// what comes back against what the standard itself says. Not a load test: one call after the other, but for one retry that
/// comes from several sides at once.
final class Kit {
    static final String VERSION = "1.0";
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TROUBLES_IN_A_ROW = 5;
    private static final List<String> FIGURES = List.of("received", "withdrawn", "decided.GRANT", "decided.REFUSE",
            "decided.REDIRECT", "yen.granted");
    private static final int MOST_LIMITS_PLAYED = 12;
    private static final int SHORTEST_MINUTES = 30;
    private static final int MOST_STRAIGHT = 3;
    private static final long LONGEST_QUEUE_SECONDS = 120;

    private final StandardFolder folder;
    private final ServiceStandard standard;
    private final StandardVersion version;
    private final Target target;
    private final Wanted wanted;
    private final BiConsumer<Integer, Integer> progress;
    private final Clock clock;
    private final Notebook notebook = new Notebook();
    private final NoticeCheck notices;
    private final Trials trials;
    private final Map<Map<String, JsonNode>, Optional<Session>> sessions = new LinkedHashMap<>();
    private final String run;
    private int number;
    private int inARow;

    /// 検査の範囲.
    ///
    /// @param generated at most so many made cases
    /// @param patienceMillis how long figures may take to be complete
    record Wanted(int generated, long patienceMillis) {}

    /// 相手の場. A session of the target and what was done in it.
    private static final class Session {
        final String path;
        final Variations.Values values;
        final Map<String, Done> done = new LinkedHashMap<>();
        boolean ended;

        Session(String path, Variations.Values values) {
            this.path = path;
            this.values = values;
        }
    }

    /// 済んだ一件. What an application that the target took in must look like in figures and export.
    private static final class Done {
        final Trial trial;
        Optional<ObjectNode> decision = Optional.empty();
        int days;
        boolean withdrawn;
        final Judgement judgement;

        Done(Trial trial, Judgement judgement) {
            this.trial = trial;
            this.judgement = judgement;
        }
    }

    Kit(StandardFolder folder, ServiceStandard standard, Trials trials, Target target, Wanted wanted,
            BiConsumer<Integer, Integer> progress, Clock clock) {
        this.folder = folder;
        this.standard = standard;
        this.trials = trials;
        this.version = trials.version();
        this.target = target;
        this.wanted = wanted;
        this.progress = progress;
        this.clock = clock;
        this.notices = new NoticeCheck(folder, version, notebook);
        this.run = Long.toString(clock.millis(), 36);
    }

    /// Runs everything. `Trouble` when the target cannot be asked at all, or stops answering.
    Report run() {
        try {
            return asked();
        } finally {
            leave();
        }
    }

    private Report asked() {
        var started = clock.instant();
        var described = describe();
        var examples = trials.examples();
        var generated = trials.generated(wanted.generated());
        var all = new ArrayList<>(examples);
        all.addAll(generated);
        var limits = trials.limits();
        int steps = all.size() + limits.size() + 4;
        int step = 0;
        if (session(Map.of()).isEmpty())
            throw new Trouble(Trouble.Kind.CANNOT, target.address() + " opens no session for " + version.ref()
                    + firstDifference());
        for (var trial : all) {
            play(trial);
            progress.accept(++step, steps);
        }
        int played = 0;
        for (var limit : limits) {
            if (guarded("local " + limit.key() + " = " + limit.value(), () -> limit(limit)) && limit.allowed()
                    && played++ < MOST_LIMITS_PLAYED)
                trials.under(limit).forEach(this::play);
            progress.accept(++step, steps);
        }
        trials.ordinary().ifPresent(this::manners);
        straight();
        progress.accept(++step, steps);
        for (var session : sessions.values())
            session.ifPresent(s -> guarded("statistics", () -> statistics(s)));
        progress.accept(++step, steps);
        for (var session : sessions.values())
            session.ifPresent(s -> guarded("export", () -> export(s)));
        progress.accept(++step, steps);
        for (var session : sessions.values())
            session.ifPresent(s -> guarded("end of a session", () -> end(s)));
        progress.accept(++step, steps);
        return report(started, described, examples.size(), generated.size());
    }

    /// What has ended is not there any more, for whoever knew its name.
    private void end(Session session) {
        if (session.ended)
            return;
        session.ended = true;
        var got = target.delete(session.path);
        if (!notebook.check("SESSION-END", got.good(), "end of a session", "DELETE", "2xx", got.status(),
                What.SESSION_ENDED))
            return;
        for (var what : List.of("/export", "/statistics"))
            notebook.equal("SESSION-END", "end of a session", "GET" + what, 404, target.get(session.path + what)
                    .status(), What.SESSION_GONE);
    }

    /// Whatever happened: nothing is left open at the target. One that cannot be asked any more ends them by itself.
    private void leave() {
        target.leaving();
        for (var session : sessions.values())
            session.filter(s -> !s.ended).ifPresent(s -> {
                s.ended = true;
                try {
                    target.delete(s.path);
                } catch (Trouble gone) {
                    // the trouble that stopped the run has been told
                }
            });
    }

    private String firstDifference() {
        return notebook.differences().stream().findFirst().map(d -> ": " + d.words() + " (" + d.seen() + ")")
                .orElse("");
    }

    private Report report(Instant started, JsonNode described, int examples, int generated) {
        return new Report(standard.id(), standard.name().ja(), version.ref().version(), folder.digest(standard.id()),
                folder.versionDigest(version.ref()), target.address(),
                Notebook.clean(described.path("product").asString(
                        "?")),
                Notebook.clean(described.path("productVersion").asString("?")),
                Notebook.clean(described.path("contract").asString("?")), started,
                clock.instant(), examples, generated, target.calls(), notebook);
    }

    // who are you

    private JsonNode describe() {
        var got = target.get("");
        if (got.status() >= 300 && got.status() < 400)
            throw new Trouble(Trouble.Kind.CANNOT, target.address() + " sends elsewhere (" + got.status() + "): "
                    + (got.elsewhere().isEmpty() ? "it does not say where" : got.elsewhere())
                    + "; give the address where the contract is served");
        if (!got.good())
            throw new Trouble(Trouble.Kind.CANNOT,
                    target.address() + " answers " + got.status() + " when asked what it is");
        if (!got.body().path("contract").asString("").startsWith("kiban-conformity/1"))
            throw new Trouble(Trouble.Kind.CANNOT, target.address()
                    + " does not serve the contract kiban-conformity/1 (it says “"
                    + got.body().path("contract").asString("") + "”)");
        for (var offered : got.body().path("standards"))
            if (offered.path("id").asString("").equals(standard.id()))
                for (var day : offered.path("versions"))
                    if (day.asString("").equals(version.ref().version().toString()))
                        return got.body();
        throw new Trouble(Trouble.Kind.CANNOT, target.address() + " does not offer " + version.ref());
    }

    // sessions

    private Optional<Session> session(Map<String, JsonNode> local) {
        var known = sessions.get(local);
        if (known != null)
            return known;
        var opened = open(local, local.isEmpty() ? "session" : "session with " + local);
        sessions.put(local, opened);
        return opened;
    }

    private Optional<Session> open(Map<String, JsonNode> local, String name) { return open(local, false, name); }

    private Optional<Session> open(Map<String, JsonNode> local, boolean automatic, String name) {
        var got = opened(local, automatic);
        if (got.status() == 422 && trials.changesExamples(local)) {
            notebook.check("LOCAL-LIMIT", true, name, "", "", "", What.LOCAL_LIMIT);
            return Optional.empty();
        }
        if (!status(got, name, true))
            return Optional.empty();
        if (!got.body().path("session").asString("").matches("[A-Za-z0-9._~-]{1,200}"))
            throw new Trouble(Trouble.Kind.CANNOT,
                    target.address() + " names its session so that the name cannot stand in"
                            + " an address (letters, digits and . _ ~ - can)");
        var until = got.body().path("endsAt").asString("");
        notebook.check("SESSION-END", lasts(until), name, "endsAt", "a moment at least " + SHORTEST_MINUTES
                + " minutes ahead", until, What.SESSION_END_TOLD);
        var values = version.variations().merge(local);
        notebook.equal("VERSION", name, "version", version.ref().version().toString(),
                got.body().path("version").asString("?"), What.VERSION_OF_DAY);
        local.forEach((key, value) -> notebook.check("LOCAL-IGNORED",
                same(value, got.body().path("values").path(key)), name, "values." + key, value,
                got.body().path("values").path(key), What.LOCAL_VALUE_IGNORED));
        var asked = trials.asked(local).form().fields().stream().map(Field::path)
                .filter(path -> path.startsWith("local.")).collect(Collectors.toCollection(TreeSet::new));
        var shown = new TreeSet<String>();
        got.body().path("localQuestions").forEach(place -> shown.add(place.asString("?")));
        if (!asked.isEmpty() || !shown.isEmpty())
            notebook.equal("LOCAL-IGNORED", name, "localQuestions", asked, shown,
                    What.LOCAL_QUESTIONS_OTHER);
        return Optional.of(new Session("/sessions/" + got.body().path("session").asString("?"), values));
    }

    /// A target may let only so many be open, or be opened in an hour: it says when to come back, and the kit does, if that is
    /// soon.
    private Target.Answer opened(Map<String, JsonNode> local) { return opened(local, false); }

    private Target.Answer opened(Map<String, JsonNode> local, boolean automatic) {
        for (long waited = 0;;) {
            var got = target.post("/sessions", automatic ? opening(local).put("automatic", true) : opening(local), Map
                    .of());
            if (got.status() == 401 || got.status() == 403)
                throw new Trouble(Trouble.Kind.CANNOT, target.address() + " opens no session for this kit (status "
                        + got.status() + "): the entry key of the target is wanted (--bearer FILE)");
            if (got.status() != 429)
                return got;
            if (got.again() < 0 || waited + got.again() > LONGEST_QUEUE_SECONDS)
                throw new Trouble(Trouble.Kind.CANNOT, target.address() + " opens no more sessions now (status 429)"
                        + (got.again() < 0
                                ? " and does not say when it will (Retry-After)"
                                : "; it says: come back in " + got.again() + " s")
                        + said(got));
            waited += Math.max(1, got.again());
            pause(Math.max(1, got.again()) * 1_000);
        }
    }

    private static String said(Target.Answer got) {
        var detail = got.body().path("detail").asString("");
        return detail.isBlank() ? "" : " (" + detail + ")";
    }

    private boolean lasts(String until) {
        try {
            return Instant.parse(until).isAfter(Clock.systemUTC().instant().plus(Duration.ofMinutes(SHORTEST_MINUTES)));
        } catch (DateTimeParseException noMoment) {
            return false;
        }
    }

    private ObjectNode opening(Map<String, JsonNode> local) {
        var body = MAKE.objectNode().put("standard", standard.id()).put("day", anyDay().toString());
        var values = body.putObject("local");
        local.forEach(values::set);
        return body;
    }

    private LocalDate anyDay() { return trials.ordinary().map(Trial::filed).orElse(version.ref().day()); }

    private static boolean same(JsonNode a, JsonNode b) {
        return JSON.readTree(JSON.writeValueAsString(a)).equals(b.isMissingNode()
                ? b
                : JSON.readTree(JSON
                        .writeValueAsString(b)));
    }

    // one application

    /// True when the act came to its end; what the target could not be asked is noted as its fault, and after some in a row
    /// the kit gives up.
    private boolean guarded(String trial, Runnable act) {
        try {
            act.run();
            inARow = 0;
            return true;
        } catch (Trouble trouble) {
            if (trouble.kind() == Trouble.Kind.CANNOT || trouble.kind() == Trouble.Kind.STOPPED)
                throw trouble;
            if (trouble.kind() == Trouble.Kind.SLOW)
                inARow++;
            if (trouble.kind() == Trouble.Kind.DOWN || inARow >= TROUBLES_IN_A_ROW)
                throw new Trouble(Trouble.Kind.CANNOT, "the target stopped answering after " + target.calls()
                        + " calls: " + trouble.words());
            notebook.differs(trouble.kind() == Trouble.Kind.SLOW ? "TIME-LIMIT" : "NOT-JSON", trial, "", "an answer",
                    trouble.words(), What.NOT_ASKED);
            return false;
        }
    }

    private void play(Trial trial) {
        guarded(trial.name(), () -> session(trial.local()).ifPresent(session -> {
            int own = number++;
            var got = send(session, trial, "k-" + run + "-" + own, "a-" + run + "-" + own, own);
            if (!trial.findings().isEmpty())
                findings(trial, got);
            else
                taken(session, trial, got, own).ifPresent(receipt -> {
                    follow(session, trial, receipt);
                    decide(session, trial, receipt, own);
                });
        }));
    }

    private Target.Answer send(Session session, Trial trial, String key, String applicant, int own) {
        var language = Language.values()[own % Language.values().length];
        var body = MAKE.objectNode().put("day", trial.filed().toString()).put("applicant", applicant).put("language",
                language.code());
        body.set("answers", trial.answers());
        return target.post(session.path + "/applications", body, Map.of("Idempotency-Key", key));
    }

    private Optional<String> taken(Session session, Trial trial, Target.Answer got, int own) {
        if (!status(got, trial.name(), true))
            return Optional.empty();
        var receipt = got.body().path("receipt").asString("");
        if (!notebook.check("RECEIPT", receipt.matches("[A-Za-z0-9._-]{1,80}"), trial.name(), "receipt",
                "a number of its own", receipt, What.RECEIPT_MISSING))
            return Optional.empty();
        notebook.check("RECEIPT", !session.done.containsKey(receipt), trial.name(), "receipt", "a number of its own",
                receipt, What.RECEIPT_SHARED);
        notebook.equal("VERSION", trial.name(), "version", version.ref().version().toString(),
                got.body().path("version").asString("?"), What.VERSION_OF_APPLICATION);
        notebook.equal("ARRIVAL", trial.name(), "arrivedOn", trial.filed().toString(),
                got.body().path("arrivedOn").asString("?"), What.ARRIVAL);
        session.done.put(receipt, new Done(trial, trial.judgement().orElseThrow()));
        return Optional.of(receipt);
    }

    /// True when the target did as it should: took what is right, or refused what is not, without falling down.
    private boolean status(Target.Answer got, String trial, boolean good) {
        if (!notebook.check("SERVER-FAULT", got.status() < 500, trial, "status", good ? "2xx" : "4xx", got.status(),
                What.SERVER_FAULT))
            return false;
        return good
                ? notebook.check("GOOD-INPUT-REFUSED", got.good(), trial, "status", "2xx",
                        got.status() + " " + places(got.body()), What.RIGHT_REFUSED)
                : notebook.check("BAD-INPUT-ACCEPTED", !got.good(), trial, "status", "4xx", got.status(),
                        What.WRONG_TAKEN);
    }

    private static TreeSet<String> places(JsonNode problem) {
        var places = new TreeSet<String>();
        problem.path("findings").forEach(f -> places.add(f.path("where").asString("?")));
        return places;
    }

    private void findings(Trial trial, Target.Answer got) {
        if (!status(got, trial.name(), false))
            return;
        notebook.equal("STATUS", trial.name(), "status", 422, got.status(), What.FAULTS_STATUS);
        problem(got, trial.name());
        var seen = places(got.body());
        var expected = trial.findings();
        if (expected.size() > 1 && seen.size() == 1 && expected.containsAll(seen)) {
            notebook.differs("FINDINGS-ONLY-FIRST", trial.name(), "findings", expected, seen,
                    What.ONLY_FIRST_FAULT);
            return;
        }
        for (var place : expected)
            notebook.check("FINDING-MISSING", seen.contains(place), trial.name(), place, place, seen,
                    What.FAULT_UNTOLD);
        for (var place : seen)
            notebook.check("FINDING-UNEXPECTED", expected.contains(place), trial.name(), place, expected, place,
                    What.FAULT_INVENTED);
        for (var finding : got.body().path("findings"))
            notebook.check("FINDING-WORDS", !finding.path("message").asString("").isBlank(), trial.name(),
                    finding.path("where").asString("?"), "words", "none", What.FAULT_WITHOUT_WORDS);
    }

    private void problem(Target.Answer got, String trial) {
        notebook.check("PROBLEM-SHAPE", got.type().contains("application/problem+json")
                && got.body().path("status").asInt(-1) == got.status()
                && !got.body().path("title").asString("").isBlank(), trial, "error",
                "application/problem+json with status and title (RFC 9457)", got.type() + " " + got.body(),
                What.PROBLEM_SHAPE);
    }

    private void follow(Session session, Trial trial, String receipt) {
        var got = target.get(session.path + "/applications/" + receipt);
        if (!notebook.check("LOST", got.status() != 404, trial.name(), receipt, "the application", got.status(),
                What.APPLICATION_LOST) || !status(got, trial.name(), true))
            return;
        notebook.equal("STAGE", trial.name(), "status", "open", got.body().path("status").asString("?"),
                What.UNDECIDED);
        notebook.equal("VERSION", trial.name(), "version", version.ref().version().toString(),
                got.body().path("version").asString("?"), What.VERSION_OF_APPLICATION);
        var due = due(trial.filed(), session.values);
        var seen = got.body().path("dueOn").asString("-");
        var usual = due(trial.filed(), version.variations().defaults());
        if (!due.equals(usual))
            notebook.check("LOCAL-IGNORED", !seen.equals(usual.toString()), trial.name(), "dueOn", due, seen,
                    What.DEADLINE_OF_STANDARD);
        notebook.equal("DEADLINE", trial.name(), "dueOn", due.toString(), seen,
                What.DEADLINE);
    }

    /// 標準処理期間の末日. The day of arrival does not count; a last day on which the office is closed moves on (民法140条, 142条).
    private LocalDate due(LocalDate filed, Variations.Values values) {
        var day = filed.plus(version.standardPeriodDays(values));
        while (!Holidays.isOfficeDay(day))
            day = day.plusDays(1);
        return day;
    }

    private void decide(Session session, Trial trial, String receipt, int own) {
        var done = Objects.requireNonNull(session.done.get(receipt));
        int days = own * 7 % 45;
        var day = trial.filed().plusDays(days);
        var got = target.post(session.path + "/applications/" + receipt + "/decision",
                MAKE.objectNode().put("by", "rules").put("day", day.toString()), Map.of());
        if (!status(got, trial.name(), true))
            return;
        var judgement = done.judgement;
        var expected = Told.of(judgement);
        done.decision = Optional.of(expected);
        done.days = days;
        notebook.equal("VERSION", trial.name(), "decision.version", version.ref().version().toString(),
                got.body().path("version").asString("?"), What.VERSION_OF_DECISION);
        notebook.equal("DECIDED-ON", trial.name(), "decidedOn", day.toString(),
                got.body().path("decidedOn").asString("?"), What.DECIDED_ON);
        int before = notebook.different();
        new Comparison(notebook, trial.name(), expected, got.body()).compare();
        if (!trial.local().isEmpty())
            local(trial, got.body(), notebook.different() > before);
        notices(session, trial, receipt, day, judgement, judgement.outcome().name(), judgement.reasons());
    }

    /// Under local values: what is decided as if there were none has a name of its own.
    private void local(Trial trial, JsonNode seen, boolean differs) {
        var national = differs
                ? Trial.of(version, trial.name(), false, trial.filed(), trial.answers(), Map.of())
                        .flatMap(Trial::judgement)
                : Optional.<Judgement>empty();
        var own = new Notebook();
        national.ifPresent(judgement -> new Comparison(own, trial.name(), Told.of(judgement), seen).compare());
        notebook.check("LOCAL-IGNORED", national.isEmpty() || !own.differences().isEmpty(), trial.name(), "decision",
                trial.local(), "as without local values", What.DECIDED_NATIONALLY);
    }

    private void notices(Session session, Trial trial, String receipt, LocalDate day, Judgement judgement,
            String outcome, List<Judgement.Reason> reasons) {
        var got = target.get(session.path + "/applications/" + receipt + "/notices");
        if (status(got, trial.name(), true))
            notices.compare(trial.name(), receipt, trial.filed(), day, judgement, outcome, reasons, session.values,
                    got.body().path("notices"));
    }

    // local values

    private void limit(Trials.Limit limit) {
        var local = Map.of(limit.key(), limit.value());
        var name = "local " + limit.key() + " = " + limit.value();
        if (limit.allowed()) {
            session(local);
            return;
        }
        var got = opened(local);
        if (!notebook.check("SERVER-FAULT", got.status() < 500, name, "status", "422", got.status(),
                What.SERVER_FAULT))
            return;
        if (notebook.check("LOCAL-LIMIT", got.status() == 422, name, limit.key(), "422", got.status(),
                What.LOCAL_LIMIT))
            problem(got, name);
    }

    // manners

    /// What holds for every application, whatever it is about.
    private void manners(Trial base) {
        guarded("retry", () -> session(Map.of()).ifPresent(session -> retry(session, base)));
        guarded("decided twice", () -> session(Map.of()).ifPresent(session -> twice(session, base)));
        guarded("officer's act", () -> session(Map.of()).ifPresent(session -> officer(session, base)));
        guarded("withdrawal", () -> session(Map.of()).ifPresent(session -> withdrawal(session, base)));
        guarded("isolation", () -> session(Map.of()).ifPresent(session -> isolation(session, base)));
        guarded("bad bodies", () -> session(Map.of()).ifPresent(session -> bodies(session, base)));
    }

    // without hands

    /// What the standard lets be decided without hands is, on the day it arrives; what it does not let be waits. Each in a
    /// session of its own, so that nobody else has claimed for the same persons.
    private void straight() {
        if (version.terms().automatic().isEmpty())
            return;
        for (var simple : List.of(true, false))
            trials.examples().stream().filter(t -> t.local().isEmpty() && t.judgement().filter(j -> version
                    .decidesItself(t.answers(), j) == simple).isPresent()).limit(MOST_STRAIGHT)
                    .forEach(t -> straight(named(t, "without hands: " + t.name()), simple));
    }

    private void straight(Trial trial, boolean simple) {
        guarded(trial.name(), () -> open(Map.of(), true, trial.name()).ifPresent(session -> {
            sessions.put(Map.of("without hands", MAKE.stringNode(trial.name())), Optional.of(session));
            int own = number++;
            taken(session, trial, send(session, trial, "k-" + run + "-" + own, "a-" + run + "-" + own, own), own)
                    .ifPresent(receipt -> straight(session, trial, receipt, simple));
        }));
    }

    private void straight(Session session, Trial trial, String receipt, boolean simple) {
        var path = session.path + "/applications/" + receipt;
        var got = target.get(path + "/decision");
        for (long waited = 0; simple && got.status() == 404 && waited < wanted.patienceMillis(); waited += 250) {
            pause(250);
            got = target.get(path + "/decision");
        }
        if (!simple) {
            if (notebook.equal("STRAIGHT", trial.name(), "decision", 404, got.status(),
                    What.DECIDED_UNSEEN))
                notebook.equal("STRAIGHT", trial.name(), "status", "open", target.get(path).body().path("status")
                        .asString("?"), What.DECIDED_UNSEEN);
            return;
        }
        if (!notebook.check("STRAIGHT", got.good(), trial.name(), "decision", "2xx", got.status(),
                What.WAITS_FOR_HANDS))
            return;
        var done = Objects.requireNonNull(session.done.get(receipt));
        done.decision = Optional.of(Told.of(done.judgement));
        notebook.equal("DECIDED-ON", trial.name(), "decidedOn", trial.filed().toString(), got.body().path("decidedOn")
                .asString("?"), What.DECIDED_LATE);
        new Comparison(notebook, trial.name(), Told.of(done.judgement), got.body()).compare();
        notices(session, trial, receipt, trial.filed(), done.judgement, done.judgement.outcome().name(), done.judgement
                .reasons());
    }

    private static Trial named(Trial base, String name) {
        return new Trial(name, false, base.filed(), base.answers(), base.local(), base.findings(), base.judgement());
    }

    private void retry(Session session, Trial base) {
        var trial = named(base, "the same application sent again");
        int own = number++;
        var key = "k-" + run + "-" + own;
        var applicant = "a-" + run + "-" + own;
        var first = taken(session, trial, send(session, trial, key, applicant, own), own);
        if (first.isEmpty())
            return;
        again(trial, first.get(), send(session, trial, key, applicant, own));
        var together = new ArrayList<CompletableFuture<Target.Answer>>();
        for (int i = 0; i < 4; i++)
            together.add(CompletableFuture.supplyAsync(() -> send(session, trial, key, applicant, own)));
        for (var sent : together)
            try {
                again(trial, first.get(), sent.join());
            } catch (java.util.concurrent.CompletionException failed) {
                if (failed.getCause() instanceof Trouble trouble)
                    throw trouble;
                throw failed;
            }
        var other = Trials.copy(base.answers());
        Trials.leaves(other, "").stream().filter(l -> l.value().isString() && !Trials.isDay(l.value())).findFirst()
                .ifPresent(l -> Trials.put(other, l.path(), MAKE.stringNode(l.value().asString() + "・別")));
        var changed = new Trial(trial.name(), false, trial.filed(), other, trial.local(), trial.findings(),
                trial.judgement());
        if (!other.equals(base.answers())) {
            var got = send(session, changed, key, applicant, own);
            notebook.check("KEY-REUSED", got.status() == 409 || got.status() == 422, trial.name(), "Idempotency-Key",
                    "409", got.status(), What.KEY_REUSED);
        }
        follow(session, trial, first.get());
        decide(session, trial, first.get(), own);
    }

    private void again(Trial trial, String first, Target.Answer got) {
        if (status(got, trial.name(), true))
            notebook.equal("NOT-IDEMPOTENT", trial.name(), "receipt", first, got.body().path("receipt").asString("?"),
                    What.SENT_TWICE);
    }

    private void twice(Session session, Trial base) {
        var trial = named(base, "decided twice");
        int own = number++;
        taken(session, trial, send(session, trial, "k-" + run + "-" + own, "a-" + run + "-" + own, own), own)
                .ifPresent(receipt -> {
                    decide(session, trial, receipt, own);
                    decide(session, trial, receipt, own);
                });
    }

    private void officer(Session session, Trial base) {
        if (base.judgement().filter(j -> j.outcome() == Judgement.Outcome.GRANT).isEmpty()
                || !version.noticeKinds().contains("refusal"))
            return;
        var trial = named(base, "refused by an officer against the rules");
        int own = number++;
        taken(session, trial, send(session, trial, "k-" + run + "-" + own, "a-" + run + "-" + own, own), own)
                .ifPresent(receipt -> {
                    var why = new Text("職員が事実を確かめた結果、要件に当たらないため。", "職員が 調べました。決まりに 合いませんでした。",
                            "An officer looked into the facts, and the conditions are not met.");
                    var law = new LegalBasis("適合性検査法", "第1条");
                    var reason = new Judgement.Reason("OFFICER", why, law);
                    var body = MAKE.objectNode().put("by", "officer").put("day", trial.filed().toString())
                            .put("outcome", "REFUSE");
                    var node = body.putObject("reason").put("law", law.toString());
                    node.set("text", Told.text(why));
                    var got = target.post(session.path + "/applications/" + receipt + "/decision", body, Map.of());
                    if (!status(got, trial.name(), true))
                        return;
                    var done = Objects.requireNonNull(session.done.get(receipt));
                    var judgement = done.judgement;
                    done.decision = Optional.of(Told.of(judgement, "REFUSE", List.of(reason)));
                    notebook.equal("OUTCOME", trial.name(), "outcome", "REFUSE",
                            got.body().path("outcome").asString("?"), What.OFFICERS_DECISION);
                    notices(session, trial, receipt, trial.filed(), judgement, "REFUSE", List.of(reason));
                });
    }

    private void withdrawal(Session session, Trial base) {
        var trial = named(base, "withdrawn");
        int own = number++;
        taken(session, trial, send(session, trial, "k-" + run + "-" + own, "a-" + run + "-" + own, own), own)
                .ifPresent(receipt -> {
                    var path = session.path + "/applications/" + receipt;
                    var got = target.post(path + "/withdrawal",
                            MAKE.objectNode().put("day", trial.filed().toString()), Map.of());
                    if (!status(got, trial.name(), true))
                        return;
                    Objects.requireNonNull(session.done.get(receipt)).withdrawn = true;
                    notebook.equal("STAGE", trial.name(), "status", "withdrawn",
                            got.body().path("status").asString("?"), What.WITHDRAWN);
                    var late = target.post(path + "/decision", MAKE.objectNode().put("by", "rules").put("day",
                            trial.filed().toString()), Map.of());
                    notebook.check("DECIDED-AFTER-WITHDRAWAL", late.status() == 409, trial.name(), "decision", 409,
                            late.status(), What.DECIDED_AFTER_WITHDRAWAL);
                });
    }

    private void isolation(Session session, Trial base) {
        var trial = named(base, "another authority's application");
        var other = open(Map.of(), "session of another authority");
        if (other.isEmpty())
            return;
        sessions.put(Map.of("another authority", MAKE.nullNode()), other);
        int own = number++;
        var foreign = taken(session, trial, send(session, trial, "k-" + run + "-" + own, "a-" + run + "-" + own, own),
                own);
        if (foreign.isEmpty())
            return;
        decide(session, trial, foreign.get(), own);
        var unknown = ReceiptNumber.next(base.filed()).text();
        for (var receipt : List.of(unknown, foreign.get())) {
            var path = other.get().path + "/applications/" + receipt;
            var code = receipt.equals(unknown) ? "UNKNOWN-RECEIPT" : "ISOLATION";
            var words = receipt.equals(unknown)
                    ? What.NUMBER_OF_NOBODY
                    : What.ISOLATION;
            for (var what : List.of("", "/decision", "/notices")) {
                var got = target.get(path + what);
                notebook.check(code, got.status() == 404, trial.name(), "GET" + what, 404, got.status(), words);
                if (got.status() == 404)
                    problem(got, trial.name());
            }
            var body = MAKE.objectNode().put("by", "rules").put("day", base.filed().toString());
            for (var what : List.of("/decision", "/withdrawal")) {
                var got = target.post(path + what, body, Map.of());
                notebook.check(code, got.status() == 404, trial.name(), "POST" + what, 404, got.status(), words);
            }
        }
        var nobody = target.get("/sessions/no-such-session/export");
        notebook.check("ISOLATION", nobody.status() == 404 || nobody.status() == 401 || nobody.status() == 403,
                "no session", "export", 404, nobody.status(), What.SESSION_OF_NOBODY);
    }

    private void bodies(Session session, Trial base) {
        var good = MAKE.objectNode().put("day", base.filed().toString()).put("applicant", "a-" + run);
        var bodies = new LinkedHashMap<String, String>();
        bodies.put("a body that is no JSON", "{\"day\": ");
        bodies.put("a body that is a list", "[]");
        bodies.put("a body without answers", good.toString());
        bodies.put("a body whose answers are words", good.deepCopy().put("answers", "はい").toString());
        bodies.put("an empty body", "{}");
        int own = number++;
        bodies.forEach((name, body) -> {
            var got = target.postText(session.path + "/applications", body,
                    Map.of("Idempotency-Key", "b-" + run + "-" + own + "-" + body.length()));
            if (status(got, name, false))
                problem(got, name);
        });
        var keyless = good.deepCopy();
        keyless.set("answers", base.answers());
        var got = target.post(session.path + "/applications", keyless, Map.of());
        status(got, "an application without Idempotency-Key", false);
    }

    // figures and export

    private void statistics(Session session) {
        var expected = new TreeMap<String, Long>();
        for (var key : FIGURES)
            expected.put(key, 0L);
        for (var done : session.done.values()) {
            expected.merge("received", 1L, Long::sum);
            if (done.withdrawn)
                expected.merge("withdrawn", 1L, Long::sum);
            if (done.decision.isEmpty())
                continue;
            var outcome = done.decision.get().path("outcome").asString();
            expected.merge("decided." + outcome, 1L, Long::sum);
            expected.merge("days." + done.days, 1L, Long::sum);
            if (outcome.equals("GRANT")) {
                expected.merge("yen.granted", done.judgement.firstMonthly().plus(done.judgement.onceTotal()).amount(),
                        Long::sum);
            }
        }
        var seen = figures(session);
        for (long waited = 0; !seen.equals(expected) && waited < wanted.patienceMillis(); waited += 250) {
            pause(250);
            seen = figures(session);
        }
        var keys = new LinkedHashSet<>(expected.keySet());
        keys.addAll(seen.keySet());
        for (var key : keys)
            notebook.equal("STATISTICS", "statistics", key, expected.getOrDefault(key, 0L), seen.getOrDefault(key, 0L),
                    What.STATISTICS);
    }

    private TreeMap<String, Long> figures(Session session) {
        var got = target.get(session.path + "/statistics");
        var seen = new TreeMap<String, Long>();
        if (!status(got, "statistics", true))
            return seen;
        for (var leaf : Trials.leaves(got.body(), ""))
            if (leaf.value().isNumber() && leaf.path().matches("received|withdrawn|(decided|yen|days)\\..+")
                    && !(leaf.path().startsWith("days.") && leaf.value().asLong() == 0))
                seen.put(leaf.path(), leaf.value().asLong());
        for (var key : FIGURES)
            seen.putIfAbsent(key, 0L);
        return seen;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Trouble(Trouble.Kind.STOPPED, "stopped");
        }
    }

    private void export(Session session) {
        var got = target.get(session.path + "/export");
        if (!status(got, "export", true))
            return;
        var seen = new LinkedHashMap<String, JsonNode>();
        for (var record : got.body().path("cases"))
            if (seen.put(record.path("receipt").asString("?"), record) != null)
                notebook.differs("DOUBLED", "export", record.path("receipt").asString("?"), "one record", "two",
                        What.EXPORTED_TWICE);
        session.done.forEach((receipt, done) -> {
            var record = seen.get(receipt);
            if (notebook.check("EXPORT-MISSING", record != null, done.trial.name(), receipt, "a record", "none",
                    What.EXPORT_MISSING) && record != null)
                exported(receipt, done, record);
        });
        seen.forEach((receipt, record) -> {
            if (session.done.containsKey(receipt))
                return;
            var twin = session.done.values().stream().anyMatch(d -> same(d.trial.answers(), record.path("answers")));
            notebook.differs(twin ? "DOUBLED" : "EXPORT-UNEXPECTED", "export", receipt, "nothing", receipt,
                    twin ? What.TAKEN_TWICE : What.EXPORT_UNEXPECTED);
        });
    }

    private void exported(String receipt, Done done, JsonNode record) {
        var trial = done.trial.name();
        notebook.check("EXPORT-ANSWERS", same(done.trial.answers(), record.path("answers")), trial,
                receipt + ".answers", done.trial.answers(), record.path("answers"),
                What.EXPORT_ANSWERS);
        notebook.equal("EXPORT-STATUS", trial, receipt + ".status",
                done.withdrawn ? "withdrawn" : done.decision.isPresent() ? "decided" : "open",
                record.path("status").asString("?"), What.EXPORT_STATUS);
        notebook.equal("ARRIVAL", trial, receipt + ".arrivedOn", done.trial.filed().toString(),
                record.path("arrivedOn").asString("?"), What.EXPORT_ARRIVAL);
        done.decision.ifPresent(decision -> {
            var own = new Notebook();
            new Comparison(own, trial, decision, officerless(decision, record.path("decision"))).compare();
            notebook.check("EXPORT-DECISION", own.differences().isEmpty(), trial, receipt + ".decision",
                    own.differences().stream().findFirst().map(Difference::expected).orElse(""),
                    own.differences().stream().findFirst().map(d -> d.where() + ": " + d.seen()).orElse(""),
                    What.EXPORT_DECISION);
        });
    }

    /// An officer's own reason has no published code: the target names it as it likes.
    private static JsonNode officerless(JsonNode expected, JsonNode seen) {
        if (!expected.path("reasons").path(0).path("code").asString("").equals("OFFICER")
                || !(seen.deepCopy() instanceof ObjectNode copy))
            return seen;
        copy.set("reasons", expected.path("reasons"));
        return copy;
    }
}
