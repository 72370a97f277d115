package jp.kiban.address;

import java.text.Normalizer;
import java.util.Arrays;

/// 畳み込み. Brings the many writings of one name to one sequence of characters for comparing, and remembers where each came from. Names
/// of the dictionary and written addresses are folded by the same rules, so a rule can only make two names equal, never one name
/// unreachable; names that become equal are told apart again by their own spelling.
///
/// Width, case, hyphens, decomposed kana, variation selectors and compatibility ideographs, old and new forms, ケ ヶ が, ノ の 之,
/// large and small kana, hiragana and katakana; 大字, 小字 and 字 are left out. Not NFKC: that would rewrite ㈱ and ①.
final class Folding {
    static final char HYPHEN = '-';
    static final char UNKNOWN = '\uFFFE';
    /// A space between two digits or letters: it separates numbers.
    static final char GAP = ' ';

    private static final char[] TABLE = new char[65536];
    /// Characters beyond the BMP that stand for one within.
    private static final int[][] BEYOND = {{0x20BB7, '吉'}, {0x20BB6, '吉'}, {0x20B9F, '叱'}, {0x2123D, '土'},
            {0x214F9, '土'}, {0x233D0, '杉'}, {0x23638, '橋'}, {0x2363A, '橋'}, {0x23639, '橋'}, {0x29D4B, '魚'},
            {0x25E2E, '杭'}, {0x25771, '硎'}, {0x2F80F, '兔'}, {0x23594, '桝'}, {0x2A6B2, '剣'}};

