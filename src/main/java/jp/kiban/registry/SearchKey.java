package jp.kiban.registry;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;

/// 検索の鍵. A name as it is searched for: width, letter case, old and variant characters, hiragana and katakana, small kana, spaces and
/// marks make no difference, and the legal form (株式会社, 医療法人 …) is left off at both ends. For looking up only; the name itself is
/// never changed.
final class SearchKey {
    /// Old or variant, and the one it is looked up by. From 常用漢字表 (康熙字典体), and the pairs that names are full of.
    private static final String VARIANTS = "亞亜惡悪壓圧圍囲爲為醫医壹壱飮飲隱隠營営榮栄衞衛驛駅悅悦圓円緣縁艷艶鹽塩奧奥應応歐欧毆殴櫻桜穩穏假仮價価畫画會会壞壊懷懐繪絵擴拡殼殻覺覚學学嶽岳樂楽勸勧卷巻寬寛歡歓"
            + "罐缶觀観關関陷陥顏顔氣気歸帰龜亀僞偽戲戯犧犠舊旧據拠擧挙峽峡挾挟狹狭曉暁區区驅駆勳勲薰薫徑径惠恵溪渓經経繼継莖茎螢蛍輕軽鷄鶏藝芸擊撃缺欠儉倹劍剣圈圏檢検權権獻献縣県險険顯顕驗験嚴厳效効廣広"
            + "恆恒鑛鉱號号國国濟済碎砕齋斎劑剤櫻桜册冊雜雑參参慘惨棧桟蠶蚕贊賛殘残絲糸齒歯兒児辭辞濕湿實実舍舎寫写釋釈壽寿收収從従澁渋獸獣縱縦肅粛處処緖緒敍叙奬奨將将燒焼稱称證証乘乗剩剰壤壌孃嬢條条淨浄疊畳穰穣讓譲釀醸"
            + "觸触寢寝愼慎晉晋眞真盡尽圖図粹粋醉酔隨随髓髄數数樞枢聲声靜静齊斉攝摂竊窃專専戰戦淺浅潛潜纖繊踐践錢銭禪禅雙双壯壮搜捜插挿爭争總総聰聡莊荘裝装騷騒增増臟臓藏蔵屬属續続墮堕體体對対帶帯滯滞臺台瀧滝擇択澤沢單単"
            + "擔担膽胆團団彈弾斷断癡痴遲遅晝昼蟲虫鑄鋳廳庁聽聴敕勅鎭鎮遞逓鐵鉄轉転點点傳伝黨党盜盗燈灯當当鬪闘德徳獨独讀読屆届繩縄貳弐惱悩腦脳廢廃拜拝賣売麥麦發発髮髪拔抜蠻蛮祕秘濱浜甁瓶拂払佛仏變変邊辺邉辺辨弁辯弁瓣弁"
            + "舖舗寶宝豐豊沒没襃褒飜翻槇槙萬万滿満默黙彌弥藥薬譯訳豫予餘余與与譽誉搖揺樣様謠謡遙遥來来賴頼亂乱覽覧龍竜兩両獵猟綠緑壘塁勵励禮礼隸隷靈霊齡齢戀恋爐炉勞労樓楼錄録灣湾髙高﨑崎碕崎嵜崎嶋島嶌島峯峰渕淵渊淵桧檜"
            + "穗穂籠篭竈竃舘館德徳曻昇槗橋𣘺橋𠮷吉栁柳濵浜濱浜舩船鄕郷鷗鴎淸清靑青";
    private static final char[] FOLD = new char[0x10000];
    private static final int MOST_GRAMS = 120;

    /// 法人格. Longest first; the bare 社団 and 財団 of medical corporations stand behind theirs.
    private static final List<String> FORMS;

    private SearchKey() {}

