package jp.kiban.address;

/// 一致の深さ. How far into an address the dictionary could follow; the number is what `match_level` shows.
public enum AddressLevel {
    /// Nothing was recognised.
    NONE(0),
    /// 都道府県.
    PREFECTURE(1),
    /// 市区町村, with the ward where the city has wards.
    CITY(2),
    /// 町字: oaza, chome or koaza.
    TOWN(3),
    /// 街区: the block of a 住居表示, whose residence number is not in the dictionary.
    BLOCK(7),
    /// 住居番号.
    RESIDENCE(8),
    /// 地番.
    LOT(8);

    private final int number;

    AddressLevel(int number) { this.number = number; }

    public int number() { return number; }

    public boolean atLeast(AddressLevel other) { return number >= other.number; }
}
