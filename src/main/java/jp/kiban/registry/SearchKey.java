package jp.kiban.registry;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.kiban.letters.Folding;

/// 検索の鍵. A name as it is searched for, by the folding of the whole house (`letters.Folding`): width, letter case, old and variant
/// characters, hiragana and katakana, small kana, spaces and marks make no difference, and the legal form (株式会社, 医療法人 …) is
/// left off at both ends. For looking up only; the name itself is never changed.
final class SearchKey {
    /// 法人格. Longest first; the bare 社団 and 財団 of medical corporations stand behind theirs.
    private static final List<String> FORMS;

    private SearchKey() {}

    static {
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

    /// The house's one folding (`letters.Folding`), of which a name keeps letters and digits: what says nothing about it (dots, hyphens,
    /// the long mark, brackets) is left out, and signs that stand for a legal form are written out.
    static String folded(String text) {
        String plain = simple(text) ? text : Normalizer.normalize(text.replace("㍿", "株式会社"), Normalizer.Form.NFKC);
        String folded = Folding.key(plain.replace("(株)", "株式会社").replace("(有)", "有限会社").replace("(同)", "合同会社"));
        var key = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length();) {
            int c = folded.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c) || c == '々' || c == '&')
                key.appendCodePoint(c);
        }
        return key.toString();
    }

    /// The spellings that a part of a name may have in a key: between kanji, ガ and カ stand as ケ there and 之 as ノ, and at the edge of a
    /// part nobody knows what is beside it. A single character is only itself.
    static List<String> spellings(String part) {
        var spellings = new ArrayList<String>();
        spellings.add(part);
        for (var one : List.of(part, edge(part, 0), edge(part, part.length() - 1),
                edge(edge(part, 0), part.length() - 1)))
            if (!spellings.contains(one))
                spellings.add(one);
        return spellings;
    }

    private static String edge(String part, int at) {
        String joint = part.length() < 2 ? "" : switch (part.charAt(at)) {
            case 'ガ', 'カ', '箇', '个' -> "ケ";
            case '之', '乃' -> "ノ";
            default -> "";
        };
        return joint.isEmpty() ? part : part.substring(0, at) + joint + part.substring(at + 1);
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

    /// What the index holds of the keys of a name: each character, each pair of neighbours, and of kana each three in a row (syllables are
    /// few, so that a pair of them tells little), as one number each, sorted, without doubles. All of them, however long the name: what
    /// the index has not, no search finds.
    static int[] grams(String... keys) {
        int most = 0;
        for (String key : keys)
            most += 3 * key.length();
        var grams = new int[most];
        int n = 0;
        for (String key : keys) {
            int first = ' ';
            int second = ' ';
            for (int i = 0; i < key.length();) {
                int third = key.codePointAt(i);
                grams[n++] = third;
                if (i > 0)
                    grams[n++] = pair(second, third);
                if (isKana(first) && isKana(second) && isKana(third))
                    grams[n++] = three(first, second, third);
                first = second;
                second = third;
                i += Character.charCount(third);
            }
        }
        return distinct(grams, n);
    }

    /// What of these the index is asked for to find a word: the one character that it is, or threes, and the pairs that are in no three.
    static int[] asked(String word) {
        int[] points = word.codePoints().toArray();
        if (points.length < 2)
            return points;
        var grams = new int[points.length];
        int n = 0;
        boolean within = false;
        for (int i = 0; i + 1 < points.length; i++) {
            boolean three = i + 2 < points.length && isKana(points[i]) && isKana(points[i + 1])
                    && isKana(points[i + 2]);
            if (three)
                grams[n++] = three(points[i], points[i + 1], points[i + 2]);
            else if (!within)
                grams[n++] = pair(points[i], points[i + 1]);
            within = three;
        }
        return distinct(grams, n);
    }

    /// Above all single characters of the plane that names are written in.
    private static int pair(int before, int point) { return before * 0x10001 + point * 31; }

    private static int three(int first, int second, int third) {
        return (pair(first, second) * 0x9E3779B1 ^ third) * 0x85EBCA6B;
    }

    private static boolean isKana(int point) { return point >= 'ァ' && point <= 'ヺ'; }

    private static int[] distinct(int[] grams, int n) {
        Arrays.sort(grams, 0, n);
        int kept = 0;
        for (int i = 0; i < n; i++)
            if (i == 0 || grams[i] != grams[i - 1])
                grams[kept++] = grams[i];
        return Arrays.copyOf(grams, kept);
    }

    /// What narrows a search beside the name, in the same list as its characters and pairs: so the index finds both at once. A pair of characters may fall
    /// together with one of them; whoever asks looks at the row as well.
    static int[] marks(String prefecture, int kind, boolean open) {
        return new int[]{ofPrefecture(prefecture), ofKind(kind), open ? OPEN : CLOSED};
    }

    /// Every corporation lies in one of so many slices of about the same size. Those of the first few have theirs in the index a second
    /// time, under numbers of their slice: so a common part is found there without the long list of all who have it.
    static final int SLICES = 64;
    static final int SAMPLED = 8;

    static int slice(long number) { return (int) (number * 0x9E3779B97F4A7C15L >>> 58); }

    static int inSlice(int gram, int slice) { return Integer.rotateLeft(gram, 7 + slice) ^ 0x5BD1E995 * (slice + 1); }

    static final int OPEN = Integer.MIN_VALUE + 1;
    private static final int CLOSED = Integer.MIN_VALUE + 2;
    static int length(String key) { return key.codePointCount(0, key.length()); }

    static int ofPrefecture(String two) {
        return Integer.MIN_VALUE + 1000 + (two.isEmpty() ? 0 : Integer.parseInt(two));
    }

    static int ofKind(int kind) { return Integer.MIN_VALUE + 2000 + kind; }
}
