package jp.kiban.address;

import java.util.List;
import java.util.Optional;

/// 照合結果. What a written address means. The input is never altered: `spans` say which stretch became what, `normalisations` where it
/// differs from the registered names, `rest` what follows the town exactly as written.
///
/// `confidence` is the measured share of right answers at this level among answers found the same way (docs/reference/addresses.md).
/// When several places fit equally, `level` goes only as far as they agree and `candidates` lists them; otherwise `candidates` holds
/// what else could have been meant, if anything.
public record AddressMatch(String input, AddressLevel level, AddressParts parts, AddressIds ids,
        Optional<Position> position, double confidence, List<Span> spans, List<Normalisation> normalisations,
        List<Candidate> candidates, String rest, List<String> notes, String dataVersion) {

    /// 候補. Another place that the input could mean.
    public record Candidate(String name, AddressIds ids, Optional<Position> position) {}

    /// Whether the input fits several places equally well, so that none was chosen.
    public boolean ambiguous() { return notes.contains(AMBIGUOUS); }

    static final String AMBIGUOUS = "ambiguous";
}
