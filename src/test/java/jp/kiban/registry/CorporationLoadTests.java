package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.kiban.letters.CorporateNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.BadInput;
import jp.kiban.store.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The corporations over some weeks: a full file that is interrupted, differences in their order and out of it, corrections, a full file
/// that lacks some.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CorporationLoadTests {
    @TempDir
    static Path folder;
    static Hand hand;

    private static final String NUMBER = "1180301018771";

    @BeforeAll
    static void start() { hand = new Hand(folder); }

    @AfterAll
    static void stop() { hand.close(); }

    private static long count(String sql) {
        return hand.store().in(Scope.nation(), jdbc -> jdbc.sql(sql).query(Long.class).single());
    }

    private static String row(int sequence, String number, String process, boolean corrected, String changed,
            String name, String latest, String closed, String successor) {
        return sequence + "," + String.join(",", List.of(number, process, corrected ? "1" : "0", changed, changed, name,
                "", "301", "三重県", "津市", "本町１番１号", "", "24", "201", "5140001", "", "", closed,
                closed.isEmpty() ? "" : "11",
                successor, "", "2015-10-05", latest, "", "", "", "", "", "0").stream().map(c -> '"' + c + '"')
                .toList());
    }

    private static Path file(String name, String... rows) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\r\n", rows) + "\r\n");
    }

    @Test
    @Order(1)
    void aDifferenceNeedsAnEdition() throws IOException {
        var path = file("diff_20261102.csv", row(1, NUMBER, "01", false, "2026-11-02", "株式会社甲", "1", "", ""));
        assertThatThrownBy(() -> hand.load(path)).isInstanceOf(BadInput.class).hasMessageContaining("full file must");
    }

    @Test
    @Order(2)
    void anotherFileIsRefusedAsAWhole() throws IOException {
        var path = file("00_zenkoku_all_20261029.csv", "これは,別の,ファイル", "です");
        assertThatThrownBy(() -> CorporationLoad.inspect(SourceFile.look(path))).isInstanceOf(BadInput.class)
                .hasMessageContaining("2 of the first 2 lines");
    }

    @Test
    @Order(3)
    void interruptedItGoesOnWithNothingLostOrDoubledAndBadRowsAreListed() throws IOException {
        var whole = folder.resolve("00_zenkoku_all_20261030.csv");
        new SyntheticCorporations(new Authorities()).full(whole, 50_000, 7, LocalDate.of(2026, 10, 30),
                StandardCharsets.UTF_8);
        var lines = new ArrayList<>(Files.readAllLines(whole));
        lines.set(99, lines.get(99).replaceFirst(",\"[0-9]{13}\"", ",\"1234567890123\""));
        lines.set(29_999, lines.get(29_999).replaceFirst("\"$", ""));
        lines.set(44_999, lines.get(44_999) + ",\"more\"");
        lines.set(49_999, lines.get(10).replaceFirst("^11", "50000"));
        Files.write(whole, lines);
        var file = SourceFile.look(whole);
        int id = hand.loadings.keep(CorporationLoad.claim(file.name()).orElseThrow(), file, 0, 0, "operator:a",
                "operator:a").id();
        // whoever is killed does no more than throwing at some point does: the transaction behind it is kept, nothing after
        assertThatThrownBy(() -> hand.load.run(id, file, now -> {
            if (now.line() >= 20_000)
                throw new IllegalStateException("killed");
        })).hasMessage("killed");
        var half = hand.loadings.get(id);
        assertThat(half.stage()).isEqualTo(Loading.Stage.RUNNING);
        assertThat(half.line()).isBetween(20_000L, 49_999L);
        assertThat(count("select count(*) from registry.corporation")).isEqualTo(half.added());
        var done = hand.load.run(id, file, now -> {
        });
        assertThat(done.stage()).isEqualTo(Loading.Stage.DONE);
        assertThat(List.of(done.lines(), done.added(), done.bad())).containsExactly(50_000L, 49_996L, 4L);
        assertThat(count("select count(*) from registry.corporation")).isEqualTo(49_996);
        assertThat(hand.loadings.faults(id, 100)).extracting(f -> f.line() + ":" + f.column() + ":" + f.code())
                .containsExactly("100:2:check-digit", "30000:0:quote", "45000:0:columns", "50000:2:double");
        assertThat(count("select count(*) from pg_indexes where schemaname = 'registry' and tablename = 'corporation'"))
                .isEqualTo(6);
        assertThat(hand.load.run(id, file, now -> {
        }).added()).as("again: nothing").isEqualTo(49_996);
        assertThat(count("select count(*) from registry.change")).as("the first filling is one change").isEqualTo(1);
    }

    @Test
    @Order(4)
    void aDifferenceThatDoesNotFollowIsRefusedByTheDaysThatAreMissing() throws IOException {
        // 3 November 2026 is 文化の日
        var path = file("diff_20261105.csv", row(1, NUMBER, "01", false, "2026-11-05", "株式会社甲", "1", "", ""));
        assertThatThrownBy(() -> hand.load(path)).isInstanceOf(BadInput.class).hasMessageContaining(
                "2 office day(s)").hasMessageContaining("diff_20261102, diff_20261104");
        var old = file("diff_20261030.csv", row(1, NUMBER, "01", false, "2026-10-30", "株式会社甲", "1", "", ""));
        assertThatThrownBy(() -> hand.load(old)).hasMessageContaining("not newer than the edition");
    }

    @Test
    @Order(5)
    void changesKeepWhatWasBeforeAndCorrectionsWhatWasBelieved() throws IOException {
        var moved = SyntheticCorporations.number(5).digits();
        hand.clock.set("2026-11-02T09:00:00Z");
        var first = hand
                .load(file("diff_20261102.csv", row(1, NUMBER, "01", false, "2026-10-20", "株式会社はじめ", "1", "", ""),
                        row(2, moved, "11", false, "2026-10-25", "株式会社あたらしい名", "1", "", "")));
        assertThat(List.of(first.added(), first.changed(), first.bad())).containsExactly(1L, 1L, 0L);
        hand.clock.set("2026-11-04T09:00:00Z");
        hand.load(file("diff_20261104.csv", row(1, NUMBER, "01", true, "2026-10-20", "株式会社初め", "1", "", ""),
                row(2, NUMBER,
                        "11", false, "2026-11-01", "株式会社次", "1", "", "")));
        hand.clock.set("2026-11-05T09:00:00Z");
        hand.load(file("diff_20261105.csv",
                row(1, NUMBER, "71", false, "2026-11-04", "株式会社次", "1", "2026-11-04", moved)));
        var number = CorporateNumber.of(NUMBER);
        assertThat(hand.corporations.history(number)).extracting(v -> v.corporation().name() + v.corporation()
                .process() + (v.doubted().isPresent() ? " wrong" : "")).containsExactly("株式会社次71", "株式会社次11", "株式会社初め1",
                        "株式会社はじめ1 wrong");
        assertThat(name(number, "2026-10-21", "2026-11-03T00:00:00Z")).isEqualTo("株式会社はじめ");
        assertThat(name(number, "2026-10-21", "2026-11-06T00:00:00Z")).isEqualTo("株式会社初め");
        assertThat(name(number, "2026-11-02", "2026-11-06T00:00:00Z")).isEqualTo("株式会社次");
        assertThat(name(number, "2026-11-02", "2026-11-03T00:00:00Z")).as("the change was not known yet").isEqualTo(
                "株式会社はじめ");
        assertThat(name(number, "2026-10-19", "2026-11-06T00:00:00Z")).isEqualTo("nothing");
        var now = hand.corporations.find(number).orElseThrow();
        assertThat(now.closed()).isTrue();
        assertThat(now.successor()).contains(CorporateNumber.of(moved));
        assertThat(now.provenance().file()).isEqualTo("diff_20261105.csv");
        assertThat(now.provenance().line()).isEqualTo(1);
        assertThat(count("select count(*) from registry.change where item = '" + NUMBER + "'")).isEqualTo(4);
    }

    private static String name(CorporateNumber number, String on, String known) {
        return hand.corporations.find(number, new AsOf(LocalDate.parse(on), Instant.parse(known))).map(
                Corporation::name).orElse("nothing");
    }

    @Test
    @Order(6)
    void aFullFileThatLacksTooManyWaitsForAWord() throws IOException {
        var path = folder.resolve("00_zenkoku_all_20261130.csv");
        new SyntheticCorporations(new Authorities()).full(path, 48_000, 7, LocalDate.of(2026, 10, 30),
                StandardCharsets.UTF_8);
        var stopped = hand.load(path);
        assertThat(stopped.stage()).isEqualTo(Loading.Stage.STOPPED);
        assertThat(stopped.note()).isEqualTo("gone:2000");
        assertThat(stopped.same()).isEqualTo(47_996);
        hand.loadings.acceptGone(stopped.id());
        var done = hand.load.run(stopped.id(), SourceFile.look(path), now -> {
        });
        assertThat(done.stage()).isEqualTo(Loading.Stage.DONE);
        assertThat(done.gone()).isEqualTo(2000);
        assertThat(hand.corporations.find(SyntheticCorporations.number(48_500))).isEmpty();
        assertThat(hand.corporations.history(SyntheticCorporations.number(48_500))).hasSize(1);
    }

    @Test
    @Order(7)
    void theShiftJisEditionAndZipsAreReadByTheirBytes() throws IOException {
        var path = folder.resolve("00_zenkoku_all_20261201.zip");
        new SyntheticCorporations(new Authorities()).full(path, 2_000, 9, LocalDate.of(2026, 10, 30),
                SourceFile.SHIFT_JIS);
        var file = SourceFile.look(path);
        assertThat(file.charset()).isEqualTo(SourceFile.SHIFT_JIS);
        assertThat(CorporationLoad.inspect(file).good()).isEqualTo(2_000);
    }

    @Test
    @Order(8)
    void onlyTheKeeperWrites() {
        assertThatThrownBy(() -> hand.store().run(Scope.of(jp.kiban.kernel.AuthorityId.of("242012")), jdbc -> jdbc.sql(
                "insert into registry.change (registry, item, what, loading, at) values ('corporations', '', 'EDITION', 1, now())")
                .update())).hasStackTraceContaining("row-level security");
        int changed = hand.store().in(Scope.of(jp.kiban.kernel.AuthorityId.of("242012")), jdbc -> jdbc.sql(
                "update registry.corporation set name = 'x'").update());
        assertThat(changed).isZero();
        assertThatThrownBy(() -> hand.store().run(Scope.of(jp.kiban.kernel.AuthorityId.of("242012")), jdbc -> jdbc.sql(
                "select registry.corporation_indexes(false)").query((r, i) -> true).single())).hasStackTraceContaining(
                        "only the keeper");
    }
}
