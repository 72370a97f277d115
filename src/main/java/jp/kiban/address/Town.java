package jp.kiban.address;

import java.util.List;
import java.util.Optional;

/// 町字. One row of the dictionary as registered: an oaza, chome or koaza with its municipality. `machiazaId` is empty for towns that
/// only sources without ids know. `origins` names the sources that have it.
public record Town(String lgCode, String machiazaId, String pref, String county, String city, String ward, String oaza,
        String chome, String koaza, String kana, String postalCode, boolean residential, Optional<Position> position,
        List<String> origins) {
    /// County, city and ward as one name.
    public String cityName() { return county + city + ward; }

    /// Oaza, chome and koaza as one name.
    public String townName() { return oaza + chome + koaza; }

    /// The whole name, from the prefecture on.
    public String name() { return pref + cityName() + townName(); }
}
