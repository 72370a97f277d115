package jp.kiban.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.text.Normalizer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LettersTests {
    private static final String WITH_SELECTOR = "葛\uDB40\uDD00";
    private static final String PLANE_2 = "𠮷";

    @Test
    void whatAReaderSeesAsOneLetterCountsOnce() {
        assertThat(Letters.count("")).isZero();
        assertThat(Letters.count("山田太郎")).isEqualTo(4);
        assertThat(Letters.count(PLANE_2 + "野家")).isEqualTo(3);
        assertThat(Letters.count(WITH_SELECTOR + "飾区")).isEqualTo(3);
        assertThat(Letters.count("か\u3099")).isEqualTo(1);
        assertThat(Letters.codePoints(WITH_SELECTOR + "飾区")).isEqualTo(4);
        assertThat((WITH_SELECTOR + "飾区").length()).isEqualTo(5);
    }

    @Test
    void nothingIsEverCutThroughALetter() {
        var pieces = List.of("山", PLANE_2, WITH_SELECTOR, "か\u3099", "A", "ｶﾞ", "\n", "辻\uFE00");
        var random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            var text = random.ints(random.nextInt(12), 0, pieces.size()).mapToObj(pieces::get)
                    .collect(Collectors.joining());
            int count = Letters.count(text);
            assertThat(Letters.each(text)).hasSize(count);
            assertThat(String.join("", Letters.each(text))).isEqualTo(text);
            for (int n = 0; n <= count + 1; n++) {
                assertThat(Letters.count(Letters.first(text, n))).isEqualTo(Math.min(n, count));
                assertThat(Letters.first(text, n) + Letters.last(text, count - n)).isEqualTo(text);
            }
        }
        assertThat(Letters.excerpt("山田太郎", 3)).isEqualTo("山田太…");
        assertThat(Letters.excerpt("山田太", 3)).isEqualTo("山田太");
    }

    @ParameterizedTest
    @CsvSource({"葛飾区,葛󠄀飾区", "吉野家,𠮷野家", "沢田,澤田", "渡辺,渡邊", "渡辺,渡邉", "斎藤,齊藤", "高橋,髙橋", "山崎,山﨑", "龍ケ崎市,竜ヶ崎市", "龍ケ崎市,龍が崎市",
            "塚本,塚本", "ヤマダ,ﾔﾏﾀﾞ", "ヤマダ,やまだ", "ショウコ,シヨウコ", "山田 太郎,山田　太郎", "山田太郎,山田・太郎", "がっこう,か\u3099つこう", "ＡＢＣ,abc",
            "１-２-３,1－2ー3", "一ノ関,一の関", "一ノ関,一之関", "四ツ谷,四ッ谷", "ヴァン,ｳﾞｱﾝ", "東京,東\u3000京", "國學院,国学院", "鯵ヶ沢,鰺ケ澤"})
    void whoSearchesFindsBoth(String one, String other) { assertThat(Folding.key(one)).isEqualTo(Folding.key(other)); }

    @ParameterizedTest
    @CsvSource({"カトウ,ガトウ", "ハナコ,バナコ", "山田,山口", "一,二", "ケイコ,ガイコ", "カナ,ケナ", "土屋,士屋"})
    void whatIsAnotherNameHasAnotherKey(String one, String other) {
        assertThat(Folding.key(one)).isNotEqualTo(Folding.key(other));
    }

    @Test
    void aKeyIsItsOwnKeyAndTheSameForEveryNormalForm() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var text = random.ints(1 + random.nextInt(8), 0x20, 0x30000).filter(Character::isDefined)
                    .filter(c -> Character.getType(c) != Character.SURROGATE)
                    .mapToObj(Character::toString).collect(Collectors.joining());
            var key = Folding.key(text);
            assertThat(Folding.key(key)).as(text).isEqualTo(key);
        }
        for (int c = 0x3041; c < 0x9FFF; c++) {
            var text = Character.toString(c);
            assertThat(Folding.key(Normalizer.normalize(text, Normalizer.Form.NFD))).isEqualTo(Folding.key(text));
        }
    }

    @Test
    void theThreeFormsOfANameStandBesideEachOther() {
        var name = NameForms.of("渡邉　花子", "わたなべ　はなこ");
        assertThat(name.original()).isEqualTo("渡邉　花子");
        assertThat(name.searchKey()).isEqualTo(Folding.key("渡辺花子"));
        assertThat(name.readingKey()).isEqualTo("ワタナベハナコ");
        assertThat(name.zengin().text()).isEqualTo("ﾜﾀﾅﾍﾞ ﾊﾅｺ");
        assertThat(NameForms.of("渡邉花子", "").zengin().refused()).isEqualTo("渡邉花子");
    }

    @Test
    void kanaChangeTheirFormAndNothingElseDoes() {
        assertThat(Kana.katakana("ﾔﾏﾀﾞ　はなこ Ｂ")).isEqualTo("ヤマダ ハナコ B");
        assertThat(Kana.hiragana("ﾔﾏﾀﾞヴ山")).isEqualTo("やまだゔ山");
        assertThat(Kana.half("がっこう・パーク")).isEqualTo("ｶﾞｯｺｳ･ﾊﾟｰｸ");
        assertThat(Kana.wide("ｶﾞ㈱Ａ１ ｱﾞ")).isEqualTo("ガ㈱Ａ１ ア゛");
        assertThat(Kana.narrow("　１２－３４‐５ー６ ")).isEqualTo("12-34-5-6");
        for (char c = 'ァ'; c <= 'ヶ'; c++)
            assertThat(Kana.katakana(Kana.hiragana(String.valueOf(c)))).isEqualTo(String.valueOf(c));
    }

    @Test
    void lettersBeyondASetAreListedWithTheirPlacesAndNothingIsCut() throws IOException {
        var jis = CharacterSurvey.ofJis();
        assertThat(jis.of("A")).isEqualTo(CharacterClass.JIS_X_0201);
        assertThat(jis.of("山")).isEqualTo(CharacterClass.JIS_X_0208);
        assertThat(jis.of("俱")).isEqualTo(CharacterClass.JIS_X_0213);
        assertThat(jis.of("𠮟")).isEqualTo(CharacterClass.JIS_X_0213);
        assertThat(jis.of(WITH_SELECTOR)).isEqualTo(CharacterClass.EXTERNAL);
        assertThat(jis.of("\uE000")).isEqualTo(CharacterClass.EXTERNAL);
        var text = "A𠮟" + "野" + WITH_SELECTOR;
        assertThat(jis.beyond(text, CharacterClass.JIS_X_0208)).extracting(CharacterSurvey.Beyond::at)
                .containsExactly(2, 4);
        assertThat(jis.beyond(text, CharacterClass.JIS_X_0213)).extracting(CharacterSurvey.Beyond::codePoints)
                .containsExactly("U+845B U+E0100");
        var table = CharacterSurvey.with(new StringReader("""
                MJ文字図形名,対応するUCS,実装したMoji_JohoIVS
                MJ022335,U+845B,845B_E0100
                MJ000001,U+3402,
                MJ000002,zzzz,
                """));
        assertThat(table.characters()).isEqualTo(3);
        assertThat(table.faults()).singleElement().satisfies(f -> assertThat(f.line()).isEqualTo(4));
        assertThat(table.survey().of(WITH_SELECTOR)).isEqualTo(CharacterClass.ADMINISTRATIVE);
        assertThat(table.survey().widest(text)).isEqualTo(CharacterClass.ADMINISTRATIVE);
        assertThat(jis.widest(text)).isEqualTo(CharacterClass.EXTERNAL);
    }

    /// The standards count their characters: 6,879 in JIS X 0208:1997, 11,233 in JIS X 0213:2004 (25 of them of two code points each).
    @Test
    void everyCharacterOfTheJapaneseStandardsHasItsClass() {
        var jis = CharacterSurvey.ofJis();
        var counts = new java.util.EnumMap<CharacterClass, Integer>(CharacterClass.class);
        for (int c = 0xA0; c < 0x30000; c++)
            if (!(c >= 0xD800 && c < 0xE000))
                counts.merge(jis.of(Character.toString(c)), 1, Integer::sum);
        // seven of them are known by two code points each, below
        assertThat(counts).containsEntry(CharacterClass.JIS_X_0208, 6_879 + 7).containsEntry(CharacterClass.JIS_X_0201,
                63);
        assertThat(Objects.requireNonNull(counts.get(CharacterClass.JIS_X_0213))).isBetween(4_300, 11_233 - 25 - 6_879);
        // as one system writes them and as the other does: the same places of the standard
        for (var twins : List.of("〜～", "−－", "‖∥", "—―", "¢￠", "£￡", "¬￢"))
            assertThat(Letters.each(twins)).as(twins)
                    .allSatisfy(c -> assertThat(jis.of(c)).isEqualTo(CharacterClass.JIS_X_0208));
    }

    @Test
    void kanjiNumbersAreReadByPlaceAndByUnit() {
        for (int n = 1; n < 100; n++)
            assertThat(KanjiNumber.read(kanji(n))).isEqualTo(n);
        assertThat(KanjiNumber.read("一九八九")).isEqualTo(1989);
        assertThat(KanjiNumber.read("二千二十三")).isEqualTo(2023);
        assertThat(KanjiNumber.read("百五")).isEqualTo(105);
        assertThat(KanjiNumber.read("廿三")).isEqualTo(23);
        for (var none : List.of("", "山", "十百", "三三十", "〇十", "一二三四五"))
            assertThat(KanjiNumber.read(none)).as(none).isEqualTo(-1);
        assertThat(KanjiNumber.arabicBefore("令和五年四月十一日三田", "年月日")).isEqualTo("令和5年4月11日三田");
    }

    private static String kanji(int n) {
        var digits = "〇一二三四五六七八九";
        return (n < 10 ? "" : (n < 20 ? "" : digits.charAt(n / 10)) + "十") + (n % 10 == 0 ? "" : digits.charAt(n % 10));
    }
}