    /// Old form, then new; the same place written either way.
    private static final String OLD_NEW = "濤涛巖巌雞鶏槌鎚亞亜惡悪壓圧圍囲醫医爲為隱隠榮栄營営衞衛驛駅圓円緣縁艷艶鹽塩奧奥應応橫横歐欧毆殴黃黄溫温穩穏假仮價価畫画會会壞壊懷懐"
            + "繪絵槪概擴拡殼殻覺覚學学嶽岳樂楽渴渇鐮鎌勸勧卷巻寬寛歡歓罐缶觀観關関陷陥顏顔歸帰氣気龜亀僞偽戲戯犧犠舊旧據拠擧挙虛虚峽峡"
            + "挾挟敎教狹狭鄕郷堯尭曉暁區区驅駆勳勲薰薫徑径惠恵揭掲溪渓經経繼継莖茎螢蛍輕軽鷄鶏藝芸擊撃缺欠儉倹劍剣圈圏檢検權権獻献縣県硏研"
            + "險険顯顕驗験嚴厳效効廣広恆恒鑛鉱號号國国黑黒濟済碎砕齋斉斎斉齊斉劑剤櫻桜册冊雜雑慘惨棧桟蠶蚕贊賛殘残絲糸齒歯兒児辭辞濕湿實実"
            + "寫写釋釈壽寿收収從従澁渋獸獣縱縦肅粛處処緖緒敍叙奬奨將将涉渉燒焼證証乘乗剩剰壤壌孃嬢條条淨浄疊畳穰穣讓譲釀醸囑嘱觸触寢寝愼慎晉晋"
            + "眞真刄刃盡尽圖図粹粋醉酔隨随髓髄數数樞枢瀨瀬淸清聲声靑青靜静攝摂竊窃專専戰戦淺浅潛潜纖繊踐践錢銭禪禅曾曽雙双壯壮搜捜插挿巢巣爭争"
            + "窗窓總総聰聡莊荘裝装騷騒增増臟臓藏蔵卽即屬属續続墮堕體体對対帶帯滯滞臺台瀧滝擇択澤沢單単擔担膽胆團団彈弾斷断癡痴遲遅晝昼蟲虫鑄鋳"
            + "廳庁徵徴聽聴敕勅鎭鎮遞逓鐵鉄轉転點点傳伝嶋島嶌島黨党盜盗燈灯當当鬪闘德徳獨独讀読屆届惱悩腦脳廢廃拜拝賣売麥麦發発髮髪拔抜晚晩"
            + "蠻蛮祕秘濱浜濵浜甁瓶拂払佛仏倂併竝並變変邊辺邉辺步歩辨弁瓣弁辯弁舖舗寶宝豐豊襃褒沒没飜翻每毎槇槙萬万滿満麵麺默黙餠餅藥薬譯訳豫予"
            + "餘余與与譽誉搖揺樣様謠謡遙遥瑤瑶來来賴頼亂乱覽覧龍竜兩両獵猟綠緑壘塁淚涙勵励禮礼隸隷靈霊齡齢曆暦歷歴戀恋鍊錬爐炉勞労樓楼郞郎祿禄"
            + "錄録灣湾彌弥彥彦髙高﨑崎嵜崎埼崎碕崎藪薮籔薮檜桧淵渕渊渕鰺鯵籠篭竈釜竃釜釡釜驒騨頸頚菟莵鶯鴬麩麸舩船栁柳冨富礪砺蠣蛎壺壷"
            + "靱靭舘館諫諌祢禰穐秋兔兎鷗鴎麴麹蟬蝉讚讃邇迩繩縄鎗槍豬猪煉錬磯礒荘庄薗園圀国厩廐廏廐廚厨㐂喜桝枡杤栃栢柏曵曳圡土鍜鍛劔剣釼剣劒剣"
            + "鴈雁鵝鵞鹼鹸蠅蝿蠟蝋吳呉狀状焰焔嘗甞禱祷稻稲豎竪繫繋舍舎醬醤鋪舗鐡鉄飮飲駈駆凉涼况況减減决決冲沖峯峰穗穂檮梼娄婁櫟檪擽檪鷆鷏"
            + "徃往瀦潴遯遁鷲鷲廾廾櫛櫛斎斉渚渚梁梁槁槁隝島嶼嶼恊協澁渋喩喩舗舗蓬蓬蘂蕊蘗蘖榔榔鈎鉤閒間皈帰竒奇畠畑菓菓筈筈閇閉茅茅塩塩鑓鑓鎻鎖"
            + "楢楢薭稗碓碓蕗蕗濶闊焼焼糺糾葢蓋蓋蓋粟粟鰛鰮蛯蛯潟潟泻潟瀉潟繡繍鯖鯖攪撹昿曠礦鉱砿鉱筍笋莱莱萊莱呂呂侭儘壹一壱一弌一貳二貮二弐二弍二參三参三弎三"
            + "拾十零〇○〇◯〇阯址廻回籔薮阝阝坂坂濹墨苅刈萱萱蓮蓮梹檳箆篦遠遠辻辻庵庵菴庵畧略裡裏襖襖讓譲鳫雁鷹鷹鸖鶴靏鶴靍鶴霊霊廸迪逹達"
            + "秌秋夘卯夛多脉脈崗岡堽岡埜野墅野樋樋槪概冝宜桒桑苐第囗国囯国亰京㟢崎㠀島塲場舉挙鈆鉛餝飾";
    /// Merely alike, or taken for each other in writing; a weaker ground, told apart by `SPELLING`.
    private static final String ALIKE = "巿市盤磐釆采洲州掘堀荻萩問間未末連蓮奏秦杷把弊幣択拓鎧鐙殻穀背脊治冶班斑鉋飽祇祗衹祗已己巳己鍄鍄擽檪鷏鷏徃往阪坂浦浦埣埣槙槙舘館柿杮芦蘆茨茨菟莵崎崎麸麸哥歌";