    static {
        for (int c = 0; c < FOLD.length; c++)
            FOLD[c] = (char) c;
        for (char c = 'ァ'; c <= 'ヶ'; c++)
            FOLD[c] = (char) (c - 'ァ' + 'ぁ');
        for (String pair : "ぁあ ぃい ぅう ぇえ ぉお っつ ゃや ゅゆ ょよ ゎわ ゐい ゑえ ゕか ゖけ ゔぶ".split(" "))
            FOLD[pair.charAt(0)] = pair.charAt(1);
        for (char c = 'ァ'; c <= 'ヶ'; c++)
            FOLD[c] = FOLD[FOLD[c]];
        int[] points = VARIANTS.codePoints().toArray();
        for (int i = 0; i + 1 < points.length; i += 2)
            if (points[i] < 0x10000)
                FOLD[points[i]] = (char) points[i + 1];
        FORMS = List.of("株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "相互会社", "特例有限会社", "一般社団法人",
                "一般財団法人", "公益社団法人", "公益財団法人", "特定非営利活動法人", "認定特定非営利活動法人", "医療法人社団", "医療法人財団", "社会医療法人", "医療法人",
                "社会福祉法人",
                "学校法人", "準学校法人", "宗教法人", "独立行政法人", "地方独立行政法人", "国立大学法人", "国立研究開発法人", "農事組合法人", "管理組合法人", "税理士法人",
                "弁護士法人",
                "司法書士法人", "行政書士法人", "社会保険労務士法人", "監査法人", "特許業務法人", "土地家屋調査士法人", "更生保護法人", "職業訓練法人", "投資法人", "特定目的会社")
                .stream()
                .map(SearchKey::folded).sorted((a, b) -> b.length() - a.length()).toList();
    }

    /// The key of a name: folded, and without its legal form; of a name that is nothing but its form, the folded name.
    static String of(String name) {
        String key = folded(name);
        String core = key;
        for (int pass = 0; pass < 2; pass++)
            for (String form : FORMS) {
                if (core.length() <= form.length())
                    continue;
                if (core.startsWith(form))
                    core = core.substring(form.length());
                else if (core.endsWith(form))
                    core = core.substring(0, core.length() - form.length());
                else
                    continue;
                break;
            }
        return core;
    }

    /// True when there is nothing but a legal form: too common to look for.
    static boolean isForm(String name) { return FORMS.contains(folded(name)); }

    /// Character by character; what says nothing about a name (spaces, dots, hyphens, the long mark) is left out.
    static String folded(String text) {
        String plain = simple(text) ? text : Normalizer.normalize(text.replace("㍿", "株式会社"), Normalizer.Form.NFKC);
        plain = plain.replace("(株)", "株式会社").replace("(有)", "有限会社").replace("(同)", "合同会社");
        var key = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < plain.length()) {
                int point = plain.codePointAt(i++);
                if (point < 0xE0100 || point > 0xE01EF) // an ideographic variation selector
                    key.appendCodePoint(switch (point) {
                        case 0x20BB7 -> '吉';
                        case 0x2363A -> '橋';
                        default -> point;
                    });
                continue;
            }
            if (c >= '！' && c <= '～')
                c = (char) (c - '！' + '!');
            c = Character.toLowerCase(FOLD[c]);
            if (Character.isLetterOrDigit(c) && c != 'ー' || c == '々' || c == '&')
                key.append(c);
        }
        return key.toString();
    }

    /// Nothing in it that must be composed or taken apart: the usual full-width text, and most names.
    private static boolean simple(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fine = c >= 'ぁ' && c <= 'ゖ' || c >= 'ァ' && c <= 'ー' || c >= '一' && c <= '鿿' || c >= '！' && c <= '～'
                    && c != '（' && c != '）' || c == '　' || c == '々' || c == '・' || c >= '0' && c <= '9'
                    || c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z' || c == ' ';
            if (!fine)
                return false;
        }
        return true;
    }

    /// Each pair of neighbouring characters of the keys, as one number each, sorted, without doubles.
    static int[] grams(String... keys) {
        int most = 0;
        for (String key : keys)
            most += key.length();
        var grams = new int[most];
        int n = 0;
        for (String key : keys) {
            int before = -1;
            for (int i = 0; i < key.length();) {
                int point = key.codePointAt(i);
                i += Character.charCount(point);
                if (before >= 0)
                    grams[n++] = before * 0x10001 + point * 31;
                before = point;
            }
        }
        var sorted = Arrays.copyOf(grams, n);
        Arrays.sort(sorted);
        return Arrays.stream(sorted).distinct().limit(MOST_GRAMS).toArray();
    }
}
