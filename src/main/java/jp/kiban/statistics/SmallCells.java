package jp.kiban.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
import org.springframework.stereotype.Component;

/// 少数の秘匿. For other rooms that publish something by municipality: which municipalities must not be shown, because they
/// are few people's, or because a total would tell those that are.
@Component
public final class SmallCells {
    private final Authorities authorities;

    SmallCells(Authorities authorities) { this.authorities = authorities; }

    /// The municipalities to hide, given how many people's matters (applications) stand behind each; where the nation's own
    /// total must not be shown either, `nation` is true.
    public record Hidden(Set<AuthorityId> municipalities, boolean nation) {}

    public Hidden of(Map<AuthorityId, Long> counts) {
        var byPrefecture = new LinkedHashMap<String, List<Suppression.Cell>>();
        for (var municipality : authorities.municipalities())
            byPrefecture
                    .computeIfAbsent(authorities.prefectureOf(municipality.id()).id().code(), p -> new ArrayList<>())
                    .add(Suppression.Cell.leaf(municipality.id().code(), counts.getOrDefault(municipality.id(), 0L),
                            municipality.population()));
        var prefectures = byPrefecture.entrySet().stream()
                .map(p -> new Suppression.Cell(p.getKey(),
                        p.getValue().stream().mapToLong(Suppression.Cell::value).sum(),
                        authorities.find(AuthorityId.of(p.getKey())).map(Authority::population).orElse(0L),
                        List.of(p.getValue())))
                .toList();
        var nation = new Suppression.Cell("JP", prefectures.stream().mapToLong(Suppression.Cell::value).sum(), 0,
                List.of(prefectures));
        var hidden = Suppression.hidden(nation, Set.of());
        return new Hidden(hidden.stream().filter(AuthorityId::isValid).map(AuthorityId::of).collect(Collectors.toSet()),
                hidden.contains("JP"));
    }
}
