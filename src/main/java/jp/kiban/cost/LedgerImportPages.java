package jp.kiban.cost;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.LargeFiles;
import jp.kiban.portal.Page;
import jp.kiban.store.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/// 取込の画面. The template, a file as a preview with every fault on its cell, and what becomes of it: committed, undone, agreed to by a second
/// person, shown to others.
@Controller
class LedgerImportPages {
    private final Ledger ledger;
    private final LedgerUpload upload;
    private final LedgerList list;
    private final MessageSource messages;

    LedgerImportPages(Ledger ledger, LedgerUpload upload, LedgerList list, MessageSource messages) {
        this.ledger = ledger;
        this.upload = upload;
        this.list = list;
        this.messages = messages;
    }

    /// 行為.
    enum Act {
        COMMIT, UNDO, AGREE, DECLINE, OWN, SHARED, PUBLISHED
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/ledger/import")
    String history(Actor.Officer by, Page.Wanted wanted, Language language, Model model) {
        return history(by, wanted, List.of(), language, model);
    }

    private String history(Actor.Officer by, Page.Wanted wanted, List<Finding> findings, Language language,
            Model model) {
        model.addAttribute("findings", findings.isEmpty()
                ? List.of()
                : List.of(CostWords.finding("file", "cost.ledger.import.faults", findings.size())));
        model.addAttribute("faults", findings);
        model.addAttribute("page", ledger.imports(by.authority(), wanted));
        var closed = ledger.closed(by.authority());
        model.addAttribute("closed", closed);
        model.addAttribute("open", list.years(Scope.of(by.authority())).stream().filter(y -> !closed.containsKey(y))
                .toList());
        model.addAttribute("chief", by.may(Role.APPROVAL));
        model.addAttribute("language", language);
        return "cost/ledger-imports";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @LargeFiles(otherwise = "cost.upload.ledger.otherwise")
    @PostMapping("/cost/ledger/import")
    Object bring(Actor.Officer by, @RequestParam(required = false) @Nullable MultipartFile file, Page.Wanted wanted,
            Language language, Model model) {
        try {
            return "redirect:/cost/ledger/imports/" + upload.bring(by, file).preview().id();
        } catch (BadInput bad) {
            return new ModelAndView(history(by, wanted, bad.findings(), language, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/cost/ledger/imports/{id}")
    String one(Actor.Officer by, @PathVariable String id, Page.Wanted wanted, Language language, Model model) {
        return one(by, id, wanted, List.of(), language, model);
    }

    private String one(Actor.Officer by, String id, Page.Wanted wanted, List<Finding> findings, Language language,
            Model model) {
        var brought = ledger.one(by.authority(), wanted(id));
        var search = new LedgerList.Search(Optional.of(brought.id()), Ledger.Wanted.ALL, Optional.empty(), "");
        model.addAttribute("findings", findings);
        model.addAttribute("brought", brought);
        model.addAttribute("notes", ledger.notes(by.authority(), brought.id()));
        model.addAttribute("effects", ledger.effects(by.authority(), brought.id()));
        model.addAttribute("page", list.page(Scope.of(by.authority()), search, LedgerList.Order.YEAR, true, wanted));
        model.addAttribute("chief", by.may(Role.APPROVAL));
        model.addAttribute("undoes",
                by.may(Role.APPROVAL) || brought.committedBy().filter(by.id()::equals).isPresent());
        model.addAttribute("second", by.may(Role.APPROVAL) && brought.asked().filter(a -> !a.by().equals(by.id()))
                .isPresent());
        model.addAttribute("declines", brought.asked().filter(a -> by.may(Role.APPROVAL) || a.by().equals(by.id()))
                .isPresent());
        model.addAttribute("money", new Money(messages, language));
        model.addAttribute("language", language);
        return "cost/ledger-import";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/cost/ledger/imports/{id}")
    Object act(Actor.Officer by, @PathVariable String id, @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String reason, Page.Wanted wanted, Language language, Model model) {
        try {
            var done = perform(by, wanted(id), act, reason);
            return "redirect:/cost/ledger/" + (done.state() == LedgerImport.State.UNDONE && done.committedBy().isEmpty()
                    ? "import"
                    : "imports/" + done.id());
        } catch (BadInput bad) {
            model.addAttribute("reason", reason);
            return new ModelAndView(one(by, id, wanted, bad.findings(), language, model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private LedgerImport perform(Actor.Officer by, UUID id, String named, String reason) {
        var act = Arrays.stream(Act.values()).filter(a -> a.name().equals(named)).findFirst().orElseThrow(
                () -> new BadInput(
                        List.of(CostWords.finding("act", "cost.ledger.fault.choice", named, Arrays.toString(Act
                                .values())))));
        return switch (act) {
            case COMMIT -> ledger.commit(by, id, reason);
            case UNDO -> ledger.undo(by, id, reason);
            case AGREE -> ledger.agree(by, id);
            case DECLINE -> ledger.decline(by, id);
            case OWN -> ledger.show(by, id, LedgerImport.Sight.OWN);
            case SHARED -> ledger.show(by, id, LedgerImport.Sight.SHARED);
            case PUBLISHED -> ledger.show(by, id, LedgerImport.Sight.PUBLISHED);
        };
    }

    @Permit(Role.APPROVAL)
    @PostMapping("/cost/ledger/years")
    String close(Actor.Officer by, @RequestParam(defaultValue = "") String year) {
        ledger.close(by, LedgerSheet.yearOf(year).orElseThrow(() -> new BadInput(List.of(CostWords.finding("year",
                "cost.ledger.fault.year", year, "")))));
        return "redirect:/cost/ledger/import#years";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/ledger/template.xlsx")
    ResponseEntity<byte[]> template(Language language) {
        return file("費用台帳の様式.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                new LedgerTemplate(language).xlsx());
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/ledger/template.csv")
    ResponseEntity<byte[]> templateAsCsv(Language language) {
        return file("費用台帳の様式.csv", "text/csv;charset=UTF-8", new LedgerTemplate(language).csv());
    }

    private static ResponseEntity<byte[]> file(String name, String type, byte[] bytes) {
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(type)).header("Content-Disposition",
                ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString()).header(
                        "Cache-Control", "no-store")
                .body(bytes);
    }

    // ---- as JSON -------------------------------------------------------------------------------------------------

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @GetMapping("/api/cost/ledger/imports")
    Page<LedgerImport> historyAsJson(Actor.Officer by, Page.Wanted wanted) {
        return ledger.imports(by.authority(), wanted);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @ResponseStatus(HttpStatus.CREATED)
    @LargeFiles(otherwise = "cost.upload.ledger.otherwise")
    @PostMapping("/api/cost/ledger/imports")
    LedgerUpload.Brought bringAsJson(Actor.Officer by, @RequestParam(required = false) @Nullable MultipartFile file) {
        return upload.bring(by, file);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @GetMapping("/api/cost/ledger/imports/{id}")
    LedgerImport oneAsJson(Actor.Officer by, @PathVariable String id) { return ledger.one(by.authority(), wanted(id)); }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseBody
    @PostMapping("/api/cost/ledger/imports/{id}")
    LedgerImport actAsJson(Actor.Officer by, @PathVariable String id, @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String reason) {
        return perform(by, wanted(id), act, reason);
    }

    /// No id is no import: the same answer as for another municipality's.
    private static UUID wanted(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            throw new NotThere();
        }
    }
}
