package jp.kiban.submission;

import java.time.Instant;
import java.util.List;
import jp.kiban.catalogue.LayerTrial;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;
import jp.kiban.registry.AddressFound;
import tools.jackson.databind.JsonNode;

/// 申請等. What one resident sent and the authority received (到達), never altered: a correction (補正) is the next
/// revision under the same receipt number. `arrivedAt` is the arrival of this revision; `firstArrivedAt` that of the
/// first, from which the standard period runs (行政手続法6条・7条). `beside` says how
/// values were written where an answer is brought into form.
public record Submission(AuthorityId authority, ReceiptNumber receipt, int revision, StandardRef standard,
        PersonId person, Instant firstArrivedAt, Instant arrivedAt, Language language, Channel channel,
        JsonNode answers, List<EvidenceUsed> evidence, List<Dispute> disputes, Effort effort, Beside beside) {

    public Submission {
        evidence = List.copyOf(evidence);
        disputes = List.copyOf(disputes);
    }

    /// Who a trial (特区の試行) sees: the answers, and where the applicant lives as the register has it, as they typed it where
    /// no register could be asked.
    public LayerTrial.Applicant applicant() { return applicant(answers, evidence, beside); }

    static LayerTrial.Applicant applicant(JsonNode answers, List<EvidenceUsed> evidence, Beside beside) {
        var address = lives(answers, evidence, "address");
        // what was found for the claimant's address, as long as that is where the register says they live
        var found = beside.addressAt("claimant.address").filter(f -> !f.ids().machiazaId().isEmpty() && answers.path(
                "claimant").path("address").asString("").equals(address));
        return new LayerTrial.Applicant(answers, lives(answers, evidence, "postalCode"), address, found.map(f -> f.ids()
                .lgCode() + "/" + f.ids().machiazaId()).orElse(""), found.map(AddressFound::name).orElse(""));
    }

    private static String lives(JsonNode answers, List<EvidenceUsed> evidence, String part) {
        return evidence.stream().filter(e -> e.item().equals("resident.person")).flatMap(e -> e.value().stream())
                .map(v -> v.path(part).asString("")).filter(s -> !s.isBlank()).findFirst().orElseGet(
                        () -> answers.path("claimant").path(part).asString(""));
    }
}
