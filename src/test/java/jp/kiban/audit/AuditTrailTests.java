package jp.kiban.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import jp.kiban.KibanTest;
import jp.kiban.audit.AuditTrail.Head;
import jp.kiban.audit.AuditTrail.Search;
import jp.kiban.audit.Verification.Broken;
import jp.kiban.audit.Verification.Fault;
import jp.kiban.audit.Verification.Whole;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.store.EventLog;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

@KibanTest
class AuditTrailTests {
    private static final AuthorityId HERE = AuthorityId.of("013331");
    private static final Search ALL = new Search("", Optional.empty(), Optional.empty());

    @Autowired
    AuditTrail trail;
    @Autowired
    Store store;
    @Autowired
    EventLog events;

    record Rang(AuthorityId authority, Instant at, String subject, int times) implements Event {}

    private static List<AuditEntry> chain(int length) {
        var entries = new ArrayList<AuditEntry>();
        String last = AuditEntry.BEGINNING;
        for (int i = 1; i <= length; i++) {
            var entry = AuditEntry.next(HERE, i, Instant.ofEpochSecond(1_000_000 + i, 123_456_789), "test.Rang",
                    "bell " + i,
                    "{\"times\":" + i + "}", last);
            entries.add(entry);
            last = entry.hash();
        }
        return entries;
    }

    private static Verification verify(List<AuditEntry> entries, List<AuditEntry> written) {
        var walk = new AuditTrail.Walk();
        for (var entry : entries) {
            var broken = walk.step(entry);
            if (broken.isPresent())
                return broken.get();
        }
        return walk.end(new Head(written.getLast().number(), written.getLast().hash()));
    }

    @Test
    void anUntouchedChainIsWhole() {
        var chain = chain(20);
        assertThat(verify(chain, chain)).isEqualTo(new Whole(20, chain.getLast().hash()));
    }

    @Test
    void alteringAnyFieldOfAnyEntryIsFoundAtThatEntry() {
        var chain = chain(9);
        for (int i = 0; i < 9; i++) {
            var e = chain.get(i);
            for (var altered : List.of(
                    new AuditEntry(e.authority(), e.number(), e.at().plusMillis(1), e.kind(), e.subject(), e.body(),
                            e.previous(), e.hash()),
                    new AuditEntry(e.authority(), e.number(), e.at(), "test.Rung", e.subject(), e.body(), e.previous(),
                            e.hash()),
                    new AuditEntry(e.authority(), e.number(), e.at(), e.kind(), "bell", e.body(), e.previous(),
                            e.hash()),
                    new AuditEntry(e.authority(), e.number(), e.at(), e.kind(), e.subject(), "{\"times\":99}",
                            e.previous(), e.hash()),
                    new AuditEntry(e.authority(), e.number(), e.at(), e.kind(), e.subject(), e.body(), "f".repeat(64),
                            e.hash()))) {
                var touched = new ArrayList<>(chain);
                touched.set(i, altered);
                assertThat(verify(touched, chain)).isEqualTo(new Broken(i + 1, Fault.ALTERED));
            }
        }
    }

    @Test
    void anEntryAlteredTogetherWithItsHashBreaksTheLinkAfterIt() {
        var chain = chain(9);
        var forged = new ArrayList<>(chain);
        var e = chain.get(4);
        forged.set(4, AuditEntry.next(e.authority(), e.number(), e.at(), e.kind(), e.subject(), "{\"times\":99}",
                e.previous()));
        assertThat(verify(forged, chain)).isEqualTo(new Broken(6, Fault.OUT_OF_ORDER));
    }

    @Test
    void theLastEntryAlteredTogetherWithItsHashDoesNotMatchTheHead() {
        var chain = chain(9);
        var forged = new ArrayList<>(chain);
        var e = chain.getLast();
        forged.set(8, AuditEntry.next(e.authority(), e.number(), e.at(), e.kind(), e.subject(), "{}", e.previous()));
        assertThat(verify(forged, chain)).isEqualTo(new Broken(9, Fault.ALTERED));
    }

    @Test
    void deletingAnyEntryIsFoundTheLastIncluded() {
        var chain = chain(9);
        for (int i = 0; i < 9; i++) {
            var touched = new ArrayList<>(chain);
            touched.remove(i);
            assertThat(verify(touched, chain)).isEqualTo(new Broken(i + 1, Fault.MISSING));
        }
    }

    @Test
    void reorderingIsFoundHoweverTheNumbersAreWritten() {
        var chain = chain(9);
        var swapped = new ArrayList<>(chain);
        Collections.swap(swapped, 3, 6);
        assertThat(verify(swapped, chain)).isInstanceOf(Broken.class);
        var renumbered = new ArrayList<AuditEntry>();
        for (int i = 0; i < 9; i++) {
            var e = swapped.get(i);
            renumbered.add(new AuditEntry(e.authority(), i + 1, e.at(), e.kind(), e.subject(), e.body(), e.previous(),
                    e.hash()));
        }
        assertThat(verify(renumbered, chain)).isEqualTo(new Broken(4, Fault.ALTERED));
    }

    @Test
    void oneContentHasOneText() {
        var json = JsonMapper.builder().build();
        assertThat(AuditEntry.Canonical
                .of(json.readTree("{ \"b\": [1, {\"z\":null,\"a\":true}], \"a\": \"あ\\n\\u0001\\\"\" }")))
                .isEqualTo("{\"a\":\"あ\\n\\u0001\\\"\",\"b\":[1,{\"a\":true,\"z\":null}]}");
    }

    @Test
    void everyEventIsChainedOnceAndTheApplicationCannotTouchTheChain() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            int times = i;
            store.run(Scope.of(HERE), jdbc -> events.append(jdbc, new Rang(HERE, Instant.EPOCH, "tower", times)));
        }
        for (int i = 0; i < 200 && trail.count(HERE, new Search("tower", Optional.empty(), Optional.empty())) < 30; i++)
            Thread.sleep(50);
        assertThat(trail.find(HERE, ALL, 0, 100)).hasSize(30)
                .isSortedAccordingTo((a, b) -> Long.compare(b.number(), a.number()));
        assertThat(trail.verify(HERE, n -> {
        })).isInstanceOfSatisfying(Whole.class, whole -> assertThat(whole.entries()).isEqualTo(30));
        assertThat(trail.count(AuthorityId.of("013340"), ALL)).isZero();
        var read = new ArrayList<Long>();
        for (var chunks = trail.chunks(HERE, ALL, 7); chunks.hasNext();) {
            chunks.next().forEach(e -> read.add(e.number()));
            store.run(Scope.of(HERE), jdbc -> events.append(jdbc, new Rang(HERE, Instant.now(), "meanwhile", 1)));
            Thread.sleep(30);
        }
        assertThat(read).as("each once, whatever happens meanwhile").hasSize(30).doesNotHaveDuplicates();
        for (int i = 0; i < 200 && trail.head(HERE).number() < 35; i++)
            Thread.sleep(50);
        assertThatThrownBy(() -> store.run(Scope.of(HERE), jdbc -> jdbc
                .sql("update audit.entry set subject = 'bell' where authority = ?").param(HERE.code()).update()))
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> store.run(Scope.of(HERE),
                jdbc -> jdbc.sql("delete from audit.entry where authority = ?").param(HERE.code()).update()))
                .hasStackTraceContaining("permission denied");
    }
}
