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
    /// Everything else is known of them, as of everybody.
    private static final String ANSWERS = """
            {"answers":{"contact":{"phone":"059-229-3155","email":""},"consent":true}}""";
    /// A parent and a child for each, after the pattern of an ordinary family of the demonstration.
    private static final String KNOWN = """
            with pattern as (
                select p, c from demo.kin k join demo.person p on p.authority = k.authority and p.person = k.person
                join demo.person c on c.authority = k.authority and c.person = k.kin
                where k.authority = '242012' and k.relation = 'CHILD' and p.account is not null and p.measure is null
                  and not p.public_servant and c.birth_date > '2012-01-01' and p.account->>'number' not like '9%'
                order by p.person desc limit 1),
            member as (select unnest(?::text[]) as authority, unnest(?::text[]) as person),
            parents as (insert into demo.person select (jsonb_populate_record(p, jsonb_build_object('authority', m.authority,
                'person', m.person, 'household', 'H' || m.person))).* from pattern, member m),
            children as (insert into demo.person select (jsonb_populate_record(c, jsonb_build_object('authority', m.authority,
                'person', (500000000 + m.person::bigint)::text, 'household', 'H' || m.person))).* from pattern, member m)
            insert into demo.kin select m.authority, m.person, (500000000 + m.person::bigint)::text, 'CHILD', '子' from member m
            """;

    /// 一人. A resident of one authority with the token of a session.
    public record Member(AuthorityId authority, PersonId person, String token, int number) {
        public HttpRequest.Builder request(String base, String path) {
            return HttpRequest.newBuilder(URI.create(base + path))
                    .header("Cookie", "kiban-session=" + token + "; XSRF-TOKEN=crowd-" + number)
                    .header("X-XSRF-TOKEN", "crowd-" + number)
                    .header("Content-Type", "application/json").header("Accept", "application/json");
        }

        public HttpRequest sends(String base) {
            return request(base, "/api/submission/child-allowance").header("Idempotency-Key", "key-" + number)
                    .POST(HttpRequest.BodyPublishers.ofString(ANSWERS)).build();
        }

        /// The same request as it stands on the wire.
        public byte[] bytes() {
            var body = ANSWERS.getBytes(StandardCharsets.UTF_8);
            return ("POST /api/submission/child-allowance HTTP/1.1\r\nHost: localhost\r\nCookie: kiban-session=" + token
                    + "; XSRF-TOKEN=crowd-" + number + "\r\nX-XSRF-TOKEN: crowd-" + number
                    + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nIdempotency-Key: key-" + number
                    + "\r\nContent-Length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
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
        try (var known = database.prepareStatement(KNOWN)) {
            known.setArray(1,
                    database.createArrayOf("text", members.stream().map(m -> m.authority().code()).toArray()));
            known.setArray(2, database.createArrayOf("text", members.stream().map(m -> m.person().number()).toArray()));
            known.executeUpdate();
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
