package jp.kiban.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import jp.kiban.KibanTest;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import jp.kiban.standards.StandardFiles;
import jp.kiban.standards.Standards;
import org.springframework.test.context.TestPropertySource;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.web.multipart.MultipartFile;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

/// The life of a version of an offered standard that only this test has.
@KibanTest
@TestPropertySource(properties = "kiban.house=publishing")
class PublicationTests {
    private static final AuthorityId MINISTRY = AuthorityId.of("GCFA00");
    private static final Actor.Officer ONE = officer(MINISTRY, "tanto", Role.MINISTRY);
    private static final Actor.Officer TWO = officer(MINISTRY, "shonin", Role.MINISTRY);
    private static final Actor.Officer OTHER = officer(AuthorityId.of("GDIG00"), "other", Role.MINISTRY);
    private static final StandardFiles SHIPPED = StandardFiles.ofFolder(Path.of("standards"), StandardRef.parse(
            "child-allowance@2024-10-01")).orElseThrow();

    @Autowired
    Publications publications;
    @Autowired
    Adoptions adoptions;
    @Autowired
    Standards standards;
    @Autowired
    Signatures signatures;
    @Autowired
    Clock clock;
    @LocalServerPort
    int port;

    private static Actor.Officer officer(AuthorityId authority, String id, Role role) {
        return new Actor.Officer(authority, id, id, Set.of(role));
    }

    private LocalDate today() { return LocalDate.now(clock); }

    private static byte[] zip(String id, LocalDate day, String more) { return zip(id, VersionName.of(day), more); }

    private static byte[] zip(String id, VersionName version, String more) {
        var files = new TreeMap<String, String>();
        SHIPPED.files().forEach((path, text) -> files.put(path.replace("2024-10-01/", version + "/"), path.equals(
                "standard.yaml")
                        ? text.replace("id: child-allowance", "id: " + id).replaceAll("(?m)^pattern:.*$", "")
                                .replaceAll("(?m)^notice-days:.*$", "") + "\npattern: B\nnotice-days: 30\n" + more
                        : text));
        return new StandardFiles(new StandardRef(id, version), files).zip();
    }

    private Publication published(String id, LocalDate day, String reason, Optional<VersionName> corrects,
            VersionName name) {
        var one = publications.upload(ONE, zip(id, name, "# " + name + "\n"));
        assertThat(one.faults()).isEmpty();
        assertThat(one.stage()).isEqualTo(VersionStage.CHECKED);
        one = publications.propose(ONE, one.ref(), one.number(), day, reason, corrects);
        return publications.approve(TWO, one.ref(), one.number());
    }

    // ---- the tools, which keep nothing ---------------------------------------------------------------------------

    @Autowired
    DecidePages decide;
    @Autowired
    DiffPages diff;
    @Autowired
    TablePages tables;

    private static final String NAME = "child-allowance@2024-10-01";

    private static MultipartFile file(String name, byte[] content) {
        return new MockMultipartFile("file", name, "application/octet-stream", content);
    }

    private static byte[] changed() {
        var files = new TreeMap<>(SHIPPED.files());
        files.computeIfPresent("2024-10-01/decisions.dmn", (f, text) -> text.replace("<text>30000</text>",
                "<text>35000</text>"));
        return new StandardFiles(SHIPPED.ref(), files).zip();
    }

    private static List<String> refused(ThrowableAssert.ThrowingCallable act) {
        var bad = Assertions.catchThrowableOfType(BadInput.class, act);
        assertThat(bad.findings()).allSatisfy(f -> assertThat(List.of(f.message().ja(), f.message().easy(), f.message()
                .en())).doesNotHaveDuplicates());
        return bad.findings().stream().map(f -> f.where() + " " + f.code()).toList();
    }

