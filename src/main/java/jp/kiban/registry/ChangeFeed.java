package jp.kiban.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import jp.kiban.authority.AuthorityHistory;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// 変更の新着. What loads changed in an open registry, item by item in their order: as JSON with a cursor, so that whoever keeps a copy misses
/// nothing, and as an Atom feed (RFC 4287) of the newest. Both answer 304 to whoever has it already.
@Controller
class ChangeFeed {
    private static final int MOST = 1000;
    private static final int NEWEST = 100;
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private final Store store;

    private final AuthorityHistory history;

    ChangeFeed(Store store, AuthorityHistory history) {
        this.store = store;
        this.history = history;
    }

    /// 一件の変更. `item` is empty where a whole edition is told; `loading` is the load that brought it, of towns and postal codes the release of
    /// the dictionary.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Change(long cursor, String item, String what, String detail, int loading, Instant at) {}

    /// 続き. The changes behind a cursor; the next call goes on from `next`. `more` says that there are more already.
    record Changes(String registry, List<Change> changes, long next, boolean more) {}

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/{registry}/changes")
    ResponseEntity<Changes> json(@PathVariable String registry, @RequestParam(defaultValue = "0") String after,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
        var asked = open(registry);
        if (!after.matches("[0-9]{1,18}"))
            throw BadInput.of("after", "registry.cursor", Words.text("registry.error.cursor", after));
        long from = Long.parseLong(after);
        var all = after(asked, from, MOST + 1);
        var shown = all.subList(0, Math.min(MOST, all.size()));
        long next = shown.isEmpty() ? from : shown.getLast().cursor();
        String tag = "\"" + asked.code() + "-" + from + "-" + next + "\"";
        if (tag.equals(known))
            return ResponseEntity.status(304).eTag(tag).build();
        return ResponseEntity.ok().eTag(tag).header("Cache-Control", "private, no-cache").body(new Changes(asked
                .code(), shown, next, all.size() > MOST));
    }

    private static BaseRegistry open(String registry) {
        return BaseRegistry.of(registry).filter(BaseRegistry::open).orElseThrow(NotThere::new);
    }

    /// What the table of local governments tells, the oldest first: its place there is the cursor.
    private List<Change> ofAuthorities() {
        var changes = new ArrayList<Change>();
        for (var change : history.changes())
            changes.add(new Change(changes.size() + 1L, change.former().id().code(), change.former().id().equals(change
                    .to()) ? "CHANGED" : "GONE", change.kind().code(), 0,
                    change.day().atStartOfDay(JAPAN).toInstant()));
        return changes;
    }

    private List<Change> after(BaseRegistry registry, long cursor, int most) {
        if (registry == BaseRegistry.AUTHORITIES)
            return ofAuthorities().stream().skip(cursor).limit(most).toList();
        return behind(store, registry, cursor, most);
    }

    /// What loads and editions changed behind a cursor, the oldest first.
    static List<Change> behind(Store store, BaseRegistry registry, long cursor, int most) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select c.seq, c.item, c.what, c.detail, coalesce(c.loading, t.release), c.at from registry.change c
                left join registry.dictionary_told t on t.id = c.told where c.registry = ? and c.seq > ? order by c.seq limit ?
                """).params(registry.code(), cursor, most).query((row, i) -> new Change(row.getLong(1), row.getString(
                2), row.getString(3), row.getString(4), row.getInt(5), row.getTimestamp(6).toInstant())).list());
    }

    private List<Change> newest(BaseRegistry registry) {
        if (registry == BaseRegistry.AUTHORITIES)
            return ofAuthorities().reversed().stream().limit(NEWEST).toList();
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select c.seq, c.item, c.what, c.detail, coalesce(c.loading, t.release), c.at from registry.change c
                left join registry.dictionary_told t on t.id = c.told where c.registry = ? order by c.seq desc limit ?
                """).params(registry.code(), NEWEST).query((row, i) -> new Change(row.getLong(1), row.getString(2), row
                .getString(3), row.getString(4), row.getInt(5), row.getTimestamp(6).toInstant())).list());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/{registry}/changes.atom")
    ResponseEntity<String> atom(@PathVariable String registry, Language language,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
        var asked = open(registry);
        var newest = newest(asked);
        String tag = "\"" + asked.code() + "-" + (newest.isEmpty() ? 0 : newest.getFirst().cursor()) + "-" + language
                .code() + "\"";
        if (tag.equals(known))
            return ResponseEntity.status(304).eTag(tag).build();
        String base = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        return ResponseEntity.ok().eTag(tag).header("Cache-Control", "private, no-cache").contentType(
                MediaType.parseMediaType("application/atom+xml;charset=UTF-8"))
                .body(write(base, asked, newest,
                        language));
    }

    private static String write(String base, BaseRegistry registry, List<Change> newest, Language language) {
        try {
            var text = new StringWriter();
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            String self = base + "/registry/" + registry.code() + "/changes.atom";
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM);
            xml.writeAttribute("xml:lang", language == Language.EN ? "en" : "ja");
            element(xml, "id", self);
            element(xml, "title", Words.in(language, "registry.feed.title", registry.title().in(language)));
            element(xml, "updated", newest.isEmpty() ? Instant.EPOCH.toString() : newest.getFirst().at().toString());
            link(xml, "self", self, "application/atom+xml");
            link(xml, "alternate", base + "/registry", "text/html");
            link(xml, "related", base + "/api/registry/" + registry.code() + "/changes", "application/json");
            xml.writeStartElement("author");
            element(xml, "name", registry.owner().in(language));
            xml.writeEndElement();
            for (var change : newest) {
                xml.writeStartElement("entry");
                element(xml, "id", self + "#" + change.cursor());
                element(xml, "title", change.item().isEmpty()
                        ? Words.in(language, change.what().equals("WHOLE")
                                ? "registry.feed.whole"
                                : "registry.feed.edition", change.detail())
                        : Words.in(language, "registry.feed." + change.what(), change.item()));
                element(xml, "updated", change.at().toString());
                link(xml, "alternate", base + "/registry/" + registry.code() + (change.item().isEmpty()
                        ? ""
                        : "/" + change.item()), "text/html");
                element(xml, "summary", change.item().isEmpty() || change.detail().isEmpty()
                        ? change.what()
                        : Words.in(language, "registry.process." + change.detail()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            return text.toString();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String href, String type) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("href", href);
        xml.writeAttribute("type", type);
    }
}
