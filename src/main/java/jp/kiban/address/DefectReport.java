package jp.kiban.address;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// 不備の報告. What is wrong in the sources, by file, kind and row. Nothing here stops a build: a row that cannot be used is left out
/// and named, a row that merely is odd is kept and named.
public final class DefectReport {
    /// Kinds of defects in sources.
    public enum Kind {
        /// The municipality code is in no source that names municipalities.
        UNKNOWN_MUNICIPALITY("全国地方公共団体コードが市区町村の表にない", true),
        /// The code's check digit is wrong or it is not six digits.
        BAD_CODE("コードの形式または検査数字が誤り", true),
        /// A koaza or chome without its oaza.
        ORPHAN("大字・町のない小字・丁目", false),
        /// The same key twice in one file.
        DUPLICATE("同じ識別子が重複", false),
        /// A row of a position or number file without its row in the master.
        NO_PARENT("親となる行がない", true),
        /// A private-use character, a geta or a box instead of a character.
        PLACEHOLDER_CHARACTER("外字・代替文字 (□ 〓 私用領域)", false),
        /// No name in any column.
        NO_NAME("名称がない", true),
        /// Latitude or longitude missing, not a number, or outside of Japan.
        BAD_POSITION("緯度・経度が誤り", false),
        /// Fewer or more fields than the header, or a broken quotation.
        BAD_ROW("列の数または引用符が誤り", true),
        /// The row carries a day on which it ends.
        ABOLISHED("廃止された行", true);

        private final String japanese;
        private final boolean leftOut;

        Kind(String japanese, boolean leftOut) {
            this.japanese = japanese;
            this.leftOut = leftOut;
        }

        public String japanese() { return japanese; }

        /// Whether such rows are left out of the dictionary.
        public boolean leftOut() { return leftOut; }
    }

    /// One defect. The row is the line of the file, counted from 1 with the header.
    public record Defect(String file, long row, Kind kind, String seen) {
    }

    private final List<Defect> defects = new ArrayList<>();

    void add(String file, long row, Kind kind, String seen) { defects.add(new Defect(file, row, kind, seen)); }

    public List<Defect> defects() { return List.copyOf(defects); }

    /// One line per file and kind: how many, and the first rows.
    public List<String> summary() {
        var groups = new TreeMap<String, List<Defect>>();
        for (var d : defects)
            groups.computeIfAbsent(d.file() + '\t' + d.kind().ordinal(), k -> new ArrayList<>()).add(d);
        return groups.values().stream().map(group -> {
            var one = group.getFirst();
            var rows = group.stream().limit(3).map(d -> d.row() + " " + d.seen()).toList();
            return "%s: %s %s: %,d%s (%s%s)".formatted(one.file(), one.kind(), one.kind().japanese(), group.size(),
                    one.kind().leftOut() ? ", left out" : "", String.join("; ", rows),
                    group.size() > 3 ? "; …" : "");
        }).toList();
    }

    public void writeCsv(Writer out) throws IOException {
        out.write("file,row,kind,left_out,seen\r\n");
        for (var d : defects)
            out.write(Csv.line(List.of(d.file(), Long.toString(d.row()), d.kind().name(),
                    Boolean.toString(d.kind().leftOut()), d.seen())) + "\r\n");
    }
}
