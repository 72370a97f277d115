package jp.kiban.catalogue;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.standards.FaultyStandards;
import jp.kiban.standards.Layer;
import jp.kiban.standards.Ruling;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.StandardVersion;
import jp.kiban.standards.Standards;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 判定の試し. Where a ministry tries what a published version, or one not published yet, decides about some answers: readable,
/// and as JSON. Decides nothing for anybody and keeps nothing.
@Controller
@Tag(name = "standards", description = "Tools for the ministry: check, decide, diff, tables; nothing is kept")
class DecidePages {
    private static final long LARGEST = 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final ChosenStandard chosen;
    private final Standards standards;
    private final Layers layers;
    private final Authorities authorities;

    DecidePages(ChosenStandard chosen, Standards standards, Layers layers, Authorities authorities) {
        this.chosen = chosen;
        this.standards = standards;
        this.layers = layers;
        this.authorities = authorities;
    }

    /// What was asked, as it was typed.
    record Asked(ChosenStandard.Given version, String date, String authority, String input,
            @Nullable MultipartFile inputFile, String example) {}

    @Permit(Role.MINISTRY)
    @GetMapping("/catalogue/decide")
    String ask(@RequestParam(defaultValue = "") String standard, @RequestParam(defaultValue = "") String example,
            Language language, Model model) {
        var typed = new LinkedHashMap<String, String>();
        typed.put("standard", standard);
        typed.put("example", "");
        chosen.published(standard).ifPresentOrElse(edition -> {
            typed.put("date", edition.ref().day().toString());
            standards.samples(edition.ref()).stream().filter(s -> s.name().equals(example)).findFirst().ifPresent(s -> {
                typed.put("date", s.filed().toString());
                typed.put("authority", s.authority());
                typed.put("input", s.answers().toPrettyString());
            });
        }, () -> typed.put("standard", ""));
        return page(typed, List.of(), example, language, model);
    }

    private String page(Map<String, String> typed, List<Finding> findings, String example, Language language,
            Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("findings", findings);
        model.addAttribute("versions", chosen.choices(language));
        model.addAttribute("example", example);
        var examples = new LinkedHashMap<String, String>();
        examples.put("", ToolWords.in(language, "catalogue.tool.choose"));
        chosen.published(typed.getOrDefault("standard", "")).ifPresent(edition -> standards.samples(edition.ref())
                .stream().filter(Standards.Sample::plain)
                .forEach(s -> examples.put(s.name(), s.name() + " (" + s.filed()
                        + ")")));
        model.addAttribute("examples", examples);
        return "catalogue/decide";
    }

