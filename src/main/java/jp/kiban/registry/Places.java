package jp.kiban.registry;

import jp.kiban.letters.CorporateNumber;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// 所在地の照合. Where the address dictionary says that the seat of a corporation is: its town by id, and the position of the town. The
/// address itself stays as it was registered.
@Component
final class Places {
    private static final int CHUNK = 5_000;
    private final Store store;

    Places(Store store) { this.store = store; }

    /// 照合先. The town by its id in an edition of the dictionary; a position where the dictionary has one.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Place(String lgCode, String machiazaId, String level, @Nullable Double lat, @Nullable Double lng,
            String edition) {}

    /// 照合するもの. Whoever recognises written addresses; empty when it isn't sure of a town.
    interface Matcher {
        Optional<Place> place(String address);

        String edition();
    }

    /// Where the current seat is: what was matched of an earlier one says nothing about it.
    Optional<Place> of(CorporateNumber number) {
        return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select p.lg_code, p.machiaza_id, p.level, p.lat, p.lng, p.edition from registry.corporation_place p
                join registry.corporation c on c.number = p.number and c.digest = p.digest where p.number = ?
                """).params(number.value()).query((row, i) -> new Place(row.getString(1), row.getString(2), row
                .getString(3), row.getObject(4, Double.class), row.getObject(5, Double.class), row.getString(6)))
                .optional());
    }

    /// Changes whenever places do: by how many there are and of which editions.
    String revision() { return store.in(Scope.nation(), jdbc -> jdbc.sql("""
                select coalesce(max(edition), '') || '-' || count(*) from registry.corporation_place
                """).query(String.class).single()); }

    /// 位置のある法人.
    record Located(CorporateNumber number, String name, String address, String lgCode, String machiazaId,
            String level, double lat, double lng) {}

    /// Every corporation with a position, in the order of numbers, as one snapshot.
    void each(String prefecture, Consumer<Located> told) {
        store.run(Scope.nation(), jdbc -> jdbc.sql("""
                select c.number, c.name, c.prefecture || c.city || c.street, p.lg_code, p.machiaza_id, p.level, p.lat, p.lng
                from registry.corporation_place p join registry.corporation c on c.number = p.number and c.digest = p.digest
                where p.lat is not null and not c.hidden and (? = '' or c.prefecture_code = ?) order by c.number
                """).params(prefecture, prefecture).withFetchSize(2000).query(row -> {
            told.accept(new Located(CorporateNumber.of(row.getLong(1)), row.getString(2), row.getString(3), row
                    .getString(4), row.getString(5), row.getString(6), row.getDouble(7), row.getDouble(8)));
        }));
    }

    private record Seat(long number, long digest, String address) {}

    /// Looks up every seat that is new, changed, or was matched with another edition of the dictionary; goes on where it was stopped.
    /// Answers how many were looked up and how many found.
    long[] match(Matcher matcher, BooleanSupplier stop) {
        long from = 0;
        long[] counts = new long[2];
        while (true) {
            long after = from;
            var seats = store.in(Loadings.KEEPER, jdbc -> jdbc.sql("""
                    select c.number, c.digest, c.prefecture || c.city || c.street from registry.corporation c
                    left join registry.corporation_place p on p.number = c.number and p.digest = c.digest and p.edition = ?
                    where c.number > ? and p.number is null and c.outside = '' and c.prefecture <> '' order by c.number limit ?
                    """).params(matcher.edition(), after, CHUNK).query((row, i) -> new Seat(row.getLong(1), row.getLong(
                    2), row.getString(3))).list());
            if (seats.isEmpty() || stop.getAsBoolean())
                return counts;
            var found = new ArrayList<Seat>();
            var placed = new ArrayList<Place>();
            for (var seat : seats)
                matcher.place(seat.address()).ifPresent(place -> {
                    found.add(seat);
                    placed.add(place);
                });
            keep(found, placed);
            counts[0] += seats.size();
            counts[1] += found.size();
            from = seats.getLast().number();
        }
    }

    private void keep(List<Seat> seats, List<Place> places) {
        if (seats.isEmpty())
            return;
        store.run(Loadings.KEEPER, jdbc -> jdbc.sql("""
                insert into registry.corporation_place (number, digest, lg_code, machiaza_id, level, lat, lng, edition)
                select * from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::float8[], ?::float8[], ?::text[])
                on conflict (number) do update set digest = excluded.digest, lg_code = excluded.lg_code,
                  machiaza_id = excluded.machiaza_id, level = excluded.level, lat = excluded.lat, lng = excluded.lng,
                  edition = excluded.edition
                """).params(seats.stream().map(Seat::number).toArray(Long[]::new), seats.stream().map(Seat::digest)
                .toArray(Long[]::new), texts(places, Place::lgCode), texts(places, Place::machiazaId),
                texts(places,
                        Place::level),
                places.stream().map(Place::lat).toArray(Double[]::new), places.stream().map(Place::lng)
                        .toArray(Double[]::new),
                texts(places, Place::edition)).update());
    }

    private static String[] texts(List<Place> places, Function<Place, String> part) {
        return places.stream().map(part).toArray(String[]::new);
    }
}
