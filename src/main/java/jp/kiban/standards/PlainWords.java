package jp.kiban.standards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.kiban.letters.Letters;

/// やさしい日本語の検査. Whether a plain-Japanese text is plain: sentences of at most 60 characters, and no kanji beyond those of the
/// first three school years (学年別漢字配当表 第1学年–第3学年, 440 characters, and 歳) without a reading somewhere in the same file. Names of laws are left
/// alone. It can only warn: whether a text is understood, people must say.
final class PlainWords {
    static final int LONGEST = 60;
    private static final String FIRST_THREE_YEARS = "一右雨円王音下火花貝学気九休玉金空月犬見五口校左三山子四糸字耳七車手十出女小上森人水正生青夕石赤千川先早草足村大男竹中虫町天田土二日入年白八百文木本名目立力林六"
            + "引羽雲園遠何科夏家歌画回会海絵外角楽活間丸岩顔汽記帰弓牛魚京強教近兄形計元言原戸古午後語工公広交光考行高黄合谷国黒今才細作算止市矢姉思紙寺自時室社弱首秋週春書少場色食心新親図数西声星晴切雪船線前組走多太体台地池知茶昼長鳥朝直通弟店点電刀冬当東答頭同道読内南肉馬売買麦半番父風分聞米歩母方北毎妹万明鳴毛門夜野友用曜来里理話"
            + "悪安暗医委意育員院飲運泳駅央横屋温化荷界開階寒感漢館岸起期客究急級宮球去橋業曲局銀区苦具君係軽血決研県庫湖向幸港号根祭皿仕死使始指歯詩次事持式実写者主守取酒受州拾終習集住重宿所暑助昭消商章勝乗植申身神真深進世整昔全相送想息速族他打対待代第題炭短談着注柱丁帳調追定庭笛鉄転都度投豆島湯登等動童農波配倍箱畑発反坂板皮悲美鼻筆氷表秒病品負部服福物平返勉放味命面問役薬由油有遊予羊洋葉陽様落流旅両緑礼列練路和々〇歳";
    private static final Pattern READ = Pattern
            .compile("(\\p{IsHan}[\\p{IsHan}\\p{IsHiragana}]*)[（〔(][\\p{IsHiragana}\\p{IsKatakana}ー＝]");
    private static final Pattern READING = Pattern.compile("[（〔(][^）〕)]*[）〕)]");
    private static final Pattern LAW = Pattern
            .compile(
                    "\\p{IsHan}[\\p{IsHan}\\p{IsKatakana}ー]*(法|令|規則|条例|要領|通知)([\\s　]*第?[0-9０-９]+条[^\\s　、。]*)?|第[0-9]+[条項号]");
    private static final Pattern KANJI = Pattern.compile("\\p{IsHan}+");

    /// A text with its place in the file.
    record Said(String place, String text) {}

    private PlainWords() {}

    /// Everything in one file's plain-Japanese texts that should be plainer.
    static List<Fault> check(String file, List<Said> texts) {
        var read = new LinkedHashSet<Integer>();
        for (var said : texts)
            READ.matcher(said.text()).results().forEach(m -> m.group(1).codePoints().forEach(read::add));
        var faults = new ArrayList<Fault>();
        Map<String, String> hard = new LinkedHashMap<>();
        for (var said : texts) {
            for (var sentence : said.text().split("[。！？!?\\n|]")) {
                var bare = READING.matcher(sentence).replaceAll("").replaceAll("\\{\\{[^}]*}}|[\\s　#*\\-]", "");
                if (Letters.count(bare) > LONGEST)
                    faults.add(Fault.of(file, said.place(), Fault.Kind.SENTENCE_LONG, Letters.count(bare),
                            Letters.first(bare, 20), LONGEST));
            }
            KANJI.matcher(LAW.matcher(said.text()).replaceAll("")).results().map(m -> m.group())
                    .filter(word -> !unread(word, read).isEmpty()).forEach(w -> hard.putIfAbsent(w, said.place()));
        }
        hard.forEach((word, place) -> faults.add(Fault.of(file, place, Fault.Kind.READING_MISSING, word)));
        return faults;
    }

    private static String unread(String word, Set<Integer> read) {
        return word.codePoints().filter(c -> FIRST_THREE_YEARS.indexOf(c) < 0 && !read.contains(c))
                .mapToObj(Character::toString).collect(Collectors.joining());
    }
}
