package jp.kiban.statistics;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.portal.Csv;
import jp.kiban.portal.Page;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 統計の画面. The figures as pages, files and JSON: live for the ministry, up to yesterday for everybody.
@Controller
class FigurePages {
    private final Figures figures;
    private final Standards standards;
    private final Authorities authorities;
    private final MessageSource messages;
    private final Clock clock;

    FigurePages(Figures figures, Standards standards, Authorities authorities, MessageSource messages, Clock clock) {
        this.figures = figures;
        this.standards = standards;
        this.authorities = authorities;
        this.messages = messages;
        this.clock = clock;
    }

    /// 答え. What the API gives: the nation, its months, and the asked-for lines page by page. Every figure has `value`, and
    /// `hidden` where it would tell of fewer than ten.
    record Answer(String standard, int fiscalYear, LocalDate from, LocalDate through, Line nation, List<Line> months,
            Page<Line> areas) {}

    @ModelAttribute
    Question.Raw raw(@RequestParam(defaultValue = "") String standard, @RequestParam(defaultValue = "") String year,
            @RequestParam(defaultValue = "") String measure, @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String page, @RequestParam(defaultValue = "") String size) {
        return new Question.Raw(standard, year, measure, area, q, sort, page, size);
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/ministry/figures")
    String ministry(@ModelAttribute(binding = false) Question.Raw raw, Language language, Model model,
            HttpServletRequest request) {
        return show(raw, language, model, request, true);
    }

    @Permit(Role.ANYONE)
    @GetMapping("/statistics")
    String open(@ModelAttribute(binding = false) Question.Raw raw, Language language, Model model,
            HttpServletRequest request) {
        return show(raw, language, model, request, false);
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/ministry/figures.csv")
    ResponseEntity<byte[]> ministryCsv(@ModelAttribute(binding = false) Question.Raw raw, Language language) {
        return csv(raw, language, true);
    }

    @Permit(Role.ANYONE)
    @GetMapping("/statistics.csv")
    ResponseEntity<byte[]> openCsv(@ModelAttribute(binding = false) Question.Raw raw, Language language) {
        return csv(raw, language, false);
    }

    @Permit(Role.MINISTRY)
    @GetMapping("/api/statistics/figures")
    @ResponseBody
    Answer ministryApi(@ModelAttribute(binding = false) Question.Raw raw) { return answer(raw, true); }

    @Permit(Role.ANYONE)
    @GetMapping("/api/statistics/open")
    @ResponseBody
    Answer openApi(@ModelAttribute(binding = false) Question.Raw raw) { return answer(raw, false); }

    private Question question(Question.Raw raw) {
        return Question.read(raw, standards.all().stream().map(ServiceStandard::id).toList(),
                authorities.prefectures().stream().map(p -> p.id().code()).toList(),
                FiscalYear.of(LocalDate.now(clock.withZone(ZoneId.of("Asia/Tokyo")))));
    }

    private Question sound(Question.Raw raw) {
        var question = question(raw);
        if (!question.faults().isEmpty())
            throw new BadInput(question.faults());
        return question;
    }

    private Snapshot snapshot(Question question, boolean live) {
        return live
                ? figures.live(question.standard(), question.year())
                : figures.open(question.standard(), question.year());
    }

    private Answer answer(Question.Raw raw, boolean live) {
        var question = sound(raw);
        var snapshot = snapshot(question, live);
        return new Answer(question.standard(), question.year().year(), question.year().from(), snapshot.through(),
                snapshot.nation(), snapshot.months(), Page.of(question.of(snapshot), question.wanted()));
    }

    private String show(Question.Raw raw, Language language, Model model, HttpServletRequest request, boolean live) {
        var question = question(raw);
        model.addAttribute("findings", question.faults());
        model.addAttribute("base", live ? "/ministry/figures" : "/statistics");
        model.addAttribute("api", live ? "/api/statistics/figures" : "/api/statistics/open");
        model.addAttribute("live", live);
        model.addAttribute("here", request.getRequestURI()
                + Optional.ofNullable(request.getQueryString()).map(query -> "?" + query).orElse(""));
        model.addAttribute("view", view(question, language, live));
        model.addAttribute("standards",
                choices(standards.all().stream().map(s -> Map.entry(s.id(), s.name().in(language))).toList()));
        model.addAttribute("years", choices(figures.years(question.standard()).stream()
                .map(y -> Map.entry(String.valueOf(y.year()), y.in(language))).toList()));
        model.addAttribute("measures", choices(Arrays.stream(Measure.values())
                .map(m -> Map.entry(m.key(), text("statistics.measure." + m.key(), language))).toList()));
        var areas = new ArrayList<Map.Entry<String, String>>(
                List.of(Map.entry("", text("statistics.area.prefectures", language)),
                        Map.entry(Question.ALL, text("statistics.area.all", language))));
        authorities.prefectures().forEach(p -> areas.add(Map.entry(p.id().code(), p.title().in(language))));
        model.addAttribute("areas", choices(areas));
        return "statistics/figures";
    }

    /// 画面の中身. What a page of figures is drawn from.
    record View(Question question, Snapshot snapshot, TileMap map, Page<Line> page, List<Measure> columns, Words words,
            double mostInAMonth) {}

    View view(Question question, Language language, boolean live) {
        var snapshot = snapshot(question, live);
        return new View(question, snapshot, TileMap.of(snapshot, question.measure(), language),
                Page.of(question.of(snapshot), question.wanted()),
                Arrays.stream(Measure.values()).filter(m -> m != Measure.P90_DAYS && m != Measure.P90_SECONDS).toList(),
                new Words(messages, language),
                snapshot.months().stream().map(m -> m.of(question.measure()).value()).filter(Objects::nonNull)
                        .mapToDouble(v -> Objects.requireNonNull(v)).max().orElse(0));
    }

    /// What the ministry's home shows: claims of the present year in the first standard.
    View headline(Language language) {
        return view(question(new Question.Raw("", "", "", "", "", "", "", "")), language, true);
    }

    private ResponseEntity<byte[]> csv(Question.Raw raw, Language language, boolean live) {
        var question = sound(raw);
        var snapshot = snapshot(question, live);
        var header = new ArrayList<>(List.of(text("statistics.code", language), text("statistics.name", language),
                text("statistics.population", language)));
        Arrays.stream(Measure.values()).forEach(m -> header.add(text("statistics.measure." + m.key(), language)));
        var lines = new ArrayList<>(List.of(snapshot.nation()));
        lines.addAll(question.of(snapshot));
        return Csv.download("kiban-" + question.standard() + "-" + question.year().year() + ".csv", header,
                lines.stream().map(line -> row(line, language)).toList());
    }

    private List<Object> row(Line line, Language language) {
        var row = new ArrayList<Object>(List.of(line.code(),
                line.name().in(language == Language.JA_EASY ? Language.JA : language), line.population()));
        for (var measure : Measure.values()) {
            var figure = line.of(measure);
            row.add(figure.hidden()
                    ? text("statistics.hidden", language)
                    : figure.value() == null
                            ? ""
                            : java.math.BigDecimal.valueOf(figure.value()).stripTrailingZeros().toPlainString());
        }
        return row;
    }

    private static LinkedHashMap<String, String> choices(List<Map.Entry<String, String>> entries) {
        var choices = new LinkedHashMap<String, String>();
        entries.forEach(e -> choices.put(e.getKey(), e.getValue()));
        return choices;
    }

    private String text(String key, Language language) { return messages.getMessage(key, null, language.locale()); }
}
