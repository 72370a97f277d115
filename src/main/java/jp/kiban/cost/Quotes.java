package jp.kiban.cost;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.Letters;
import jp.kiban.portal.Page;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// 見積の控え. Quotes that a municipality was given, with the questions that the published rules ask, the vendor's answers and what came of
/// them. A quote that is brought again replaces its earlier version, which stays. Refuses a file over 5 MB and what cannot be read.
@Component
final class Quotes {
    private static final int LARGEST = 5_000_000;
    private static final int LONGEST = 2_000;

    private final Store store;
    private final QuoteBase base;
    private final JsonMapper json;
    private final Clock clock;
    private final Ledger ledger;
    private final QuoteForm form = QuoteForm.shipped();
    private final Supplier<QuoteRule.Published> rules = SingletonSupplier.of(QuoteRule::shipped);

    Quotes(Store store, QuoteBase base, JsonMapper json, Clock clock, Ledger ledger) {
        this.store = store;
        this.base = base;
        this.ledger = ledger;
        this.json = json;
        this.clock = clock;
    }

    /// 問いの結末.
    enum Result {
        /// 回答待ち
        OPEN,
        /// 説明を受け入れた
        ACCEPTED,
        /// 問いを取り下げた
        WITHDRAWN,
        /// 減額された
        REDUCED
    }

    /// 回答. What the vendor said, what came of it, and the yen saved.
    record Answer(String rule, Instant at, String by, String answer, Result result, long savedYen) {}

    /// 控え. A quote as it was brought, without its content.
    record Kept(UUID id, Optional<UUID> replaces, String file, Instant addedAt, String addedBy, long savedYen,
            int answered) {}

    /// A quote with its scrutiny by today's rules and the latest answer to each question.
    record Opened(Kept kept, Scrutiny scrutiny, Map<String, Answer> answers, List<Kept> versions) {
        public long savedYen() { return answers.values().stream().mapToLong(Answer::savedYen).sum(); }
    }

    QuoteForm form() { return form; }

    /// Keeps a quote that can be read; headings are remembered for the next one.
    UUID add(Actor.Officer by, String file, byte[] content, Map<String, String> headings, Optional<UUID> replaces) {
        if (content.length > LARGEST)
            throw new BadInput(List.of(CostWords.finding("file", "cost.quote.fault.large", LARGEST / 1_000_000)));
        return store.in(Scope.of(by.authority()), jdbc -> {
            replaces.ifPresent(id -> kept(jdbc, by.authority(), id));
            var mapping = mapping(jdbc, by.authority(), content, headings);
            // what cannot be read is not kept
            Quote.read(file, content, form, mapping);
            remember(jdbc, by.authority(), headings);
            var id = UUID.randomUUID();
            jdbc.sql("""
                    insert into cost.quote (authority, id, replaces, file, content, mapping, added_at, added_by)
                    values (?, ?, nullif(?, '')::uuid, ?, ?, ?::jsonb, ?, ?)
                    """).params(by.authority().code(), id, replaces.map(UUID::toString).orElse(""), Letters.first(file
                    .isBlank() ? "見積" : file, 200), content, json.writeValueAsString(mapping), now(), by.id())
                    .update();
            return id;
        });
    }

    private void remember(JdbcClient jdbc, AuthorityId authority, Map<String, String> headings) {
        headings.forEach((key, heading) -> jdbc.sql("""
                insert into cost.quote_heading (authority, key, heading, at) values (?, ?, ?, ?)
                on conflict (authority, key, heading) do update set at = excluded.at
                """).params(authority.code(), key, heading.strip(), now()).update());
    }

    /// 見出しの対応. Reads a kept quote again with headings as they are meant; remembered for the next one. Refuses what then cannot be read,
    /// and one column for two headings.
    void map(Actor.Officer by, UUID id, Map<String, String> meant) {
        var findings = new ArrayList<Finding>();
        var keys = new HashMap<String, String>();
        meant.forEach((heading, key) -> {
            if (keys.putIfAbsent(key, heading) instanceof String other)
                findings.add(CostWords.finding("headings", "cost.quote.fault.twice", form.title(key), other, heading));
        });
        if (!findings.isEmpty())
            throw new BadInput(findings);
        store.run(Scope.of(by.authority()), jdbc -> {
            var kept = kept(jdbc, by.authority(), id);
            var stored = stored(jdbc, by.authority(), id);
            var read = Quote.read(kept.file(), stored.content(), form, stored.mapping());
            var said = new LinkedHashMap<String, String>();
            keys.forEach((key, heading) -> {
                if (!heading.equals(read.columns().get(key)))
                    said.put(key, heading);
            });
            if (said.isEmpty())
                return;
            var mapping = new LinkedHashMap<>(stored.mapping());
            mapping.values().removeAll(said.values());
            mapping.putAll(said);
            Quote.read(kept.file(), stored.content(), form, mapping);
            remember(jdbc, by.authority(), said);
            jdbc.sql("update cost.quote set mapping = ?::jsonb where authority = ? and id = ?").params(json
                    .writeValueAsString(mapping), by.authority().code(), id).update();
        });
    }

