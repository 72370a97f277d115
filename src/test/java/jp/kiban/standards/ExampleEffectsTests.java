package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import jp.kiban.kernel.StandardRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A local value cannot make a national example fail, unless the standard declares that it may.
class ExampleEffectsTests {
    private static final StandardRef REF = new StandardRef("child-allowance", LocalDate.of(2024, 10, 1));

    @TempDir
    Path folder;

    /// The child allowance with the days of grace (national: 15) left to the municipality.
    private ExampleEffects effects(boolean mayChange) throws IOException {
        try (var all = Files.walk(Published.FOLDER.resolve("child-allowance"))) {
            for (var from : all.toList()) {
                var to = folder.resolve(Published.FOLDER.relativize(from));
                if (Files.isDirectory(from))
                    Files.createDirectories(to);
                else
                    Files.copy(from, to);
            }
        }
        var standard = folder.resolve("child-allowance/standard.yaml");
        Files.writeString(standard,
                Files.readString(standard).replaceFirst("(?m)^.*key: startGraceDays.*\n.*name: .*\n", ""));
        var variations = folder.resolve("child-allowance/2024-10-01/variations.yaml");
        Files.writeString(variations, Files.readString(variations) + """
                  - key: startGraceDays
                    name: { ja: 猶予の日数, ja-easy: 待つ 日にち, en: Days of grace }
                    explanation: { ja: 日数, ja-easy: 日にち, en: Days }
                    type: INTEGER
                    default: 15
                    min: 0
                    max: 30
                    may-change-examples: %s
                    basis: 児童手当法 第8条第3項
                """.formatted(mayChange));
        return new ExampleEffects(Standards.of(folder));
    }

    @Test
    void aValueThatMakesANationalExampleFailIsNamedWithTheExample() throws IOException {
        var found = effects(false).of(REF, Map.of(), Map.of("startGraceDays", Published.json("0"), "payDay", Published
                .json("15")));
        assertThat(found.failing()).isNotEmpty().allSatisfy(f -> assertThat(f.keys()).containsExactly(
                "startGraceDays"));
        assertThat(found.changed()).isNotEmpty().allSatisfy(c -> assertThat(c.after()).isNotEqualTo(c.before()));
    }

    @Test
    void itMayWhereTheStandardSaysSoAndTheEffectIsStillShown() throws IOException {
        var found = effects(true).of(REF, Map.of(), Map.of("startGraceDays", Published.json("0")));
        assertThat(found.failing()).isEmpty();
        assertThat(found.changed()).isNotEmpty();
    }

    @Test
    void whatDoesNotTouchTheRulesChangesNothing() throws IOException {
        var found = effects(false).of(REF, Map.of(), Map.of("payDay", Published.json("15"), "startGraceDays", Published
                .json("15")));
        assertThat(found.failing()).isEmpty();
        assertThat(found.changed()).isEmpty();
        assertThat(found.examples()).isGreaterThan(40);
    }
}
