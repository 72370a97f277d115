package jp.kiban.authority;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 独自の設定値. What each authority has set for a standard, dated; raw, as it was set. The room `standards` knows the
/// limits and the defaults and is the one to ask for the value in force.
@Component
public final class Parameters {
    private final Store store;
    private final JsonMapper json;

    Parameters(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /// The values that this authority has set for the standard, in force on the day. Missing keys have not been set.
    public Map<String, JsonNode> of(AuthorityId authority, String standard, LocalDate day) {
        return store.in(Scope.of(authority), jdbc -> {
            var values = new LinkedHashMap<String, JsonNode>();
            jdbc.sql("""
                    select distinct on (key) key, value::text from authority.parameter
                    where authority = ? and standard = ? and valid_from <= ? order by key, valid_from desc, set_at desc
                    """).params(authority.code(), standard, day)
                    .query((row, i) -> values.put(row.getString(1), json.readTree(row.getString(2)))).list();
            return values;
        });
    }

    /// Sets one value from a day on; who set it, and by which ordinance if the standard wants one. Limits are the caller's
    /// to check, against the standard's variations.
    public void set(AuthorityId authority, String standard, String key, JsonNode value, LocalDate from, String by,
            String ordinance) {
        store.run(Scope.of(authority), jdbc -> jdbc.sql("""
                insert into authority.parameter (authority, standard, key, value, valid_from, set_by, ordinance)
                values (?, ?, ?, ?::jsonb, ?, ?, ?)
                """).params(authority.code(), standard, key, json.writeValueAsString(value), from, by, ordinance)
                .update());
    }
}
