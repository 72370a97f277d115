package jp.kiban.registry;

import java.util.Optional;
import jp.kiban.address.AddressLevel;
import jp.kiban.address.AddressMatch;
import jp.kiban.address.AddressMatcher;
import jp.kiban.address.Position;

/// 町字の照合. A seat is where the dictionary says so without a doubt: at least a town, and no other place that fits as well.
final class TownMatcher implements Places.Matcher {
    private final AddressMatcher matcher;
    private final String edition;

    TownMatcher(AddressMatcher matcher, String edition) {
        this.matcher = matcher;
        this.edition = edition;
    }

    @Override
    public String edition() { return edition; }

    @Override
    public Optional<Places.Place> place(String address) {
        AddressMatch match = matcher.match(address);
        if (match.ambiguous() || !match.level().atLeast(AddressLevel.TOWN))
            return Optional.empty();
        var position = match.position().filter(p -> p.of().atLeast(AddressLevel.TOWN));
        return Optional.of(new Places.Place(match.ids().lgCode(), match.ids().machiazaId(), match.level().name(),
                position.map(Position::latitude).orElse(null), position.map(Position::longitude).orElse(null),
                edition));
    }
}
