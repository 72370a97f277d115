package jp.kiban.identity;

import java.util.Set;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.portal.Given;

/// 行為者. Who acts in a request. A controller method that names `Actor`, `Actor.Resident` or `Actor.Officer` as a
/// parameter is given the one who is signed in; the type is the proof that the policy let them through.
public sealed interface Actor extends Given {
    /// 未確認. Somebody who has not signed in.
    record Nobody() implements Actor {}

    /// 住民. A resident, as one authority knows them.
    record Resident(AuthorityId authority, PersonId person) implements Actor {}

    /// 職員. An officer of one authority, of a ministry where the authority is national. The name is the officer's own, as
    /// their authority entered it: acts of an authority are signed by name.
    record Officer(AuthorityId authority, String id, String name, Set<Role> roles) implements Actor {
        public Officer {
            if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}"))
                throw new IllegalArgumentException("not an officer id (letters, digits, . _ -; at most 40): " + id);
            if (roles.isEmpty() || roles.contains(Role.ANYONE) || roles.contains(Role.RESIDENT))
                throw new IllegalArgumentException("an officer has at least one role, all of them officers': " + roles);
            roles = Set.copyOf(roles);
        }

        public boolean may(Role role) { return roles.contains(role); }
    }
}
