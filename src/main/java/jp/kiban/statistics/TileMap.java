package jp.kiban.statistics;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import jp.kiban.kernel.Language;

/// 都道府県の地図. The 47 prefectures as equal tiles, each roughly where it lies: name, figure, and a shade of five. The shade
/// only repeats what the figure says; a hidden figure is hatched and says so in words.
record TileMap(List<Tile> tiles, List<Step> legend, int width, int height) {
    /// `shade` is `0` for zero, `1` to `5`, `hidden` or `none`.
    record Tile(String code, String name, int x, int y, String value, String shade, Line line) {}

    record Step(String shade, String from, String to) {}

    static TileMap of(Snapshot snapshot, Measure measure, Language language) {
        var values = snapshot.prefectures().stream().map(p -> p.of(measure).value()).filter(Objects::nonNull)
                .map(Objects::requireNonNull).filter(v -> v > 0).toList();
        double least = values.stream().mapToDouble(v -> v).min().orElse(0);
        double most = values.stream().mapToDouble(v -> v).max().orElse(0);
        var tiles = new ArrayList<Tile>();
        var places = PrefectureTiles.all();
        for (int i = 0; i < places.size() && i < snapshot.prefectures().size(); i++) {
            var line = snapshot.prefectures().get(i);
            var figure = line.of(measure);
            tiles.add(new Tile(line.code(), shortName(line, language), places.get(i).x(), places.get(i).y(),
                    figure.value() == null ? "" : compact(figure.value(), measure, language),
                    shade(figure, least, most), line));
        }
        return new TileMap(tiles, legend(least, most, measure, language), PrefectureTiles.WIDTH,
                PrefectureTiles.HEIGHT);
    }

    private static String shortName(Line line, Language language) {
        if (language == Language.EN)
            return line.name().en().replaceFirst("-(ken|fu|to|do)$", "");
        return line.code().startsWith("01") ? line.name().ja() : line.name().ja().replaceFirst("[都府県]$", "");
    }

    private static String shade(Figure figure, double least, double most) {
        if (figure.hidden())
            return "hidden";
        if (figure.value() == null)
            return "none";
        double value = figure.value();
        if (value <= 0)
            return "0";
        for (int step = 1; step < 5; step++)
            if (value < bound(step, least, most))
                return most == least ? "3" : String.valueOf(step);
        return most == least ? "3" : "5";
    }

    /// Five steps: equal ones, or equally often as large where the largest is more than ten times the smallest; else one city
    /// would leave all others pale.
    private static double bound(int step, double least, double most) {
        return most > 10 * least ? least * Math.pow(most / least, step / 5.0) : least + (most - least) * step / 5;
    }

    private static List<Step> legend(double least, double most, Measure measure, Language language) {
        if (most == 0)
            return List.of();
        if (most == least)
            return List.of(new Step("3", compact(least, measure, language), compact(most, measure, language)));
        var steps = new ArrayList<Step>();
        for (int i = 0; i < 5; i++)
            steps.add(new Step(String.valueOf(i + 1), compact(bound(i, least, most), measure, language),
                    compact(bound(i + 1, least, most), measure, language)));
        return steps;
    }

    /// Short enough for a tile: `1,234`, `1.2万`, `3.4億`; in English `1.2M`.
    static String compact(double value, Measure measure, Language language) {
        var number = NumberFormat.getInstance(Locale.JAPAN);
        String unit = "";
        double shown = value;
        if (language == Language.EN && Math.abs(value) >= 100_000) {
            shown = Math.abs(value) >= 1e9 ? value / 1e9 : Math.abs(value) >= 1e6 ? value / 1e6 : value / 1e3;
            unit = Math.abs(value) >= 1e9 ? "B" : Math.abs(value) >= 1e6 ? "M" : "k";
        } else if (language != Language.EN && Math.abs(value) >= 10_000) {
            shown = Math.abs(value) >= 1e7 ? value / 1e8 : value / 1e4;
            unit = Math.abs(value) >= 1e7 ? "億" : "万";
        }
        number.setMaximumFractionDigits(
                Math.abs(shown) < 100 && (!unit.isEmpty() || measure.unit() == Measure.Unit.DAYS) ? 1 : 0);
        return number.format(shown) + unit + (measure.unit() == Measure.Unit.PERCENT ? "%" : "");
    }
}
