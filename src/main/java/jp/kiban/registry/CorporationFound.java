package jp.kiban.registry;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.letters.CorporateNumber;

/// 照合した法人. What the registry says of a corporation that an answer names, to be kept beside the number: the name and seat as they were
/// seen, and the edition of the registry they were seen in. A later change of name changes nothing here.
///
/// @param number empty as long as only a name was written
/// @param name as seen; empty where the edition does not know the number
/// @param edition the newest edition that was loaded then; empty for a registry that nothing was loaded into
/// @param candidates what to choose from: those that fit a written name, or a closed corporation with whoever succeeded it
/// @param more whether there are more than these
/// @param asked whether the writer was shown this
/// @param chosen whether the writer chose among the candidates
public record CorporationFound(String number, String name, String address, Optional<LocalDate> closedOn,
        Optional<LocalDate> edition, List<Candidate> candidates, boolean more, boolean asked, boolean chosen) {

    /// 候補.
    public record Candidate(String number, String name, String furigana, String address, Optional<LocalDate> closedOn,
            Optional<String> successor) {
        static Candidate of(Corporation c) {
            return new Candidate(c.number().digits(), c.name(), c.furigana(), c.address(), c.closeDate(),
                    c.successor().map(CorporateNumber::digits));
        }
    }

    public CorporationFound { candidates = List.copyOf(candidates); }

    public boolean recognised() { return !name.isEmpty(); }

    /// Whether the writer is still to be shown something before going on: several corporations, a closed one, a number that the
    /// registry does not know. Nothing is chosen for them.
    public boolean open() { return !asked && (!candidates.isEmpty() || !number.isEmpty() && !recognised()); }

    public boolean offers(String other) { return candidates.stream().anyMatch(c -> c.number().equals(other)); }

    public CorporationFound shown() {
        return new CorporationFound(number, name, address, closedOn, edition, candidates, more, true, chosen);
    }

    public CorporationFound byChoice() {
        return new CorporationFound(number, name, address, closedOn, edition, candidates, more, true, true);
    }
}
