package jp.kiban.registry;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.kiban.address.AddressIds;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.catalogue.Towns;
import jp.kiban.kernel.AuthorityId;
import org.springframework.stereotype.Component;

/// 試行の町. Reads the towns that a municipality limits a trial to, with the dictionary in use.
@Component
final class TrialTowns implements Towns {
    private static final int MOST_CHOME = 50;
    private static final Pattern CHOME = Pattern.compile("[0-9０-９一二三四五六七八九十]+丁目");

    private final Addresses addresses;
    private final Authorities authorities;

    TrialTowns(Addresses addresses, Authorities authorities) {
        this.addresses = addresses;
        this.authorities = authorities;
    }

    @Override
    public boolean known() { return addresses.knowsTowns(); }

    @Override
    public List<Place> within(AuthorityId authority, String written) {
        var own = read(authority, written);
        return own.isEmpty() && authorities.find(authority).isPresent()
                ? read(authority,
                        authorities.prefectureOf(authority).name() + authorities.get(authority).name() + written)
                : own;
    }

    /// What is left over after the town is no town: such an area would be smaller than it says.
    private List<Place> read(AuthorityId authority, String written) {
        var found = addresses.found(written);
        var places = found.candidates().isEmpty() && found.recognised()
                ? Stream.of(new AddressFound.Candidate(found.name(), found.ids()))
                : found.candidates().stream();
        return found.rest().isBlank()
                ? places.filter(c -> isOf(authority, c.ids())).flatMap(c -> place(c).stream()).distinct().toList()
                : List.of();
    }

    /// A town of which only the chōme are registered has their first four digits and 000.
    private Optional<Place> place(AddressFound.Candidate found) {
        var ids = found.ids();
        if (!ids.machiazaId().isEmpty())
            return Optional.of(new Place(ids.lgCode() + "/" + ids.machiazaId(), found.name()));
        if (addresses.nameOf(ids.lgCode(), "").filter(found.name()::equals).isPresent())
            return Optional.of(new Place(ids.lgCode(), found.name()));
        var towns = addresses.search(found.name(), MOST_CHOME).stream().filter(s -> s.lgCode().equals(ids.lgCode()) && s
                .machiazaId().length() == 7 && CHOME.matcher(
                        s.name().substring(Math.min(s.name().length(), found.name()
                                .length())))
                        .matches()
                && s.name().startsWith(found.name())).map(s -> s.machiazaId().substring(0,
                        4))
                .distinct().toList();
        return towns.size() == 1
                ? Optional.of(new Place(ids.lgCode() + "/" + towns.getFirst() + "000", found.name()))
                : Optional.empty();
    }

    private boolean isOf(AuthorityId authority, AddressIds ids) {
        return ids.lgCode().equals(authority
                .code()) || AuthorityId.isValid(ids.lgCode())
                        && authorities.find(AuthorityId
                                .of(ids.lgCode()))
                                .filter(a -> a.kind() == Authority.Kind.DESIGNATED_WARD && a.parent().filter(
                                        authority::equals).isPresent())
                                .isPresent();
    }

    @Override
    public Optional<String> name(String id) {
        var parts = (id + "/").split("/", -1);
        return addresses.nameOf(parts[0], parts[1]);
    }
}
