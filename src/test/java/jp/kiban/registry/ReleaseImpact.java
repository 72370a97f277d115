package jp.kiban.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/// What a new dictionary concerns of a holder's records, on a real database without the house.
public final class ReleaseImpact implements AutoCloseable {
    /// The version that the difference is from.
    public static final String BEFORE = "version-of-today";

    private final Path folder;
    final Hand hand;
    private final Store store;
    private final DictionaryReleases releases;
    private int release;

    public ReleaseImpact(Path folder) {
        this.folder = folder;
        hand = new Hand(folder);
        store = hand.storeOfMany();
        releases = new DictionaryReleases(store, hand.events(), hand.clock);
    }

    public Store store() { return store; }

    /// `242012 submissions GONE 2`, for rows `what,lg_code,machiaza_id,before,after,metres` in the order of the ids.
    public List<String> numbers(AddressHolder holder, String... rows) throws IOException {
        var holders = new StaticListableBeanFactory();
        holders.addBean("holder", holder);
        if (release != 0)
            releases.discard(release);
        release = releases.begin("tanto", "次の版");
        var difference = Files.writeString(folder.resolve("difference.csv"),
                "what,lg_code,machiaza_id,before,after,metres\r\n"
                        + String.join("\r\n", rows) + "\r\n");
        return new DictionaryImpact(holders.getBeanProvider(AddressHolder.class), new Authorities(), releases)
                .of(release,
                        "version-of-tomorrow", BEFORE, difference, () -> true)
                .touches().stream().map(t -> t.authority() + " " + t
                        .holder() + " " + t.what() + " " + t.records())
                .toList();
    }

    /// The records of an authority that were kept for its own officers: `A1 242012/0117000 1`.
    public List<String> records(String authority) {
        return store.in(Scope.of(AuthorityId.of(authority)), jdbc -> jdbc.sql("""
                select item, lg_code, machiaza_id, records from registry.dictionary_touched where release = ?
                order by item, lg_code, machiaza_id
                """).params(release).query((row, i) -> (row.getString(1) + " " + row.getString(2) + "/" + row.getString(
                3) + " " + row.getLong(4)).strip()).list());
    }

    @Override
    public void close() { hand.close(); }
}
