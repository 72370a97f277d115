package jp.kiban.registry;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.Letters;
import jp.kiban.portal.LargeFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/// 住所の一括照合の画面. An officer gives a file, sees how far it is, stops it, and takes the result; nobody else does.
@Controller
class AddressBulkPages {
    private final AddressBulk bulk;
    private final Addresses addresses;

    AddressBulkPages(AddressBulk bulk, Addresses addresses) {
        this.bulk = bulk;
        this.addresses = addresses;
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/registry/addresses/bulk")
    String list(Actor.Officer officer, Model model) { return list(officer, List.of(), model); }

    private String list(Actor.Officer officer, List<jp.kiban.kernel.Finding> findings, Model model) {
        var runs = bulk.all(officer);
        model.addAttribute("uploadMost", AddressBulk.MOST_BYTES);
        model.addAttribute("runs", runs);
        model.addAttribute("going", runs.stream().anyMatch(r -> r.stage() == AddressBulk.Stage.RUNNING));
        model.addAttribute("findings", findings);
        model.addAttribute("towns", addresses.knowsTowns());
        model.addAttribute("version", addresses.version());
        model.addAttribute("hours", AddressBulk.KEPT.toHours());
        return "registry/address-bulk";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @LargeFiles(otherwise = "portal.upload.otherwise.addresses")
    @PostMapping("/registry/addresses/bulk")
    Object give(Actor.Officer officer, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String column, Model model) throws IOException {
        if (file == null || file.isEmpty()) {
            var bad = BadInput.of("file", "registry.bulk.file", Words.text("registry.error.choose-file"));
            return new ModelAndView(list(officer, bad.findings(), model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        var name = name(String.valueOf(file.getOriginalFilename()));
        var columns = columns(column);
        try (var in = file.getInputStream()) {
            bulk.give(officer, name, in, columns, csv(name, columns), AddressBulk.Format.CSV);
        }
        return "redirect:/registry/addresses/bulk";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/registry/addresses/bulk/{id}")
    String act(Actor.Officer officer, @PathVariable String id, @RequestParam(defaultValue = "") String act) {
        if (act.equals("remove"))
            bulk.remove(officer, id(id));
        else
            bulk.cancel(officer, id(id));
        return "redirect:/registry/addresses/bulk";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/registry/addresses/bulk/{id}/result.csv")
    void result(Actor.Officer officer, @PathVariable String id, HttpServletResponse to) throws IOException {
        var run = bulk.get(officer, id(id));
        if (run.stage() != AddressBulk.Stage.DONE)
            throw new NotThere();
        send(bulk, officer, run, to);
    }

    /// A result as a file, sent piece by piece.
    static void send(AddressBulk bulk, Actor.Officer officer, AddressBulk.Run run, HttpServletResponse to)
            throws IOException {
        to.setContentType(run.format() == AddressBulk.Format.CSV ? "text/csv;charset=UTF-8" : "application/x-ndjson");
        to.setHeader("Cache-Control", "no-store");
        to.setHeader("Content-Disposition", ContentDisposition.attachment()
                .filename(run.name().replaceFirst("(?i)(\\.(csv|txt))?(\\.(gz|zip))?$", "") + "-matched."
                        + run.format().code(), StandardCharsets.UTF_8)
                .build().toString());
        bulk.result(officer, run.id(), to.getOutputStream());
    }

    /// A name to be shown: what a path or a control character could do in it is left out.
    static String name(String given) {
        var name = Letters.last(given.replaceAll("[\\p{Cntrl}/\\\\]", ""), 100);
        return name.isBlank() ? "addresses.csv" : name;
    }

    static List<String> columns(String column) {
        return Arrays.stream(column.split("[,、，]")).map(String::strip).filter(c -> !c.isEmpty()).toList();
    }

    /// Whether a list has columns: they are named, or its name says so.
    static boolean csv(String name, List<String> columns) {
        return !columns.isEmpty() || name.toLowerCase(Locale.ROOT).matches(".*\\.csv(\\.gz)?|.*\\.zip");
    }

    static UUID id(String text) {
        if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
            throw new NotThere();
        return UUID.fromString(text);
    }
}
