package jp.kiban.address;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// 郵便番号の町域の書き方. What the town column of the postal code file means: a municipality as a whole, its towns that have no code of their
/// own, or towns, of which the parentheses may name some 丁目, 地割 or koaza, all others (その他), or a condition (番地, ビル, 〜を除く) that
/// no id stands for; then the town is meant, and it has several codes.
final class PostalNames {
    private static final Pattern CHOME = Pattern.compile("^([0-9]{1,3})(?:-([0-9]{1,3}))?(丁目|地割|線|区|条|丁)?(.*)$");
    private static final Pattern JIWARI = Pattern.compile("^(.*?)第?([0-9]{1,3})地割(?:-.*?第?([0-9]{1,3})地割)?$");
    private static final int LONGEST_RANGE = 200;

    private PostalNames() {}

    /// 町域の種類. NOT_LISTED 以下に掲載がない場合, NUMBER_FOLLOWS 次に番地がくる場合, WHOLE 一円, TOWN a town, OTHERS その他.
    enum Kind {
        NOT_LISTED, NUMBER_FOLLOWS, WHOLE, TOWN, OTHERS
    }

    /// 町域. `town` as it is to be looked up; empty for a municipality. What is in `within` is that town when the name is unknown.
    record Area(Kind kind, String town, String within) {}

    /// Whether a town goes on in the next line: its parenthesis is still open.
    static boolean open(String town) { return depth(town) > 0; }

    private static int depth(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++)
            depth += text.charAt(i) == '（' || text.charAt(i) == '('
                    ? 1
                    : text.charAt(i) == '）' || text.charAt(i) == ')' ? -1 : 0;
        return depth;
    }

    /// The areas that a whole town column names.
    static List<Area> of(String town, String city) {
        var out = new ArrayList<Area>();
        if (town.startsWith("以下に掲載がない") || town.isEmpty())
            return List.of(new Area(Kind.NOT_LISTED, "", ""));
        if (town.contains("の次に番地がくる場合") || town.contains("の次に") && town.endsWith("番地がくる場合"))
            return List.of(new Area(Kind.NUMBER_FOLLOWS, "", ""));
        // 一円 alone is the name of a town (滋賀県多賀町一円)
        if (town.endsWith("一円") && town.length() > 2 && city.endsWith(town.substring(0, town.length() - 2)))
            return List.of(new Area(Kind.WHOLE, "", ""));
        int bracket = first(town);
        String name = bracket < 0 ? town : town.substring(0, bracket);
        String inside = bracket < 0 ? "" : town.substring(bracket + 1, Math.max(bracket + 1, last(town)));
        for (String one : split(name))
            area(one, inside, out);
        return out;
    }

    private static int first(String town) {
        int wide = town.indexOf('（');
        int narrow = town.indexOf('(');
        return wide < 0 ? narrow : narrow < 0 ? wide : Math.min(wide, narrow);
    }

    private static int last(String town) { return Math.max(town.lastIndexOf('）'), town.lastIndexOf(')')); }

    private static void area(String name, String inside, List<Area> out) {
        var jiwari = JIWARI.matcher(plain(name));
        if (jiwari.matches()) {
            int from = Integer.parseInt(jiwari.group(2));
            int to = jiwari.group(3) == null ? from : Integer.parseInt(jiwari.group(3));
            for (int n = from; n <= Math.min(to, from + LONGEST_RANGE); n++)
                out.add(new Area(Kind.TOWN, jiwari.group(1) + n + "地割", jiwari.group(1)));
            return;
        }
        if (inside.isEmpty()) {
            out.add(new Area(Kind.TOWN, name, name));
            return;
        }
        if (inside.equals("その他")) {
            out.add(new Area(Kind.OTHERS, name, name));
            return;
        }
        // 丸の内（１階）: a building's floors; everything else that is no name is a condition on the town
        if (plain(inside).contains("除く") || inside.endsWith("階") || inside.contains("階層不明")) {
            out.add(new Area(Kind.TOWN, name, name));
            return;
        }
        var items = split(inside);
        String unit = "";
        var reversed = new ArrayList<Area>();
        for (String item : items.reversed()) {
            String plain = plain(item);
            var chome = CHOME.matcher(plain);
            if (chome.matches() && (chome.group(3) != null || chome.group(4).isEmpty())) {
                // １、３〜５丁目: a number without its unit has the next one's
                if (chome.group(3) != null)
                    unit = chome.group(3);
                int from = Integer.parseInt(chome.group(1));
                int to = chome.group(2) == null ? from : Integer.parseInt(chome.group(2));
                for (int n = Math.min(to, from + LONGEST_RANGE); n >= from && !unit.isEmpty(); n--)
                    reversed.add(new Area(Kind.TOWN, name + n + unit, name));
                if (unit.isEmpty())
                    reversed.add(new Area(Kind.TOWN, name, name));
            } else if (JIWARI.matcher(plain).matches()) {
                var some = JIWARI.matcher(plain);
                some.matches();
                int from = Integer.parseInt(some.group(2));
                int to = some.group(3) == null ? from : Integer.parseInt(some.group(3));
                for (int n = Math.min(to, from + LONGEST_RANGE); n >= from; n--)
                    reversed.add(new Area(Kind.TOWN, name + n + "地割", name));
            } else if (item.equals("その他")) {
                reversed.add(new Area(Kind.OTHERS, name, name));
            } else if (plain.matches(".*[0-9].*|.*(番地|番|号|無番地|以上|以下|以降|以内|含む|ビル).*") || item.contains("通")
                    && item.matches(".*(上る|下る|入|上ル|下ル).*")) {
                reversed.add(new Area(Kind.TOWN, name, name));
            } else {
                reversed.add(new Area(Kind.TOWN, name + item, name));
            }
        }
        reversed.reversed().stream().distinct().forEach(out::add);
    }

    /// Digits and the mark of a range in one form; no quotation in 「」.
    private static String plain(String text) {
        var out = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '「' || c == '＜' || c == '<' ? 1 : 0;
            if (depth == 0)
                out.append(c >= '０' && c <= '９'
                        ? (char) (c - '０' + '0')
                        : c == '〜' || c == '～' || c == '~' || c == '－' || c == '−' ? '-' : c);
            depth -= c == '」' || c == '＞' || c == '>' ? 1 : 0;
        }
        return out.toString();
    }

    /// At 、 outside of parentheses and quotation marks.
    private static List<String> split(String text) {
        var out = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += "（(「＜<".indexOf(c) >= 0 ? 1 : "）)」＞>".indexOf(c) >= 0 ? -1 : 0;
            if (depth == 0 && (c == '、' || c == ',')) {
                out.add(text.substring(from, i));
                from = i + 1;
            }
        }
        out.add(text.substring(from));
        out.removeIf(String::isBlank);
        return out;
    }
}
