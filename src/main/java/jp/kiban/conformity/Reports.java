package jp.kiban.conformity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 報告書の受付. The signed reports that a ministry has been shown. Only what was signed by the key that came along is kept; the
/// name of the key stays beside it, so that the ministry can hold it against the vendor's own.
@Component
final class Reports {
    static final int LARGEST = 4 * 1024 * 1024;
    private final Store store;
    private final JsonMapper json;
    private final Clock clock;

    Reports(Store store, JsonMapper json, Clock clock) {
        this.store = store;
        this.json = json;
        this.clock = clock;
    }

    /// 受け付けた報告書.
    record Kept(String id, Instant receivedAt, String receivedBy, String key, JsonNode report) {
        public boolean conform() { return report.path("conform").asBoolean(false); }

        public String standard() {
            return report.path("standard").path("name").asString("") + " "
                    + report.path("standard").path("version").asString("");
        }

        public String product() {
            return report.path("target").path("product").asString("") + " "
                    + report.path("target").path("productVersion").asString("");
        }

        public String ended() { return report.path("endedAt").asString("").replaceFirst("T.*", ""); }

        public long differences() { return report.path("counts").path("differences").asLong(); }

        public String word(String part, String name) { return report.path(part).path(name).asString(""); }
    }

    /// Checks the signature and keeps the report; the same report again is the same. `BadInput` says what is wrong.
    String receive(Actor.Officer officer, String signed, String keys) {
        if (signed.isBlank())
            throw BadInput.of("report", "conformity.report", Words.text("conformity.error.report"));
        if (keys.isBlank())
            throw BadInput.of("keys", "conformity.keys", Words.text("conformity.error.keys"));
        SignedReport.Checked checked;
        try {
            checked = SignedReport.check(signed, SignedReport.publicKeys(keys, "keys"));
        } catch (Trouble noKeys) {
            throw BadInput.of("keys", "conformity.keys", and("conformity.error.keys", noKeys.words()));
        }
        return switch (checked) {
            case SignedReport.Checked.Bad(var why) ->
                throw BadInput.of("report", "conformity.signature", and("conformity.error.signature", why));
            case SignedReport.Checked.Good(var report, var key) -> {
                var id = digest(signed.strip());
                store.run(Scope.of(officer.authority()),
                        jdbc -> jdbc.sql("""
                        insert into conformity.report (authority, id, received_at, received_by, signed_by, signed, report)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb) on conflict do nothing
                        """)
                                .params(officer.authority().code(), id, Timestamp.from(clock.instant()), officer.name(),
                                        key,
                                        signed.strip(), json.writeValueAsString(report))
                                .update());
                yield id;
            }
        };
    }

    private static Text and(String key, String why) {
        var text = Words.text(key);
        return new Text(text.ja() + "（" + why + "）", text.easy() + "（" + why + "）", text.en() + " (" + why + ")");
    }

    List<Kept> all(AuthorityId authority) {
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select id, received_at, received_by, signed_by, report::text from conformity.report
                where authority = ? order by received_at desc limit 200
                """).params(authority.code())
                .query((row, i) -> new Kept(row.getString(1), row.getTimestamp(2).toInstant(), row.getString(3),
                        row.getString(4), json.readTree(row.getString(5))))
                .list());
    }

    Kept get(AuthorityId authority, String id) {
        return all(authority).stream().filter(k -> k.id().equals(id)).findFirst().orElseThrow(NotThere::new);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
