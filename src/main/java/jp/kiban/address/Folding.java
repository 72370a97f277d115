package jp.kiban.address;

import java.text.Normalizer;
import java.util.Arrays;

/// 畳み込み. Brings the many writings of one name to one sequence of characters for comparing, and remembers where each came from. Names
/// of the dictionary and written addresses are folded by the same rules, so a rule can only make two names equal, never one name
/// unreachable; names that become equal are told apart again by their own spelling.
///
/// It stands on the folding of `letters` (width, kana, old and variant kanji) and adds what holds for places only: ケ ヶ が as one wherever
/// they stand, ノ の 之, more hyphens, forms of place names and characters that are merely alike; 大字, 小字 and 字 are left out, gaps between
/// numbers are kept, and each character remembers where it came from. Not NFKC: that would rewrite ㈱ and ①.
final class Folding {
    static final char HYPHEN = '-';
    static final char UNKNOWN = '\uFFFE';
    /// A space between two digits or letters: it separates numbers.
    static final char GAP = ' ';

    private static final char[] TABLE = new char[65536];
    /// Characters beyond the BMP that stand for one within, where `letters` knows none.
    private static final int[][] BEYOND = {{0x20BB6, '吉'}, {0x20B9F, '叱'}, {0x2123D, '土'}, {0x214F9, '土'},
            {0x233D0, '杉'},
            {0x23638, '橋'}, {0x2363A, '橋'}, {0x23639, '橋'}, {0x29D4B, '魚'}, {0x25E2E, '杭'}, {0x25771, '硎'},
            {0x2F80F, '兔'},
            {0x23594, '桝'}, {0x2A6B2, '剣'}};

    /// The same place written either way, and not the same in people's names: what `letters` does not hold for one character. The first
    /// stands for the second.
    private static final String OF_PLACES = "濤涛雞鶏槌鎚鐮鎌刄刃埼崎竈釜釡釜麩麸祢禰鎗槍豬猪煉錬磯礒荘庄薗園厩廐廏廐廚厨栢柏曵曳圡土鍜鍛鴈雁鵝鵞嘗甞鋪舗况況减減决決冲沖娄婁櫟檪擽檪鷆鷏徃往瀦潴遯遁隝島恊協蘂蕊蘗蘖鈎鉤皈帰竒奇畠畑閇閉鎻鎖薭稗糺糾葢蓋鰛鰮泻潟瀉潟"
            + "繡繍攪撹昿曠礦鉱砿鉱筍笋壹一弌一貳二貮二弍二參三弎三拾十零〇○〇◯〇阯址廻回濹墨苅刈梹檳箆篦菴庵裡裏鳫雁鸖鶴靏鶴靍鶴廸迪秌秋夘卯夛多脉脈崗岡堽岡墅野冝宜苐第囗国亰京㟢崎㠀島塲場舉挙鈆鉛餝飾";
    /// Merely alike, or taken for each other in writing; a weaker ground, told apart by `SPELLING`.
    private static final String ALIKE = "巿市盤磐釆采洲州掘堀荻萩問間未末連蓮奏秦杷把弊幣択拓鎧鐙殻穀背脊治冶班斑鉋飽祇祗衹祗已己巳己鍄鍄擽檪鷏鷏徃往阪坂浦浦埣埣槙槙舘館柿杮芦蘆茨茨菟莵崎崎麸麸哥歌";

    static {
        for (int c = 0; c < 65536; c++)
            TABLE[c] = (char) (ofLetters(c) ? jp.kiban.letters.Folding.fold(c) : c);
        for (char c : " \t\r\n\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u3000"
                .toCharArray())
            TABLE[c] = GAP;
        for (char c : "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE63\u2043\uFE58\u23AF\u23E4\u2500\u2501\uFE31\u02D7"
                .toCharArray())
            TABLE[c] = HYPHEN;
        // left out wherever they stand: zero width, variation selectors, byte order mark
        for (char c : "\u200B\u200C\u200D\u2060\uFEFF\u00AD".toCharArray())
            TABLE[c] = 0;
        for (int c = 0xFE00; c <= 0xFE0F; c++)
            TABLE[c] = 0;
        for (int c = 0x180B; c <= 0x180D; c++)
            TABLE[c] = 0;
        for (int c = 0x2E80; c <= 0xFAFF; c = c == 0x2FDF ? 0xF900 : c + 1) {
            String nfkc = Normalizer.normalize(String.valueOf((char) c), Normalizer.Form.NFKC);
            if (nfkc.length() == 1 && nfkc.charAt(0) != c)
                TABLE[c] = TABLE[nfkc.charAt(0)];
        }
        TABLE['･'] = '・';
        // the classes of place names
        for (int c = 0; c < 65536; c++)
            TABLE[c] = switch (TABLE[c]) {
                case 'ガ', 'カ', 'ゲ' -> 'ケ';
                case '之', '乃' -> 'ノ';
                case 'ヲ' -> 'オ';
                case 'ヂ' -> 'ジ';
                case 'ヅ' -> 'ズ';
                default -> TABLE[c] >= 'a' && TABLE[c] <= 'z' ? (char) (TABLE[c] - 32) : TABLE[c];
            };
        pairs(OF_PLACES);
        pairs(ALIKE);
        for (int c = 0; c < 65536; c++)
            TABLE[c] = last(TABLE[c]);
    }

    /// Kana, kanji and what is written in full or half width: there `letters` says what is the same, but for the middle dot, which it leaves
    /// out and which parts things in addresses.
    private static boolean ofLetters(int c) {
        return c >= 'ぁ' && c <= 'ヿ' && c != '・' || c >= 0xFF01 && c <= 0xFF9D && c != '･'
                || c >= 0x3000 && c < 0xFB00 && Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    private static void pairs(String pairs) {
        for (int i = 0; i + 1 < pairs.length(); i += 2) {
            char first = last(pairs.charAt(i));
            char second = last(pairs.charAt(i + 1));
            if (first != second)
                TABLE[first] = second;
        }
    }

    private static char last(char c) {
        char last = c;
        while (TABLE[last] != last && TABLE[last] != 0)
            last = TABLE[last];
        return last;
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
        int letter = jp.kiban.letters.Folding.fold(point);
        if (letter < 0x10000)
            return TABLE[letter];
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
                ? jp.kiban.letters.Kana.wide(String.valueOf(kana)).charAt(0)
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
