package jp.kiban.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.kiban.KibanTest;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.identity.SignIn;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.ExampleEffects;
import jp.kiban.standards.LocalForms;
import jp.kiban.standards.StandardFiles;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A newer version that takes five values of a municipality no more, each for another reason.
@KibanTest
@TestPropertySource(properties = "kiban.house=publishing")
class UpgradesTests {
    private static final String ID = "zz-upgraded";
    private static final StandardRef OLD = StandardRef.parse(ID + "@2026-01-01");
    private static final StandardRef NEW = StandardRef.parse(ID + "@2027-01-01");
    private static final LocalDate DAY = LocalDate.of(2027, 1, 1);
    private static final AuthorityId MINISTRY = AuthorityId.of("GMEXT0");
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final String BOTH = """

              - { key: visitDays, name: { ja: 訪問, ja-easy: 訪問, en: Visits }, explanation: { ja: 日, ja-easy: 日, en: days }, type: INTEGER, default: 3, min: 1, max: MAX, basis: 学校教育法 第19条 }
              - { key: letter, name: { ja: 便り, ja-easy: 便り, en: Letters }, explanation: { ja: 便り, ja-easy: 便り, en: letters }, LETTER, basis: 学校教育法 第19条 }
              - { key: fee, name: { ja: 手数料, ja-easy: お金, en: Fee }, explanation: { ja: 円, ja-easy: 円, en: yen }, type: YEN, default: 0, min: 0, max: 1000, ORDINANCE basis: 学校教育法 第19条 }
              - { key: hours, name: { ja: 時間, ja-easy: 時間, en: Hours }, explanation: { ja: 時間, ja-easy: 時間, en: hours }, type: INTEGER, default: 8, min: 1, max: 24, basis: 学校教育法 第19条 }
            """;

    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Standards standards;
    @Autowired
    Layers house;
    @Autowired
    Clock clock;
    @Autowired
    JsonMapper json;
    @LocalServerPort
    int port;

    private LocalDate today = LocalDate.of(2026, 11, 24);
    private AuthorityId town = AuthorityId.of("242080");

    @BeforeEach
    void twoVersions() {
        if (standards.all().stream().anyMatch(s -> s.id().equals(ID)))
            return;
        publish(OLD, BOTH.replace("MAX", "30").replace("LETTER", "type: INTEGER, default: 1, min: 0, max: 9").replace(
                "ORDINANCE", "")
                + "  - { key: gift, name: { ja: 品, ja-easy: 品, en: Gift }, explanation: { ja: 品, ja-easy: 品, en: gift }, type: YES_NO, default: false, basis: 学校教育法 第19条 }\n",
                false);
        publish(NEW, BOTH.replace("MAX", "10").replace("LETTER", "type: YES_NO, default: true").replace("ORDINANCE",
                "ordinance: true,"), true);
        standards.refresh();
    }

    private void publish(StandardRef ref, String more, boolean newer) {
        var shipped = StandardFiles.ofFolder(Path.of("standards"), StandardRef.parse("school-aid@2025-04-01"))
                .orElseThrow();
        var files = new TreeMap<String, String>();
        shipped.files().forEach((path, text) -> {
            if (path.contains("/layers/"))
                return;
            var changed = path.equals("standard.yaml")
                    ? text.replace("id: school-aid", "id: " + ID).replaceAll("(?m)^pattern:.*$", "") + "\npattern: B\n"
                    : text;
            if (path.endsWith("variations.yaml"))
                changed = (newer
                        ? changed.replaceFirst("(?s)(key: multiplier.*?)    may-change-examples: true\n", "$1")
                        : changed) + more.replaceAll("(?m)^              ", "  ").stripTrailing() + "\n";
            files.put(path.replace("2025-04-01/", ref.version() + "/"), changed);
        });
        var all = new StandardFiles(ref, files);
        assertThat(standards.faults(all)).isEmpty();
        store.run(Scope.of(MINISTRY),
                jdbc -> jdbc.sql("""
                insert into catalogue.version (authority, standard, version, stage, number, package, sha256, digest, notice_days,
                    pattern, in_force_on, published_at)
                values (?, ?, ?, 'SCHEDULED', 1, ?, '', ?, 30, 'B', ?, ?)
                """)
                        .params(MINISTRY.code(), ref.id(), ref.version().text(), all.zip(), all.digest(), ref.day(),
                                Timestamp
                                        .from(clock.instant()))
                        .update());
    }

