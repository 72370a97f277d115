package jp.kiban.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import jp.kiban.authority.Authorities;

/// A billion yen over 1,741 municipalities, exactly, against a plain loop over doubles that rounds each fee: the same machine, the same run.
final class FeeBench {
    private static final int ROUNDS = 200;

    private FeeBench() {}

    public static void main(String[] args) throws IOException {
        var read = FeeAsk.of(Map.of("total", "1000000000", "rule", "equal:6,population:94", "alone", "3000000+120"))
                .read(new Authorities(), new ArrayList<>()).orElseThrow();
        var shared = read.shared();
        var people = shared.weights(FeeRule.Basis.POPULATION);
        double[] exact = timed(() -> Fees.of(shared, read.rule()).feesOf(1));
        double[] plain = timed(() -> Arrays.stream(plainly(shared.totalYen(), people)).sum());
        var fees = Fees.of(shared, read.rule());
        double[] checked = timed(() -> new FeeCheck(fees).aboveAloneYen());
        long sum = Arrays.stream(plainly(shared.totalYen(), people)).sum();
        Files.writeString(Path.of("docs/reference/generated/fees.md"), String.format(Locale.ROOT, """
                <!-- written by bench/fees.sh -->
                # Sharing a billion yen

                1,000,000,000 yen over %,d municipalities by `equal:6,population:94`. One thread, one machine, one run (%d processors, Java %s), %d rounds after as many to warm up; median and slowest tenth in milliseconds.

                | | median | 90 %% | sums to |
                |---|---:|---:|---:|
                | exact fractions, largest remainder, as the platform does it | %.2f | %.2f | 1,000,000,000 |
                | a plain loop over doubles, each fee rounded | %.2f | %.2f | %,d |
                | the six properties, every pair of bodies looked at | %.2f | %.2f | |
                """, shared.size(), Runtime.getRuntime().availableProcessors(), Runtime.version().feature(), ROUNDS,
                exact[0], exact[1], plain[0], plain[1], sum, checked[0], checked[1]));
        System.out.println(Files.readString(Path.of("docs/reference/generated/fees.md")));
    }

    private static long[] plainly(long total, long[] people) {
        double all = Arrays.stream(people).sum();
        var fee = new long[people.length];
        for (int i = 0; i < fee.length; i++)
            fee[i] = Math.round(total * 0.06 / fee.length + total * 0.94 * people[i] / all);
        return fee;
    }

    private interface Work {
        long run();
    }

    private static double[] timed(Work work) {
        long kept = 0;
        for (int i = 0; i < ROUNDS; i++)
            kept += work.run();
        var took = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            kept += work.run();
            took[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(took);
        if (kept == 42)
            System.out.println(kept);
        return new double[]{took[ROUNDS / 2], took[ROUNDS * 9 / 10]};
    }
}
