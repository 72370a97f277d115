package jp.kiban.address;

/// 住所の部分. The registered names of what was recognised; a part that is absent is empty. `street` is the 通り名 of Kyoto as
/// written, `block` and `number` the 街区符号・住居番号 or the 地番 in half-width digits (`16`, `18-2`).
public record AddressParts(String pref, String county, String city, String ward, String oaza, String chome,
        String koaza, String street, String block, String number) {
    static final AddressParts NONE = new AddressParts("", "", "", "", "", "", "", "", "", "");

    /// County, city and ward as one name, as on an envelope.
    public String cityName() { return county + city + ward; }

    /// Oaza, chome and koaza as one name.
    public String townName() { return chome.isEmpty() && koaza.isEmpty() ? oaza : oaza + chome + koaza; }
}
