package jp.kiban.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FeeTests {
    private static final Authorities AUTHORITIES = new Authorities();
    private static final List<String> RULES = List.of("equal", "population", "usage", "equal:6,population:94",
            "equal:9.5,usage:90.5", "equal:15,population:35,usage:50", "bands:10000=1,50000=3,200000=8,more=20",
            "two-part:1000", "two-part:5:population", "average:population", "levelised:population",
            "levelised:equal:30,population:70", "levelised:two-part:100", "true-up:population",
            "true-up:equal:1,usage:2", "shapley", "shapley:bodies", "capped:equal", "capped:levelised:population",
            "capped:true-up:equal", "capped:shapley");

    // the published example and its neighbours

    @Test
    void aBillionBySixAndNinetyFourIsTheSameAsWorkedOutByHand() throws Exception {
        var census = Stream
                .of(System.getProperty("kiban.facts.cost", ""), "../shared/data/cost", "../../shared/data/cost")
                .map(p -> Path.of(p, "municipal/joined_1741.csv")).filter(Files::exists).findFirst();
        if (census.isEmpty()) {
            System.out.println("skipped: no census table beside the project");
            return;
        }
        var table = new StringBuilder("code,population\n");
        try (var reader = Files.newBufferedReader(census.get())) {
            for (var row : CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader))
                table.append(row.get("lg_code")).append(',').append(row.get("population2020")).append('\n');
        }
        var fees = fees(Map.of("total", "10億", "rule", "equal:6,population:94", "bodies", table.toString()));
        assertThat(fees.shared().size()).isEqualTo(1741);
        assertThat(fee(fees, "134023")).isEqualTo(35_722);
        assertThat(fee(fees, "141003")).isEqualTo(28_183_106);
        assertThat(fee(fees, "075469")).isEqualTo(34_463);
        assertThat(fees.feesOf(1)).isEqualTo(1_000_000_000);
    }

    @Test
    void theLargestFractionsGetTheYenThatAreLeftAndTheSmallerCodeOnTies() {
        assertThat(LargestRemainder.of(100, new long[]{1, 1, 1})).containsExactly(34, 33, 33);
        assertThat(LargestRemainder.of(10, new long[]{1, 2, 4})).containsExactly(1, 3, 6); // 1.43 2.86 5.71
        assertThat(LargestRemainder.of(0, new long[]{5, 0})).containsExactly(0, 0);
        assertThat(LargestRemainder.of(7, new long[]{0, 3})).containsExactly(0, 7);
    }

    @Test
    void aTownWithoutPeoplePaysItsEqualShareAndNothingByHead() {
        assertThat(fee(fees(Map.of("total", "10億", "rule", "population")), "075469")).isZero();
        assertThat(fee(fees(Map.of("total", "10億", "rule", "equal")), "075469")).isEqualTo(574_383); // 574,382.54, and one of the 938 yen left over
    }

    // properties, over invented cases

    @Test
    void everyRuleSumsToTheYenInEveryYearOfAnyCase() {
        var random = new Random(20261121);
        int tried = 0;
        for (int k = 0; k < 400; k++) {
            var shared = anyCase(random);
            for (String words : RULES) {
                var rule = rule(words);
                if (!Fees.obstacles(shared, rule).isEmpty())
                    continue;
                var fees = Fees.of(shared, rule);
                long fund = 0;
                for (int y = 1; y <= shared.years(); y++) {
                    fund += fees.interest(y) + fees.feesOf(y) + fees.topUp(y) - shared.cost(y);
                    assertThat(fees.fund(y)).as(words).isEqualTo(fund);
                }
                assertThat(fund).as("the fund is empty at the end: " + words).isZero();
                new FeeCheck(fees); // its own sums throw when they are wrong
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(4000);
    }

    @Test
    void aCapHoldsAndTheStateAddsExactlyWhatItTakesOff() {
        var random = new Random(7);
        for (int k = 0; k < 200; k++) {
            var shared = anyCase(random);
            if (!Fees.obstacles(shared, rule("capped:equal")).isEmpty())
                continue;
            var free = new FeeCheck(Fees.of(shared, rule("equal")));
            var capped = Fees.of(shared, rule("capped:equal"));
            var check = new FeeCheck(capped);
            assertThat(check.aboveAlone()).isZero();
            assertThat(capped.topUp()).as("the least subsidy").isEqualTo(free.aboveAloneYen());
        }
    }

    @Test
    void whoeverJoinsWhenPaysTheLevelPrice() {
        var random = new Random(11);
        for (int k = 0; k < 100; k++) {
            var shared = anyCase(random);
            for (String words : List.of("levelised:population", "levelised:equal:1,population:3")) {
                if (!Fees.obstacles(shared, rule(words)).isEmpty())
                    continue;
                var fees = Fees.of(shared, rule(words));
                for (int i = 0; i < shared.size(); i++)
                    for (int y = shared.bodies().get(i).joins() + 1; y < shared.years(); y++)
                        assertThat(Math.abs(fees.fee(i, y) - fees.fee(i, y - 1))).isLessThanOrEqualTo(1);
                assertThat(new FeeCheck(fees).earlyLossYen()).as("no loss beyond rounding").isZero();
            }
        }
    }

    @Test
    void settledEveryYearEverybodyEndsAtTheAverage() {
        var random = new Random(12);
        for (int k = 0; k < 100; k++) {
            var shared = anyCase(random);
            if (!Fees.obstacles(shared, rule("true-up:population")).isEmpty())
                continue;
            var fees = Fees.of(shared, rule("true-up:population"));
            long spent = IntStream.rangeClosed(1, shared.years()).mapToLong(shared::cost).sum();
            long personYears = shared.bodies().stream().mapToLong(b -> b.population() * years(shared, b)).sum();
            for (int i = 0; i < shared.size(); i++) {
                var b = shared.bodies().get(i);
                double due = (double) spent * b.population() * years(shared, b) / personYears;
                assertThat((double) fees.total(i)).isBetween(due - 1.01, due + 1.01);
            }
        }
    }

    @Test
    void theShapleyValueIsTheAverageOverAllOrders() {
        var random = new Random(13);
        for (int k = 0; k < 40; k++) {
            var shared = anyCase(random);
            int n = Math.min(6, shared.size());
            var few = new FeeCase(shared.totalYen(), shared.usage() == 0 ? 0 : shared.variableYen(), 0, 1,
                    BigDecimal.ZERO,
                    shared.bodies().subList(0, n).stream()
                            .map(b -> new FeeBody(b.id(), b.name(), b.population() + 1, b.usage() + 1,
                                    OptionalLong.empty(), 1))
                            .toList(),
                    new FeeCase.Alone.Own());
            var fees = Fees.of(few, rule("shapley:bodies"));
            var exact = byEnumeration(few);
            for (int i = 0; i < n; i++)
                assertThat((double) fees.fee(i, 1)).isBetween(exact[i] - 1.01, exact[i] + 1.01);
        }
    }

    /// The average of what each adds, over all subsets.
    private static double[] byEnumeration(FeeCase few) {
        int n = few.size();
        var value = new double[n];
        var factorial = new double[n + 1];
        factorial[0] = 1;
        for (int i = 1; i <= n; i++)
            factorial[i] = factorial[i - 1] * i;
        for (int set = 0; set < 1 << n; set++)
            for (int i = 0; i < n; i++)
                if ((set & 1 << i) == 0) {
                    int size = Integer.bitCount(set);
                    value[i] += factorial[size] * factorial[n - size - 1] / factorial[n]
                            * (cost(few, set | 1 << i) - cost(few, set));
                }
        return value;
    }

    private static double cost(FeeCase few, int set) {
        double usage = IntStream.range(0, few.size()).filter(i -> (set & 1 << i) != 0)
                .mapToLong(i -> few.bodies().get(i).usage()).sum();
        return set == 0 ? 0 : few.fixedYen() + few.variableYen() * usage / few.usage();
    }

    @Test
    void whetherOneMoreRaisesSomebodysFeeIsFoundAsByTryingAllOfThem() {
        var random = new Random(14);
        int broken = 0;
        for (int k = 0; k < 300; k++) {
            var shared = oneYear(anyCase(random));
            for (String words : List.of("equal", "population", "equal:6,population:94", "usage",
                    "bands:10000=1,50000=3,200000=8,more=20")) {
                var rule = rule(words);
                if (!Fees.obstacles(shared, rule).isEmpty() || shared.size() < 2)
                    continue;
                boolean raised = IntStream.range(0, shared.size()).anyMatch(j -> raised(shared, rule, j));
                var verdict = new FeeCheck(Fees.of(shared, rule)).property(FeeProperty.Kind.GROWS);
                assertThat(verdict.broken()).as(words + " " + shared).isEqualTo(raised);
                if (raised)
                    broken++;
            }
        }
        assertThat(broken).as("the loop sees both").isGreaterThan(50);
    }

    /// Worked out the long way, exactly: fees with everybody against fees without this one.
    private static boolean raised(FeeCase shared, FeeRule rule, int j) {
        var all = exact(shared, (FeeRule.Key) rule, -1);
        var less = exact(shared, (FeeRule.Key) rule, j);
        for (int i = 0; i < shared.size(); i++)
            if (i != j && less.length > 0 && all[i].subtract(less[i]).compareTo(new BigDecimal("0.005")) > 0)
                return true;
        return false;
    }

    private static BigDecimal[] exact(FeeCase shared, FeeRule.Key rule, int without) {
        var due = new BigDecimal[shared.size()];
        Arrays.fill(due, BigDecimal.ZERO);
        var usageLeft = LongStream.range(0, shared.size()).filter(i -> i != without)
                .map(i -> shared.bodies().get((int) i).usage()).sum();
        var cost = BigDecimal.valueOf(shared.fixedYen()).add(BigDecimal.valueOf(shared.variableYen())
                .multiply(BigDecimal.valueOf(usageLeft)).divide(BigDecimal.valueOf(Math.max(1, shared.usage())), 30,
                        java.math.RoundingMode.HALF_UP));
        Map<long[], BigDecimal> parts = new HashMap<>();
        if (rule instanceof FeeRule.Shares shares) {
            var sum = shares.shares().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            shares.shares().forEach((basis, share) -> parts.put(shared.weights(basis),
                    share.divide(sum, 30, java.math.RoundingMode.HALF_UP)));
        } else if (rule instanceof FeeRule.Bands bands)
            parts.put(shared.bodies().stream().mapToLong(b -> bands.units(b.population())).toArray(), BigDecimal.ONE);
        for (var part : parts.entrySet()) {
            var weights = part.getKey().clone();
            if (without >= 0)
                weights[without] = 0;
            long all = Arrays.stream(weights).sum();
            if (all == 0)
                return new BigDecimal[0];
            for (int i = 0; i < due.length; i++)
                due[i] = due[i].add(cost.multiply(part.getValue()).multiply(BigDecimal.valueOf(weights[i]))
                        .divide(BigDecimal.valueOf(all), 20, java.math.RoundingMode.HALF_UP));
        }
        return due;
    }

    @Test
    void whatSomebodyPaysDoesNotDependOnTheOrderOfTheTable() {
        var random = new Random(15);
        for (int k = 0; k < 50; k++) {
            var shared = anyCase(random);
            var turned = new ArrayList<>(shared.bodies());
            java.util.Collections.shuffle(turned, random);
            var same = new FeeCase(shared.totalYen(), shared.variableYen(), shared.initialYen(), shared.years(),
                    shared.ratePercent(), turned, shared.alone());
            for (String words : RULES)
                if (Fees.obstacles(shared, rule(words)).isEmpty())
                    for (int i = 0; i < shared.size(); i++)
                        assertThat(Fees.of(same, rule(words)).total(i))
                                .isEqualTo(Fees.of(shared, rule(words)).total(i));
        }
    }

    @Test
    void tenTimesTheUsersIsHeldAgainstTheTwentyPercent() {
        assertThat(new FeeCheck(fees(Map.of("total", "4500", "rule", "equal", "variable", "2.2222")))
                .property(FeeProperty.Kind.SCALE).verdict()).isEqualTo(FeeProperty.Verdict.HOLDS); // 100 of 4,500: 44 x 100 = 4,400
        assertThat(new FeeCheck(fees(Map.of("total", "4500", "rule", "equal", "variable", "2.25")))
                .property(FeeProperty.Kind.SCALE).verdict()).isEqualTo(FeeProperty.Verdict.BROKEN); // 101
    }

    @Test
    void thoseWhoJoinEarlyLoseByTheAverageAndNotByTheLevelPrice() {
        var path = Map.of("total", "10億", "path", "50,200,600,1200,1741", "years", "10", "rate", "2");
        var average = check(with(path, "rule", "average:population"));
        assertThat(average.property(FeeProperty.Kind.TIME).verdict()).isEqualTo(FeeProperty.Verdict.BROKEN);
        assertThat(average.earlyLossYen()).isPositive();
        assertThat(average.byJoining()).hasSize(5);
        assertThat(average.byJoining().getLast().lossYen()).isZero();
        var level = check(with(path, "rule", "levelised:population"));
        assertThat(level.property(FeeProperty.Kind.TIME).verdict()).isEqualTo(FeeProperty.Verdict.PROVED);
        assertThat(level.earlyLossYen()).isZero();
        assertThat(level.byJoining()).allSatisfy(c -> assertThat(c.againstLevel()).isEqualByComparingTo("1"));
    }

    @Test
    void theNationIsSharedInMuchLessThanASecond() {
        var shared = fees(Map.of("total", "10億", "rule", "equal")).shared();
        var rule = rule("equal:6,population:94");
        for (int i = 0; i < 20; i++)
            Fees.of(shared, rule);
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++)
            Fees.of(shared, rule);
        assertThat((System.nanoTime() - start) / 20).isLessThan(300_000_000L);
    }

    // what is read

    @Test
    void everyFaultOfAnAskIsToldAtOnce() {
        var findings = new ArrayList<Finding>();
        assertThat(FeeAsk.of(Map.of("total", "ten", "rule", "equal:0,people:3", "variable", "101", "rate", "21", "path",
                "5,3", "years", "0", "alone", "much", "among", "242012,999999", "bodies",
                "code,population\n242012,many\n242012,1\n000000,1\n1,2,3", "kind", "gift"))
                .read(AUTHORITIES, findings)).isEmpty();
        assertThat(findings.stream().map(Finding::where)).contains("total", "rule", "variable", "rate", "path",
                "years", "alone", "among", "bodies", "kind");
        assertThat(findings.stream().filter(f -> f.where().equals("bodies"))).hasSize(4);
        assertThat(findings.stream().filter(f -> f.where().equals("rule"))).hasSize(2);
    }

    @Test
    void amountsAreReadAsPeopleWriteThem() {
        for (String words : List.of("1000000000", "1,000,000,000", "10億", "１０億", "¥1,000,000,000", "100000万円",
                "1 000 000 000"))
            assertThat(FeeAsk.yen("total", words, 1, new ArrayList<>())).as(words).isEqualTo(1_000_000_000);
        for (String words : List.of("", "1.5", "0", "-3", "1e9", "9999999999999999", "0.00000001億"))
            assertThat(faultOf(words)).as(words).isTrue();
    }

    private static boolean faultOf(String words) {
        var findings = new ArrayList<Finding>();
        long yen = FeeAsk.yen("total", words, 1, findings);
        return !findings.isEmpty() || yen == 1 && words.startsWith("0.0");
    }

    @Test
    void aRuleIsWrittenAsItIsRead() {
        for (String words : RULES) {
            var once = rule(words);
            assertThat(rule(once.text()).text()).isEqualTo(once.text());
        }
        for (String words : List.of("", "equal:", "equal,population", "bands:10000=1", "bands:5=1,3=2,more=1",
                "two-part:x", "two-part:5:equal", "capped:capped:equal", "shapley:towns", "levelised:shapley",
                "equal:1,equal:2", "capped:"))
            assertThat(FeeRule.read(words, new ArrayList<>())).as(words).isEmpty();
    }

    @Test
    void aRuleThatNobodyCanCarryIsRefusedWithTheReason() {
        assertThat(faults(Map.of("total", "100", "rule", "population", "among", "075469")))
                .containsExactly("cost.fees.fault.nobody");
        assertThat(faults(Map.of("total", "100", "rule", "two-part:1000")))
                .containsExactly("cost.fees.fault.flat");
        assertThat(faults(Map.of("total", "100", "rule", "capped:equal", "alone", "unknown")))
                .containsExactly("cost.fees.fault.alone");
        assertThat(faults(Map.of("total", "100", "rule", "equal", "bodies", "code,joins\n242012,2\n")))
                .containsExactly("cost.fees.fault.path.empty");
        assertThat(faults(Map.of("total", "100", "rule", "equal", "kind", "pattern-a")))
                .containsExactly("cost.fees.fault.kind.all");
    }

    @Test
    void aPrefectureStandsForItsMunicipalities() {
        var fees = fees(Map.of("total", "1億", "rule", "population", "among", "240001"));
        assertThat(fees.shared().size()).isEqualTo(29);
        assertThat(fees.feesOf(1)).isEqualTo(100_000_000);
    }

    // the verb

    @Test
    void theVerbWritesCsvAndJsonAndTellsFaultsWithTwo(@TempDir Path folder) throws Exception {
        var csv = folder.resolve("fees.csv");
        assertThat(run("--total", "1000000000", "--rule", "equal:6,population:94", "--out", csv.toString())).isZero();
        var lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(1742);
        assertThat(lines.stream().skip(1).mapToLong(l -> Long.parseLong(l.split(",")[5])).sum())
                .isEqualTo(1_000_000_000);
        var json = folder.resolve("fees.json");
        assertThat(run("--total", "10億", "--rule", "shapley", "--path", "3,1741", "--out", json.toString())).isZero();
        assertThat(Files.readString(json)).contains("\"rule\" : \"shapley\"", "\"years\" : 10");
        assertThat(run("--total", "x", "--rule", "y", "--out", "z")).isEqualTo(2);
        assertThat(run("--total", "100", "--rule", "equal", "--variable", "50", "--require", "scale", "--out",
                csv.toString())).isEqualTo(1);
        var own = folder.resolve("own.csv");
        Files.write(own, "code,alone,name\r\n242012,\"1,000,000\",津市\r\n242021,500000,四日市市\r\n"
                .getBytes(Charset.forName("windows-31j")));
        assertThat(run("--total", "100万", "--rule", "capped:equal", "--bodies", own.toString(), "--out",
                csv.toString())).isZero();
        assertThat(Files.readAllLines(csv)).hasSize(3);
        Files.write(own, new byte[]{'P', 'K', 3, 4, 0});
        assertThat(run("--total", "100万", "--rule", "equal", "--bodies", own.toString())).isEqualTo(2);
    }

    private static int run(String... args) {
        return new CommandLine(new FeeVerb()).setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter())).execute(args);
    }

    // invented cases

    private static FeeCase anyCase(Random random) {
        int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 9);
        int years = 1 + random.nextInt(6);
        var towns = AUTHORITIES.municipalities();
        var bodies = new HashMap<AuthorityId, FeeBody>();
        for (int i = 0; i < n; i++) {
            var town = towns.get(random.nextInt(towns.size()));
            long people = random.nextInt(12) == 0 ? 0 : (long) Math.exp(random.nextDouble() * 14);
            bodies.put(town.id(), new FeeBody(town.id(), town.title(), people, random.nextInt(1000),
                    random.nextInt(3) == 0 ? OptionalLong.of(random.nextInt(2_000_000)) : OptionalLong.empty(),
                    bodies.isEmpty() ? 1 : 1 + random.nextInt(years)));
        }
        long total = 1 + random.nextLong(random.nextInt(4) == 0 ? 50 : 2_000_000_000L);
        var all = List.copyOf(bodies.values());
        return new FeeCase(total, all.stream().mapToLong(FeeBody::usage).sum() == 0 || random.nextBoolean()
                ? 0
                : random.nextLong(total + 1), random.nextInt(3) == 0 ? random.nextLong(100_000_000) : 0, years,
                random.nextBoolean() ? BigDecimal.ZERO : new BigDecimal(random.nextInt(500)).movePointLeft(2), all,
                random.nextBoolean()
                        ? new FeeCase.Alone.Own()
                        : new FeeCase.Alone.Linear(random.nextInt(1_000_000), new BigDecimal("12.5")));
    }

    private static FeeCase oneYear(FeeCase shared) {
        return new FeeCase(shared.totalYen(), shared.variableYen(), 0, 1, BigDecimal.ZERO,
                shared.bodies().stream().map(b -> new FeeBody(b.id(), b.name(), b.population(), b.usage(),
                        b.aloneYen(), 1)).toList(),
                shared.alone());
    }

    private static long years(FeeCase shared, FeeBody body) { return shared.years() - body.joins() + 1L; }

    private static FeeRule rule(String words) {
        var findings = new ArrayList<Finding>();
        return FeeRule.read(words, findings).orElseThrow(() -> new AssertionError(words + " " + findings));
    }

    private static Map<String, String> with(Map<String, String> given, String key, String value) {
        var more = new HashMap<>(given);
        more.put(key, value);
        return more;
    }

    private static Fees fees(Map<String, String> given) {
        var findings = new ArrayList<Finding>();
        var read = FeeAsk.of(given).read(AUTHORITIES, findings);
        assertThat(findings).isEmpty();
        return Fees.of(read.orElseThrow().shared(), read.get().rule());
    }

    private static FeeCheck check(Map<String, String> given) { return new FeeCheck(fees(given)); }

    private static List<String> faults(Map<String, String> given) {
        var findings = new ArrayList<Finding>();
        assertThat(FeeAsk.of(given).read(AUTHORITIES, findings)).isEqualTo(Optional.empty());
        return findings.stream().map(Finding::code).toList();
    }

    private static long fee(Fees fees, String code) { return fees.fee(fees.shared().indexOf(AuthorityId.of(code)), 1); }

}
