package jp.kiban.casework;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.catalogue.Move;
import jp.kiban.catalogue.Moves;
import jp.kiban.catalogue.RunningCases;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.portal.Page;
import jp.kiban.standards.Standards;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

/// 版の移行の画面. What a ministry has declared, what it would do to this authority's running cases, and doing it by two.
@Controller
class CaseMovePages {
    private final CaseMoves caseMoves;
    private final Moves moves;
    private final Standards standards;

    CaseMovePages(CaseMoves caseMoves, Moves moves, Standards standards) {
        this.caseMoves = caseMoves;
        this.moves = moves;
        this.standards = standards;
    }

    /// 一行.
    record Line(Move move, Optional<CaseMoves.Act> last) {}

    @Permit({Role.REVIEW, Role.APPROVAL})
    @GetMapping("/casework/moves")
    String list(Actor.Officer officer, Model model) {
        model.addAttribute("moves", lines(officer));
        model.addAttribute("names", standards.all().stream().collect(Collectors.toMap(s -> s.id(), s -> (Object) s
                .name())));
        return "casework/moves";
    }

    private List<Line> lines(Actor.Officer officer) {
        return caseMoves.of(officer.authority()).stream().map(m -> new Line(m, caseMoves.acts(officer.authority(), m
                .id()).stream().reduce((a, b) -> b))).toList();
    }

    @Permit({Role.REVIEW, Role.APPROVAL})
    @GetMapping("/casework/moves/{move}")
    String one(Actor.Officer officer, @PathVariable String move, Page.Wanted wanted, Model model) {
        return one(officer, id(move), wanted, List.of(), model);
    }

    private String one(Actor.Officer officer, long id, Page.Wanted wanted, List<Finding> findings, Model model) {
        var move = moves.get(id);
        var acts = caseMoves.acts(officer.authority(), id);
        var last = acts.stream().reduce((a, b) -> b);
        model.addAttribute("move", move);
        model.addAttribute("name", standards.get(move.standard()).name());
        model.addAttribute("effect", caseMoves.effect(officer.authority(), move.before(), move.after(), move.stages()));
        model.addAttribute("page", Page.of(caseMoves.preview(officer.authority(), move), wanted));
        model.addAttribute("acts", acts.reversed());
        model.addAttribute("number", acts.size());
        model.addAttribute("may", CaseMoves
                .next(last).stream().filter(k -> k == CaseMoves.Kind.PROPOSED && move.isOpen()
                        || k == CaseMoves.Kind.CALLED_OFF
                        || k == CaseMoves.Kind.TAKEN_BACK && officer.may(Role.APPROVAL)
                        || k == CaseMoves.Kind.PERFORMED && move.isOpen() && officer.may(Role.APPROVAL)
                                && last.filter(l -> l
                                        .officer().equals(officer.id())).isEmpty())
                .sorted().toList());
        model.addAttribute("findings", findings);
        return "casework/move";
    }

    @Permit({Role.REVIEW, Role.APPROVAL})
    @PostMapping("/casework/moves/{move}/{act}")
    Object act(Actor.Officer officer, @PathVariable String move, @PathVariable String act,
            @RequestParam Map<String, String> fields, Page.Wanted wanted, Model model) {
        long id = id(move);
        try {
            act(officer, id, act, fields);
            return "redirect:/casework/moves/" + id;
        } catch (BadInput bad) {
            return new ModelAndView(one(officer, id, wanted, bad.findings(), model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private CaseMoves.Act act(Actor.Officer officer, long id, String act, Map<String, String> fields) {
        moves.get(id);
        var number = fields.getOrDefault("number", "");
        if (!number.matches("[0-9]{1,6}"))
            throw BadInput.of("number", "casework.seen", Words.text("casework.conflict.move-too-late"));
        int seen = Integer.parseInt(number);
        var note = fields.getOrDefault("note", "");
        boolean decides = officer.may(Role.APPROVAL);
        return switch (act) {
            case "propose" -> caseMoves.propose(officer, id, seen, note);
            case "call-off" -> caseMoves.callOff(officer, id, seen, note);
            case "perform" -> decides ? caseMoves.perform(officer, id, seen) : refused();
            case "take-back" -> decides ? caseMoves.takeBack(officer, id, seen, note) : refused();
            default -> throw new NotThere();
        };
    }

    private static CaseMoves.Act refused() { throw new NotThere(); }

    private static long id(String text) {
        if (!text.matches("[0-9]{1,15}"))
            throw new NotThere();
        return Long.parseLong(text);
    }

    /// 移行. With what it would do to this authority's running cases, and what has been done.
    record Seen(Move move, RunningCases.Effect effect, List<CaseMoves.Act> history) {}

    @Permit({Role.REVIEW, Role.APPROVAL})
    @GetMapping("/api/casework/moves")
    @ResponseBody
    List<Line> all(Actor.Officer officer) { return lines(officer); }

    @Permit({Role.REVIEW, Role.APPROVAL})
    @GetMapping("/api/casework/moves/{move}")
    @ResponseBody
    Seen seen(Actor.Officer officer, @PathVariable String move) {
        var found = moves.get(id(move));
        return new Seen(found, caseMoves.effect(officer.authority(), found.before(), found.after(), found.stages()),
                caseMoves.acts(officer.authority(), found.id()));
    }

    /// `act` is propose, call-off, perform or take-back; `number` is how many acts were seen.
    @Permit({Role.REVIEW, Role.APPROVAL})
    @PostMapping("/api/casework/moves/{move}/{act}")
    @ResponseBody
    CaseMoves.Act act(Actor.Officer officer, @PathVariable String move, @PathVariable String act,
            @RequestBody JsonNode body) {
        var fields = new LinkedHashMap<String, String>();
        for (var name : List.of("number", "note"))
            Optional.of(body.path(name)).filter(JsonNode::isValueNode).ifPresent(v -> fields.put(name, v.asString("")));
        return act(officer, id(move), act, fields);
    }
}
