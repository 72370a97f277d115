package jp.kiban.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.address.AddressMatch;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.portal.LargeFiles;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.letters.Letters;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 住所の一括照合のAPI. What the page does, for programs: a file is given and matched in the background, its result fetched as CSV or NDJSON; up to a
/// thousand addresses are answered at once. Runs are their officer's alone, here as on the page.
@RestController
@Tag(name = "addresses-bulk", description = "住所の一括照合: files of addresses, and up to 1,000 addresses at once")
final class AddressBulkApi {
    static final int MOST = 1_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int LONGEST = 400;
    private static final int MOST_COLUMNS = 10;

    private final AddressBulk bulk;
    private final AddressEditions editions;
    private final Addresses addresses;
    private final JsonMapper json;

    AddressBulkApi(AddressBulk bulk, AddressEditions editions, Addresses addresses, JsonMapper json) {
        this.bulk = bulk;
        this.editions = editions;
        this.addresses = addresses;
        this.json = json;
    }

    /// 一回. How far it is and what it told; `result` is the path of the result once there is one.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Told(UUID id, String name, AddressBulk.Stage stage, int percent, long bytesRead, long bytes, long lines,
            long bad, List<String> said, String format, String dataVersion, Instant begunAt, Optional<Instant> endedAt,
            String result) {
        static Told of(AddressBulk.Run run) {
            return new Told(run.id(), run.name(), run.stage(), run.percent(), run.read(), run.bytes(), run.lines(), run
                    .bad(), run.said().lines().toList(), run.format().code(), run.dataVersion(), run.begunAt(),
                    run
                            .endedAt(),
                    run.stage() == AddressBulk.Stage.DONE ? path(run.id()) + "/result" : "");
        }
    }

    private static String path(UUID id) { return "/api/registry/addresses/bulk/" + id; }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping(path = "/api/registry/addresses/bulk", consumes = {"application/octet-stream", "text/csv",
            "text/plain",
            "application/gzip", "application/zip"})
    @Operation(summary = "Gives a file of addresses as the body: CSV (text/csv, or where columns are named) or one address a line; UTF-8 or Shift_JIS, plain, gzip or zip; up to 512 MB")
    ResponseEntity<Told> give(Actor.Officer officer, HttpServletRequest request,
            @RequestParam(defaultValue = "") String name,
            @Parameter(description = "columns that hold the address, joined in order; several with commas") @RequestParam(defaultValue = "") String column,
            @Parameter(description = "of the result: csv or ndjson") @RequestParam(defaultValue = "csv") String format)
            throws IOException {
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        boolean csv = type.startsWith("text/csv");
        return given(officer, name.isBlank() ? csv ? "addresses.csv" : "addresses.txt" : name, request
                .getInputStream(), column, csv, format);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @LargeFiles(otherwise = "portal.upload.otherwise.addresses")
    @PostMapping(path = "/api/registry/addresses/bulk", consumes = "multipart/form-data")
    @Operation(summary = "Gives a file of addresses as a form does: the part `file`, up to 512 MB")
    ResponseEntity<Told> upload(Actor.Officer officer, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String column, @RequestParam(defaultValue = "csv") String format)
            throws IOException {
        if (file == null)
            throw BadInput.of("file", "registry.bulk.file", Words.text("registry.error.choose-file"));
        try (var in = file.getInputStream()) {
            return given(officer, String.valueOf(file.getOriginalFilename()), in, column, false, format);
        }
    }

    private ResponseEntity<Told> given(Actor.Officer officer, String name, InputStream file, String column, boolean csv,
            String format) throws IOException {
        var findings = new ArrayList<Finding>();
        var columns = AddressBulkPages.columns(column);
        if (columns.size() > MOST_COLUMNS)
            findings.add(new Finding("column", "registry.bulk.columns", Words.text("registry.error.bulk-columns",
                    MOST_COLUMNS, columns.size())));
        var wanted = List.of(AddressBulk.Format.values()).stream().filter(f -> f.code().equals(format)).findFirst();
        if (wanted.isEmpty())
            findings.add(new Finding("format", "registry.bulk.format", Words.text("registry.error.bulk-format", Letters
                    .excerpt(format, 20))));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        String shown = AddressBulkPages.name(name);
        var id = bulk.give(officer, shown, file, columns, csv || AddressBulkPages.csv(shown, columns), wanted
                .orElseThrow());
        return ResponseEntity.accepted().location(URI.create(path(id))).cacheControl(CacheControl.noStore()).body(Told
                .of(bulk.get(officer, id)));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/api/registry/addresses/bulk")
    @Operation(summary = "The officer's own runs of the last day, the newest first")
    List<Told> all(Actor.Officer officer) { return bulk.all(officer).stream().map(Told::of).toList(); }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/api/registry/addresses/bulk/{id}")
    @Operation(summary = "How far a run is")
    Told one(Actor.Officer officer, @PathVariable String id) {
        return Told.of(bulk.get(officer, AddressBulkPages.id(id)));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/api/registry/addresses/bulk/{id}/result")
    @Operation(summary = "The result in the format that was asked for, streamed; 409 while there is none")
    void result(Actor.Officer officer, @PathVariable String id, HttpServletResponse to) throws IOException {
        var run = bulk.get(officer, AddressBulkPages.id(id));
        if (run.stage() != AddressBulk.Stage.DONE)
            throw new Conflict(Words.text("registry.error.bulk-no-result", run.stage().name()));
        AddressBulkPages.send(bulk, officer, run, to);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/api/registry/addresses/bulk/{id}/cancel")
    @Operation(summary = "Stops a run; one that has ended stays as it is")
    Told cancel(Actor.Officer officer, @PathVariable String id) {
        var run = AddressBulkPages.id(id);
        bulk.cancel(officer, run);
        return Told.of(bulk.get(officer, run));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @DeleteMapping("/api/registry/addresses/bulk/{id}")
    @Operation(summary = "Takes a run and its result away")
    ResponseEntity<Void> remove(Actor.Officer officer, @PathVariable String id) {
        bulk.remove(officer, AddressBulkPages.id(id));
        return ResponseEntity.noContent().build();
    }

    // at once

    /// 一件の問い. `id` is the caller's own and is given back.
    private record Question(JsonNode id, String address) {}

    /// 一件の答え.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answered(@Nullable JsonNode id, AddressMatch match) {}

    /// 答え. In the order of the questions.
    record Answers(String dataVersion, boolean towns, List<Answered> answers) {}

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping(path = "/api/registry/addresses/match", consumes = {"application/json", "application/x-ndjson"})
    @Operation(summary = "Up to 1,000 addresses (1 MB) at once: a JSON array, or NDJSON, of texts or of objects {id, address}; answered in their order, NDJSON for NDJSON")
    void matches(Actor.Officer officer, HttpServletRequest request, HttpServletResponse response,
            @RequestParam(defaultValue = "") String on) throws IOException {
        var findings = new ArrayList<Finding>();
        var edition = addresses.edition();
        try {
            edition = editions.on(on);
        } catch (BadInput bad) {
            findings.addAll(bad.findings());
        }
        boolean lines = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT).startsWith(
                "application/x-ndjson");
        var questions = read(request.getInputStream().readNBytes(MOST_BYTES + 1), lines, findings);
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var matcher = edition.matcher();
        var answers = questions.stream().map(q -> new Answered(q.id().isMissingNode() ? null : q.id(), matcher.match(q
                .address())));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(lines ? "application/x-ndjson" : "application/json");
        var out = response.getOutputStream();
        if (!lines) {
            out.write(json.writeValueAsBytes(new Answers(edition.dictionary().version(), edition.towns(), answers
                    .toList())));
            return;
        }
        for (var answer : answers.toList()) {
            out.write(json.writeValueAsBytes(answer));
            out.write('\n');
        }
    }

    private List<Question> read(byte[] body, boolean lines, List<Finding> findings) {
        var out = new ArrayList<Question>();
        if (body.length > MOST_BYTES) {
            findings.add(new Finding("body", "registry.bulk.body", Words.text("registry.error.bulk-body", MOST,
                    MOST_BYTES >> 20)));
            return out;
        }
        var nodes = nodes(new String(body, StandardCharsets.UTF_8), lines, findings);
        if (nodes.size() > MOST)
            findings.add(new Finding("body", "registry.bulk.body", Words.text("registry.error.bulk-body", MOST,
                    MOST_BYTES >> 20)));
        else if (nodes.isEmpty() && findings.isEmpty())
            findings.add(new Finding("body", "registry.bulk.body", Words.text("registry.error.bulk-none")));
        else
            for (var node : nodes) {
                var address = node.json().isString() ? node.json() : node.json().path("address");
                if (!address.isString())
                    findings.add(new Finding(node.where(), "registry.bulk.address", Words.text(
                            "registry.error.bulk-address", Letters.excerpt(node.json().toString(), 40))));
                else if (Letters.count(address.asString()) > LONGEST)
                    findings.add(new Finding(node.where(), "registry.address.long", Words.text(
                            "registry.error.address-long", LONGEST, Letters.count(address.asString()))));
                else
                    out.add(new Question(node.json().path("id"), address.asString()));
            }
        return out;
    }

    /// 一つの値. `[3]`, or `line 4`.
    private record Node(String where, JsonNode json) {}

    private List<Node> nodes(String body, boolean lines, List<Finding> findings) {
        var out = new ArrayList<Node>();
        if (!lines) {
            var all = tree(body).filter(JsonNode::isArray);
            if (all.isEmpty())
                findings.add(new Finding("body", "registry.bulk.json", Words.text("registry.error.bulk-json")));
            else
                for (int i = 0; i < all.get().size(); i++)
                    out.add(new Node("[" + i + "]", all.get().get(i)));
            return out;
        }
        int number = 0;
        for (String line : body.lines().toList()) {
            number++;
            if (line.isBlank())
                continue;
            var read = tree(line);
            if (read.isPresent())
                out.add(new Node("line " + number, read.get()));
            else
                findings.add(new Finding("line " + number, "registry.bulk.json", Words.text(
                        "registry.error.bulk-line", Letters.excerpt(line, 40))));
        }
        return out;
    }

    private Optional<JsonNode> tree(String text) {
        try {
            return Optional.of(json.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
