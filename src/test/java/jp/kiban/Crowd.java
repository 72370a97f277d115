package jp.kiban;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;

/// 大勢. Many residents (and a few officers) who are signed in already, entered into the database around the platform: for
/// load and for kills, where signing in ten thousand cards would measure RSA.
public final class Crowd {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ANSWERS = """
            {"claimant":{"name":"負荷 花子","kana":"フカ ハナコ","birthDate":"1990-05-10","postalCode":"5148611","address":"負荷県試験市一丁目1番1号"},
             "pension":{"class":"employee","publicServant":false},"children":[{"id":"c%d","name":"負荷 一郎","kana":"フカ イチロウ",
             "birthDate":"2020-06-15","relationship":"子","livingTogether":true,"abroad":false,"inFacility":false}],"elders":[],
             "account":{"bankCode":"0155","bankName":"百五銀行","branchCode":"001","branchName":"本店営業部","type":"1","number":"%07d","holderKana":"フカ ハナコ"},
             "contact":{"phone":"059-229-3155","email":""},"consent":true}""";

    /// 一人. A resident of one authority with the token of a session.
    public record Member(AuthorityId authority, PersonId person, String token, int number) {
        public String answers() {
            return "{\"answers\":" + ANSWERS.formatted(number, 1_000_000 + number % 8_000_000) + "}";
        }

        public HttpRequest.Builder request(String base, String path) {
            return HttpRequest.newBuilder(URI.create(base + path))
                    .header("Cookie", "kiban-session=" + token + "; XSRF-TOKEN=crowd-" + number)
                    .header("X-XSRF-TOKEN", "crowd-" + number)
                    .header("Content-Type", "application/json").header("Accept", "application/json");
        }

        public HttpRequest sends(String base) {
            return request(base, "/api/submission/child-allowance").header("Idempotency-Key", "key-" + number)
                    .POST(HttpRequest.BodyPublishers.ofString(answers())).build();
        }
    }

    private Crowd() {}

    /// Residents spread evenly over the municipalities, in turn; numbers start at `first`.
    public static List<Member> residents(Connection database, List<Authority> towns, int first, int count)
            throws Exception {
        var members = new ArrayList<Member>();
        try (var insert = database.prepareStatement(
                "insert into identity.session (authority, token, kind, who, started_at, seen_at) values (?, ?, 'RESIDENT', ?, ?, ?)")) {
            var now = Timestamp.from(Instant.now());
            for (int i = first; i < first + count; i++) {
                var member = new Member(towns.get(i % towns.size()).id(), PersonId.of(Long.toString(90_000_000L + i)),
                        token(), i);
                insert.setString(1, member.authority().code());
                insert.setBytes(2, digest(member.token()));
                insert.setString(3, member.person().number());
                insert.setTimestamp(4, now);
                insert.setTimestamp(5, now);
                insert.addBatch();
                members.add(member);
            }
            insert.executeBatch();
        }
        return members;
    }

    /// An officer with these roles; answers the token.
    public static String officer(Connection database, AuthorityId authority, String id, String roles) throws Exception {
        String token = token();
        try (var officer = database
                .prepareStatement("insert into identity.officer (authority, id, name, roles) values (?, ?, ?, ?)");
                var session = database.prepareStatement(
                        "insert into identity.session (authority, token, kind, who, started_at, seen_at) values (?, ?, 'OFFICER', ?, now(), now())")) {
            officer.setString(1, authority.code());
            officer.setString(2, id);
            officer.setString(3, id);
            officer.setString(4, roles);
            officer.executeUpdate();
            session.setString(1, authority.code());
            session.setBytes(2, digest(token));
            session.setString(3, id);
            session.executeUpdate();
        }
        return token;
    }

    private static String token() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] digest(String token) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    }
}