    /// What came out is shown at once: nothing has been kept that an address could lead back to.
    @Permit(Role.MINISTRY)
    @PostMapping("/catalogue/decide")
    ModelAndView decide(@RequestParam(defaultValue = "") String standard,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable List<MultipartFile> folder,
            @RequestParam(defaultValue = "") String date, @RequestParam(defaultValue = "") String authority,
            @RequestParam(defaultValue = "") String input,
            @RequestParam(required = false) @Nullable MultipartFile inputFile,
            @RequestParam(defaultValue = "") String example, Language language, Model model) {
        var typed = new LinkedHashMap<>(Map.of("standard", standard, "date", date, "authority", authority, "input",
                input, "example", example));
        try {
            var ruling = ruling(new Asked(new ChosenStandard.Given(standard, file, folder, ""), date, authority, input,
                    inputFile, example));
            page(typed, List.of(), "", language, model);
            model.addAttribute("ruling", RulingText.of(ruling, language));
            model.addAttribute("download", Base64.getEncoder().encodeToString(ruling.json().toPrettyString().getBytes(
                    StandardCharsets.UTF_8)));
            return new ModelAndView("catalogue/decide", model.asMap());
        } catch (BadInput bad) {
            var known = List.of("standard", "file", "folder", "date", "authority", "input", "inputFile", "example");
            var findings = bad.findings().stream().map(f -> known.contains(f.where())
                    ? f
                    : new Finding("input", f.code(), f.where().isEmpty() ? f.message() : placed(f))).toList();
            page(typed, findings, "", language, model);
            return new ModelAndView("catalogue/decide", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static Text placed(Finding finding) {
        return new Text(finding.where() + ": " + finding.message().ja(), finding.where() + ": " + finding.message()
                .easy(), finding.where() + ": " + finding.message().en());
    }

    @Permit(Role.MINISTRY)
    @PostMapping(path = "/api/standards/decide", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseBody
    @Operation(summary = "What a version decides about some answers", description = """
            Name a published version (`standard`), or send one as a zip (`file`) or as the files of its folder (`folder`). \
            The answers are `input` (JSON), `inputFile`, or those of one of the version's examples by its name (`example`). \
            The answer is that of `standards decide`. Every finding at once; nothing is kept.""")
    JsonNode decideApi(
            @Parameter(description = "a published version: child-allowance@2024-10-01") @RequestParam(defaultValue = "") String standard,
            @Parameter(description = "or a standard as a zip, at most 8 MB; its newest version counts") @RequestParam(required = false) @Nullable MultipartFile file,
            @Parameter(description = "or the files of a standard's folder, each with its path as its name") @RequestParam(required = false) @Nullable List<MultipartFile> folder,
            @Parameter(description = "the day of arrival: 2026-04-01") @RequestParam(defaultValue = "") String date,
            @Parameter(description = "the municipality whose values count: 242012; without it the national ones") @RequestParam(defaultValue = "") String authority,
            @Parameter(description = "the answers as JSON, at most 1 MB") @RequestParam(defaultValue = "") String input,
            @Parameter(description = "or the answers as a file") @RequestParam(required = false) @Nullable MultipartFile inputFile,
            @Parameter(description = "or the name of an example of the version") @RequestParam(defaultValue = "") String example) {
        return ruling(new Asked(new ChosenStandard.Given(standard, file, folder, ""), date, authority, input, inputFile,
                example)).json();
    }

    private Ruling ruling(Asked asked) {
        var findings = new ArrayList<Finding>();
        var found = chosen.find(asked.version, findings);
        Optional<ServiceStandard> standard = Optional.empty();
        if (found.isPresent())
            try {
                standard = Optional.of(found.get().edition().map(e -> e.standard()).orElseGet(() -> Standards.read(found
                        .get().files())));
            } catch (FaultyStandards faulty) {
                ChosenStandard.told(asked.version.field(ChosenStandard.isGiven(asked.version.file())
                        ? "file"
                        : "folder"), faulty.faults(), findings);
            }
        var samples = found.map(f -> Standards.samples(f.files())).orElse(List.of());
        var day = day(asked, samples, findings);
        var body = authority(asked.authority.strip(), findings);
        var answers = answers(asked, samples, found.isPresent(), findings);
        if (!findings.isEmpty())
            throw new BadInput(findings);
        boolean published = found.orElseThrow().edition().isPresent();
        return Ruling.of(standard.orElseThrow(), day.orElseThrow(), body, answers.orElseThrow(), version -> body
                .flatMap(a -> published ? layer(a.id(), version, day.get()) : version.layer(a.id(), day.get())));
    }

    /// What the municipality has in force on the day, by its own act or as it came with the standard.
    private Optional<Layer> layer(AuthorityId authority, StandardVersion version, LocalDate day) {
        var values = layers.everywhere(version, day).getOrDefault(authority, Map.of());
        if (values.isEmpty())
            return Optional.empty();
        var own = LocalLayer.inForce(layers.all(authority, version.ref().id()), day);
        var shipped = layers.shipped(authority, version, day);
        return Optional.of(new Layer(authority, own.map(LocalLayer::from).or(() -> shipped.map(Layer::from)).orElse(
                version.ref().day()),
                own.map(LocalLayer::ordinance).or(() -> shipped.map(Layer::ordinance)).orElse(
                        ""),
                "", values));
    }

    private static Optional<LocalDate> day(Asked asked, List<Standards.Sample> samples, List<Finding> findings) {
        if (asked.date.isBlank() && !asked.example.isBlank())
            return samples.stream().filter(s -> s.name().equals(asked.example)).findFirst().map(
                    Standards.Sample::filed);
        if (asked.date.isBlank()) {
            findings.add(ChosenStandard.finding("date", "date-missing"));
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(asked.date.strip()));
        } catch (DateTimeParseException wrong) {
            findings.add(ChosenStandard.finding("date", "date-form", asked.date));
            return Optional.empty();
        }
    }

    private Optional<Authority> authority(String code, List<Finding> findings) {
        if (code.isEmpty())
            return Optional.empty();
        var known = AuthorityId.isValid(code)
                ? authorities.find(AuthorityId.of(code))
                : Optional.<Authority>empty();
        if (known.isEmpty())
            findings.add(ChosenStandard.finding("authority", "authority", code));
        return known;
    }

    private static Optional<JsonNode> answers(Asked asked, List<Standards.Sample> samples, boolean found,
            List<Finding> findings) {
        boolean file = ChosenStandard.isGiven(asked.inputFile);
        if (!asked.input.isBlank() && file) {
            findings.add(ChosenStandard.finding("input", "input-several"));
            return Optional.empty();
        }
        if (asked.input.isBlank() && !file) {
            if (asked.example.isBlank()) {
                findings.add(ChosenStandard.finding("input", "input-missing"));
                return Optional.empty();
            }
            var sample = samples.stream().filter(s -> s.name().equals(asked.example.strip())).findFirst();
            if (sample.isEmpty() && found)
                findings.add(ChosenStandard.finding("example", "example", asked.example));
            return sample.map(Standards.Sample::answers);
        }
        var where = file ? "inputFile" : "input";
        try {
            if (file && Objects.requireNonNull(asked.inputFile).getSize() > LARGEST || asked.input.length() > LARGEST) {
                findings.add(ChosenStandard.finding(where, "large", LARGEST / 1024 / 1024));
                return Optional.empty();
            }
            var text = file
                    ? StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Objects.requireNonNull(asked.inputFile)
                            .getBytes())).toString()
                    : asked.input;
            return Optional.of(JSON.readTree(text));
        } catch (CharacterCodingException broken) {
            findings.add(ChosenStandard.finding(where, "utf8"));
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            findings.add(ChosenStandard.finding(where, "json", at == null ? "1" : String.valueOf(at.getLineNr()),
                    at == null ? "1" : String.valueOf(at.getColumnNr()),
                    String.valueOf(broken.getOriginalMessage()).lines()
                            .findFirst().orElse("")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Optional.empty();
    }
}
