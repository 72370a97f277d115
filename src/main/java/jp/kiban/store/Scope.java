package jp.kiban.store;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;

/// 権限の範囲. In whose name a transaction reads and writes; the database's row-level security enforces it. One
/// transaction has one scope.
public sealed interface Scope {
    /// Rows of one authority: its officers, and what the platform does for it.
    record Of(AuthorityId authority) implements Scope {}

    /// Rows of one person within one authority: a resident who is signed in.
    record Resident(AuthorityId authority, PersonId person) implements Scope {}

    /// All authorities, only in tables that keep no personal data and say so in their policy (figures, costs, public
    /// tables).
    record Nation() implements Scope {}

    static Scope of(AuthorityId authority) { return new Of(authority); }

    static Scope resident(AuthorityId authority, PersonId person) { return new Resident(authority, person); }

    static Scope nation() { return new Nation(); }
}
