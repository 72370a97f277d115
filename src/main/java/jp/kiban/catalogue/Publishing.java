package jp.kiban.catalogue;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.VersionName;
import org.springframework.stereotype.Component;

/// 公表の操作. The acts of a ministry's desk as a page or a program sends them: a word in the address and a few fields.
@Component
final class Publishing {
    private final Publications publications;

    Publishing(Publications publications) { this.publications = publications; }

    /// What an address names; `NotThere` when it can be no version.
    static StandardRef ref(String standard, String version) {
        try {
            return new StandardRef(standard, VersionName.parse(version));
        } catch (IllegalArgumentException wrong) {
            throw new NotThere();
        }
    }

    Publication act(Actor.Officer officer, StandardRef ref, String act, Map<String, String> fields) {
        publications.find(officer.authority(), ref);
        int seen = number(fields.getOrDefault("number", ""));
        String reason = fields.getOrDefault("reason", "");
        return switch (act) {
            case "propose" -> publications.propose(officer, ref, seen, day(fields.getOrDefault("day", ""), "day"),
                    reason, Optional.of(fields.getOrDefault("corrects", "")).filter(c -> !c.isBlank()).map(c -> version(
                            c, "corrects")));
            case "undo-proposal" -> publications.undoProposal(officer, ref, seen, reason);
            case "approve" -> publications.approve(officer, ref, seen);
            case "undo-publication" -> publications.undoPublication(officer, ref, seen, reason);
            case "propose-withdrawal" -> publications.proposeWithdrawal(officer, ref, seen, reason);
            case "withdraw" -> publications.withdraw(officer, ref, seen);
            case "discard" -> publications.discard(officer, ref, seen);
            default -> throw new NotThere();
        };
    }

    static int number(String text) {
        if (!text.strip().matches("[0-9]{1,6}"))
            throw BadInput.of("number", "catalogue.seen", Words.text("catalogue.error.seen"));
        return Integer.parseInt(text.strip());
    }

    /// The name of a version as people type it.
    static VersionName version(String text, String where) {
        return VersionName.read(text.strip()).orElseThrow(() -> BadInput.of(where, "catalogue.version-name", Words.text(
                "catalogue.error.version-name", text.strip())));
    }

    static LocalDate day(String text, String where) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException wrong) {
            throw BadInput.of(where, "catalogue.day", Words.text("catalogue.error.day"));
        }
    }
}
