package jp.kiban.demo;

import java.util.TreeMap;
import jp.kiban.address.AddressIds;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;
import jp.kiban.registry.AddressFound;
import jp.kiban.registry.AddressHolder;
import jp.kiban.registry.Addresses;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// 見本の住民の住所. The demonstration's register of residents keeps addresses as text: they are looked up in the dictionary in use and
/// counted by town, so that no person is named.
@Component
@Demo
@Order(40)
final class DemoAddresses implements AddressHolder {
    private final Store store;
    private final Addresses addresses;

    DemoAddresses(Store store, Addresses addresses) {
        this.store = store;
        this.addresses = addresses;
    }

    @Override
    public String code() { return "residents"; }

    @Override
    public Text title() { return new Text("住民（見本）", "住民（じゅうみん）（見本）", "Residents (sample)"); }

    @Override
    public Page held(AuthorityId authority, String after, int limit) {
        record Row(String person, String address) {}
        var rows = store.in(Scope.of(authority),
                jdbc -> jdbc.sql("""
                select person, address from demo.person where authority = ? and person > ? and address <> '' order by person limit ?
                """).params(authority.code(), after, limit)
                        .query((row, i) -> new Row(row.getString(1), row.getString(2)))
                        .list());
        var towns = new TreeMap<String, Held>();
        for (var row : rows) {
            AddressFound found = addresses.found(row.address());
            AddressIds ids = found.ids();
            if (!ids.machiazaId().isEmpty())
                towns.merge(ids.lgCode() + ids.machiazaId(),
                        new Held("", ids.lgCode(), ids.machiazaId(), found.dataVersion(), 1),
                        (one, other) -> new Held("", one.lgCode(), one.machiazaId(), one.dataVersion(),
                                one.records() + other.records()));
        }
        return new Page(towns.values().stream().toList(), rows.size() < limit ? "" : rows.getLast().person());
    }
}
