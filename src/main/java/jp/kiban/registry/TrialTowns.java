package jp.kiban.registry;

import java.util.List;
import java.util.Optional;
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
                ? read(authority, authorities.prefectureOf(authority).name() + authorities.get(authority).name() + written)
                : own;
    }

    /// What is left over after the town is no town: such an area would be smaller than it says.
    private List<Place> read(AuthorityId authority, String written) {
        var found = addresses.found(written);
        var places = found.candidates().isEmpty() && found.recognised()
                ? Stream.of(new AddressFound.Candidate(found.name(), found.ids()))
                : found.candidates().stream();
        return found.rest().isBlank()
                ? places.filter(c -> isOf(authority, c.ids())).map(c -> new Place(c.key().replaceFirst("/$", ""), c
                        .name())).distinct().toList()
                : List.of();
    }

    private boolean isOf(AuthorityId authority, AddressIds ids) {
        return ids.lgCode().equals(authority.code()) || AuthorityId.isValid(ids.lgCode()) && authorities.find(AuthorityId
                .of(ids.lgCode())).filter(a -> a.kind() == Authority.Kind.DESIGNATED_WARD && a.parent().filter(
                        authority::equals).isPresent()).isPresent();
    }

    @Override
    public Optional<String> name(String id) {
        var parts = (id + "/").split("/", -1);
        return addresses.nameOf(parts[0], parts[1]);
    }
}
