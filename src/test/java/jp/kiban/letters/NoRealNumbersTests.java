package jp.kiban.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What passes the check of an Individual Number may be somebody's: none is in what we carry (番号法20条).
class NoRealNumbersTests {
    @TestFactory
    Stream<DynamicTest> nothingWeCarryCouldBeAnIndividualNumber() throws IOException {
        return Stream.of("src/main/resources/demo", "src/main/resources/authority", "standards").map(Path::of)
                .flatMap(folder -> files(folder)).map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    try {
                        assertThat(MyNumbers.in(Files.readString(file))).isEmpty();
                    } catch (MalformedInputException notText) {
                        // pictures and fonts
                    }
                }));
    }

    private static Stream<Path> files(Path folder) {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
