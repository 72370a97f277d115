package jp.kiban.submission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.letters.Letters;
import jp.kiban.standards.Field;
import jp.kiban.standards.Form;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 添付ファイル. Photos and papers given with an application. What a file is, its content says: JPEG, PNG, WebP or PDF, nothing
/// else, and never what its name or its sender claims. Of a photo only the picture is kept (`PlainPhoto`): it does not tell
/// where it was taken. A paper is handed out as it was given. All are to be looked at and never run.
@Component
public final class Attachments {
    static final int LARGEST_BYTES = 8 * 1024 * 1024;
    static final int MOST = 10;
    /// Not sent yet, of one person: all their drafts together.
    private static final int MOST_WAITING = 60;
    private static final int LONGEST_NAME = 120;

    private final Store store;
    private final MessageSource messages;
    private final Clock clock;

    Attachments(Store store, MessageSource messages, Clock clock) {
        this.store = store;
        this.messages = messages;
        this.clock = clock;
    }

    /// 種類. By the first bytes; a photo is read to its end.
    enum Kind {
        JPEG("image/jpeg", "FFD8FF", PlainPhoto::jpeg), PNG("image/png", "89504E470D0A1A0A", PlainPhoto::png), WEBP(
                "image/webp", "52494646", PlainPhoto::webp), PDF("application/pdf", "255044462D", Optional::of);

        final String type;
        private final byte[] magic;
        private final Function<byte[], Optional<byte[]>> plain;

        Kind(String type, String magic, Function<byte[], Optional<byte[]>> plain) {
            this.type = type;
            this.magic = HexFormat.of().parseHex(magic);
            this.plain = plain;
        }

        /// What is kept of it; empty when it is not what its first bytes say.
        Optional<byte[]> plain(byte[] content) { return plain.apply(content); }

        private boolean fits(byte[] content) {
            return this != WEBP || content.length > 12 && new String(content, 8, 4, StandardCharsets.ISO_8859_1).equals(
                    "WEBP");
        }

        static Optional<Kind> of(byte[] content) {
            for (var kind : values())
                if (content.length > kind.magic.length && java.util.Arrays.equals(kind.magic, 0, kind.magic.length,
                        content, 0, kind.magic.length) && kind.fits(content))
                    return Optional.of(kind);
            return Optional.empty();
        }
    }

    /// ファイルの中身. As it is kept.
    public record Content(String type, byte[] bytes) {
        public boolean image() { return type.startsWith("image/"); }
    }

    /// Keeps a file for the person; told by `where` when it cannot be taken.
    Sheet.Photo give(Actor.Resident resident, String where, String name, InputStream from) throws IOException {
        byte[] given = from.readNBytes(LARGEST_BYTES + 1);
        String called = called(name);
        if (given.length == 0)
            throw fault(where, "submission.file.empty", called);
        if (given.length > LARGEST_BYTES)
            throw fault(where, "submission.file.large", called, LARGEST_BYTES / 1024 / 1024);
        if (isHeic(given))
            throw fault(where, "submission.file.heic", called);
        var kind = Kind.of(given).orElseThrow(() -> fault(where, "submission.file.kind", called));
        byte[] bytes = kind.plain(given).orElseThrow(() -> fault(where, "submission.file.broken", called));
        var photo = new Sheet.Photo(called, kind.type, bytes.length, sha256(bytes));
        long waiting = store.in(Drafts.scope(resident), jdbc -> jdbc
                .sql("select count(*) from submission.file where authority = ? and person = ? and not sent")
                .params(resident.authority().code(), resident.person().number()).query(Long.class).single());
        if (waiting >= MOST_WAITING)
            throw fault(where, "submission.file.many", MOST_WAITING);
        store.run(Drafts.scope(resident), jdbc -> jdbc.sql("""
                insert into submission.file (authority, person, sha256, type, content, given_at)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                """).params(resident.authority().code(), resident.person().number(), photo.sha256(), photo.type(),
                bytes, Timestamp.from(clock.instant())).update());
        return photo;
    }

    /// A kind that telephones write and most browsers cannot show (ISO/IEC 23008-12): the office could not look at it.
    private static boolean isHeic(byte[] content) {
        return content.length > 12 && new String(content, 4, 4, StandardCharsets.ISO_8859_1).equals("ftyp") && Set.of(
                "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1").contains(
                        new String(content, 8, 4,
                                StandardCharsets.ISO_8859_1));
    }

