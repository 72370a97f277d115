package jp.kiban.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/// 公開データの目録. Every data set that rooms publish: for people as a page, for programs as DCAT 3 in JSON-LD (the terms that DCAT-AP asks
/// for).
@Controller
class OpenData {
    private static final String FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/";

    private final ObjectProvider<OpenDataset> datasets;
    private final JsonMapper json;

    OpenData(ObjectProvider<OpenDataset> datasets, JsonMapper json) {
        this.datasets = datasets;
        this.json = json;
    }

    private List<OpenDataset> all() {
        return datasets.stream().filter(d -> d.modified().isPresent()).sorted(Comparator.comparing(OpenDataset::code))
                .toList();
    }

    @Permit(Role.ANYONE)
    @GetMapping("/open-data")
    String page(Model model) {
        model.addAttribute("datasets", all());
        return "registry/open-data";
    }

    @Permit(Role.ANYONE)
    @GetMapping("/open-data/catalog.jsonld")
    ResponseEntity<byte[]> catalogue(@RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
        String base = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        var all = all();
        String tag = "\"catalog-" + Integer.toHexString((base + all.stream().map(d -> d.code() + d.modified() + d
                .distributions().size()).toList()).hashCode()) + "\"";
        if (tag.equals(known))
            return ResponseEntity.status(304).eTag(tag).build();
        return ResponseEntity.ok().eTag(tag).header("Cache-Control", "private, no-cache").contentType(MediaType
                .parseMediaType("application/ld+json")).body(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(
                        catalogue(base, all)));
    }

    /// The catalogue as JSON-LD; `base` is the address of this house, without a slash at its end.
    static Map<String, Object> catalogue(String base, List<OpenDataset> all) {
        var context = new LinkedHashMap<String, Object>();
        context.put("dcat", "http://www.w3.org/ns/dcat#");
        context.put("dct", "http://purl.org/dc/terms/");
        context.put("foaf", "http://xmlns.com/foaf/0.1/");
        context.put("xsd", "http://www.w3.org/2001/XMLSchema#");
        var catalogue = new LinkedHashMap<String, Object>();
        catalogue.put("@context", context);
        catalogue.put("@id", base + "/open-data/catalog.jsonld");
        catalogue.put("@type", "dcat:Catalog");
        catalogue.put("dct:title", words(Words.text("registry.open-data.title")));
        catalogue.put("dct:description", words(Words.text("registry.open-data.lead")));
        catalogue.put("dct:publisher", agent(base + "/open-data#house", Words.text("registry.open-data.house")));
        catalogue.put("dct:language", List.of(Map.of("@id", language("JPN")), Map.of("@id", language("ENG"))));
        catalogue.put("foaf:homepage", Map.of("@id", base + "/open-data"));
        all.stream().flatMap(d -> d.modified().stream()).max(Comparator.naturalOrder()).ifPresent(m -> catalogue.put(
                "dct:modified", moment(m)));
        catalogue.put("dcat:dataset", all.stream().map(d -> dataset(base, d)).toList());
        catalogue.put("dcat:service", all.stream().flatMap(d -> d.distributions().stream().filter(
                OpenDataset.Distribution::api).map(a -> service(base, d, a))).toList());
        return catalogue;
    }

    private static String language(String code) {
        return "http://publications.europa.eu/resource/authority/language/" + code;
    }

    private static Map<String, Object> dataset(String base, OpenDataset one) {
        var dataset = new LinkedHashMap<String, Object>();
        dataset.put("@id", base + "/open-data#" + one.code());
        dataset.put("@type", "dcat:Dataset");
        dataset.put("dct:identifier", one.code());
        dataset.put("dct:title", words(one.title()));
        dataset.put("dct:description", words(one.description()));
        dataset.put("dct:publisher", agent(base + "/open-data#owner-of-" + one.code(), one.publisher()));
        dataset.put("dct:license", Map.of("@id", one.licence()));
        dataset.put("dct:accrualPeriodicity", Map.of("@id", FREQUENCY + one.frequency()));
        dataset.put("dct:language", Map.of("@id", language("JPN")));
        dataset.put("dct:spatial", Map.of("@id", "http://publications.europa.eu/resource/authority/country/JPN"));
        one.edition().ifPresent(day -> dataset.put("dct:issued", Map.of("@type", "xsd:date", "@value", day
                .toString())));
        one.modified().ifPresent(at -> dataset.put("dct:modified", moment(at)));
        dataset.put("dcat:keyword", one.keywords());
        dataset.put("dcat:landingPage", Map.of("@id", base + "/open-data#" + one.code()));
        var distributions = new ArrayList<Map<String, Object>>();
        one.distributions().stream().filter(d -> !d.api()).forEach(d -> {
            var file = new LinkedHashMap<String, Object>();
            file.put("@id", base + d.path() + "#distribution");
            file.put("@type", "dcat:Distribution");
            file.put("dct:title", words(d.title()));
            file.put("dcat:accessURL", Map.of("@id", base + d.path()));
            file.put("dcat:downloadURL", Map.of("@id", base + d.path()));
            file.put("dcat:mediaType", Map.of("@id", "https://www.iana.org/assignments/media-types/" + d.mediaType()));
            file.put("dct:license", Map.of("@id", one.licence()));
            distributions.add(file);
        });
        dataset.put("dcat:distribution", distributions);
        return dataset;
    }

    private static Map<String, Object> service(String base, OpenDataset one, OpenDataset.Distribution api) {
        var service = new LinkedHashMap<String, Object>();
        service.put("@id", base + api.path() + "#service");
        service.put("@type", "dcat:DataService");
        service.put("dct:title", words(api.title()));
        service.put("dcat:endpointURL", Map.of("@id", base + api.path()));
        service.put("dcat:endpointDescription", Map.of("@id", base + "/v3/api-docs"));
        service.put("dcat:servesDataset", Map.of("@id", base + "/open-data#" + one.code()));
        return service;
    }

    private static Map<String, Object> agent(String id, Text name) {
        return Map.of("@id", id, "@type", "foaf:Agent", "foaf:name", words(name));
    }

    private static Map<String, Object> moment(Instant at) {
        return Map.of("@type", "xsd:dateTime", "@value", at.toString());
    }

    /// Plain Japanese is Japanese; a program asks for the language alone.
    private static List<Map<String, String>> words(Text text) {
        return List.of(Map.of("@language", "ja", "@value", text.ja()), Map.of("@language", "en", "@value", text.en()));
    }
}
