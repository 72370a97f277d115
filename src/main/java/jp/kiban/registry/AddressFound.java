package jp.kiban.registry;

import java.util.List;
import jp.kiban.address.AddressIds;
import jp.kiban.address.AddressMatch;

/// 照合した住所. What a written address was found to mean, to be kept beside it: the registered name, the ids and the version of the
/// dictionary that gave them (ids of towns change between releases), how far it goes and how sure it is. The written text is never
/// part of it and never altered by it.
///
/// @param name the registered name, from the prefecture on; empty where nothing was recognised
/// @param level `NONE`, `PREFECTURE`, `CITY`, `TOWN`, `BLOCK`, `RESIDENCE` or `LOT`
/// @param rest what follows, as written
/// @param candidates the places that fit equally, when there are several and none was chosen
/// @param asked whether the writer was shown the candidates
/// @param chosen whether the writer chose among the candidates
public record AddressFound(String name, String level, AddressIds ids, String rest, double confidence,
        String dataVersion,
        List<Candidate> candidates, boolean asked, boolean chosen) {
    /// 候補.
    public record Candidate(String name, AddressIds ids) {
        /// Names it among the others: `131016/0056000`.
        public String key() { return AddressFound.key(ids); }
    }

    public AddressFound { candidates = List.copyOf(candidates); }

    static AddressFound of(AddressMatch match) {
        var parts = match.parts();
        return new AddressFound(parts.pref() + parts.cityName() + parts.townName(), match.level().name(), match.ids(),
                match.rest(), match.confidence(), match.dataVersion(),
                match.ambiguous()
                        ? match.candidates().stream().map(c -> new Candidate(c.name(), c.ids())).limit(10).toList()
                        : List.of(),
                false, false);
    }

    /// Whether the writer is still to be asked which of several places is meant.
    public boolean open() { return !candidates.isEmpty() && !asked; }

    public boolean recognised() { return !name.isEmpty(); }

    /// With the candidate that the writer chose; with none of them when the key is not one of theirs.
    public AddressFound choosing(String key) {
        var wanted = candidates.stream().filter(c -> c.key().equals(key)).findFirst();
        return wanted
                .map(c -> new AddressFound(c.name(), c.ids().machiazaId().isEmpty() ? "CITY" : "TOWN", c.ids(), rest,
                        confidence, dataVersion, candidates, true, true))
                .orElseGet(() -> new AddressFound(name, level, ids, rest, confidence, dataVersion, candidates, true,
                        false));
    }

    /// Which candidate was chosen; empty when none.
    public String chosenKey() { return chosen ? key(ids) : ""; }

    private static String key(AddressIds ids) { return ids.lgCode() + "/" + ids.machiazaId(); }
}
