package jp.kiban.catalogue;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.Language;
import jp.kiban.portal.Say;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;

/// 新着. What was published, replaced in haste and withdrawn, as an Atom feed (RFC 4287): the newest first.
@Component
final class Feed {
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final int MOST = 100;

    private final Publications publications;
    private final Standards standards;
    private final Authorities authorities;

    Feed(Publications publications, Standards standards, Authorities authorities) {
        this.publications = publications;
        this.standards = standards;
        this.authorities = authorities;
    }

    private record Item(Publication publication, Optional<Publication> correction, boolean withdrawn, Instant updated,
            String name, String ministry) {}

    /// `base` is the address of this house, without a slash at its end.
    String atom(String base, Language language) {
        var items = new ArrayList<Item>();
        for (var standard : standards.all()) {
            var history = publications.history(standard.id());
            for (var one : history) {
                var name = standard.name().in(language);
                var ministry = authorities.get(one.ministry()).title().in(language);
                // what was replaced on its own day says so, as new
                var correction = history.stream().filter(p -> p.corrects().equals(Optional.of(one.ref().version())))
                        .findFirst();
                items.add(new Item(one, correction, false, correction.map(Feed::published).orElse(published(one)), name,
                        ministry));
                one.withdrawnOn().ifPresent(day -> items.add(new Item(one, correction, true, day.atStartOfDay(JAPAN)
                        .toInstant(), name, ministry)));
            }
        }
        items.sort(Comparator.comparing(Item::updated).reversed().thenComparing(i -> i.publication().ref()
                .toString()));
        try {
            var text = new StringWriter();
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM);
            xml.writeAttribute("xml:lang", language == Language.EN ? "en" : "ja");
            write(xml, "id", base + "/catalogue/feed.atom");
            write(xml, "title", Words.in(language, "catalogue.feed.title"));
            write(xml, "updated", items.isEmpty() ? Instant.EPOCH.toString() : items.getFirst().updated().toString());
            link(xml, "self", base + "/catalogue/feed.atom", "application/atom+xml");
            link(xml, "alternate", base + "/catalogue", "text/html");
            xml.writeStartElement("author");
            write(xml, "name", Words.in(language, "catalogue.feed.author"));
            xml.writeEndElement();
            for (var item : items.subList(0, Math.min(MOST, items.size())))
                entry(xml, base, item, language);
            xml.writeEndElement();
            xml.writeEndDocument();
            return text.toString();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Instant published(Publication one) {
        return one.publishedAt().orElse(one.ref().day().atStartOfDay(JAPAN).toInstant());
    }

    private static void entry(XMLStreamWriter xml, String base, Item item, Language language)
            throws XMLStreamException {
        var one = item.publication();
        var address = base + "/catalogue/" + one.ref().id() + "/" + one.ref().version();
        xml.writeStartElement("entry");
        write(xml, "id", address + (item.withdrawn() ? "#withdrawn" : ""));
        write(xml, "title", item.withdrawn()
                ? Words.in(language, "catalogue.feed.withdrawn", item.name())
                : Words.in(language, "catalogue.feed.published", item.name(), Say.version(language, one
                        .ref().version())));
        write(xml, "updated", item.updated().toString());
        link(xml, "alternate", address, "text/html");
        if (!item.withdrawn()) {
            link(xml, "enclosure", address + "/package.zip", "application/zip");
            // RFC 5829
            if (one.corrects().isPresent())
                link(xml, "predecessor-version", base + "/catalogue/" + one.ref().id() + "/" + one.corrects().get(),
                        "text/html");
            if (item.correction().isPresent())
                link(xml, "successor-version", base + "/catalogue/" + one.ref().id() + "/" + item.correction().get()
                        .ref().version(), "text/html");
        }
        xml.writeStartElement("author");
        write(xml, "name", item.ministry());
        xml.writeEndElement();
        var lines = new ArrayList<String>(List.of(one.ref().toString()));
        one.corrects().ifPresent(c -> lines.add(Words.in(language, "catalogue.corrected", c.text())));
        if (one.urgent())
            lines.add((one.corrects().isPresent() ? "" : Words.in(language, "catalogue.urgent") + ": ") + one
                    .urgentReason());
        item.correction().ifPresent(c -> lines.add(Words.in(language, "catalogue.corrected-by", c.ref().version()
                .text())));
        if (item.withdrawn())
            lines.add(one.withdrawalReason());
        write(xml, "summary", String.join(" / ", lines));
        xml.writeEndElement();
    }

    private static void write(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        // what XML 1.0 has no place for is left out: a reason is typed by people
        xml.writeCharacters(text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", ""));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String href, String type) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("href", href);
        xml.writeAttribute("type", type);
    }
}
