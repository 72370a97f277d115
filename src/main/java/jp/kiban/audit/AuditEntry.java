package jp.kiban.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import jp.kiban.kernel.AuthorityId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 監査証跡の一件. One event of one authority with its place in the chain. `hash` is SHA-256 (hex) over the canonical JSON of
/// all other fields, `previous` included; the first entry's `previous` is 64 zeros. `body` is the event as canonical JSON.
public record AuditEntry(AuthorityId authority, long number, Instant at, String kind, String subject, String body,
        String previous, String hash) {
    static final String BEGINNING = "0".repeat(64);

    /// The next link. The instant is kept to the microsecond, as the database keeps it.
    static AuditEntry next(AuthorityId authority, long number, Instant at, String kind, String subject, String body,
            String previous) {
        var micros = at.truncatedTo(ChronoUnit.MICROS);
        return new AuditEntry(authority, number, micros, kind, subject, body, previous,
                digest(authority, number, micros, kind, subject, body, previous));
    }

    /// What the hash would have to be for what the entry says now.
    String recomputed() { return digest(authority, number, at, kind, subject, body, previous); }

    private static String digest(AuthorityId authority, long number, Instant at, String kind, String subject,
            String body, String previous) {
        var text = new StringBuilder(256).append('{');
        Canonical.member(text, "at", at.toString()).append(',');
        Canonical.member(text, "authority", authority.code()).append(',');
        Canonical.member(text, "body", body).append(',');
        Canonical.member(text, "kind", kind).append(",\"number\":").append(number).append(',');
        Canonical.member(text, "previous", previous).append(',');
        Canonical.member(text, "subject", subject).append('}');
        return sha256(text.toString());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String canonical(JsonMapper json, Object event) {
        return Canonical.of(json.readTree(json.writeValueAsString(event)));
    }

    /// 正準形. JSON with members sorted by name and no space between, so that one content has one text (after RFC 8785; our
    /// events have whole numbers only, which need no rule of their own).
    static final class Canonical {
        private Canonical() {}

        static String of(JsonNode node) {
            var text = new StringBuilder();
            write(text, node);
            return text.toString();
        }

        static StringBuilder member(StringBuilder text, String name, String value) {
            quote(text, name).append(':');
            return quote(text, value);
        }

        private static void write(StringBuilder text, JsonNode node) {
            if (node.isObject()) {
                text.append('{');
                String separator = "";
                for (String name : node.propertyNames().stream().sorted().toList()) {
                    quote(text.append(separator), name).append(':');
                    write(text, node.get(name));
                    separator = ",";
                }
                text.append('}');
            } else if (node.isArray()) {
                text.append('[');
                String separator = "";
                for (var item : node) {
                    write(text.append(separator), item);
                    separator = ",";
                }
                text.append(']');
            } else if (node.isString())
                quote(text, node.stringValue());
            else
                text.append(node.toString());
        }

        private static StringBuilder quote(StringBuilder text, String value) {
            text.append('"');
            for (char c : value.toCharArray())
                switch (c) {
                    case '"' -> text.append("\\\"");
                    case '\\' -> text.append("\\\\");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    case '\t' -> text.append("\\t");
                    case '\b' -> text.append("\\b");
                    case '\f' -> text.append("\\f");
                    default -> {
                        if (c < 0x20)
                            text.append("\\u%04x".formatted((int) c));
                        else
                            text.append(c);
                    }
                }
            return text.append('"');
        }
    }
}
