package jp.kiban;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import jp.kiban.kernel.AuthorityId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The keeper of the registries in a house that is killed: a release of the address dictionary is built and a file of lots is loaded
/// while it happens.
final class RegistryUnderKills {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AuthorityId KEEPER = AuthorityId.of("GDIG00");
    private static final int TOWNS = 120_000;
    private static final int LOTS = 160_000;

    /// An answered call to the house.
    interface Call {
        java.net.http.HttpResponse<String> to(String token, String method, String path)
                throws IOException, InterruptedException;
    }

    private final Path data;
    private final Call call;
    private String proposer = "";
    private String approver = "";
    private int release;
    private int load;

    RegistryUnderKills(Path data, Call call) {
        this.data = data;
        this.call = call;
    }

    /// Lays the files in, and has both begun by the keeper's two people.
    void begin(Connection database) throws Exception {
        proposer = Crowd.officer(database, KEEPER, "kill-tanto", "MINISTRY");
        approver = Crowd.officer(database, KEEPER, "kill-shonin", "MINISTRY");
        var incoming = Files.createDirectories(data.resolve("registry/incoming"));
        Files.writeString(incoming.resolve("kill-cities.csv"), """
                lg_code,pref,pref_kana,county,city,city_kana,ward,ward_kana
                240001,三重県,ミエケン,,,,,
                242012,三重県,ミエケン,,津市,ツシ,,
                """);
        var towns = new StringBuilder(
                "lg_code,machiaza_id,machiaza_type,pref,city,oaza_cho,chome,koaza,rsdt_addr_flg,ablt_date,post_code,lat,lng\n");
        for (int i = 1; i <= TOWNS; i++)
            towns.append("242012,%07d,1,三重県,津市,町%d,,,0,,,34.7,136.5\n".formatted(i, i));
        Files.writeString(incoming.resolve("kill-towns.csv"), towns);
        var lots = new StringBuilder(
                "lg_code,machiaza_id,prc_id,oaza_cho,chome,koaza,prc_num1,prc_num2,prc_num3,rsdt_addr_flg,efct_date,ablt_date,real_prop_num\n");
        for (int i = 1; i <= LOTS; i++)
            lots.append("242012,0001000,%06d0000000,丸之内,,,%d,,,1,2001-04-02,,\n".formatted(i, i));
        Files.write(incoming.resolve("mt_parcel_city242012_20261101.csv"),
                lots.toString().getBytes(StandardCharsets.UTF_8));
        release = said(proposer, "/api/registry/desk/dictionaries").get("id").asInt();
        for (String name : new String[]{"kill-cities.csv", "kill-towns.csv"})
            said(proposer, "/api/registry/desk/dictionaries/" + release + "/files?incoming=" + name);
        build();
        load = said(proposer, "/api/registry/desk/loadings?incoming=mt_parcel_city242012_20261101.csv").get("id")
                .asInt();
        said(approver, "/api/registry/desk/loadings/" + load + "?act=approve");
    }

    private void build() throws IOException, InterruptedException {
        said(proposer, "/api/registry/desk/dictionaries/" + release + "?act=build");
    }

    private JsonNode said(String token, String path) throws IOException, InterruptedException {
        var answer = call.to(token, "POST", path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /// Comes back when both are in the middle, or one is done already.
    void inTheMiddle(Connection database) throws SQLException {
        for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end; pause())
            if (one(database, "select line > 0 or stage = 'DONE' from registry.loading where id = " + load)
                    .equals("t"))
                return;
    }

    /// After the last start: the load goes on by itself and is whole; the release is built, or it waits and says why, and one press
    /// builds it.
    void isWhole(Connection database) throws Exception {
        until(database, "select stage from registry.loading where id = " + load, "DONE");
        assertThat(one(database, "select added || ' ' || bad from registry.loading where id = " + load))
                .isEqualTo(LOTS + " 0");
        assertThat(one(database, "select count(*) || ' ' || count(distinct prc_id) from registry.lot where loading = "
                + load)).as("every lot once").isEqualTo(LOTS + " " + LOTS);
        assertThat(one(database,
                "select count(*) from store.event where kind = 'registry.EditionLoaded' and subject = 'lots/"
                        + load + "'"))
                .as("told once").isEqualTo("1");
        until(database, "select (stage <> 'BUILDING')::text from registry.dictionary_release where id = " + release,
                "true");
        String stage = one(database, "select stage from registry.dictionary_release where id = " + release);
        String told = one(database, "select said from registry.dictionary_release where id = " + release);
        var folder = data.resolve("registry/dictionaries/" + release);
        if (stage.equals("COLLECTING")) {
            assertThat(told).startsWith("INTERRUPTED");
            assertThat(left(folder)).as("nothing of what was cut off").doesNotContain("addresses.dict",
                    "outcome.properties", ".part");
            build();
            until(database, "select stage from registry.dictionary_release where id = " + release, "BUILT");
        }
        assertThat(one(database, "select stage || ' ' || towns from registry.dictionary_release where id = " + release))
                .isEqualTo("BUILT " + TOWNS);
        assertThat(left(folder)).contains("addresses.dict").doesNotContain(".part");
        System.out.printf("registry: the load of %,d lots went on from line %s; the release of %,d towns was %s %s%n",
                LOTS,
                one(database, "select resumed_at from registry.loading where id = " + load), TOWNS, stage, told);
    }

    private static String left(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return String.join(" ", all.map(f -> String.valueOf(f.getFileName())).sorted().toList());
        }
    }

    private static void until(Connection database, String sql, String wanted) throws SQLException {
        for (long end = System.nanoTime() + 180_000_000_000L; System.nanoTime() < end; pause())
            if (one(database, sql).equals(wanted))
                return;
        assertThat(one(database, sql)).as(sql).isEqualTo(wanted);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static String one(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement(); var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