    /// ファイル. As it was brought, and how its headings are read.
    private record Stored(byte[] content, Map<String, String> mapping) {}

    private Stored stored(JdbcClient jdbc, AuthorityId authority, UUID id) {
        return jdbc.sql("select content, mapping::text from cost.quote where authority = ? and id = ?").params(authority
                .code(), id).query((row, i) -> new Stored(row.getBytes(1), json.readValue(row.getString(2),
                        new TypeReference<HashMap<String, String>>() {
                        })))
                .single();
    }

    /// What was said now, and what was said last of earlier tables where such a heading is in this one.
    private Map<String, String> mapping(JdbcClient jdbc, AuthorityId authority, byte[] content,
            Map<String, String> headings) {
        var mapping = new LinkedHashMap<String, String>();
        var known = jdbc.sql("select key, heading from cost.quote_heading where authority = ? order by at desc, key")
                .params(authority.code()).query((row, i) -> Map.entry(row.getString(1), row.getString(2))).list();
        if (!known.isEmpty()) {
            var cells = new java.util.HashSet<String>();
            jp.kiban.portal.Spreadsheet.read(content).sheets().forEach(s -> s.rows().stream().limit(60).forEach(r -> r
                    .forEach(c -> cells.add(c.strip()))));
            known.stream().filter(k -> cells.contains(k.getValue()) && !mapping.containsValue(k.getValue())).forEach(
                    k -> mapping.putIfAbsent(k.getKey(), k.getValue()));
        }
        mapping.values().removeAll(headings.values());
        mapping.putAll(headings);
        return mapping;
    }

    Page<Kept> all(AuthorityId authority, Page.Wanted wanted) {
        return store.in(Scope.of(authority), jdbc -> {
            long total = jdbc.sql("""
                    select count(*) from cost.quote q where authority = ? and removed_at is null
                      and not exists (select from cost.quote n where n.authority = q.authority and n.replaces = q.id and n.removed_at is null)
                    """)
                    .params(authority.code()).query(Long.class).single();
            var items = jdbc.sql(KEPT + """
                      and not exists (select from cost.quote n where n.authority = q.authority and n.replaces = q.id and n.removed_at is null)
                    order by added_at desc, id limit ? offset ?
                    """).params(authority.code(), wanted.size(), wanted.offset()).query((row, i) -> kept(row)).list();
            return new Page<>(items, total, wanted.number(), wanted.size());
        });
    }

    private static final String KEPT = """
            select id, replaces, file, added_at, added_by,
                   (select coalesce(sum(saved), 0) from (select distinct on (rule) saved from cost.quote_answer a
                     where a.authority = q.authority and a.quote = q.id order by rule, at desc) latest),
                   (select count(distinct rule) from cost.quote_answer a where a.authority = q.authority and a.quote = q.id)
            from cost.quote q where authority = ? and removed_at is null
            """;

    private static Kept kept(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Kept(row.getObject(1, UUID.class), Optional.ofNullable(row.getObject(2, UUID.class)), row.getString(
                3), row.getTimestamp(4).toInstant(), row.getString(5), row.getLong(6), row.getInt(7));
    }

    private static Kept kept(JdbcClient jdbc, AuthorityId authority, UUID id) {
        return jdbc.sql(KEPT + " and id = ?").params(authority.code(), id).query((row, i) -> kept(row)).optional()
                .orElseThrow(() -> new NotThere());
    }

    Opened open(AuthorityId authority, UUID id) {
        return store.in(Scope.of(authority), jdbc -> {
            var kept = kept(jdbc, authority, id);
            var answers = new LinkedHashMap<String, Answer>();
            jdbc.sql("""
                    select rule, at, by, answer, result, saved from cost.quote_answer
                    where authority = ? and quote = ? order by rule, at
                    """).params(authority.code(), id).query((row, i) -> new Answer(row.getString(1), row.getTimestamp(2)
                    .toInstant(), row.getString(3), row.getString(4), Result.valueOf(row.getString(5)), row.getLong(
                            6)))
                    .list().forEach(a -> answers.put(a.rule(), a));
            return new Opened(kept, scrutiny(jdbc, authority, kept), answers, versions(jdbc, authority, kept));
        });
    }