    @Test
    void aMinistryTriesADecisionOfAPublishedVersionAZipOrAFolder() {
        var example = standards.samples(SHIPPED.ref()).getFirst();
        var published = decide.decideApi(NAME, null, null, "", "", "", null, example.name());
        assertThat(published.path("version").asString()).isEqualTo("2024-10-01");
        assertThat(published.path("outcome").asString()).isEqualTo(example.expect().path("outcome").asString());
        assertThat(published.path("rules")).isNotEmpty();
        var typed = decide.decideApi("", file("a.zip", SHIPPED.zip()), null, example.filed().toString(), "", example
                .answers().toString(), null, "");
        assertThat(typed).isEqualTo(published);
        var folder = SHIPPED.files().entrySet().stream().map(e -> file("child-allowance/" + e.getKey(), e.getValue()
                .getBytes(StandardCharsets.UTF_8))).toList();
        assertThat(decide.decideApi("", null, folder, example.filed().toString(), "", "", file("a.json", example
                .answers().toString().getBytes(StandardCharsets.UTF_8)), "")).isEqualTo(published);
        var aid = standards.samples(StandardRef.parse("school-aid@2025-04-01")).stream().filter(Standards.Sample::plain)
                .findFirst().orElseThrow();
        var there = decide.decideApi("school-aid@2025-04-01", null, null, "", "062111", "", null, aid.name());
        assertThat(there.path("parameters").path("layer").path("authority").asString()).as("what is in force there")
                .isEqualTo("062111");
    }

    @Test
    void everythingWrongWithATrialIsSaidAtOnce() {
        assertThat(refused(() -> decide.decideApi("", null, null, "", "", "", null, ""))).containsExactly(
                "standard tool.standard-missing", "date tool.date-missing", "input tool.input-missing");
        assertThat(refused(() -> decide.decideApi("no@x", null, null, "きのう", "999", "{", null, ""))).containsExactly(
                "standard tool.standard-unknown", "date tool.date-form", "authority tool.authority",
                "input tool.json");
        assertThat(refused(() -> decide.decideApi(NAME, file("a.zip", SHIPPED.zip()), null, "2026-01-01", "", "{}",
                file("a.json", new byte[]{'{', '}'}), ""))).containsExactly("standard tool.standard-several",
                        "input tool.input-several");
        assertThat(refused(() -> decide.decideApi("", file("a.zip", "no zip".getBytes(StandardCharsets.UTF_8)), null,
                "2026-01-01", "", "{}", null, ""))).singleElement().asString().startsWith("file standard.");
        assertThat(refused(() -> decide.decideApi(NAME, null, null, "2026-01-01", "", "{}", null, ""))).as(
                "the form's own findings").hasSizeGreaterThan(3);
        assertThat(refused(() -> decide.decideApi(NAME, null, null, "2026-01-01", "", "", file("a.json", new byte[]{
                (byte) 0xff}), ""))).containsExactly("inputFile tool.utf8");
        assertThat(refused(() -> decide.decideApi(NAME, null, null, "2026-01-01", "", "", null, "no such example")))
                .containsExactly("example tool.example");
        assertThat(refused(() -> decide.decideApi(NAME, null, null, "2020-01-01", "", "{}", null, ""))).as(
                "before the version").containsExactly("date version.none");
    }

    @Test
    void aMinistrySeesWhatAVersionChangesAndForWhom() {
        var example = standards.samples(SHIPPED.ref()).getFirst();
        var people = ("{\"answers\":" + example.answers() + ",\"filed\":\"" + example.filed() + "\"}\n").repeat(3);
        var json = diff.compareApi(NAME, null, null, "", file("b.zip", changed()), null, file("p.ndjson", people
                .getBytes(StandardCharsets.UTF_8)));
        assertThat(json.path("changes").valueStream().map(c -> c.path("kind").asString())).containsExactly("AMOUNT");
        assertThat(json.path("examples").path("amounts").asInt()).isPositive();
        assertThat(json.path("population").path("cases").asInt()).isEqualTo(3);
        assertThat(refused(() -> diff.compareApi("", null, null, "dog-registration@2000-01-01", null, null, null)))
                .containsExactly("beforeStandard tool.standard-missing", "afterStandard tool.standard-unknown");
        assertThat(refused(() -> diff.compareApi(NAME, null, null, "dog-registration@2022-06-01", null, null, null)))
                .containsExactly("afterStandard tool.diff-other");
        assertThat(refused(() -> diff.compareApi(NAME, null, null, NAME, null, null, file("p.csv", "shoe\n1\n{"
                .getBytes(StandardCharsets.UTF_8))))).containsExactly("population population.column");
    }

