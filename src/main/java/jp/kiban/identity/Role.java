package jp.kiban.identity;

import jp.kiban.kernel.Text;

/// 役割. What somebody may be allowed to do, in the words of an office.
public enum Role {
    /// Everybody, signed in or not.
    ANYONE(new Text("だれでも", "だれでも", "Anyone")),
    /// 住民.
    RESIDENT(new Text("住民", "住民（じゅうみん）", "Resident")),
    /// 受付: takes applications in, asks for corrections.
    RECEPTION(new Text("受付", "受付（うけつけ）", "Reception")),
    /// 審査: examines, proposes a decision.
    REVIEW(new Text("審査", "審査（しんさ）＝内容を調べる人", "Review")),
    /// 決裁: decides on another's proposal.
    APPROVAL(new Text("決裁", "決裁（けっさい）＝決める人", "Approval")),
    /// 会計: prepares payments.
    TREASURY(new Text("会計", "会計（かいけい）＝お金を払う人", "Treasury")),
    /// 府省: sees the figures of the whole country, never a person.
    MINISTRY(new Text("府省", "府省（ふしょう）＝国の役所", "Ministry"));

    private final Text title;

    Role(Text title) { this.title = title; }

    public Text title() { return title; }
}
