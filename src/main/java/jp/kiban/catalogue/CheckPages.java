package jp.kiban.catalogue;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import jp.kiban.standards.Inspection;
import jp.kiban.standards.Schemas;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

/// 標準の検査. Where a ministry lets the platform look at a standard before anything is submitted, and sees every fault. Nothing is
/// kept. The schemas of the format lie open for everybody's editor.
@Controller
@Tag(name = "standards")
class CheckPages {
    private static final long LARGEST = 8L * 1024 * 1024;

    @Permit(Role.MINISTRY)
    @GetMapping("/catalogue/check")
    String ask(Model model) {
        model.addAttribute("findings", List.of());
        return "catalogue/check";
    }

    /// What was seen is shown at once: nothing has been kept that an address could lead back to.
    @Permit(Role.MINISTRY)
    @PostMapping("/catalogue/check")
    ModelAndView check(@RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable List<MultipartFile> folder, Model model) {
        try {
            var inspection = inspect(file, folder);
            model.addAttribute("findings", List.of());
            model.addAttribute("inspection", inspection);
            return new ModelAndView("catalogue/check", model.asMap(), inspection.clean()
                    ? HttpStatus.OK
                    : HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (BadInput bad) {
            model.addAttribute("findings", bad.findings());
            return new ModelAndView("catalogue/check", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /// The same for programs: `file` is a zip of a standard, or of some; or `folder` each file with its path as its name.
    @Permit(Role.MINISTRY)
    @PostMapping(path = "/api/standards/check", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseBody
    @Operation(summary = "Checks a standard, or some, sent as a zip or as the files of a folder", description = "The answer is that of `standards check --json`: every fault with file, line, code, words and remedy in three languages. Nothing is kept.")
    JsonNode checkApi(@RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable List<MultipartFile> folder) {
        return inspect(file, folder).json();
    }

    private static Inspection inspect(@Nullable MultipartFile file, @Nullable List<MultipartFile> folder) {
        var parts = folder == null
                ? List.<MultipartFile>of()
                : folder.stream().filter(ChosenStandard::isGiven).toList();
        if (!parts.isEmpty() && ChosenStandard.isGiven(file))
            throw BadInput.of("file", "catalogue.check.both", Words.text("catalogue.check.both"));
        if (!parts.isEmpty())
            return inspect(parts);
        if (file == null || file.isEmpty())
            throw BadInput.of("folder", "catalogue.file", Words.text("catalogue.error.file.check"));
        if (file.getSize() > LARGEST)
            throw BadInput.of("file", "catalogue.check.large", Words.text("catalogue.check.large"));
        try (var in = file.getInputStream()) {
            return Inspection.ofZip(in);
        } catch (IOException broken) {
            var why = Words.text("catalogue.check.zip");
            throw new BadInput(List.of(new Finding("file", "catalogue.check.zip", new Text(why.ja() + " (" + broken
                    .getMessage() + ")", why.easy() + " (" + broken.getMessage() + ")", why.en() + " ("
                            + broken
                                    .getMessage()
                            + ")"))));
        }
    }

    /// Each by the path that the browser names it with.
    private static Inspection inspect(List<MultipartFile> folder) {
        if (folder.stream().mapToLong(MultipartFile::getSize).sum() > LARGEST)
            throw BadInput.of("folder", "catalogue.check.large", Words.text("catalogue.check.large"));
        var files = new TreeMap<String, byte[]>();
        try {
            for (var part : folder)
                files.put(Optional.ofNullable(part.getOriginalFilename()).orElse(""), part.getBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Inspection.ofFiles(files);
    }

    /// `/schemas/standard.schema.json` and so on.
    @Permit(Role.ANYONE)
    @GetMapping("/schemas/{file}")
    ResponseEntity<byte[]> schema(@PathVariable String file) {
        var text = Schemas.text(file.endsWith(".schema.json") ? file.substring(0, file.length() - 12) : "")
                .orElseThrow(NotThere::new);
        return ResponseEntity.ok().contentType(MediaType.parseMediaType("application/schema+json")).body(text.getBytes(
                StandardCharsets.UTF_8));
    }
}
