package jp.kiban.catalogue;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.standards.Fault;
import jp.kiban.standards.Ruling;
import jp.kiban.standards.StandardFiles;
import jp.kiban.standards.TableSheets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// 表計算の決定表. Where a ministry takes the decision tables of a version out to a spreadsheet, and brings edited ones back through
/// the whole check: every fault on its cell. Keeps nothing.
@Controller
@Tag(name = "standards")
class TablePages {
    private static final MediaType XLSX = new MediaType("application",
            "vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final long LARGEST = 8L * 1024 * 1024;
    private final ChosenStandard chosen;

    TablePages(ChosenStandard chosen) { this.chosen = chosen; }

    @Permit(Role.MINISTRY)
    @GetMapping("/catalogue/tables")
    String ask(@RequestParam(defaultValue = "") String standard, Language language, Model model) {
        return page(Map.of("standard", standard, "format", "xlsx"), List.of(), language, model);
    }

    private String page(Map<String, String> typed, List<Finding> findings, Language language, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("findings", findings);
        model.addAttribute("versions", chosen.choices(language));
        return "catalogue/tables";
    }

    /// `act` out: the tables as a file. `act` in: what the check says of edited ones, shown at once.
    @Permit(Role.MINISTRY)
    @PostMapping("/catalogue/tables")
    Object act(@RequestParam(defaultValue = "in") String act, @RequestParam(defaultValue = "") String standard,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable List<MultipartFile> folder,
            @RequestParam(defaultValue = "xlsx") String format,
            @RequestParam(required = false) @Nullable MultipartFile sheets, Language language, Model model) {
        var given = new ChosenStandard.Given(standard, file, folder, "");
        try {
            if (act.equals("out"))
                return out(given, format);
            var back = back(given, sheets);
            page(Map.of("standard", standard, "format", format), List.of(), language, model);
            model.addAttribute("back", back);
            if (!back.returned.faults().isEmpty())
                model.addAttribute("annotated", base64(back.returned.annotated(language)));
            else if (back.returned.changed()) {
                model.addAttribute("dmn", base64(back.returned.dmn().getBytes(StandardCharsets.UTF_8)));
                model.addAttribute("package", base64(changed(back).zip()));
            }
            return new ModelAndView("catalogue/tables", model.asMap(), back.returned.faults().isEmpty()
                    ? HttpStatus.OK
                    : HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (BadInput bad) {
            page(Map.of("standard", standard, "format", format), bad.findings(), language, model);
            return new ModelAndView("catalogue/tables", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String base64(byte[] bytes) { return Base64.getEncoder().encodeToString(bytes); }

    @Permit(Role.MINISTRY)
    @PostMapping(path = "/api/standards/tables/out", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "The decision tables of a version as a spreadsheet", description = "Of a published version by its name, or of one sent as a zip or as the files of a folder; `format` is xlsx or csv.")
    ResponseEntity<byte[]> outApi(
            @Parameter(description = "a published version: child-allowance@2024-10-01") @RequestParam(defaultValue = "") String standard,
            @Parameter(description = "or a zip, at most 8 MB") @RequestParam(required = false) @Nullable MultipartFile file,
            @Parameter(description = "or the files of a folder") @RequestParam(required = false) @Nullable List<MultipartFile> folder,
            @Parameter(description = "xlsx or csv") @RequestParam(defaultValue = "xlsx") String format) {
        return out(new ChosenStandard.Given(standard, file, folder, ""), format);
    }

    private ResponseEntity<byte[]> out(ChosenStandard.Given given, String format) {
        var findings = new ArrayList<Finding>();
        var found = chosen.find(given, findings);
        if (!List.of("xlsx", "csv").contains(format))
            findings.add(ChosenStandard.finding("format", "format", format));
        var tables = found.map(f -> TableSheets.of(f.files()));
        if (tables.filter(t -> t.size() == 0).isPresent())
            findings.add(ChosenStandard.finding(given.field("standard"), "no-tables"));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var ref = found.orElseThrow().files().ref();
        try {
            return ResponseEntity.ok().contentType(format.equals("csv") ? CSV : XLSX).header("Content-Disposition",
                    ContentDisposition.attachment().filename(ref.id() + "-" + ref.version() + "-tables." + format,
                            StandardCharsets.UTF_8).build().toString())
                    .body(format.equals("csv") ? tables.orElseThrow().csv() : tables.orElseThrow().xlsx());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Permit(Role.MINISTRY)
    @PostMapping(path = "/api/standards/tables/in", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "Takes edited decision tables back through the check", description = """
            `sheets` is the edited workbook or CSV of the version that is named or sent. Every fault stands on its cell \
            (`月額表!E7`); without a fault `dmn` is the changed decisions.dmn. With `annotated=true` the answer is a copy of the \
            workbook with the faults as comments on their cells. Nothing is kept.""")
    ResponseEntity<?> inApi(
            @Parameter(description = "a published version: child-allowance@2024-10-01") @RequestParam(defaultValue = "") String standard,
            @Parameter(description = "or a zip, at most 8 MB") @RequestParam(required = false) @Nullable MultipartFile file,
            @Parameter(description = "or the files of a folder") @RequestParam(required = false) @Nullable List<MultipartFile> folder,
            @Parameter(description = "the edited tables, .xlsx or .csv, at most 8 MB") @RequestParam(required = false) @Nullable MultipartFile sheets,
            @Parameter(description = "true: the workbook with the faults on their cells") @RequestParam(defaultValue = "false") boolean annotated,
            @Parameter(hidden = true) Language language) {
        var back = back(new ChosenStandard.Given(standard, file, folder, ""), sheets);
        if (!annotated)
            return ResponseEntity.ok(json(back));
        try {
            return ResponseEntity.ok().contentType(XLSX).header("Content-Disposition", ContentDisposition.attachment()
                    .filename("faults.xlsx").build().toString()).body(back.returned.annotated(language));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// 戻った表. What came back, and for which version.
    record Back(StandardFiles files, int tables, TableSheets.Returned returned) {
        public List<Fault> faults() { return returned.faults(); }

        public boolean changed() { return returned.changed(); }
    }

    private Back back(ChosenStandard.Given given, @Nullable MultipartFile sheets) {
        var findings = new ArrayList<Finding>();
        var found = chosen.find(given, findings);
        if (!ChosenStandard.isGiven(sheets))
            findings.add(ChosenStandard.finding("sheets", "sheets-missing"));
        else if (Objects.requireNonNull(sheets).getSize() > LARGEST)
            findings.add(ChosenStandard.finding("sheets", "large", LARGEST / 1024 / 1024));
        if (!findings.isEmpty())
            throw new BadInput(findings);
        var files = found.orElseThrow().files();
        var tables = TableSheets.of(files);
        try {
            var edited = Objects.requireNonNull(sheets);
            return new Back(files, tables.size(), tables.read(Optional.ofNullable(edited.getOriginalFilename()).filter(
                    n -> !n.isBlank()).orElse("sheets.xlsx"), edited.getBytes()));
        } catch (IOException unreadable) {
            throw new BadInput(List.of(ChosenStandard.finding("sheets", "sheets", String.valueOf(unreadable
                    .getMessage()))));
        }
    }

    /// The package with the tables taken over, ready to be sent to the check or to publishing.
    private static StandardFiles changed(Back back) {
        var files = new TreeMap<>(back.files.files());
        files.put(back.files.ref().version() + "/decisions.dmn", back.returned.dmn());
        return new StandardFiles(back.files.ref(), files);
    }

    private static JsonNode json(Back back) {
        var json = JsonNodeFactory.instance.objectNode().put("standard", back.files.ref().toString()).put("tables",
                back.tables).put("clean", back.faults().isEmpty()).put("changed", back.changed());
        var faults = json.putArray("faults");
        back.faults()
                .forEach(f -> faults.addObject().put("cell", f.place()).put("file", f.file())
                        .put("code", f.code()).<tools.jackson.databind.node.ObjectNode>set("words",
                                Ruling.text(f.words()))
                        .set("remedy", Ruling.text(
                                f.remedy())));
        if (back.faults().isEmpty() && back.changed())
            json.put("dmn", back.returned.dmn());
        return json;
    }
}