    static {
        for (int c = 0; c < 65536; c++)
            TABLE[c] = (char) c;
        for (char c : " \t\r\n\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u3000"
                .toCharArray())
            TABLE[c] = GAP;
        for (int c = 0xFF01; c <= 0xFF5E; c++)
            TABLE[c] = (char) (c - 0xFEE0);
        for (int c = 'a'; c <= 'z'; c++) {
            TABLE[c] = (char) (c - 32);
            TABLE[c + 0xFEE0] = (char) (c - 32);
        }
        for (char c : "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFF0D\uFE63\u2043\uFE58\u23AF\u23E4\u2500\u2501\u30FC\uFF70\uFE31\u02D7"
                .toCharArray())
            TABLE[c] = HYPHEN;
        // left out wherever they stand: zero width, variation selectors, byte order mark
        for (char c : "\u200B\u200C\u200D\u2060\uFEFF\u00AD".toCharArray())
            TABLE[c] = 0;
        for (int c = 0xFE00; c <= 0xFE0F; c++)
            TABLE[c] = 0;
        for (int c = 0x180B; c <= 0x180D; c++)
            TABLE[c] = 0;
        for (int c = 0xF900; c <= 0xFAFF; c++) {
            String nfc = Normalizer.normalize(String.valueOf((char) c), Normalizer.Form.NFKC);
            if (nfc.length() == 1)
                TABLE[c] = nfc.charAt(0);
        }
        for (int c = 0x2E80; c <= 0x2FDF; c++) {
            String nfkc = Normalizer.normalize(String.valueOf((char) c), Normalizer.Form.NFKC);
            if (nfkc.length() == 1)
                TABLE[c] = nfkc.charAt(0);
        }
        String halfKana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
        for (int i = 0; i < halfKana.length(); i++)
            TABLE[0xFF66 + i] = halfKana.charAt(i);
        TABLE[0xFF70] = HYPHEN;
        String halfPunctuation = "。「」、・";
        for (int i = 0; i < halfPunctuation.length(); i++)
            TABLE[0xFF61 + i] = halfPunctuation.charAt(i);
        // kana: hiragana to katakana, small to large, then the classes of place names
        for (int c = 'ぁ'; c <= 'ゖ'; c++)
            TABLE[c] = (char) (c + 0x60);
        String small = "ァアィイゥウェエォオヵカヶケッツャヤュユョヨヮワ";
        for (int c = 0; c < 65536; c++) {
            if (TABLE[c] < 'ァ' || TABLE[c] > 'ヶ')
                continue;
            int at = small.indexOf(TABLE[c]);
            if (at >= 0 && at % 2 == 0)
                TABLE[c] = small.charAt(at + 1);
        }
        for (int c = 0; c < 65536; c++)
            TABLE[c] = switch (TABLE[c]) {
                case 'ガ', 'カ', 'ゲ' -> 'ケ';
                case '之', '乃' -> 'ノ';
                case 'ヰ' -> 'イ';
                case 'ヱ' -> 'エ';
                case 'ヲ' -> 'オ';
                case 'ヂ' -> 'ジ';
                case 'ヅ' -> 'ズ';
                case '\u3231' -> '\u3231';
                default -> TABLE[c];
            };
        pairs(OLD_NEW);
        pairs(ALIKE);
        // compatibility ideographs came before the pairs: bring both to the end of the chain
        for (int c = 0; c < 65536; c++)
            TABLE[c] = TABLE[TABLE[TABLE[c]]];
    }

    private static void pairs(String pairs) {
        for (int i = 0; i + 1 < pairs.length(); i += 2)
            if (pairs.charAt(i) != pairs.charAt(i + 1))
                TABLE[pairs.charAt(i)] = pairs.charAt(i + 1);
    }

    final char[] key;
    /// Offsets into the text: the first of each folded character and the one after its last.
    final int[] from;
    final int[] to;
    int length;

    private Folding(int capacity) {
        key = new char[capacity];
        from = new int[capacity];
        to = new int[capacity];
    }

