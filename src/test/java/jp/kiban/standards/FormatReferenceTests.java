package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FormatReferenceTests {
    private static final String REFERENCE = read(Path.of("docs/reference/standard-format.md"));

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void everyKeyOfEverySchemaIsDocumented() {
        var missing = new TreeSet<String>();
        for (var name : Schemas.NAMES)
            keys(Published.JSON.readTree(Schemas.text(name).orElseThrow()), "", name, missing);
        assertThat(missing).isEmpty();
    }

    private static void keys(JsonNode node, String place, String schema, TreeSet<String> missing) {
        node.path("properties").forEachEntry((key, property) -> {
            var at = place.isEmpty() ? key : place + "." + key;
            if (!REFERENCE.contains("`" + at + "`"))
                missing.add(schema + ": " + at);
            keys(property, at, schema, missing);
            keys(property.path("items"), at + "[]", schema, missing);
        });
    }

    @Test
    void everyKeywordOfTheFormAndEveryKindIsDocumented() {
        for (var keyword : FormSchema.KEYWORDS)
            assertThat(REFERENCE).contains("`x-kiban-" + keyword + "`");
        for (var kind : Field.Kind.values())
            assertThat(REFERENCE).contains(kind.name());
        for (var type : Variation.Type.values())
            assertThat(REFERENCE).contains(type.name());
        for (var name : Schemas.NAMES)
            assertThat(REFERENCE).contains("/schemas/" + name + ".schema.json");
    }

    @Test
    void everyVerbIsDocumented() {
        for (var verb : new picocli.CommandLine(new StandardsVerb()).getSubcommands().keySet())
            assertThat(REFERENCE).contains("`standards " + verb);
    }

    @Test
    void whatCanBeCountedIsDocumentedInFull() {
        var words = REFERENCE.replaceAll("\\s+", " ");
        assertThat(words).contains(String.join(", ", Lints.DIMENSIONS)).contains(String.join(", ", Lints.MEASURES));
    }
}