    private Clock on() { return Clock.fixed(Instant.from(today.atTime(9, 0).atZone(JAPAN)), JAPAN); }

    private Layers layers() {
        return new Layers(store, events, standards, new ExampleEffects(standards), new LocalForms(standards), json,
                on());
    }

    private Upgrades upgrades() { return new Upgrades(layers(), standards, store, events, on()); }

    private Actor.Officer officer(String id, Role role) { return new Actor.Officer(town, id, id, Set.of(role)); }

    private Map<String, JsonNode> values(String text) {
        var all = new LinkedHashMap<String, JsonNode>();
        json.readTree(text).forEachEntry(all::put);
        return all;
    }

    private void set(String values) { set(layers(), values); }

    private void set(Layers through, String values) {
        var layer = through.propose(officer("shinsa", Role.REVIEW), ID, new Layers.Wanted(LocalDate.of(2026, 11, 25),
                Optional.empty(), values(values), "", "住民の声", Optional.empty()));
        through.approve(officer("kessai", Role.APPROVAL), ID, layer.number());
    }

    private StandardVersion newer() { return standards.version(NEW); }

    private JsonNode value(String key, LocalDate day) { return layers().values(town, newer(), day).get(key); }

    private static final String FIVE = """
            {"visitDays": 20, "letter": 2, "fee": 500, "gift": true, "multiplier": 1.0, "hours": 9}""";

    @Test
    void everyConflictIsListedWithItsReasonAndTheRestIsKept() {
        town = AuthorityId.of("242098");
        set(FIVE);
        var upgrade = upgrades().to(town, ID, "2027-01-01");
        assertThat(upgrade.state()).isEqualTo(Upgrades.State.OPEN);
        assertThat(upgrade.daysLeft()).isEqualTo(38);
        assertThat(upgrade.kept()).containsExactly("hours");
        var kinds = new TreeMap<String, LayerConflict.Kind>();
        upgrade.conflicts().forEach(c -> kinds.put(c.key(), c.kind()));
        assertThat(kinds).containsExactlyInAnyOrderEntriesOf(Map.of("visitDays", LayerConflict.Kind.RANGE, "letter",
                LayerConflict.Kind.TYPE, "fee", LayerConflict.Kind.ORDINANCE, "gift", LayerConflict.Kind.GONE,
                "multiplier", LayerConflict.Kind.EXAMPLE));
        assertThat(upgrades().duties(town)).singleElement().satisfies(d -> assertThat(d.upgrade().to()).isEqualTo(NEW));
        assertThat(upgrades().duties(AuthorityId.of("242110"))).as("who has set nothing has nothing to do").isEmpty();
    }

    @Test
    void decidedByTwoBeforeTheDayItHoldsFromTheDay() {
        town = AuthorityId.of("242101");
        set(FIVE);
        var upgrade = upgrades().to(town, ID, "2027-01-01");
        var findings = new ArrayList<Finding>();
        upgrades().decided(town, upgrade, Map.of("gift", new Upgrades.Choice(false, Optional.of(json.readTree(
                "true")))), "", "改正", findings);
        assertThat(findings.stream().map(Finding::where)).as("all at once").containsExactlyInAnyOrder("visitDays",
                "letter", "fee", "multiplier", "gift");
        findings.clear();
        var byDefault = new Upgrades.Choice(true, Optional.empty());
        var wanted = upgrades().decided(town, upgrade, Map.of("visitDays", new Upgrades.Choice(false, Optional.of(json
                .readTree("10"))), "letter", byDefault, "fee", new Upgrades.Choice(false, Optional.of(
                        json.readTree(
                                "500"))),
                "gift", byDefault, "multiplier", byDefault), "名張市手数料条例", "改正", findings);
        assertThat(findings).isEmpty();
        var layer = layers().propose(officer("shinsa", Role.REVIEW), ID, wanted);
        assertThat(upgrades().to(town, ID, "2027-01-01").state()).isEqualTo(Upgrades.State.PROPOSED);
        assertThat(value("visitDays", DAY).asInt()).as("a proposal alone changes nothing").isEqualTo(3);
        assertThatThrownBy(() -> layers().approve(new Actor.Officer(town, "shinsa", "x", Set.of(Role.APPROVAL)), ID,
                layer.number())).isInstanceOf(Conflict.class);
        layers().approve(officer("kessai", Role.APPROVAL), ID, layer.number());
        assertThat(upgrades().to(town, ID, "2027-01-01").state()).isEqualTo(Upgrades.State.CLEAN);
        assertThat(upgrades().duties(town)).isEmpty();
        assertThat(value("visitDays", DAY).asInt()).isEqualTo(10);
        assertThat(value("fee", DAY).asInt()).isEqualTo(500);
        assertThat(value("hours", DAY).asInt()).isEqualTo(9);
        assertThat(layers().values(town, standards.version(OLD), DAY.minusDays(1)).number("visitDays")).as(
                "the day before, as it was").isEqualTo(20);
    }