    private JsonNode back(MultipartFile sheets) {
        return (JsonNode) java.util.Objects.requireNonNull(tables.inApi(NAME, null, null, sheets, false, Language.JA)
                .getBody());
    }

    @Test
    void decisionTablesGoOutAndComeBackThroughTheCheck() throws Exception {
        var sheets = tables.outApi(NAME, null, null, "csv").getBody();
        var csv = new String(java.util.Objects.requireNonNull(sheets), StandardCharsets.UTF_8);
        assertThat(csv).startsWith("\uFEFF表,");
        var same = back(file("t.csv", sheets));
        assertThat(same.path("clean").asBoolean()).isTrue();
        assertThat(same.path("changed").asBoolean()).isFalse();
        var wrong = csv.replaceFirst(",30000,", ",many,").getBytes(StandardCharsets.UTF_8);
        var told = back(file("t.csv", wrong));
        assertThat(told.path("faults").valueStream()).anyMatch(f -> f.path("cell").asString().matches("月額表!E\\d+") && f
                .path("words").path("ja").asString().contains("many"));
        assertThat((byte[]) tables.inApi(NAME, null, null, file("t.csv", wrong), true, Language.JA).getBody())
                .startsWith('P', 'K');
        var book = java.util.Objects.requireNonNull(tables.outApi(NAME, null, null, "xlsx").getBody());
        assertThat(back(file("t.xlsx", book)).path("clean").asBoolean()).isTrue();
        assertThat(refused(() -> tables.inApi(NAME, null, null, file("t.xlsx", wrong), false, Language.JA)))
                .containsExactly("sheets tool.sheets");
        assertThat(refused(() -> tables.inApi("", null, null, null, false, Language.JA))).containsExactly(
                "standard tool.standard-missing", "sheets tool.sheets-missing");
        assertThat(refused(() -> tables.outApi(NAME, null, null, "ods"))).containsExactly("format tool.format");
    }

    @Test
    void theToolsAreForMinistriesAndSpeakToProgramsInProblems() {
        var ministry = SignIn.staff(port, "cfa-tanto");
        for (var page : List.of("check", "decide", "diff", "tables"))
            assertThat(ministry.page("/catalogue/" + page).statusCode()).as(page).isEqualTo(200);
        assertThat(SignIn.staff(port, "tsu-shinsa").page("/catalogue/decide").statusCode()).isIn(403, 404);
        assertThat(ministry.page("/catalogue/decide?standard=" + NAME + "&example=none").body()).contains(standards
                .samples(SHIPPED.ref()).getFirst().name());
        assertThat(ministry.page("/catalogue/child-allowance/2024-10-01").body()).contains("支給の対象とする年齢", "18歳");
        assertThat(ministry.page("/catalogue/school-aid?lang=en").body()).contains(
                "Public assistance standard, class 1",
                "People in the household", "44,630");
        var draft = new TreeMap<>(SHIPPED.files());
        draft.remove("2024-10-01/flow.bpmn");
        draft.computeIfPresent("standard.yaml", (f, text) -> text.replace("id: child-allowance", "id: zz-faulty"));
        var one = publications.upload(ONE,
                new StandardFiles(new StandardRef("zz-faulty", SHIPPED.ref().version()), draft)
                        .zip());
        assertThat(one.stage()).isEqualTo(VersionStage.DRAFT);
        assertThat(one.faults()).anyMatch(f -> f.ja().contains("手続の流れがありません") && f.en().contains("no flow"));
        assertThat(ministry.page("/catalogue/publishing/zz-faulty/2024-10-01?lang=ja").body()).contains("手続の流れがありません");
    }

