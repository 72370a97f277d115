package jp.kiban;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.modulith.core.ApplicationModules;

/// The rules of the house as code; each says why. A rule that must be broken is changed here, in the open.
class ArchitectureTests {
    private static final Path SOURCES = Path.of("src/main/java/jp/kiban");

    /// Floor by floor, left to right: a room may call the rooms before it, never one after it.
    private static final List<String> ROOMS = List.of("kernel", "letters", "address", "store", "authority", "portal",
            "flow",
            "standards",
            "identity", "home", "audit", "catalogue", "registry",
            "exchange", "submission", "casework", "payment", "statistics", "cost", "conformity", "demo");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("jp.kiban");

    @Test
    void roomsKeepTheirBoundaries() { ApplicationModules.of(Kiban.class).verify(); }

    @TestFactory
    Stream<DynamicTest> nothingReachesUp() {
        return ROOMS.stream().map(room -> DynamicTest.dynamicTest(room, () -> {
            var later = ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size()).stream().map(r -> "jp.kiban." + r + "..")
                    .toArray(String[]::new);
            noClasses().that().resideInAPackage("jp.kiban." + room + "..").should().dependOnClassesThat()
                    .resideInAnyPackage(later).allowEmptyShould(true)
                    .because("the road runs one way: what is below can be read and tested without what is above")
                    .check(HOUSE);
        }));
    }

    @Test
    void everyRoomHasItsFloor() {
        assertThat(HOUSE.stream().map(JavaClass::getPackageName).filter(p -> p.startsWith("jp.kiban."))
                .map(p -> p.substring("jp.kiban.".length())).distinct())
                .as("a room is one flat package with a place in ROOMS").isSubsetOf(ROOMS);
    }

    @Test
    void nullDoesNotOccur() {
        assertThat(HOUSE.stream().map(JavaClass::getPackage).distinct().filter(p -> p.getName().startsWith("jp.kiban."))
                .filter(p -> !p.isAnnotatedWith(NullMarked.class)).map(p -> p.getName()))
                .as("every room is @NullMarked, so that the compiler checks it").isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> oneHeavyLibraryHasOneOwner() {
        var owners = new TreeMap<String, String>();
        owners.put("org.kie..", "standards");
        owners.put("com.networknt..", "standards");
        owners.put("org.commonmark..", "standards");
        owners.put("tools.jackson.dataformat.yaml..", "standards");
        owners.put("com.openhtmltopdf..", "casework");
        owners.put("org.apache.pdfbox..", "casework");
        owners.put("org.bouncycastle..", "demo");
        owners.put("org.apache.parquet..", "cost");
        owners.put("io.airlift..", "cost");
        owners.put("io.zonky..", "store");
        owners.put("com.zaxxer..", "store");
        owners.put("org.flywaydb..", "store");
        owners.put("net.ttddyy..", "store");
        owners.put("org.springframework.security..", "identity");
        owners.put("org.thymeleaf..", "portal");
        owners.put("org.springdoc..", "portal");
        owners.put("io.swagger.v3.oas.models..", "portal");
        return owners.entrySet().stream().map(owner -> DynamicTest.dynamicTest(
                owner.getKey() + " in " + owner.getValue(),
                () -> noClasses().that().resideOutsideOfPackage("jp.kiban." + owner.getValue()).should()
                        .dependOnClassesThat()
                        .resideInAPackage(owner.getKey())
                        .because("a library that only one room touches can be replaced in one room").check(HOUSE)));
    }

    @Test
    void theDayIsAnArgument() {
        noClasses().should().callMethodWhere(new DescribedPredicate<JavaCall<?>>("java.time now() without a clock") {
            @Override
            public boolean test(JavaCall<?> call) {
                return call.getName().equals("now") && call.getTargetOwner().getPackageName().equals("java.time")
                        && call.getTarget().getRawParameterTypes().isEmpty();
            }
        }).because("law days are days of Japan and a demonstration may set them; the clock is always given")
                .check(HOUSE);
    }

    @Test
    void thingsGetWhatTheyNeedWhenTheyAreMade() {
        noFields().should().beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .because("a constructor shows what a thing needs").check(HOUSE);
    }

    @Test
    void tablesAreReachedThroughTheStoreOnly() {
        noClasses().that().resideOutsideOfPackage("jp.kiban.store").should().dependOnClassesThat()
                .haveNameMatching(
                        "javax\\.sql\\.DataSource|org\\.springframework\\.jdbc\\.core\\.JdbcTemplate|.*\\.TransactionTemplate")
                .because("a transaction without a scope would be one without row-level security").check(HOUSE);
    }

    @Test
    void aVerbNeedsNoServer() {
        classes().that().haveSimpleNameEndingWith("Verb").and().resideInAPackage("jp.kiban..").should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("org.springframework.boot..", "org.springframework.web..")
                .because("a command on a town hall's desk starts at once and needs no database").allowEmptyShould(true)
                .check(HOUSE);
    }

    @TestFactory
    Stream<DynamicTest> noSqlAcrossSchemas() throws IOException {
        var table = Pattern.compile("(?i)\\b(?:from|join|into|update|on|table)\\s+([a-z]+)\\.[a-z_]+");
        return files("src/main", ".java", ".sql").map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
            String room = roomOf(file);
            var strangers = new TreeSet<String>();
            var text = Files.readString(file);
            if (file.toString().endsWith(".java"))
                text = stringsOf(text);
            var found = table.matcher(text);
            while (found.find())
                if (ROOMS.contains(found.group(1)) && !found.group(1).equals(room))
                    strangers.add(found.group());
            assertThat(strangers).as("a schema belongs to its room; another room asks the room").isEmpty();
        }));
    }

    @Test
    void theMigrationsOfARoomHaveDifferentNumbers() throws IOException {
        var numbers = files("src/main/resources/db", ".sql")
                .map(file -> roomOf(file) + " " + file.getFileName().toString()
                        .replaceFirst("__.*", ""))
                .toList();
        assertThat(numbers).as("two of one number stop every start").doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> publicTypesSayWhatTheyAre() throws IOException {
        var type = Pattern.compile(
                "(?m)^public (?:sealed |final |abstract |non-sealed )*(?:class|interface|record|enum|@interface) ");
        return files("src/main/java", ".java").filter(f -> !f.endsWith("package-info.java"))
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    var text = Files.readString(file);
                    var found = type.matcher(text);
                    if (!found.find())
                        return;
                    var before = text.substring(0, found.start()).lines()
                            .filter(l -> !l.startsWith("@") && !l.startsWith("        "))
                            .filter(l -> !l.isBlank()).toList();
                    assertThat(before.getLast()).as("a public type is a promise: its first lines say what it is")
                            .matches("^(///.*|.*\\)|.*}\\))$");
                    assertThat(text.substring(0, found.start())).contains("///");
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyTextIsInThreeLanguages() throws IOException {
        return files("src/main/resources/messages", ".properties")
                .filter(f -> !f.getFileName().toString().contains("_"))
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String stem = file.toString().substring(0, file.toString().length() - ".properties".length());
                    var japanese = keys(file);
                    assertThat(keys(Path.of(stem + "_ja_JP_yasashii.properties"))).as("plain Japanese")
                            .isEqualTo(japanese);
                    assertThat(keys(Path.of(stem + "_en.properties"))).as("English").isEqualTo(japanese);
                }));
    }

    @Test
    void theMirror() throws IOException {
        var lines = new ArrayList<String>();
        for (String room : ROOMS) {
            var types = HOUSE.stream().filter(c -> c.getPackageName().equals("jp.kiban." + room))
                    .filter(c -> !c.getEnclosingClass().isPresent() && !c.getSimpleName().equals("package-info"))
                    .toList();
            if (types.isEmpty())
                continue;
            long shown = types.stream()
                    .filter(c -> c.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                    .count();
            long roles = types.stream().filter(c -> c.getSimpleName()
                    .matches(
                            ".*(Service|Impl|Dto|Entity|Repository|Dao|Util|Utils|Helper|Manager|Handler|Mapper|Converter|Factory|Processor|Provider)"))
                    .count();
            lines.add("%-12s %3d types %3d%% public %3d%% role names".formatted(room, types.size(),
                    100 * shown / types.size(),
                    100 * roles / types.size()));
        }
        System.out.println("the rooms (a mirror, not a fence):\n  " + String.join("\n  ", lines));
    }

    private static Stream<Path> files(String folder, String... endings) throws IOException {
        try (var all = Files.walk(Path.of(folder))) {
            return all.filter(f -> Stream.of(endings).anyMatch(e -> f.toString().endsWith(e))).sorted().toList()
                    .stream();
        }
    }

    private static String roomOf(Path file) {
        var parts = file.toString().split("/");
        return parts[parts.length - 2];
    }

    private static String stringsOf(String java) {
        return Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\n]|\\\\.)*)\"", Pattern.DOTALL).matcher(java).results()
                .map(r -> r.group()).collect(Collectors.joining("\n"));
    }

    private static TreeSet<String> keys(Path file) throws IOException {
        var properties = new Properties();
        if (Files.exists(file))
            properties.load(new StringReader(Files.readString(file)));
        return new TreeSet<>(properties.stringPropertyNames());
    }
}
