package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.Test;

class PopulationTests {
    private static final StandardVersion VERSION = Published.CHILD_ALLOWANCE;

    private static Population read(String text) { return read(text, 100); }

    private static Population read(String text, int most) {
        return Population.read(text.getBytes(StandardCharsets.UTF_8), VERSION, most);
    }

    private static List<String> refused(String text) { return refused(text.getBytes(StandardCharsets.UTF_8)); }

    private static List<String> refused(byte[] file) {
        try {
            Population.read(file, VERSION, 100);
        } catch (BadInput bad) {
            assertThat(bad.findings()).allSatisfy(f -> assertThat(f.where()).isEqualTo("population"));
            return bad.findings().stream().map((Finding f) -> f.code() + " " + f.message().en()).toList();
        }
        throw new AssertionError("taken");
    }

    @Test
    void aCellIsOfTheTypeOfItsField() {
        var cases = read("""
                \uFEFFname,filed,claimant.birthDate,pension.publicServant,children[0].id,children[0].birthDate,children[1].id,local.payDay
                夏,2026-04-02,1990-01-31,true,c1,2020-05-05,,15
                ,,1991-02-01,false,,,c2,
                """).cases();
        assertThat(cases).hasSize(2);
        var first = cases.getFirst();
        assertThat(first.name()).isEqualTo("夏");
        assertThat(first.filed()).isEqualTo(LocalDate.parse("2026-04-02"));
        assertThat(first.answers()).isEqualTo(Published.json(
                "{'claimant':{'birthDate':'1990-01-31'},'pension':{'publicServant':true},'children':[{'id':'c1','birthDate':'2020-05-05'}]}"));
        assertThat(first.local()).isEqualTo(Published.json("{'payDay':15}"));
        assertThat(cases.get(1).filed()).as("the day in force").isEqualTo(VERSION.ref().day());
        assertThat(cases.get(1).answers().path("children")).isEqualTo(Published.json("[{'id':'c2'}]"));
    }

    @Test
    void jsonComesAsAListAsLinesOrAsOne() {
        assertThat(read("[{\"filed\":\"2026-01-01\",\"answers\":{\"a\":1}},{\"b\":2}]").cases()).extracting(c -> c
                .answers().toString()).containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(read("{\"a\":1}\n\n{\"name\":\"x\",\"answers\":{}}\n").cases()).extracting(Population.Case::name)
                .containsExactly("1行目", "x");
        assertThat(read("{\n\"a\": 1\n}").cases()).hasSize(1);
    }

    @Test
    void everythingWrongIsToldAtOnceWithItsLine() {
        assertThat(refused("name,claimant.height,claimant.birthDate,claimant.birthDate,claimant\n")).hasSize(3)
                .anyMatch(m -> m.startsWith("population.column ") && m.contains("claimant.height"))
                .anyMatch(m -> m.startsWith("population.column-twice"));
        assertThat(refused("filed,pension.publicServant\nまだ,true\n2026-01-01,はい\n2026-01-01,true,4\n"))
                .satisfiesExactly(m -> assertThat(m).contains("line 2", "まだ"), m -> assertThat(m).contains("line 3",
                        "はい", "boolean"), m -> assertThat(m).contains("line 4", "3 cells"));
        assertThat(refused("{\"a\":1}\n{\n{\"answers\":{},\"filed\":\"x\"}\n[1]\n")).hasSize(3);
        assertThat(refused("")).singleElement().asString().startsWith("population.empty");
        assertThat(refused("名前\nあ".getBytes(Charset.forName("Windows-31J")))).singleElement().asString()
                .startsWith("population.utf8");
        assertThat(refused("{\n".repeat(200))).hasSize(50);
    }

    @Test
    void moreThanIsAllowedIsRefusedAndJustThatManyTaken() {
        var line = "{\"a\":1}\n";
        assertThat(read(line.repeat(100), 100).cases()).hasSize(100);
        assertThatThrownBy(() -> read(line.repeat(101), 100)).isInstanceOfSatisfying(BadInput.class, bad -> assertThat(
                bad.findings()).singleElement().extracting(Finding::code).isEqualTo("population.most"));
    }

