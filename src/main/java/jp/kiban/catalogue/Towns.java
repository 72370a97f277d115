package jp.kiban.catalogue;

import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;

/// 町の台帳. What the address registry knows of the towns that a trial is limited to. The registry stands further on in the house and answers
/// through this.
public interface Towns {
    /// 町. `id` is `242012/0117000`; of a whole municipality or ward the six digits alone.
    record Place(String id, String name) {}

    /// Whether towns are known at all; otherwise an area stays the text that it is.
    boolean known();

    /// The places inside the municipality that a text can mean, to its end: one, several, or none.
    List<Place> within(AuthorityId authority, String written);

    /// The registered name of an id; empty where the dictionary in use does not know it.
    Optional<String> name(String id);
}