    @Test
    void twoPeoplePublishInTimeAndEverybodyCanReadIt() throws Exception {
        var day = today().plusDays(40);
        var one = publications.upload(ONE, zip("zz-published", day, ""));
        assertThat(publications.upload(ONE, zip("zz-published", day, "")).number()).as("the same again")
                .isEqualTo(one.number());
        var visitor = SignIn.nobody(port);
        assertThat(visitor.page("/catalogue/zz-published").statusCode()).as("a draft").isEqualTo(404);
        int seen = one.number();
        var ref = one.ref();
        assertThat(codes(() -> publications.propose(ONE, ref, seen, day.minusDays(1), "", Optional.empty())))
                .contains("catalogue.day-name");
        var proposed = publications.propose(ONE, ref, seen, day, "", Optional.empty());
        assertThat(publications.propose(ONE, ref, seen, day, "", Optional.empty())).as("sent twice").isEqualTo(
                proposed);
        assertThatThrownBy(() -> publications.approve(ONE, ref, proposed.number())).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> publications.approve(TWO, ref, seen)).isInstanceOf(Conflict.class);
        var done = publications.approve(TWO, ref, proposed.number());
        assertThat(done.stage()).isEqualTo(VersionStage.SCHEDULED);
        assertThat(Signatures.verify(standards.edition(ref).files(), done.jws(), JWKSet.parse(signatures
                .publicKeys()))).isInstanceOf(Signatures.Verified.Sound.class);
        assertThat(visitor.page("/catalogue/zz-published").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/api/catalogue/zz-published/" + day).body()).contains("\"tables\"");
        assertThatThrownBy(() -> standards.inForce("zz-published", day.minusDays(1))).isInstanceOf(NotThere.class);
        assertThat(standards.inForce("zz-published", day).ref()).isEqualTo(ref);
        assertThat(codes(() -> publications.upload(ONE, zip("zz-published", day, "# other"))))
                .as("published is published").contains("catalogue.published");
        var undone = publications.undoPublication(ONE, ref, done.number(), "やり直す");
        assertThat(undone.stage()).isEqualTo(VersionStage.CHECKED);
        assertThat(visitor.page("/catalogue/zz-published").statusCode()).isEqualTo(404);
        assertThat(publications.discard(ONE, ref, undone.number()).stage()).isEqualTo(VersionStage.DISCARDED);
    }

    @Test
    void lessNoticeThanPromisedTakesAReasonThatStaysVisible() {
        var day = today().plusDays(29);
        var one = publications.upload(ONE, zip("zz-urgent", day, ""));
        assertThat(codes(() -> publications.propose(ONE, one.ref(), one.number(), day, "", Optional.empty())))
                .containsExactly("catalogue.lead-time");
        var proposed = publications.propose(ONE, one.ref(), one.number(), day, "災害のため", Optional.empty());
        publications.approve(TWO, one.ref(), proposed.number());
        assertThat(SignIn.nobody(port).page("/catalogue/zz-urgent").body()).contains("災害のため");
        assertThat(SignIn.nobody(port).get("/catalogue/feed.atom").body()).contains("災害のため");
        var inTime = today().plusDays(30);
        var other = publications.upload(ONE, zip("zz-in-time", inTime, ""));
        assertThat(publications.propose(ONE, other.ref(), other.number(), inTime, "", Optional.empty()).stage())
                .as("exactly the notice that was promised").isEqualTo(VersionStage.PROPOSED);
    }

    @Test
    void aFaultyVersionIsReplacedOnItsDayAndKeptForItsCases() {
        var today = today();
        var first = VersionName.of(today);
        var next = first.next().orElseThrow();
        var faulty = published("zz-corrected", today, "急ぐため", Optional.empty(), first);
        assertThat(faulty.stage()).isEqualTo(VersionStage.IN_FORCE);
        var skipping = publications.upload(ONE, zip("zz-corrected", next.next().orElseThrow(), ""));
        assertThat(codes(() -> publications.propose(ONE, skipping.ref(), skipping.number(), today, "額の誤り", Optional.of(
                first)))).as("no number is left out").containsExactly("catalogue.correction-name");
        assertThat(codes(() -> publications.propose(ONE, skipping.ref(), skipping.number(), today, "額の誤り", Optional
                .empty()))).as("a correction says of what").containsExactly("catalogue.corrects-missing");
        var second = published("zz-corrected", today, "額の誤り", Optional.of(first), next);
        assertThat(second.ref()).hasToString("zz-corrected@" + today + ".02");
        var pages = SignIn.nobody(port);
        assertThat(pages.page("/catalogue/zz-corrected/" + today).body()).as("the faulty one says by what")
                .contains(today + ".02", "訂正されました");
        assertThat(pages.page("/catalogue/zz-corrected/" + next).body()).as("the correction says of what, and why")
                .contains(today + " の版の訂正", "額の誤り");
        var told = tools.jackson.databind.json.JsonMapper.builder().build()
                .readTree(pages.get("/api/catalogue/zz-corrected").body()).path("versions");
        assertThat(told.valueStream().map(v -> v.path("ref").path("version").asString() + " < " + v.path("corrects")
                .asString("") + " > " + v.path("correctedBy").asString(""))).containsExactly(next + " < " + first
                        + " > ", first + " <  > " + next);
        var feed = pages.get("/catalogue/feed.atom").body();
        assertThat(feed).contains("/catalogue/zz-corrected/" + next + "</id>", "/catalogue/zz-corrected/" + first
                + "</id>", "rel=\"successor-version\"", "rel=\"predecessor-version\"");
        assertThat(pages.get("/catalogue/zz-corrected/" + next + "/package.zip").statusCode()).isEqualTo(200);
        for (var wrong : List.of(today + ".2", today + ".01", today + ".00", today + ".002", today + "-02",
                today + "."))
            assertThat(pages.page("/catalogue/zz-corrected/" + wrong).statusCode()).as(wrong).isEqualTo(404);
        assertThat(second.stage()).isEqualTo(VersionStage.IN_FORCE);
        assertThat(publications.of(faulty.ref()).stage()).isEqualTo(VersionStage.SUPERSEDED);
        assertThat(standards.inForce("zz-corrected", today).ref()).isEqualTo(second.ref());
        assertThat(standards.version(faulty.ref()).ref()).isEqualTo(faulty.ref());
        publications.keepDays();
        publications.keepDays();
        assertThat(publications.acts(MINISTRY, faulty.ref()).stream().map(Publication.Act::event))
                .as("what the day brought")
                .endsWith("CameIntoForce", "Superseded");
        var third = publications.upload(ONE, zip("zz-corrected", today.plusDays(2), ""));
        assertThat(codes(() -> publications.propose(ONE, third.ref(), third.number(), today.plusDays(2), "x", Optional
                .of(first)))).as("only what is in force, and only today").contains("catalogue.corrects");
        var inForce = publications.find(MINISTRY, second.ref());
        var proposed = publications.proposeWithdrawal(ONE, second.ref(), inForce.number(), "誤り");
        assertThatThrownBy(() -> publications.withdraw(ONE, second.ref(), proposed.number()))
                .isInstanceOf(Conflict.class);
        publications.withdraw(TWO, second.ref(), proposed.number());
        assertThat(standards.inForce("zz-corrected", today).ref()).as("the one before counts again").isEqualTo(faulty
                .ref());
        assertThatThrownBy(() -> publications.undoPublication(ONE, faulty.ref(), publications.find(MINISTRY, faulty
                .ref()).number(), "x"))
                .as("what is in force is withdrawn, not undone").isInstanceOf(Conflict.class);
    }

    @Test
    void aStandardBelongsToItsMinistry() {
        var day = today().plusDays(50);
        var mine = publications.upload(ONE, zip("zz-mine", day, ""));
        assertThatThrownBy(() -> publications.find(OTHER.authority(), mine.ref())).isInstanceOf(NotThere.class);
        assertThat(codes(() -> publications.upload(OTHER, zip("zz-mine", day, "")))).contains("catalogue.ministry");
        assertThat(codes(() -> publications.upload(ONE, "no zip".getBytes(StandardCharsets.UTF_8)))).contains(
                "catalogue.package");
        var page = SignIn.staff(port, "cfa-tanto");
        assertThat(page.page("/catalogue/publishing").body()).contains("zz-mine");
        assertThat(page.page("/catalogue/publishing/zz-mine/" + day).statusCode()).isEqualTo(200);
        assertThat(SignIn.staff(port, "digital-tanto").page("/catalogue/publishing/zz-mine/" + day).statusCode())
                .isEqualTo(404);
        assertThat(SignIn.staff(port, "tsu-kessai").page("/catalogue/publishing").statusCode()).isEqualTo(403);
    }

    @Test
    void aMunicipalityAdoptsWhatIsOffered() {
        var today = today();
        published("zz-offered", today, "見本", Optional.empty(), VersionName.of(today));
        var town = AuthorityId.of("182010");
        var officer = officer(town, "kessai", Role.APPROVAL);
        assertThat(adoptions.offered(town, "zz-offered", today)).isFalse();
        assertThat(adoptions.offered(town, "child-allowance", today)).as("pattern A").isTrue();
        assertThat(codes(() -> adoptions.decide(officer, "zz-offered", 0, Adoptions.Kind.DECLINED, today, "")))
                .contains("catalogue.reason-wanted");
        adoptions.decide(officer, "zz-offered", 0, Adoptions.Kind.ADOPTED, today.plusDays(2), "");
        adoptions.decide(officer, "zz-offered", 0, Adoptions.Kind.ADOPTED, today.plusDays(2), "");
        assertThat(adoptions.history(town, "zz-offered")).as("sent twice").hasSize(1);
        assertThat(adoptions.offered(town, "zz-offered", today.plusDays(1))).isFalse();
        assertThat(adoptions.offered(town, "zz-offered", today.plusDays(2))).isTrue();
        assertThatThrownBy(() -> adoptions.decide(officer, "zz-offered", 0, Adoptions.Kind.ENDED, today, "x"))
                .isInstanceOf(Conflict.class);
        assertThat(SignIn.staff(port, "fukui-kessai").page("/catalogue/adoptions").body()).contains(
                "/catalogue/zz-offered");
    }

    @Test
    void theFeedIsAtom() throws Exception {
        var feed = SignIn.nobody(port).get("/catalogue/feed.atom");
        assertThat(feed.headers().firstValue("Content-Type").orElse("")).startsWith("application/atom+xml");
        var root = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(new ByteArrayInputStream(
                feed.body().getBytes(StandardCharsets.UTF_8))).getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
        assertThat(root.getLocalName()).isEqualTo("feed");
        var entries = children(root, "entry");
        assertThat(entries).isNotEmpty();
        var ids = new java.util.HashSet<String>();
        for (var holder : java.util.stream.Stream.concat(java.util.stream.Stream.of(root), entries.stream()).toList()) {
            assertThat(children(holder, "id")).hasSize(1);
            assertThat(java.net.URI.create(children(holder, "id").getFirst().getTextContent()).isAbsolute()).isTrue();
            assertThat(ids.add(children(holder, "id").getFirst().getTextContent())).as("an id is one entry").isTrue();
            assertThat(children(holder, "title")).hasSize(1);
            assertThat(children(holder, "author")).hasSize(1);
            assertThat(children(holder, "author").getFirst().getElementsByTagNameNS("*", "name").getLength()).isOne();
            assertThat(children(holder, "updated")).hasSize(1);
            Instant.parse(children(holder, "updated").getFirst().getTextContent());
            assertThat(children(holder, "link")).allMatch(l -> !l.getAttribute("href").isBlank());
            assertThat(children(holder, "link").stream().filter(l -> l.getAttribute("rel").equals("alternate")))
                    .hasSize(1);
        }
        assertThat(children(root, "link")).anyMatch(l -> l.getAttribute("rel").equals("self"));
    }

    private static List<Element> children(Element parent, String name) {
        return IntStream.range(0, parent.getChildNodes().getLength()).mapToObj(parent.getChildNodes()::item)
                .filter(Element.class::isInstance).map(Element.class::cast).filter(e -> name.equals(e.getLocalName()))
                .toList();
    }

    private static List<String> codes(Runnable act) {
        try {
            act.run();
            return List.of();
        } catch (BadInput bad) {
            return bad.findings().stream().map(Finding::code).toList();
        }
    }
}
