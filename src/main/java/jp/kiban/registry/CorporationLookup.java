package jp.kiban.registry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.letters.CorporateNumber;
import org.springframework.stereotype.Component;

/// 法人の照合. What a form needs of the registry of corporations: the one that a number names, with its successors where it is closed, or
/// those that a written name or the beginning of a number may mean. Never chooses.
@Component
public final class CorporationLookup {
    private static final int MOST = 10;
    /// A successor of a successor of … : longer chains are followed by hand.
    private static final int SUCCESSORS = 5;

    private final Corporations corporations;
    private final Loadings loadings;

    CorporationLookup(Corporations corporations, Loadings loadings) {
        this.corporations = corporations;
        this.loadings = loadings;
    }

    /// The day of the newest edition that is loaded; empty for an empty registry.
    public Optional<LocalDate> edition() { return loadings.newest(BaseRegistry.CORPORATIONS).map(Loading::edition); }

    public CorporationFound found(String written) {
        var number = CorporateNumber.read(written);
        return number.isPresent() ? named(number.get()) : written(written);
    }

    private CorporationFound named(CorporateNumber number) {
        var entry = corporations.find(number);
        return new CorporationFound(number.digits(), entry.map(Corporation::name).orElse(""),
                entry.map(Corporation::address).orElse(""), entry.flatMap(Corporation::closeDate), edition(),
                entry.filter(Corporation::closed).map(this::withSuccessors).orElse(List.of()), false, false, false);
    }

    private List<CorporationFound.Candidate> withSuccessors(Corporation closed) {
        var all = new ArrayList<Corporation>(List.of(closed));
        for (var next = closed.successor().flatMap(corporations::find); next.isPresent()
                && all.size() <= SUCCESSORS && !all.contains(next.get()); next = next.get().successor().flatMap(
                        corporations::find))
            all.add(next.get());
        return all.stream().map(CorporationFound.Candidate::of).toList();
    }

    private CorporationFound written(String written) {
        boolean asks = !written.isBlank() && written.codePointCount(0, written.length()) <= 100
                && !(CorporateNumber.digitsOf(written).isEmpty() && Corporations.words(written).isEmpty());
        var found = asks
                ? corporations.search(new Corporations.Query(written.strip(), "", "", false, "relevance"))
                : new Corporations.Found(List.of(), false);
        return new CorporationFound("", "", "", Optional.empty(), edition(),
                corporations.all(found.numbers().stream().limit(MOST).toList()).stream()
                        .map(CorporationFound.Candidate::of).toList(),
                found.more() || found.numbers().size() > MOST, false, false);
    }
}
