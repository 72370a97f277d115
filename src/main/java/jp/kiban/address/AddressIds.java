package jp.kiban.address;

/// 識別子. 全国地方公共団体コード (6 digits), 町字ID (7), and where the dictionary holds them 街区ID, 住居ID, 住居2ID or 地番ID (15).
/// An id that is not known is empty. Ids of towns change between releases of the registry: keep them together with the version of
/// the dictionary.
public record AddressIds(String lgCode, String machiazaId, String blkId, String rsdtId, String rsdt2Id, String prcId) {
    static final AddressIds NONE = new AddressIds("", "", "", "", "", "");
}
