package jp.kiban.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kiban.authority.Authorities;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a search finds is held against every row read one by one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorporationSearchTests {
    @TempDir
    static Path folder;

    /// 150 characters, no pair of which is there twice.
    private static final String LONG = IntStream.range(0, 150).mapToObj(i -> Character.toString('一' + 7 * i))
            .collect(Collectors
                    .joining());

    private Hand hand;
    private final List<CorporationRow> rows = new ArrayList<>();
    private final Map<CorporationRow, List<String>> keys = new HashMap<>();

    @BeforeAll
    void load() throws IOException {
        hand = new Hand(folder);
        var file = folder.resolve("00_zenkoku_all_20261030.csv");
        new SyntheticCorporations(new Authorities()).full(file, 12_000, 3, LocalDate.of(2026, 10, 30),
                StandardCharsets.UTF_8);
        var lines = new ArrayList<>(Files.readAllLines(file));
        var joints = List.of("株式会社自由ヶ丘書房", "自由が丘不動産", "東自由箇丘会", "合同会社ガ丘", "山之内製薬株式会社", "山の内商会", LONG, "株式会社𠮷藁鑽",
                "ｶﾞｰﾄﾞ藁社中", "㈱ＺＱ藁屋");
        for (int i = 0; i < joints.size(); i++)
            lines.set(100 + i, lines.get(100 + i).replaceFirst("^((?:[^,]*,){6})\"[^\"]*\"", "$1\"" + joints.get(i)
                    + "\""));
        lines.set(300, lines.get(300).replaceFirst("\"[01]\"$", "\"1\""));
        Files.write(file, lines);
        hand.load.load(file, "test");
        for (int line = 1; line <= lines.size(); line++)
            rows.add(Objects.requireNonNull(CorporationRow.read(line, Objects.requireNonNull(SourceFile.cells(lines.get(
                    line - 1), CorporationRow.COLUMNS)), (column, code) -> {
                    })));
        rows.forEach(r -> keys.put(r, List.of(SearchKey.of(r.name()), SearchKey.folded(r.furigana()))));
        assertThat(rows).hasSize(12_000);
    }

    private List<String> keys(CorporationRow row) { return Objects.requireNonNull(keys.get(row)); }

    @AfterAll
    void close() { hand.close(); }

    @Test
    void everySearchFindsWhatALookAtEachRowFinds() {
        for (var prefecture : List.of("", "13"))
            for (var kind : List.of("", "301"))
                for (boolean open : List.of(false, true))
                    for (var q : List.of("佐藤商事", "齋藤", "アクア", "あくあ", "ヶ丘", "が丘", "製作", "大成 工業", "渡邊", "zzzz", "大成 会",
                            "会 大成", "東 工",
                            "工", "ア", "ん", "藁", "工業 大成", "日 電 佐"))
                        found(new Corporations.Query(q, prefecture, kind, open, "relevance"));
    }

    private List<String> names(String q) {
        return names(hand.corporations.search(new Corporations.Query(q, "", "", false, "relevance")).numbers());
    }

    private List<String> names(List<Long> numbers) {
        return hand.corporations.all(numbers).stream().map(Corporation::name).toList();
    }

    @Test
    void aSingleCharacterIsFoundWhereverItStands() {
        assertThat(names("藁")).containsExactlyInAnyOrder("株式会社𠮷藁鑽", "ｶﾞｰﾄﾞ藁社中", "㈱ＺＱ藁屋");
        assertThat(names("鑽")).containsExactly("株式会社𠮷藁鑽");
        assertThat(names("𠮷")).as("one character, though two units of UTF-16, and a variant of 吉")
                .contains("株式会社𠮷藁鑽");
        assertThat(names("吉")).contains("株式会社𠮷藁鑽");
        assertThat(names("鑿")).as("in none").isEmpty();
    }

    @Test
    void oneCharacterBesideAWordIsHeldAgainstTheWholeName() {
        assertThat(names("藁 社中")).containsExactly("ｶﾞｰﾄﾞ藁社中");
        assertThat(names("鑽 藁")).as("in any order").containsExactly("株式会社𠮷藁鑽");
        assertThat(names("藁 鑿")).as("all words, not some").isEmpty();
        assertThat(names("藁　藁")).as("the same word twice asks no more than once").isEqualTo(names("藁"));
        assertThat(names("藁屋 藁屋")).isEqualTo(names("藁屋")).isNotEmpty();
        assertThat(names("藁藁")).as("but twice in one word is asked for").isEmpty();
    }

    @Test
    void everyWidthAndKanaIsTheSameWord() {
        for (var q : List.of("ｶﾞｰﾄﾞ", "ガード", "がーど", "ガ－ド", "ｶﾞｰﾄﾞ 藁"))
            assertThat(names(q)).as(q).contains("ｶﾞｰﾄﾞ藁社中");
        for (var q : List.of("ＺＱ", "zq", "ＺＱ藁屋株式会社", "㈱ZQ藁屋", "z 藁屋", "Ｑ　藁"))
            assertThat(names(q)).as(q).contains("㈱ＺＱ藁屋");
    }

    @Test
    void aLongNameIsFoundByEachOfItsPartsToTheLast() {
        for (int i = 0; i + 2 <= LONG.length(); i++)
            assertThat(names(LONG.substring(i, i + 2))).contains(LONG);
        assertThat(names(LONG.substring(149) + " " + LONG.charAt(0))).containsExactly(LONG);
        assertThat(names(LONG.charAt(1) + "" + LONG.charAt(0))).as("a pair the other way round is another")
                .doesNotContain(LONG);
    }

    @Test
    void theIndexHoldsWhateverAWordOfAnyLengthAsksFor() {
        var random = new java.util.SplittableRandom(5);
        var letters = "アイウン東京都𠮷𣘺藁ZQ9々&";
        int[] points = letters.codePoints().toArray();
        for (int n = 0; n < 20_000; n++) {
            var key = random.ints(random.nextInt(1, 12), 0, points.length).mapToObj(i -> Character.toString(points[i]))
                    .collect(
                            Collectors.joining());
            int length = SearchKey.length(key);
            int from = random.nextInt(length);
            int to = random.nextInt(from + 1, length + 1);
            var word = key.substring(key.offsetByCodePoints(0, from), key.offsetByCodePoints(0, to));
            var held = java.util.Arrays.stream(SearchKey.grams("ア", key)).boxed().toList();
            assertThat(held).as(word + " of " + key)
                    .containsAll(java.util.Arrays.stream(SearchKey.asked(word)).boxed().toList())
                    .doesNotHaveDuplicates();
        }
        assertThat(SearchKey.asked("")).isEmpty();
        assertThat(SearchKey.asked("シヨウシヨウ")).as("three kinds of three, no pair").hasSize(3);
        assertThat(SearchKey.asked("東シヨウ京")).as("two pairs around a three").hasSize(3);
        assertThat(SearchKey.asked("シヨ")).hasSize(1);
    }

    @Test
    void wordsTypedApartAreAlsoReadAsOneName() {
        assertThat(Corporations.joined("自由 が 丘")).isEqualTo(SearchKey.of("自由ヶ丘"));
        assertThat(names("自由 が 丘")).contains("株式会社自由ヶ丘書房", "自由が丘不動産");
        assertThat(Corporations.joined("株式会社 藁 屋")).isEqualTo("藁屋");
        assertThat(Corporations.words("藁 藁 屋")).containsExactly("藁", "屋");
    }

    @Test
    void pagesOfAnAnswerMeetWithoutGapOrDoubleWhereverTheyAreCut() {
        for (var q : List.of("佐藤", "大成 工", "工", "アクア"))
            for (var sort : List.of("relevance", "name", "-name", "kana", "number")) {
                var query = new Corporations.Query(q, "", "", false, sort);
                var whole = hand.corporations.search(query).numbers();
                // many names are alike: only their numbers tell them apart
                var keys = names(whole).stream().map(SearchKey::of).toList();
                if (q.equals("佐藤"))
                    assertThat(keys.stream().distinct().count()).isLessThan(keys.size());
                for (int size : List.of(7, 20)) {
                    var paged = new ArrayList<Long>();
                    for (int page = 1; (page - 1) * size < Math.min(40, whole.size()); page++)
                        paged.addAll(jp.kiban.portal.Page.of(hand.corporations.search(query).numbers(),
                                new jp.kiban.portal.Page.Wanted(page, size)).items());
                    assertThat(paged).as(q + " " + sort).isEqualTo(whole.subList(0, paged.size()));
                }
                for (int i = 1; i < keys.size(); i++)
                    if (sort.equals("name") && keys.get(i).equals(keys.get(i - 1)))
                        assertThat(whole.get(i)).isGreaterThan(whole.get(i - 1));
            }
    }

    @Test
    void theSlicesOfACommonPartHoldAllOfTheirOwn() {
        for (var q : List.of("アクア", "大成", "が丘")) {
            var word = Corporations.words(q).getFirst();
            for (var r : rows)
                if (SearchKey.slice(r.number().value()) == 0 && keys(r).getFirst().contains(word)) {
                    var grams = java.util.Arrays
                            .stream(CorporationKeys.grams(r.number().value(), keys(r).getFirst(), keys(
                                    r).getLast(), r.prefectureCode(), r.kind(), true))
                            .boxed().toList();
                    for (int gram : SearchKey.asked(word))
                        assertThat(grams).contains(SearchKey.inSlice(gram, 0), gram);
                }
        }
    }

    private void found(Corporations.Query query) {
        var words = Corporations.words(query.q());
        String key = Corporations.joined(query.q());
        var expected = rows.stream().filter(r -> !r.hidden() && within(r, query)).filter(r -> {
            String name = keys(r).getFirst();
            String kana = keys(r).getLast();
            return name.startsWith(key) || kana.startsWith(key) || words.stream().allMatch(
                    w -> SearchKey.spellings(w).stream().anyMatch(s -> name.contains(s) || kana.contains(s)));
        }).map(r -> r.number().value()).collect(Collectors.toCollection(TreeSet::new));
        var found = hand.corporations.search(query);
        assertThat(found.numbers()).as(query.toString()).doesNotHaveDuplicates().isSubsetOf(expected);
        if (found.more())
            assertThat(expected.size()).as(query.toString()).isGreaterThan(found.numbers().size());
        else
            assertThat(found.numbers()).as(query.toString()).hasSameSizeAs(expected);
    }

    private static boolean within(CorporationRow r, Corporations.Query query) {
        return (query.prefecture().isEmpty() || r.prefectureCode().equals(query.prefecture()))
                && (query.kind().isEmpty() || Integer.toString(r.kind()).equals(query.kind()))
                && (!query.open() || r.closeDate() == null);
    }

    @Test
    void aCommonPartShowsShortNamesFirstAndSaysThatThereAreMore() {
        var counts = new HashMap<String, Integer>();
        keys.values().forEach(k -> k.forEach(key -> {
            for (int i = 1; i + 2 <= key.length(); i++)
                counts.merge(key.substring(i, i + 2), 1, Integer::sum);
        }));
        keys.values().forEach(k -> k.stream().filter(key -> key.length() > 1).forEach(key -> counts.remove(key
                .substring(0, 2))));
        var part = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        var all = rows.stream().filter(r -> !r.hidden() && keys(r).stream().anyMatch(k -> k.contains(part))).toList();
        // as if that were few, so that all are read; and as if it were many, so that slices are
        var whole = search(new Corporations(hand.store(), 1_000_000), part);
        assertThat(all).hasSizeGreaterThan(whole.numbers().size());
        int longest = longest(whole);
        assertThat(whole.numbers()).containsAll(all.stream().filter(r -> SearchKey.length(keys(r).getFirst()) < longest)
                .map(r -> r.number().value()).toList());
        var many = search(new Corporations(hand.store(), 0), part);
        assertThat(many.numbers()).isSubsetOf(all.stream().map(r -> r.number().value()).toList());
        assertThat(all.stream().filter(r -> SearchKey.slice(r.number().value()) == 3).count())
                .as("slices are of one size")
                .isBetween(all.size() / 256L, all.size() / 20L);
    }

    private static Corporations.Found search(Corporations corporations, String part) {
        var query = new Corporations.Query(part, "", "", false, "relevance");
        var found = corporations.search(query);
        assertThat(found.more()).isTrue();
        assertThat(corporations.search(query)).as("the same again").isEqualTo(found);
        return found;
    }

    private int longest(Corporations.Found found) {
        return hand.corporations.all(found.numbers()).stream().mapToInt(c -> SearchKey.length(SearchKey.of(c.name())))
                .max()
                .orElseThrow();
    }

    @Test
    void nothingTypedListsAPrefectureOrAKindInTheOrderOfNumbersBothWays() {
        for (var prefecture : List.of("", "13", "31"))
            for (var kind : List.of("", "301", "303", "101")) {
                if (prefecture.isEmpty() && kind.isEmpty())
                    continue;
                var query = new Corporations.Query("", prefecture, kind, true, "number");
                var expected = rows.stream().filter(r -> !r.hidden() && within(r, query)).map(r -> r.number().value())
                        .sorted().toList();
                assertThat(hand.corporations.search(query).numbers()).as(query.toString()).isEqualTo(expected.subList(
                        0, Math.min(Corporations.MOST, expected.size())));
                assertThat(hand.corporations.search(new Corporations.Query("", prefecture, kind, true, "-number"))
                        .numbers()).isEqualTo(expected.reversed().subList(0,
                                Math.min(Corporations.MOST, expected
                                        .size())));
            }
    }

    @Test
    void oneThatIsLeftOutOfSearchesIsFoundByItsWholeNumberOnly() {
        var hidden = rows.stream().filter(CorporationRow::hidden).findFirst().orElseThrow();
        for (var q : List.of(hidden.name(), hidden.number().digits().substring(0, 9)))
            assertThat(hand.corporations.search(new Corporations.Query(q, "", "", false, "relevance")).numbers())
                    .doesNotContain(hidden.number().value());
        assertThat(hand.corporations.search(new Corporations.Query("", hidden.prefectureCode(), "", false, "relevance"))
                .numbers()).doesNotContain(hidden.number().value());
        assertThat(hand.corporations.search(new Corporations.Query(hidden.number().digits(), "", "", false,
                "relevance")).numbers()).containsExactly(hidden.number().value());
    }

    @Test
    void whoSucceededAnotherKnowsWhom() {
        var successors = rows.stream().filter(r -> r.successor() != null && !r.hidden())
                .collect(Collectors.groupingBy(r -> Objects
                        .requireNonNull(r.successor()),
                        Collectors.mapping(r -> r.number().value(), Collectors.toCollection(
                                TreeSet::new))));
        assertThat(successors).hasSizeGreaterThan(50);
        successors.forEach(
                (successor, before) -> assertThat(hand.corporations.predecessors(successor, 50)).extracting(c -> c
                        .number().value()).as(successor.digits()).containsExactlyElementsOf(before));
        assertThat(hand.corporations.predecessors(rows.getFirst().number(), 50)).hasSizeLessThan(2);
        var several = successors.entrySet().stream()
                .max(Map.Entry.comparingByValue(java.util.Comparator.comparing(TreeSet::size)))
                .orElseThrow();
        assertThat(hand.corporations.predecessors(several.getKey(), several.getValue().size() - 1))
                .as("one more than asked")
                .hasSize(several.getValue().size());
    }

    @Test
    void aPlaceIsToldOfTheSeatThatItWasMatchedWithOnly() {
        var number = rows.get(11).number();
        var places = new Places(hand.store());
        assertThat(places.of(number)).isEmpty();
        places.match(new Places.Matcher() {
            @Override
            public java.util.Optional<Places.Place> place(String address) {
                return java.util.Optional.of(new Places.Place("131016", "0001000", "TOWN", null, null, "1"));
            }

            @Override
            public String edition() { return "1"; }
        }, () -> false);
        assertThat(places.of(number)).isPresent();
        hand.store().run(Loadings.KEEPER,
                jdbc -> jdbc.sql("update registry.corporation_place set digest = digest + 1 where number = ?")
                        .params(number.value()).update());
        assertThat(places.of(number)).as("the entry has changed since").isEmpty();
    }

    @Test
    void keysOfAnOlderFoldingAreMadeAnewAndGoOnWhereTheyStood() {
        var one = rows.get(7);
        hand.store().run(Loadings.KEEPER, jdbc -> {
            jdbc.sql("update registry.corporation set key = 'old', kana_key = '', grams = '{}'").update();
            jdbc.sql("update registry.corporation_keys set folding = 1, number = 9999999999999").update();
        });
        var query = new Corporations.Query(one.name(), "", "", false, "relevance");
        assertThat(hand.corporations.search(query).numbers()).isEmpty();
        var keys = new CorporationKeys(hand.store());
        int[] asked = new int[1];
        assertThat(keys.renew(() -> asked[0]++ == 1)).as("stopped after the first five thousand").isEqualTo(5_000);
        assertThat(keys.renew(() -> false)).isEqualTo(7_000);
        assertThat(keys.renew(() -> false)).isZero();
        assertThat(hand.corporations.search(query).numbers()).contains(one.number().value());
        everySearchFindsWhatALookAtEachRowFinds();
    }

    @Test
    void aPartThatBeginsWithAJointIsLookedForInBothSpellings() {
        assertThat(SearchKey.spellings("ガ丘")).containsExactly("ガ丘", "ケ丘");
        assertThat(SearchKey.spellings("丘")).containsExactly("丘");
        assertThat(SearchKey.spellings("之内")).containsExactly("之内", "ノ内");
        assertThat(names("之内製薬")).containsExactly("山之内製薬株式会社");
        assertThat(names("之内")).contains("山之内製薬株式会社", "山の内商会");
        assertThat(hand.corporations.search(new Corporations.Query("が丘", "", "", false, "relevance")).numbers().stream()
                .map(n -> rows.stream().filter(r -> r.number().value() == n).findFirst().orElseThrow().name()).toList())
                .contains("株式会社自由ヶ丘書房", "自由が丘不動産", "東自由箇丘会", "合同会社ガ丘");
        assertThat(Stream.of("自由ヶ丘", "自由が丘", "自由ガ丘", "自由ケ丘").map(SearchKey::of).distinct()).hasSize(1);
    }
}