    @Test
    void undecidedOnTheDayTheDefaultStandsInForTheKeyAloneAndTheMunicipalityIsTold() {
        set(FIVE);
        assertThat(value("hours", DAY).asInt()).as("what is kept").isEqualTo(9);
        assertThat(value("visitDays", DAY).asInt()).isEqualTo(3);
        assertThat(value("letter", DAY).asBoolean()).isTrue();
        assertThat(value("fee", DAY).asInt()).as("no ordinance is named").isZero();
        assertThat(value("multiplier", DAY).asDouble()).as("an example would fail").isEqualTo(1.3);
        today = DAY.minusDays(1);
        upgrades().tell();
        assertThat(told()).as("not before the day").isZero();
        today = DAY;
        upgrades().tell();
        upgrades().tell();
        assertThat(told()).isOne();
        var now = upgrades().to(town, ID, "2027-01-01");
        assertThat(now.state()).isEqualTo(Upgrades.State.FELL_BACK);
        var late = upgrades().decided(town, now, Map.of("visitDays", new Upgrades.Choice(false, Optional.of(json
                .readTree("5"))), "letter", new Upgrades.Choice(true, Optional.empty()), "fee", new Upgrades.Choice(
                        true, Optional.empty()),
                "gift", new Upgrades.Choice(true, Optional.empty()), "multiplier",
                new Upgrades.Choice(true, Optional.empty())), "", "遅れて", new ArrayList<>());
        assertThat(late.from()).as("from tomorrow at the earliest").isEqualTo(DAY.plusDays(1));
        assertThat(layers().check(town, ID, late)).isEmpty();
    }

    private long told() {
        return store.in(Scope.of(town), jdbc -> events.about(jdbc, town, NEW.toString())).stream().filter(e -> e.kind()
                .equals("catalogue.LayerFellBack")).count();
    }

    @Test
    void officersSeeTheTaskAndDecideOnAPage() {
        town = AuthorityId.of("242012");
        // through the house itself: what another node has written it sees within a minute only
        set(house, "{\"visitDays\": 20, \"hours\": 9}");
        var desk = SignIn.staff(port, "tsu-shinsa");
        assertThat(desk.page("/office").body()).contains("/catalogue/layers/zz-upgraded/upgrade", "あと38日");
        assertThat(desk.page("/catalogue/layers/zz-upgraded").body()).contains("新しい版になります");
        assertThat(desk.page("/catalogue/layers/zz-upgraded/upgrade").body()).contains("visitDays");
        var path = "/catalogue/layers/zz-upgraded/upgrade/2027-01-01";
        assertThat(desk.page(path).body()).contains("take.visitDays");
        assertThat(desk.page("/catalogue/layers/zz-upgraded/upgrade/2029-01-01").statusCode()).isEqualTo(404);
        var open = desk.postJson("/api" + path, "{\"why\":\"x\"}");
        assertThat(open.statusCode()).isEqualTo(422);
        assertThat(open.body()).contains("visitDays");
        var done = desk.postJson("/api" + path, """
                {"choices": {"visitDays": {"take": "value", "value": 7}}, "why": "改正に合わせる"}""");
        assertThat(done.body()).contains("PROPOSED");
        assertThat(List.of(200, 201)).contains(done.statusCode());
        assertThat(desk.page("/catalogue/layers/zz-upgraded/upgrade").body()).contains("決裁を待っています");
    }
}
