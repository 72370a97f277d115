package jp.kiban.address;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Published files that are not part of the project; tests that need them skip with a printed line when they are absent.
final class SharedFiles {
    static final Path FOLDER = Path.of(System.getProperty("kiban.shared", "../shared"), "data");

    private SharedFiles() {}

    static Path file(String name) { return FOLDER.resolve(name); }

    static void needed(Class<?> test, String... names) {
        for (String name : names)
            if (!Files.exists(file(name))) {
                System.out
                        .println(test.getSimpleName() + " skipped: " + file(name) + " is absent (-Dkiban.shared=DIR)");
                Assumptions.abort(file(name) + " is absent");
            }
    }
}
