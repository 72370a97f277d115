package jp.kiban.identity;

import java.util.Locale;

/// 入口. The two doors of the sign-in; each trusts its own certification authority and no other.
public enum Door {
    /// 住民: the user-authentication certificate of the Individual Number Card (公的個人認証法).
    RESIDENT,
    /// 職員・府省: the certificate of an officer's card.
    STAFF;

    /// As addresses and folders spell it: `resident`, `staff`.
    public String path() { return name().toLowerCase(Locale.ROOT); }

    static Door of(String path) { return path.equals("staff") ? STAFF : RESIDENT; }
}
