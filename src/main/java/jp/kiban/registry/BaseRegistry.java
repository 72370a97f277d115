package jp.kiban.registry;

import java.util.Arrays;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;

/// ベース・レジストリ. The registries of this house, each with the body that keeps it here and the one whose data it is by law. The keeper
/// loads what the owner publishes, and passes on to the owner what people say is wrong with it.
public enum BaseRegistry {
    CORPORATIONS("corporations", new Text("法人", "法人（会社など）", "Corporations"),
            new Text("国税庁（法人番号公表サイト）", "国税庁（こくぜいちょう）", "National Tax Agency (Corporate Number Publication Site)"),
            true), //
    REAL_ESTATE("real-estate", new Text("不動産", "土地（とち）と 建物（たてもの）", "Real estate"),
            new Text("法務省（登記所）", "法務省（ほうむしょう）", "Ministry of Justice (registry offices)"), false), //
    LOTS("lots", new Text("地番", "土地（とち）の 番号（ばんごう）", "Lots"),
            new Text("デジタル庁（アドレス・ベース・レジストリ 地番マスター、法務省の地図データによる）", "デジタル庁（ちょう）と 法務省（ほうむしょう）",
                    "Digital Agency (Address Base Registry, lots; from map data of the Ministry of Justice)"),
            true), //
    AUTHORITIES("authorities", new Text("地方公共団体", "市・町・村・県", "Local governments"),
            new Text("総務省（全国地方公共団体コード）", "総務省（そうむしょう）", "Ministry of Internal Affairs (codes of local governments)"),
            true), //
    POSTAL_CODES("postal-codes", new Text("郵便番号", "郵便番号（ゆうびんばんごう）", "Postal codes"),
            new Text("日本郵便株式会社", "日本郵便（にほんゆうびん）", "Japan Post Co., Ltd."), true), //
    ADDRESSES("addresses", new Text("住所（町字）", "住所（じゅうしょ）", "Addresses (towns)"),
            new Text("デジタル庁（アドレス・ベース・レジストリ）", "デジタル庁（ちょう）", "Digital Agency (Address Base Registry)"), true);

    /// The body that keeps all registries in this house.
    static final AuthorityId KEEPER = AuthorityId.of("GDIG00");

    private final String code;
    private final Text title;
    private final Text owner;
    private final boolean open;

    BaseRegistry(String code, Text title, Text owner, boolean open) {
        this.code = code;
        this.title = title;
        this.owner = owner;
        this.open = open;
    }

    /// As in addresses and in the database: `corporations`.
    public String code() { return code; }

    public Text title() { return title; }

    /// The body whose data it is by law.
    public Text owner() { return owner; }

    /// The body that keeps it in this house.
    public AuthorityId keeper() { return KEEPER; }

    /// Whether everybody may see its items; else officers only.
    public boolean open() { return open; }

    public static Optional<BaseRegistry> of(String code) {
        return Arrays.stream(values()).filter(r -> r.code.equals(code)).findFirst();
    }
}