    @Test
    void theNewestVersionOfAFolderCountsAndWhatIsNoTextIsTold() {
        var folder = new TreeMap<String, byte[]>();
        folder.put("dog/standard.yaml", "id: dog\n".getBytes(StandardCharsets.UTF_8));
        folder.put("dog/.hidden", new byte[]{(byte) 0xff});
        for (var day : List.of("2024-01-01", "2026-01-01"))
            folder.put("dog/" + day + "/form.schema.json", "{}".getBytes(StandardCharsets.UTF_8));
        var faults = new java.util.ArrayList<Fault>();
        assertThat(StandardFiles.newestOfFolder(folder, faults).orElseThrow().ref()).hasToString("dog@2026-01-01");
        assertThat(faults).isEmpty();
        folder.put("dog/2026-01-01/photo.md", new byte[]{(byte) 0xff});
        folder.put("dog/../x.yaml", new byte[0]);
        assertThat(StandardFiles.newestOfFolder(folder, faults)).isEmpty();
        assertThat(faults).extracting(Fault::code).containsExactlyInAnyOrder("path-leaves", "not-utf8");
        var zip = new StandardFiles(jp.kiban.kernel.StandardRef.parse("dog@2026-01-01"), new TreeMap<>(java.util.Map.of(
                "standard.yaml", "id: dog\n", "2024-01-01/a.md", "a", "2026-01-01/a.md", "b"))).zip();
        assertThat(StandardFiles.newestOfZip(zip, new java.util.ArrayList<>()).orElseThrow().ref()).hasToString(
                "dog@2026-01-01");
        var strict = new java.util.ArrayList<Fault>();
        assertThat(StandardFiles.ofZip(zip, strict)).isEmpty();
        assertThat(strict).singleElement().extracting(Fault::code).isEqualTo("one-version");
    }

    @Test
    void aFolderOfABrowserIsInspectedLikeOneOnDiskWhateverItsPathsSay() throws java.io.IOException {
        var folder = new TreeMap<String, byte[]>();
        var root = java.nio.file.Path.of("standards");
        try (var all = java.nio.file.Files.walk(root.resolve("dog-registration"))) {
            for (var file : all.filter(java.nio.file.Files::isRegularFile).toList())
                folder.put("copies/" + root.relativize(file), java.nio.file.Files.readAllBytes(file));
        }
        folder.put("copies/registers.yaml", java.nio.file.Files.readAllBytes(root.resolve("registers.yaml")));
        folder.put("copies/.git/config", new byte[]{(byte) 0xff});
        folder.put("copies/dog-registration/.DS_Store", new byte[]{(byte) 0xff});
        var clean = Inspection.ofFiles(folder);
        assertThat(clean.faults()).isEmpty();
        assertThat(clean.standards()).singleElement().extracting(r -> r.id()).isEqualTo("dog-registration");
        assertThat(clean.examples()).isPositive();
        folder.put("copies/../../etc/passwd", new byte[0]);
        folder.put("/etc/passwd", new byte[0]);
        folder.put("C:\\x.yaml", new byte[0]);
        folder.put("copies/dog-registration/photo.md", new byte[]{(byte) 0xff});
        assertThat(Inspection.ofFiles(folder).faults()).extracting(Fault::code).filteredOn(c -> !c.startsWith("schema"))
                .containsExactlyInAnyOrder("path-leaves", "path-leaves", "path-leaves", "not-utf8");
        for (int i = 0; i < 900; i++)
            folder.put("copies/dog-registration/%03d.md".formatted(i), new byte[0]);
        assertThat(Inspection.ofFiles(folder).faults()).extracting(Fault::code).contains("package-large");
        assertThat(Inspection.ofFiles(new TreeMap<>()).faults()).extracting(Fault::code).containsExactly("no-standard");
    }
}
