package jp.kiban.address;

import java.util.List;

/// Writes CSV fields, quoted only where they must be.
final class Csv {
    private Csv() {}

    static String line(List<String> fields) {
        var out = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0)
                out.append(',');
            append(out, fields.get(i));
        }
        return out.toString();
    }

    static void append(StringBuilder out, String field) {
        boolean plain = true;
        for (int i = 0; i < field.length() && plain; i++) {
            char c = field.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        if (plain)
            out.append(field);
        else
            out.append('"').append(field.replace("\"", "\"\"")).append('"');
    }
}
