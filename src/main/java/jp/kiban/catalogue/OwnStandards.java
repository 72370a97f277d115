package jp.kiban.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.standards.FaultyStandards;
import jp.kiban.standards.StandardFiles;
import jp.kiban.standards.Standards;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/// 府省の標準. The versions that a ministry may try out: its own, published or not yet, and one that it sends, as a zip or as a
/// folder, which is not kept.
@Component
public final class OwnStandards {
    private final ChosenStandard chosen;
    private final Publications publications;
    private final Standards standards;

    OwnStandards(ChosenStandard chosen, Publications publications, Standards standards) {
        this.chosen = chosen;
        this.publications = publications;
        this.standards = standards;
    }

    /// Every version on the ministry's desk, by its name, for a list to choose from; drafts with their stage.
    public Map<String, String> choices(AuthorityId ministry, Language language) {
        var choices = new LinkedHashMap<String, String>();
        choices.put("", ToolWords.in(language, "catalogue.tool.choose"));
        for (var one : publications.desk(ministry)) {
            if (one.stage() == VersionStage.DISCARDED)
                continue;
            var name = standards.all().stream().filter(s -> s.id().equals(one.ref().id())).findFirst().map(s -> s.name()
                    .in(language)).orElse(one.ref().id());
            choices.put(one.ref().toString(), name + " " + one.ref().version() + (one.stage().isPublic()
                    ? ""
                    : " (" + Words.text("catalogue.stage." + one.stage()).in(language) + ")"));
        }
        return choices;
    }

    /// The files of the version that was chosen or sent, which can be read; what is wrong goes to the findings, under the
    /// fields `standard`, `file` and `folder`.
    public Optional<StandardFiles> find(AuthorityId ministry, String standard, @Nullable MultipartFile file,
            @Nullable List<MultipartFile> folder, List<Finding> findings) {
        var given = new ChosenStandard.Given(standard, file, folder, "");
        var files = standard.isBlank() || given.sent()
                ? chosen.find(given, findings).map(ChosenStandard.Found::files)
                : onDesk(ministry, standard, findings);
        if (files.isEmpty())
            return files;
        var where = !given.sent() ? "standard" : ChosenStandard.isGiven(file) ? "file" : "folder";
        try {
            var read = Standards.read(files.get());
            if (read.ministry().equals(ministry))
                return files;
            findings.add(ChosenStandard.finding(where, "standard-other", read.ministry().code()));
        } catch (FaultyStandards faulty) {
            ChosenStandard.told(where, faulty.faults(), findings);
        }
        return Optional.empty();
    }

    private Optional<StandardFiles> onDesk(AuthorityId ministry, String standard, List<Finding> findings) {
        var one = publications.desk(ministry).stream().filter(p -> p.ref().toString().equals(standard.strip()) && p
                .stage() != VersionStage.DISCARDED).findFirst();
        if (one.isEmpty()) {
            findings.add(ChosenStandard.finding("standard", "standard-unknown", standard));
            return Optional.empty();
        }
        try {
            return Optional.of(publications.files(ministry, one.get().ref()));
        } catch (NotThere gone) {
            findings.add(ChosenStandard.finding("standard", "standard-unknown", standard));
            return Optional.empty();
        }
    }
}