    /// The key of a registered name: numerals in kanji, no spaces.
    static String key(String name) {
        var folded = of(name);
        var out = new StringBuilder(folded.length);
        for (int i = 0; i < folded.length; i++) {
            char c = folded.key[i];
            if (c == GAP)
                continue;
            if (isDigit(c)) {
                int end = folded.numberEnd(i);
                int value = folded.number(i, end);
                if (value >= 0)
                    out.append(Numerals.kanji(value));
                else
                    out.append(folded.key, i, end - i);
                i = end - 1;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    static char fold(char c) { return TABLE[c]; }

    /// Whether two characters are the same but for looking alike: a doubtful ground.
    static boolean merelyAlike(char written, char registered) {
        for (int i = 0; i + 1 < ALIKE.length(); i += 2) {
            char a = ALIKE.charAt(i);
            char b = ALIKE.charAt(i + 1);
            if (written == a && registered == b || written == b && registered == a)
                return true;
        }
        return false;
    }

    static Folding of(String text) {
        int n = text.length();
        var out = new Folding(n);
        int size = 0;
        for (int i = 0; i < n; i++) {
            char raw = text.charAt(i);
            char c = TABLE[raw];
            int end = i + 1;
            if (c >= 0xD800 && c < 0xE000) {
                if (Character.isHighSurrogate(raw) && end < n && Character.isLowSurrogate(text.charAt(end))) {
                    int point = Character.toCodePoint(raw, text.charAt(end));
                    end++;
                    c = beyond(point);
                } else {
                    c = UNKNOWN;
                }
            } else if (end < n && voiced(text.charAt(end)) != 0 && isKana(raw)) {
                char composed = compose(raw, voiced(text.charAt(end)));
                if (composed != 0) {
                    c = composed;
                    end++;
                }
            }
            if (c == 0 || c == '字') {
                boolean aza = c == '字';
                if (size > 0 && aza && (out.key[size - 1] == '大' || out.key[size - 1] == '小'))
                    size--;
                else if (size > 0 && !aza)
                    out.to[size - 1] = end;
                i = end - 1;
                continue;
            }
            if (c == GAP) {
                // kept only where it separates two numbers or letters
                int next = end;
                while (next < n && TABLE[text.charAt(next)] == GAP)
                    next++;
                if (size > 0 && next < n && isAlnum(out.key[size - 1]) && isAlnum(TABLE[text.charAt(next)])) {
                    out.key[size] = GAP;
                    out.from[size] = i;
                    out.to[size++] = next;
                }
                i = next - 1;
                continue;
            }
            out.key[size] = c;
            out.from[size] = i;
            out.to[size++] = end;
            i = end - 1;
        }
        out.length = size;
        return out;
    }

    private static char beyond(int point) {
        if (point >= 0xE0100 && point <= 0xE01EF)
            return 0;
        for (int[] pair : BEYOND)
            if (pair[0] == point)
                return TABLE[pair[1]];
        if (point >= 0x2F800 && point <= 0x2FA1F) {
            String nfc = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFC);
            if (nfc.length() == 1)
                return TABLE[nfc.charAt(0)];
        }
        return (char) (0xE000 | point & 0x17FF);
    }

    private static int voiced(char mark) {
        return switch (mark) {
            case '\u3099', '\uFF9E', '\u309B' -> 1;
            case '\u309A', '\uFF9F', '\u309C' -> 2;
            default -> 0;
        };
    }

    static boolean isKana(char c) { return c >= 'ぁ' && c <= 'ヿ' || c >= '\uFF66' && c <= '\uFF9D'; }

    /// The folded form of a kana and the sound mark after it, or 0.
    private static char compose(char kana, int mark) {
        char full = kana >= '\uFF66'
                ? "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン".charAt(kana - 0xFF66)
                : kana;
        String composed = Normalizer.normalize(full + (mark == 1 ? "\u3099" : "\u309A"), Normalizer.Form.NFC);
        return composed.length() == 1 ? TABLE[composed.charAt(0)] : 0;
    }

    static boolean isDigit(char c) { return c >= '0' && c <= '9'; }

    static boolean isAlnum(char c) { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z'; }

    static boolean isNumeral(char c) { return Numerals.isKanji(c); }

    int numberEnd(int start) {
        int end = start;
        while (end < length && isDigit(key[end]))
            end++;
        return end;
    }

    /// The value of digits, or -1 when it is too large to be a number in an address.
    int number(int start, int end) {
        if (end - start > 6)
            return -1;
        int value = 0;
        for (int i = start; i < end; i++)
            value = value * 10 + key[i] - '0';
        return value;
    }

    @Override
    public String toString() { return new String(Arrays.copyOf(key, length)); }
}
