package jp.kiban.conformity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

/// 適合性の報告書の画面. A ministry hands in a signed report with the public key of whoever signed it, and sees what it says and
/// whether the signature is good.
@Controller
class ReportPages {
    private final Reports reports;
    private final PublishedText published;

    ReportPages(Reports reports, PublishedText published) {
        this.reports = reports;
        this.published = published;
    }

    /// 一覧の一行, for programs.
    ///
    /// @param text whether it is about the text that is published here
    record Row(String id, Instant receivedAt, String key, PublishedText.Compared text, JsonNode report) {}

    private void list(Actor.Officer officer, List<Finding> findings, Model model) {
        var all = reports.all(officer.authority());
        model.addAttribute("findings", findings);
        model.addAttribute("reports", all);
        model.addAttribute("texts", all.stream().collect(Collectors.toMap(Reports.Kept::id, k -> published.compare(k
                .report()).kind())));
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/conformity")
    String list(Actor.Officer officer, Model model) {
        list(officer, List.of(), model);
        return "conformity/reports";
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/conformity")
    ModelAndView receive(Actor.Officer officer, @RequestParam(required = false) @Nullable MultipartFile report,
            @RequestParam(required = false) @Nullable MultipartFile keys, Model model) {
        try {
            var id = reports.receive(officer, text(report, "report"), text(keys, "keys"));
            return new ModelAndView("redirect:/conformity/reports/" + id);
        } catch (BadInput bad) {
            list(officer, bad.findings(), model);
            return new ModelAndView("conformity/reports", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static String text(@Nullable MultipartFile file, String name) {
        if (file == null || file.isEmpty())
            return "";
        if (file.getSize() > Reports.LARGEST)
            throw BadInput.of(name, "conformity.large", Words.text("conformity.error.large"));
        try {
            return new String(file.getBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw BadInput.of(name, "conformity." + name, Words.text("conformity.error." + name));
        }
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/conformity/reports/{id}")
    String one(Actor.Officer officer, @PathVariable String id, Model model) {
        var kept = reports.get(officer.authority(), id);
        model.addAttribute("kept", kept);
        model.addAttribute("text", published.compare(kept.report()));
        return "conformity/report";
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/api/conformity/reports")
    @ResponseBody
    List<Row> rows(Actor.Officer officer) {
        return reports.all(officer.authority()).stream()
                .map(k -> new Row(k.id(), k.receivedAt(), k.key(), published.compare(k.report()), k.report())).toList();
    }

    /// 提出. The signed report as text, and the public key or keys (JWK, JWK set).
    record Handed(@Nullable String report, @Nullable JsonNode keys) {}

    @Permit(Role.MINISTRY)
    @PostMapping("/api/conformity/reports")
    @ResponseBody
    ResponseEntity<Map<String, String>> hand(Actor.Officer officer, @RequestBody Handed handed) {
        var id = reports.receive(officer, handed.report() == null ? "" : handed.report(),
                handed.keys() == null ? "" : handed.keys().toString());
        return ResponseEntity.status(HttpStatus.CREATED).body(Map.of("id", id));
    }
}
