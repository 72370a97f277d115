package jp.kiban.registry;

import java.util.List;
import java.util.Set;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;

/// 住所IDの持ち手. Whoever keeps ids of towns beside its records. Ids change between releases of the address registry, so before a new
/// dictionary is taken into use the keeper is told how many records it concerns, and each authority which ones.
public interface AddressHolder {
    /// As in addresses: `submissions`.
    String code();

    /// What the records are, in words.
    Text title();

    /// The records of an authority whose towns are known by id, in the order of what `next` goes on from.
    Page held(AuthorityId authority, String after, int limit);

    /// Where an officer of the authority sees one of the records; empty where they are only counted.
    default String path(String item) { return ""; }

    /// Those of these records whose place an officer may not read without saying why (支援措置): their towns are told without the record.
    default Set<String> unnamed(AuthorityId authority, Set<String> items) { return Set.of(); }

    /// 一頁. `next` is empty on the last one.
    record Page(List<Held> held, String next) {
        public Page { held = List.copyOf(held); }
    }

    /// 一件. `item` names the record for its authority (never a person), empty for a count; `dataVersion` is of the dictionary that gave
    /// the ids, empty where a registry itself gave them.
    record Held(String item, String lgCode, String machiazaId, String dataVersion, long records) {}
}
