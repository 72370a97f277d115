package jp.kiban.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every sample file of the address base registry and of the position reference information is imported as it is published, and
/// each of its rows is either in the dictionary or named in the report. `main` writes the table of docs/reference/generated.
class SampleFilesTests {
    private static final String FOLDER = "abr-samples";
    private static final String CITIES = FOLDER + "/mt_city_mt_city_all.csv.zip";
    @TempDir
    Path folder;

    @Test
    void everySampleIsImportedWholeWithAllTheOthers() throws IOException {
        SharedFiles.needed(getClass(), CITIES);
        var files = samples(SharedFiles.file(FOLDER));
        assertThat(files).isNotEmpty();
        var build = AddressDictionary.build(files, folder.resolve("all.dict"), step -> {
        });
        assertThat(build.sources()).hasSameSizeAs(files);
        for (int i = 0; i < files.size(); i++) {
            var source = source(build, files.get(i));
            assertThat(source.rows()).as(source.name()).isEqualTo(lines(files.get(i)) - 1).isPositive();
        }
        assertThat(build.towns()).isPositive();
        build.defects().defects().forEach(defect -> {
            assertThat(defect.file()).isNotBlank();
            assertThat(defect.row()).as("a line below the header").isGreaterThan(1);
        });
    }

    @Test
    void eachSampleIsImportedWithTheMunicipalitiesAlone() throws IOException {
        SharedFiles.needed(getClass(), CITIES);
        var cities = SharedFiles.file(CITIES);
        for (var file : samples(SharedFiles.file(FOLDER))) {
            var sources = file.equals(cities) ? List.of(cities) : List.of(cities, file);
            var build = AddressDictionary.build(sources, folder.resolve("one.dict"), step -> {
            });
            assertThat(source(build, file).rows()).as(file.toString()).isEqualTo(lines(file) - 1);
        }
    }

    private static List<Path> samples(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(".zip")).sorted().toList();
        }
    }

    private static AddressDictionary.Source source(AddressDictionary.Build build, Path file) throws IOException {
        String digest = DictionaryBuild.sha256(file);
        return build.sources().stream().filter(s -> s.sha256().equals(digest)).findFirst().orElseThrow();
    }

    /// Counted without our own reader of CSV: in these files no field holds a line break.
    private static long lines(Path file) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                if (entry.getName().endsWith(".csv"))
                    return new BufferedReader(new InputStreamReader(zip, StandardCharsets.ISO_8859_1)).lines().count();
        }
        throw new IllegalArgumentException(file + " holds no .csv");
    }

    /// @param args the folder with the samples, and where the table goes
    public static void main(String[] args) throws IOException {
        var files = samples(Path.of(args[0]));
        var dictionary = Files.createTempFile("samples", ".dict");
        var build = AddressDictionary.build(files, dictionary, step -> {
        });
        var out = new ArrayList<String>();
        out.add("""
                # Sample files of the address base registry, imported

                Written by `bench/address-samples.sh`: every published sample, as it is, compiled together to one dictionary of %,d towns. Rows that
                are left out, and rows that are odd and kept, are named one by one in the report of a build.

                | file | holds | rows | left out | odd, kept | why |
                |---|---|---:|---:|---:|---|""".formatted(build.towns()));
        long rows = 0;
        for (var file : files) {
            var source = source(build, file);
            rows += source.rows();
            long left = 0;
            long odd = 0;
            var why = new TreeMap<DefectReport.Kind, Integer>();
            for (var defect : build.defects().defects())
                if (defect.file().equals(source.name())) {
                    if (defect.kind().leftOut())
                        left++;
                    else
                        odd++;
                    why.merge(defect.kind(), 1, Integer::sum);
                }
            out.add("| %s | %s | %,d | %,d | %,d | %s |".formatted(file.getFileName(), source.kind(), source.rows(),
                    left,
                    odd, String.join("; ", why.entrySet().stream().map(e -> e.getKey().japanese() + " " + "%,d"
                            .formatted(e.getValue())).toList())));
        }
        out.add("\n%,d rows in all.".formatted(rows));
        Files.writeString(Path.of(args[1]), String.join("\n", out) + "\n");
        Files.delete(dictionary);
        System.out.println(String.join("\n", out));
    }
}