    private BadInput fault(String where, String key, Object... values) {
        return BadInput.of(where, key, Wording.three(messages, key, values));
    }

    /// The last part of what it was called, without what no name has.
    private static String called(String name) {
        String plain = Filling.plain(Normalizer.normalize(name, Normalizer.Form.NFC)).replace("\n", "");
        String last = plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1).strip();
        return last.isEmpty() ? "file" : Letters.last(last, LONGEST_NAME);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The person's own file.
    Optional<Content> mine(Actor.Resident resident, String sha256) {
        return store.in(Drafts.scope(resident), jdbc -> jdbc
                .sql("select type, content from submission.file where authority = ? and person = ? and sha256 = ?")
                .params(resident.authority().code(), resident.person().number(), sha256)
                .query((row, i) -> new Content(row.getString(1), row.getBytes(2))).optional());
    }

    /// A file of an application, for the authority's own work: only one that the application names.
    public Optional<Content> of(AuthorityId authority, ReceiptNumber receipt, String sha256) {
        if (!sha256.matches("[0-9a-f]{64}"))
            return Optional.empty();
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select f.type, f.content from submission.file f
                join submission.submission s on s.authority = f.authority and s.person = f.person
                where f.authority = ? and s.receipt = ? and f.sha256 = ?
                  and jsonb_path_exists(s.answers, '$.**.sha256 ? (@ == $wanted)', jsonb_build_object('wanted', ?::text))
                limit 1
                """).params(authority.code(), receipt.text(), sha256, sha256)
                .query((row, i) -> new Content(row.getString(1), row.getBytes(2))).optional());
    }

    /// Throws a file away that was not sent; one that another draft names stays.
    void forget(Actor.Resident resident, DraftId draft,
            String sha256) { store.run(Drafts.scope(resident), jdbc -> jdbc.sql("""
                delete from submission.file f where f.authority = ? and f.person = ? and f.sha256 = ? and not f.sent
                  and not exists (select from submission.draft d where d.authority = f.authority
                    and d.person = f.person and d.id <> ? and d.receipt is null and position(f.sha256 in d.answers::text) > 0)
                """).params(resident.authority().code(), resident.person().number(), sha256, draft.id()).update()); }

    /// Files that the answers name and nobody gave.
    List<Finding> missing(JdbcClient jdbc, AuthorityId authority, PersonId person, Form form, JsonNode answers) {
        var findings = new ArrayList<Finding>();
        for (var place : places(form, answers))
            for (var file : Answers.at(answers, place).orElse(Answers.none()))
                if (!jdbc.sql(
                        "select exists (select from submission.file where authority = ? and person = ? and sha256 = ?)")
                        .params(authority.code(), person.number(), file.path("sha256").asString(""))
                        .query(Boolean.class).single())
                    findings.add(new Finding(place, "submission.file.missing", Wording.three(messages,
                            "submission.file.missing", file.path("name").asString(""))));
        return findings;
    }

    /// With the application, its files are the office's too. Joins the caller's transaction.
    static void sent(JdbcClient jdbc, AuthorityId authority, PersonId person, Form form, JsonNode answers) {
        for (var place : places(form, answers))
            for (var file : Answers.at(answers, place).orElse(Answers.none()))
                jdbc.sql("update submission.file set sent = true where authority = ? and person = ? and sha256 = ?")
                        .params(authority.code(), person.number(), file.path("sha256").asString("")).update();
    }

    /// Where files stand in these answers, and where they could.
    static List<String> places(Form form, JsonNode answers) {
        return form.fields().stream().flatMap(field -> places(field, answers).stream()).toList();
    }

    static List<String> places(Field field, JsonNode answers) {
        if (field.kind() == Field.Kind.PHOTO)
            return List.of(field.path());
        var places = new ArrayList<String>();
        if (field.kind() == Field.Kind.TABLE) {
            int rows = Answers.at(answers, field.path()).map(JsonNode::size).orElse(0);
            for (int row = 0; row < rows; row++)
                for (var column : field.columns())
                    if (column.kind() == Field.Kind.PHOTO)
                        places.add(field.path() + "[" + row + "]." + column.path());
        }
        return places;
    }
}
