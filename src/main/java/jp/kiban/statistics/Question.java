package jp.kiban.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.letters.Letters;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Folding;
import jp.kiban.portal.Page;

/// 問い. What a reader of the figures asks for. Reading finds every fault at once; what cannot be read is left out, so that
/// a page can be drawn beside the findings. `area` is blank for the prefectures, `all` for every municipality, or the code
/// of a prefecture for its municipalities.
record Question(String standard, FiscalYear year, Measure measure, String area, String q, String sort,
        Page.Wanted wanted, List<Finding> faults) {
    static final String ALL = "all";

    /// 生の値. The parameters as they came.
    record Raw(String standard, String year, String measure, String area, String q, String sort, String page,
            String size) {}

    static Question read(Raw raw, List<String> standards, List<String> prefectures, FiscalYear now) {
        var faults = new ArrayList<Finding>();
        String standard = oneOf("standard", raw.standard(), standards, standards.isEmpty() ? "" : standards.getFirst(),
                faults);
        var year = raw.year().isBlank()
                ? now
                : raw.year().matches("(19[5-9]|20[0-9]|21[0-9])[0-9]")
                        ? new FiscalYear(Integer.parseInt(raw.year()))
                        : fault("year", raw.year(), "1950–2199", now, faults);
        var measures = Arrays.stream(Measure.values()).map(Measure::key).toList();
        String measure = oneOf("measure", raw.measure(), measures, Measure.CLAIMS.key(), faults);
        var areas = new ArrayList<>(List.of("", ALL));
        areas.addAll(prefectures);
        String area = oneOf("area", raw.area(), areas, "", faults);
        var sorts = new ArrayList<>(List.of("code", "name", "population"));
        sorts.addAll(measures);
        String sort = oneOf("sort", raw.sort().replaceFirst("^-", ""), sorts, "code", faults);
        String q = Letters.count(raw.q()) > 100
                ? fault("q", Letters.count(raw.q()) + "", "100", "", faults)
                : raw.q().strip();
        return new Question(standard, year,
                Arrays.stream(Measure.values()).filter(m -> m.key().equals(measure)).findFirst().orElse(Measure.CLAIMS),
                area, q, (raw.sort().startsWith("-") ? "-" : "") + sort,
                Page.Wanted.read(raw.page(), raw.size(), 50, faults), List.copyOf(faults));
    }

    private static String oneOf(String where, String seen, List<String> known, String usual, List<Finding> faults) {
        if (seen.isBlank())
            return usual;
        if (known.contains(seen))
            return seen;
        return fault(where, seen, known.stream().filter(k -> !k.isEmpty()).limit(12).collect(Collectors.joining(", ")),
                usual, faults);
    }

    private static <T> T fault(String where, String seen, String known, T usual, List<Finding> faults) {
        faults.add(new Finding(where, "unknown", new Text(
                where + " に使えるのは " + known + " です。受け取った値: " + seen,
                where + " は " + known + " から えらんでください。入っていた もの: " + seen,
                where + " may be " + known + "; seen: " + seen)));
        return usual;
    }

    /// The asked-for lines, sorted; hidden figures come last whatever the direction, so that the order tells nothing of them.
    List<Line> of(Snapshot snapshot) {
        var lines = area.isEmpty() && q.isEmpty()
                ? snapshot.prefectures()
                : area.isEmpty() || area.equals(ALL) ? snapshot.municipalities() : snapshot.municipalitiesOf(area);
        String words = Folding.key(q);
        var found = lines.stream().filter(l -> words.isEmpty() || l.code().startsWith(words)
                || Folding.key(l.name().easy()).contains(words) || Folding.key(l.name().en()).contains(words));
        return found.sorted(order()).toList();
    }

    private Comparator<Line> order() {
        boolean down = sort.startsWith("-");
        String by = sort.replaceFirst("^-", "");
        var measured = Arrays.stream(Measure.values()).filter(m -> m.key().equals(by)).findFirst();
        Comparator<Line> order = measured.isPresent()
                ? Comparator.comparing((Line l) -> shown(l, measured.get()).isEmpty())
                        .thenComparing(
                                direction(Comparator.comparingDouble(l -> shown(l, measured.get()).orElse(0.0)), down))
                : switch (by) {
                    case "name" -> direction(Comparator.comparing((Line l) -> l.name().easy()), down);
                    case "population" -> direction(Comparator.comparingLong(Line::population), down);
                    default -> direction(Comparator.comparing(Line::code), down);
                };
        return order.thenComparing(Line::code);
    }

    private static Comparator<Line> direction(Comparator<Line> up, boolean down) { return down ? up.reversed() : up; }

    private static Optional<Double> shown(Line line, Measure measure) {
        return Optional.ofNullable(line.of(measure).value());
    }
}
