package jp.kiban.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What a machine can see in a template without drawing it.
class TemplatesTests {
    @TestFactory
    Stream<DynamicTest> aPageFitsTheLayoutAndTheContentSecurityPolicy() throws IOException {
        try (var files = Files.walk(Path.of("src/main/resources/templates"))) {
            return files.filter(f -> f.toString().endsWith(".html")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                        var text = Files.readString(file);
                        assertThat(text).as("style and script live in files, or the browser refuses them")
                                .doesNotContainPattern("(?i)<style|\\bstyle=\"|th:style|\\son[a-z]+=\"|<script>");
                        if (text.contains("portal/layout :: page")) {
                            assertThat(text).as("the layout brings the doctype").doesNotContain("<!DOCTYPE");
                            assertThat(text).as("the skip link leads to it").contains("id=\"main\"");
                            assertThat(text.split("<h1", -1).length - 1).as("headings of the first level")
                                    .isGreaterThanOrEqualTo(1);
                        }
                        assertThat(text).as("a form that writes carries the token that th:action adds")
                                .doesNotContainPattern("<form[^>]*method=\"post\"[^>]*\\saction=\"");
                    }));
        }
    }
}
