package jp.kiban.standards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Decides generated cases of the dog registration as the platform does (KIE, with the trace of every rule that fired) and writes the
/// cases, each decision on a line, and how many a second. For `bench/decisions.sh`, which holds jDMN against it.
final class DecisionBench {
    private DecisionBench() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var cases = cases(Integer.parseInt(arguments[1]));
        Files.write(folder.resolve("cases.csv"), cases);
        var faults = new ArrayList<Fault>();
        var version = new StandardReader(Bundle.ofFolder(Path.of("standards/dog-registration")), faults).read(
                "dog-registration").orElseThrow().versions().getFirst();
        decide(version, cases.subList(0, cases.size() / 5), new StringBuilder());
        var lines = new StringBuilder();
        long before = System.nanoTime();
        decide(version, cases, lines);
        double seconds = (System.nanoTime() - before) / 1e9;
        Files.writeString(folder.resolve("kie.txt"), lines);
        System.out.printf("%.0f%n", cases.size() / seconds);
    }

    /// Always the same: days close to the boundaries and far from them.
    private static List<String> cases(int count) {
        var random = new Random(20_221_101);
        var cases = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var filed = LocalDate.of(2022, 6, 1).plusDays(random.nextInt(1_500));
            var birth = filed.minusDays(random.nextBoolean() ? 85 + random.nextInt(12) : random.nextInt(2_000));
            var acquired = filed.minusDays(random.nextBoolean() ? 26 + random.nextInt(9) : random.nextInt(900));
            cases.add(filed + "," + birth + "," + acquired + "," + (random.nextInt(10) > 0) + "," + random.nextBoolean()
                    + "," + (random.nextInt(3) == 0));
        }
        return cases;
    }

    private static void decide(StandardVersion version, List<String> cases, StringBuilder lines) {
        var local = Map.of(true, version.variations().merge(Map.<String, JsonNode>of("chipScheme", BooleanNode.TRUE)),
                false, version.variations().defaults());
        for (var line : cases) {
            var one = line.split(",");
            ObjectNode answers = JsonNodeFactory.instance.objectNode();
            answers.putObject("dog").put("birthDate", one[1]).put("acquired", one[2]).put("here", Boolean.parseBoolean(
                    one[3])).put("chip", Boolean.parseBoolean(one[4]));
            var values = local.getOrDefault(Boolean.parseBoolean(one[5]), version.variations().defaults());
            var judged = version.judge(answers, LocalDate.parse(one[0]), values);
            lines.append(judged.outcome()).append(' ').append(judged.reasons().stream().map(Judgement.Reason::code)
                    .toList()).append(' ').append(judged.result("dueBy").map(JsonNode::asString).orElse("null"))
                    .append(' ').append(judged.result("fee").map(JsonNode::asString).orElse("null")).append('\n');
        }
    }
}
