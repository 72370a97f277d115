package jp.kiban.demo;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;

/// デモの利用者. Somebody as whom a demonstration can sign in: the card's id and PIN, whose card it is (a resident by
/// 宛名番号, an officer by 職員番号), and the short story to choose by.
record DemoSignIn(String card, String pin, Kind kind, AuthorityId authority, String id, String name, String kana,
        Text story) {
    /// Which door the card opens.
    enum Kind {
        RESIDENT, OFFICER, MINISTRY
    }
}
