package jp.kiban.payment;

import java.util.List;

/// 総合振込のレコード様式. The four records of 120 bytes, slot by slot (全国銀行協会 総合振込, 種別21). Positions count bytes from 1.
enum ZenginLayout {
    HEADER('1', List.of(n("データ区分", 1), n("種別コード", 2), n("コード区分", 1), n("振込依頼人コード", 10), name("振込依頼人名", 40),
            n("振込指定日", 4), n("仕向銀行番号", 4), bank("仕向銀行名", 15), n("仕向支店番号", 3), bank("仕向支店名", 15), n("預金種目", 1),
            n("口座番号", 7), blank(17))), DATA('2',
                    List.of(n("データ区分", 1), n("被仕向銀行番号", 4), bank("被仕向銀行名", 15), n("被仕向支店番号", 3),
                            bank("被仕向支店名", 15), optional("手形交換所番号", 4), n("預金種目", 1), n("口座番号", 7),
                            name("受取人名", 30), n("振込金額", 10), n("新規コード", 1), optional("顧客コード1", 10),
                            optional("顧客コード2", 10), optional("振込指定区分", 1), free("識別表示", 1), blank(7))), TRAILER(
                                    '8', List.of(n("データ区分", 1), n("合計件数", 6), n("合計金額", 12), blank(101))), END('9',
                                            List.of(n("データ区分", 1), blank(119)));

    /// 属性. What a slot may hold: digits filled with zeros from the left; digits or nothing at all; a party's name; a bank's
    /// name; Y or a space; nothing.
    enum Kind {
        NUMBER, NUMBER_OR_BLANK, PARTY_NAME, BANK_NAME, FLAG, BLANK
    }

    /// 項目. One slot and its length in bytes.
    record Slot(String name, Kind kind, int bytes) {}

    static final int RECORD = 120;
    private final char type;
    private final List<Slot> slots;

    ZenginLayout(char type, List<Slot> slots) {
        this.type = type;
        this.slots = slots;
    }

    char type() { return type; }

    List<Slot> slots() { return slots; }

    /// The byte, from 1, where the slot of this index begins.
    int position(int slot) { return 1 + slots.subList(0, slot).stream().mapToInt(Slot::bytes).sum(); }

    private static Slot n(String name, int bytes) { return new Slot(name, Kind.NUMBER, bytes); }

    private static Slot optional(String name, int bytes) { return new Slot(name, Kind.NUMBER_OR_BLANK, bytes); }

    private static Slot name(String name, int bytes) { return new Slot(name, Kind.PARTY_NAME, bytes); }

    private static Slot bank(String name, int bytes) { return new Slot(name, Kind.BANK_NAME, bytes); }

    private static Slot free(String name, int bytes) { return new Slot(name, Kind.FLAG, bytes); }

    private static Slot blank(int bytes) { return new Slot("ダミー", Kind.BLANK, bytes); }
}
