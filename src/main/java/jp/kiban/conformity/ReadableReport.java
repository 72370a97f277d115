package jp.kiban.conformity;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// 読める報告書. A report for people: Markdown, and one HTML page that needs nothing else. Both are made from the JSON alone,
/// so they can be made again from a signed report.
final class ReadableReport {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private final JsonNode report;

    ReadableReport(JsonNode report) { this.report = report; }

    /// 見出しと値.
    private List<String[]> facts() {
        var facts = new ArrayList<String[]>();
        facts.add(new String[]{"結果 Result", conform() ? "適合 Conform" : "不適合 Not conform"});
        facts.add(new String[]{"標準 Standard", word("standard", "name") + " (" + word("standard", "id") + ")"});
        facts.add(new String[]{"版 Version", word("standard", "version")});
        facts.add(new String[]{"標準のダイジェスト Digest", word("standard", "digest")});
        facts.add(new String[]{"対象 Target", word("target", "product") + " " + word("target", "productVersion")});
        facts.add(new String[]{"URL", word("target", "url")});
        facts.add(new String[]{"検査キット Kit", word("kit", "name") + " " + word("kit", "version")});
        facts.add(new String[]{"日時 Time", moment("startedAt") + " – " + moment("endedAt")
                + "（日本時間 Japan time）"});
        facts.add(new String[]{"例 Examples", count("examples")});
        facts.add(new String[]{"生成した事例 Generated cases", count("generated")});
        facts.add(new String[]{"呼び出し Calls", count("calls")});
        facts.add(new String[]{"照合 Checks", count("checks")});
        facts.add(new String[]{"相違 Differences", count("differences")});
        return facts;
    }

    private String moment(String name) {
        var text = report.path(name).asString("");
        try {
            return MOMENT.format(Instant.parse(text).atZone(ZoneId.of("Asia/Tokyo")));
        } catch (DateTimeParseException otherwise) {
            return text;
        }
    }

    private boolean conform() { return report.path("conform").asBoolean(false); }

    private String word(String part, String name) { return report.path(part).path(name).asString(""); }

    private String count(String name) { return String.format("%,d", report.path("counts").path(name).asLong()); }

    private static final String[] COLUMNS = {"種類 Kind", "事例 Case", "どこ Where", "標準 Expected", "対象 Seen", "説明 What"};

    private static String[] row(JsonNode difference) {
        return new String[]{difference.path("code").asString(""), difference.path("trial").asString(""),
                difference.path("where").asString(""), difference.path("expected").asString(""),
                difference.path("seen").asString(""), what(difference)};
    }

    private static String what(JsonNode difference) {
        var english = difference.path("words").asString("");
        var japanese = difference.path("said").path("ja").asString("");
        return japanese.isEmpty() ? english : japanese + " " + english;
    }

    String markdown() {
        var out = new StringBuilder("# 適合性報告書 Conformity report\n\n| | |\n| --- | --- |\n");
        for (var fact : facts())
            out.append("| ").append(cell(fact[0])).append(" | ").append(cell(fact[1])).append(" |\n");
        out.append("\n## 相違 Differences\n\n");
        if (report.path("differences").isEmpty())
            out.append("ありません。None.\n");
        else {
            out.append("| ").append(String.join(" | ", COLUMNS)).append(" |\n|").append(" --- |".repeat(6))
                    .append('\n');
            for (var difference : report.path("differences")) {
                out.append('|');
                for (var cell : row(difference))
                    out.append(' ').append(cell(cell)).append(" |");
                out.append('\n');
            }
        }
        out.append("\n## 照合の数 Checks\n\n| 種類 Kind | 照合 Made | 相違 Different |\n| --- | ---: | ---: |\n");
        report.path("checks").forEachEntry((code, count) -> out.append("| ").append(code).append(" | ")
                .append(count.path("made").asLong()).append(" | ").append(count.path("different").asLong())
                .append(" |\n"));
        return out.toString();
    }

    private static String cell(String text) { return text.replaceAll("\\s+", " ").replace("|", "\\|"); }

    String html() {
        var out = new StringBuilder("""
                <!doctype html>
                <html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>適合性報告書 Conformity report</title>
                <style>body{font-family:sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;line-height:1.6}
                table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;
                vertical-align:top;overflow-wrap:anywhere}th{background:#f0f0f0;overflow-wrap:normal}td.n{text-align:right}.yes{color:#00542c}.no{color:#a30000}
                @media(max-width:45rem){.wide thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.wide tr,.wide td{display:block}
                .wide tr{border:1px solid #999;margin-bottom:1rem}.wide td{border:0}
                .wide td::before{content:attr(data-label) ": ";font-weight:bold}}</style>
                </head><body><h1>適合性報告書 Conformity report</h1>
                """);
        out.append("<p class=\"").append(conform() ? "yes" : "no").append("\"><strong>")
                .append(conform() ? "適合 Conform" : "不適合 Not conform").append("</strong></p>\n<table>\n");
        for (var fact : facts())
            out.append("<tr><th scope=\"row\">").append(safe(fact[0])).append("</th><td>").append(safe(fact[1]))
                    .append("</td></tr>\n");
        out.append("</table>\n<h2>相違 Differences</h2>\n");
        if (report.path("differences").isEmpty())
            out.append("<p>ありません。None.</p>\n");
        else {
            out.append("<table class=\"wide\"><thead><tr>");
            for (var column : COLUMNS)
                out.append("<th scope=\"col\">").append(column).append("</th>");
            out.append("</tr></thead><tbody>\n");
            for (var difference : report.path("differences")) {
                out.append("<tr>");
                var cells = row(difference);
                for (int i = 0; i < cells.length; i++)
                    out.append("<td data-label=\"").append(safe(COLUMNS[i])).append("\">").append(safe(cells[i]))
                            .append("</td>");
                out.append("</tr>\n");
            }
            out.append("</tbody></table>\n");
        }
        out.append(
                "<h2>照合の数 Checks</h2>\n<table><thead><tr><th scope=\"col\">種類 Kind</th><th scope=\"col\">照合 Made</th>"
                        + "<th scope=\"col\">相違 Different</th></tr></thead><tbody>\n");
        report.path("checks").forEachEntry((code, count) -> out.append("<tr><td>").append(safe(code))
                .append("</td><td class=\"n\">").append(count.path("made").asLong()).append("</td><td class=\"n\">")
                .append(count.path("different").asLong()).append("</td></tr>\n"));
        return out.append("</tbody></table>\n</body></html>\n").toString();
    }

    private static String safe(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
