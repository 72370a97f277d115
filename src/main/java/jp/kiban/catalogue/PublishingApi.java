package jp.kiban.catalogue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.standards.Standards;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;

/// 公表のAPI. The acts of a ministry's desk for programs: upload, propose, approve, undo, withdraw, discard.
@RestController
class PublishingApi {
    private final Publications publications;
    private final Publishing publishing;
    private final Standards standards;
    private final Changes changes;

    PublishingApi(Publications publications, Publishing publishing, Standards standards, Changes changes) {
        this.publications = publications;
        this.publishing = publishing;
        this.standards = standards;
        this.changes = changes;
    }

    record Seen(Publication version, List<Publication.Act> history, List<Changes.Change> changes) {}

    @Permit(Role.MINISTRY)
    @GetMapping("/api/catalogue/publishing")
    List<Publication> desk(Actor.Officer officer) { return publications.desk(officer.authority()); }

    @Permit(Role.MINISTRY)
    @PostMapping("/api/catalogue/publishing")
    Publication upload(Actor.Officer officer, @RequestParam(required = false) @Nullable MultipartFile file)
            throws IOException {
        if (file == null || file.isEmpty())
            throw BadInput.of("file", "catalogue.file", Words.text("catalogue.error.file"));
        return publications.upload(officer, file.getBytes());
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/api/catalogue/publishing/{standard}/{version}")
    Seen one(Actor.Officer officer, @PathVariable String standard, @PathVariable String version, Language language) {
        var ref = Publishing.ref(standard, version);
        var one = publications.find(officer.authority(), ref);
        var before = standards.all().stream().filter(s -> s.id().equals(standard)).findFirst().flatMap(s -> standards
                .editionInForce(s.id(), publications.today())).filter(e -> !e.ref().equals(ref)
                        && one.faults()
                                .isEmpty());
        return new Seen(one, publications.acts(officer.authority(), ref), before.map(e -> changes.between(e.files(),
                publications.files(officer.authority(), ref), language)).orElse(List.of()));
    }

    /// `act` is propose, undo-proposal, approve, undo-publication, propose-withdrawal, withdraw or discard; `number` is that
    /// of the newest act that was seen.
    @Permit(Role.MINISTRY)
    @PostMapping("/api/catalogue/publishing/{standard}/{version}/{act}")
    Publication act(Actor.Officer officer, @PathVariable String standard, @PathVariable String version,
            @PathVariable String act, @RequestBody JsonNode body) {
        var fields = new LinkedHashMap<String, String>();
        for (var name : List.of("number", "day", "reason", "corrects"))
            Optional.of(body.path(name)).filter(JsonNode::isValueNode).ifPresent(v -> fields.put(name, v.asString("")));
        return publishing.act(officer, Publishing.ref(standard, version), act, Map.copyOf(fields));
    }
}