    private Scrutiny scrutiny(JdbcClient jdbc, AuthorityId authority, Kept kept) {
        var stored = stored(jdbc, authority, kept.id());
        return Scrutiny.of(Quote.read(kept.file(), stored.content(), form, stored.mapping()), rules.get(), base.peers(
                jdbc, authority, kept.id()).map(QuotePeers::facts));
    }

    /// Earlier versions, the newest first.
    private static List<Kept> versions(JdbcClient jdbc, AuthorityId authority, Kept kept) {
        var versions = new ArrayList<Kept>();
        for (var before = kept.replaces(); before.isPresent() && versions.size() < 50; before = versions.getLast()
                .replaces()) {
            var earlier = jdbc.sql(KEPT + " and id = ?").params(authority.code(), before.get()).query((row, i) -> kept(
                    row)).optional();
            if (earlier.isEmpty())
                break;
            versions.add(earlier.get());
        }
        return List.copyOf(versions);
    }

    void answer(Actor.Officer by, UUID id, String rule, String answer, String result, String saved) {
        var findings = new ArrayList<Finding>();
        var open = open(by.authority(), id);
        if (open.scrutiny().asked().stream().noneMatch(a -> a.rule().id().equals(rule)))
            throw new NotThere();
        var outcome = java.util.Arrays.stream(Result.values()).filter(r -> r.name().equals(result)).findFirst();
        if (outcome.isEmpty())
            findings.add(CostWords.finding(rule + ".result", "cost.quote.fault.result", result));
        if (Letters.count(answer) > LONGEST)
            findings.add(CostWords.finding(rule + ".answer", "cost.quote.fault.long", LONGEST, Letters.count(answer)));
        var yen = saved.isBlank() ? Optional.of(java.math.BigDecimal.ZERO) : Quote.number(saved);
        if (yen.isEmpty() || yen.get().signum() < 0 || yen.get().stripTrailingZeros().scale() > 0 || yen.get()
                .precision() > 15)
            findings.add(CostWords.finding(rule + ".saved", "cost.quote.fault.saved", saved));
        else if (yen.get().signum() > 0 && outcome.filter(r -> r == Result.REDUCED).isEmpty())
            findings.add(CostWords.finding(rule + ".saved", "cost.quote.fault.saved.result"));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var now = open.answers().get(rule);
        var said = new Answer(rule, now().toInstant(), by.id(), answer.strip(), outcome.orElseThrow(), yen.orElseThrow()
                .longValue());
        if (now != null && now.answer().equals(said.answer()) && now.result() == said.result() && now
                .savedYen() == said.savedYen())
            return;
        store.run(Scope.of(by.authority()), jdbc -> jdbc.sql("""
                insert into cost.quote_answer (authority, quote, rule, at, by, answer, result, saved)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """).params(by.authority().code(), id, rule, Timestamp.from(said.at()), by.id(), said.answer(), said
                .result().name(), said.savedYen()).update());
    }

    /// Takes the lines of a quote into the ledger as a preview. The quote it replaces leaves the ledger when this one is committed by the
    /// rule that nothing counts twice: its import has to be undone first.
    LedgerImport toLedger(Actor.Officer by, UUID id, LedgerQuote.Asked asked) {
        var opened = open(by.authority(), id);
        return ledger.bring(by, LedgerImport.Way.QUOTE, opened.kept().file(), first(opened) + " " + asked.baseline(),
                keep -> LedgerQuote.read(opened.scrutiny().quote(), asked, keep));
    }

    /// All versions of a quote are one thing to the ledger.
    private static UUID first(Opened opened) {
        return opened.versions().isEmpty() ? opened.kept().id() : opened.versions().getLast().id();
    }

    /// Takes a quote out of the list; undone by `restore`.
    void remove(Actor.Officer by, UUID id) {
        store.run(Scope.of(by.authority()), jdbc -> {
            kept(jdbc, by.authority(), id);
            jdbc.sql("update cost.quote set removed_at = ? where authority = ? and id = ?").params(now(), by.authority()
                    .code(), id).update();
        });
    }

    void restore(Actor.Officer by, UUID id) {
        store.run(Scope.of(by.authority()), jdbc -> {
            if (jdbc.sql("update cost.quote set removed_at = null where authority = ? and id = ?").params(by.authority()
                    .code(), id).update() == 0)
                throw new NotThere();
        });
    }

    private Timestamp now() { return Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS)); }
}
