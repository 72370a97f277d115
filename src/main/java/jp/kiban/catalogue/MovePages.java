package jp.kiban.catalogue;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.standards.Standards;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

/// 移行の宣言の画面. Where a ministry declares that running cases may go over to a newer version, and sees what that would do
/// in each municipality. Few cases are said to be few, and no more.
@Controller
class MovePages {
    private static final int FEW = 10;

    private final Moves moves;
    private final Standards standards;

    MovePages(Moves moves, Standards standards) {
        this.moves = moves;
        this.standards = standards;
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/catalogue/moves")
    String list(Actor.Officer officer, Language language, Model model) {
        return list(officer, language, List.of(), Map.of(), model);
    }

    private String list(Actor.Officer officer, Language language, List<Finding> findings, Map<String, String> typed,
            Model model) {
        model.addAttribute("moves", moves.of(officer));
        model.addAttribute("findings", findings);
        model.addAttribute("typed", typed);
        var own = new LinkedHashMap<String, String>();
        standards.all().stream().filter(s -> s.ministry().equals(officer.authority())).forEach(s -> own.put(s.id(), s
                .name().in(language)));
        model.addAttribute("standards", own);
        model.addAttribute("names", standards.all().stream().collect(Collectors.toMap(s -> s.id(), s -> (Object) s
                .name())));
        model.addAttribute("stages", moves.stages());
        return "catalogue/moves";
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/catalogue/moves")
    Object declare(Actor.Officer officer, @RequestParam MultiValueMap<String, String> fields, Language language,
            Model model) {
        try {
            var made = declare(officer, fields.toSingleValueMap(), fields.getOrDefault("stages", List.of()));
            return "redirect:/catalogue/moves/" + made.id();
        } catch (BadInput bad) {
            return new ModelAndView(list(officer, language, bad.findings(), fields.toSingleValueMap(), model), model
                    .asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private Move declare(Actor.Officer officer, Map<String, String> fields, List<String> stages) {
        var standard = fields.getOrDefault("service", "");
        var from = Publishing.version(fields.getOrDefault("from", ""), "from");
        var to = Publishing.version(fields.getOrDefault("until", ""), "until");
        for (var version : List.of(from, to))
            if (standards.all().stream().filter(s -> s.id().equals(standard) && s.ministry().equals(officer
                    .authority())).flatMap(s -> s.versions().stream())
                    .noneMatch(v -> v.ref().version().equals(version)))
                throw BadInput.of(version.equals(from) ? "from" : "until", "catalogue.move-version", Words.text(
                        "catalogue.error.move-version"));
        return moves.propose(officer, standard, from, to, new LinkedHashSet<>(stages), fields.getOrDefault("reason",
                ""));
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/catalogue/moves/{move}")
    String one(Actor.Officer officer, @PathVariable String move, Model model) {
        return one(officer, id(move), List.of(), model);
    }

    private String one(Actor.Officer officer, long id, List<Finding> findings, Model model) {
        var move = moves.mine(officer, id);
        var effects = moves.effects(move);
        model.addAttribute("move", move);
        model.addAttribute("mine", move.officer().equals(officer.id()));
        model.addAttribute("name", standards.get(move.standard()).name());
        model.addAttribute("effects", effects);
        model.addAttribute("few", FEW);
        model.addAttribute("total", effects.stream().mapToInt(e -> e.effect().moving()).sum());
        model.addAttribute("findings", findings);
        return "catalogue/move";
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/catalogue/moves/{move}/approve")
    String approve(Actor.Officer officer, @PathVariable String move) {
        moves.approve(officer, id(move));
        return "redirect:/catalogue/moves/" + id(move);
    }

    @Permit(Role.MINISTRY)
    @PostMapping("/catalogue/moves/{move}/end")
    Object end(Actor.Officer officer, @PathVariable String move, @RequestParam Map<String, String> fields,
            Model model) {
        try {
            moves.end(officer, id(move), fields.getOrDefault("reason", ""));
            return "redirect:/catalogue/moves/" + id(move);
        } catch (BadInput bad) {
            return new ModelAndView(one(officer, id(move), bad.findings(), model), model.asMap(),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static long id(String text) {
        if (!text.matches("[0-9]{1,15}"))
            throw new NotThere();
        return Long.parseLong(text);
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/api/catalogue/moves")
    @ResponseBody
    List<Move> all(Actor.Officer officer) { return moves.of(officer); }

    /// 団体ごとの影響. `cases` is absent where they are fewer than ten.
    record Told(String authority, Optional<Integer> cases, Optional<Integer> outcomes, Optional<Integer> amounts,
            Optional<Integer> staying) {}

    @Permit(Role.MINISTRY)
    @GetMapping("/api/catalogue/moves/{move}")
    @ResponseBody
    List<Told> effect(Actor.Officer officer, @PathVariable String move) {
        return moves.effects(moves.mine(officer, id(move))).stream().map(e -> e.effect().moving() + e.effect()
                .staying() < FEW
                        ? new Told(e.authority().id().code(), Optional.empty(), Optional.empty(), Optional.empty(),
                                Optional.empty())
                        : new Told(e.authority().id().code(), Optional.of(e.effect().moving()), Optional.of(e.effect()
                                .outcomes()), Optional.of(e.effect().amounts()), Optional.of(e.effect().staying())))
                .toList();
    }

    /// `service`, `from` and `until` (the two versions), `stages` (a list) and `reason`.
    @Permit(Role.MINISTRY)
    @PostMapping("/api/catalogue/moves")
    @ResponseBody
    Move declare(Actor.Officer officer, @RequestBody JsonNode body) {
        var fields = new LinkedHashMap<String, String>();
        for (var name : List.of("service", "from", "until", "reason"))
            Optional.of(body.path(name)).filter(JsonNode::isValueNode).ifPresent(v -> fields.put(name, v.asString("")));
        var stages = new java.util.ArrayList<String>();
        body.path("stages").forEach(s -> stages.add(s.asString("")));
        return declare(officer, fields, stages);
    }

    /// By another person than the one who proposed.
    @Permit(Role.MINISTRY)
    @PostMapping("/api/catalogue/moves/{move}/approve")
    @ResponseBody
    Move approved(Actor.Officer officer, @PathVariable String move) { return moves.approve(officer, id(move)); }

    @Permit(Role.MINISTRY)
    @PostMapping("/api/catalogue/moves/{move}/end")
    @ResponseBody
    Move end(Actor.Officer officer, @PathVariable String move, @RequestBody JsonNode body) {
        return moves.end(officer, id(move), body.path("reason").asString(""));
    }
}
