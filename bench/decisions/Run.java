import com.gs.dmn.runtime.ExecutionContextBuilder;
import dog.type.TAnswersImpl;
import dog.type.TDogImpl;
import dog.type.TValuesImpl;
import dog.判定;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/// Decides every case with the classes that jDMN made; writes each decision on a line, and how many a second.
public class Run {
    public static void main(String[] places) throws IOException {
        var cases = Files.readAllLines(Path.of(places[0]));
        var decision = new 判定();
        decide(decision, cases.subList(0, cases.size() / 5), new StringBuilder());
        var lines = new StringBuilder();
        long before = System.nanoTime();
        decide(decision, cases, lines);
        double seconds = (System.nanoTime() - before) / 1e9;
        Files.writeString(Path.of(places[1]), lines);
        System.out.printf("%.0f%n", cases.size() / seconds);
    }

    private static void decide(判定 decision, List<String> cases, StringBuilder lines) {
        for (var line : cases) {
            var one = line.split(",");
            var dog = new TDogImpl();
            dog.setBirthDate(one[1]);
            dog.setAcquired(one[2]);
            dog.setHere(Boolean.valueOf(one[3]));
            dog.setChip(Boolean.valueOf(one[4]));
            var answers = new TAnswersImpl();
            answers.setDog(dog);
            var values = new TValuesImpl();
            values.setPuppyDays(91);
            values.setDueDays(30);
            values.setFee(3000);
            values.setChipScheme(Boolean.valueOf(one[5]));
            var judged = decision.apply(values, answers, LocalDate.parse(one[0]), ExecutionContextBuilder
                    .executionContext().build());
            lines.append(judged.getOutcome()).append(' ').append(judged.getReasons()).append(' ').append(judged
                    .getDueBy()).append(' ').append(judged.getFee() == null ? null : judged.getFee().longValue())
                    .append('\n');
        }
    }
}
