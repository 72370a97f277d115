package jp.kiban.registry;

import java.util.List;
import java.util.stream.Stream;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/// この部屋の住所ID. The seats of corporations and the places of real estate, counted by town for the municipality that they are in. Seats
/// are looked up again by themselves when another dictionary is in force; the ids of real estate are the registry's own.
@Configuration(proxyBeanMethods = false)
class AddressHolders {
    private static final String SEATS = """
            select p.lg_code, p.machiaza_id, p.edition, count(*) from registry.corporation_place p
            where p.lg_code = any(?) and p.machiaza_id <> '' and p.lg_code || p.machiaza_id > ?
            group by 1, 2, 3 order by 1, 2, 3 limit ?
            """;
    private static final String PROPERTIES = """
            select lg_code, machiaza_id, '' as edition, count(distinct number) from registry.property
            where lg_code = any(?) and machiaza_id <> '' and valid_until is null and until_loading is null
              and lg_code || machiaza_id > ?
            group by 1, 2 order by 1, 2 limit ?
            """;

    @Bean
    @Order(20)
    AddressHolder corporationSeats(Store store, Authorities authorities) {
        return new ByTown("corporations", BaseRegistry.CORPORATIONS.title(), SEATS, store, authorities);
    }

    @Bean
    @Order(30)
    AddressHolder realEstatePlaces(Store store, Authorities authorities) {
        return new ByTown("real-estate", BaseRegistry.REAL_ESTATE.title(), PROPERTIES, store, authorities);
    }

    /// By town, within a municipality and its wards; nothing for anybody else.
    private record ByTown(String code, Text title, String sql, Store store,
            Authorities authorities) implements AddressHolder {
        @Override
        public Page held(AuthorityId authority, String after, int limit) {
            if (authorities.find(authority).filter(a -> a.kind().isMunicipality()).isEmpty())
                return new Page(List.of(), "");
            var codes = Stream.concat(Stream.of(authority.code()),
                    authorities.all().stream().filter(a -> a.kind() == Authority.Kind.DESIGNATED_WARD
                            && a.parent().filter(authority::equals).isPresent()).map(a -> a.id().code()))
                    .toArray(String[]::new);
            // in the keeper's name: a registry of the nation, of which a municipality is told its towns
            var held = store.in(Scope.of(BaseRegistry.KEEPER), jdbc -> jdbc.sql(sql).params(codes, after, limit)
                    .query((row, i) -> new Held("", row.getString(1), row.getString(2), row.getString(3),
                            row.getLong(4)))
                    .list());
            // one town may stand in several editions: its rows are not torn apart, for the next page begins behind it
            if (held.size() < limit)
                return new Page(held, "");
            var last = held.getLast();
            var whole = held.stream()
                    .filter(h -> !(h.lgCode() + h.machiazaId()).equals(last.lgCode() + last.machiazaId()))
                    .toList();
            if (whole.isEmpty())
                return new Page(held, last.lgCode() + last.machiazaId());
            return new Page(whole, whole.getLast().lgCode() + whole.getLast().machiazaId());
        }
    }
}
