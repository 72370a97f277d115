package jp.kiban.statistics;

import java.text.NumberFormat;
import java.util.Locale;
import jp.kiban.kernel.Language;
import org.springframework.context.MessageSource;

/// 数値の言い方. How figures and measures are said in one language.
public final class Words {
    private final MessageSource messages;
    private final Language language;

    Words(MessageSource messages, Language language) {
        this.messages = messages;
        this.language = language;
    }

    String text(String key, Object... values) { return messages.getMessage(key, values, language.locale()); }

    public String measure(Measure measure) { return text("statistics.measure." + measure.key()); }

    /// `1,234件`, `秘匿`, or a dash where there was nothing to measure.
    public String figure(Measure measure, Figure figure) {
        if (figure.hidden())
            return text("statistics.hidden");
        if (figure.value() == null)
            return "–";
        var number = NumberFormat.getInstance(Locale.JAPAN);
        number.setMaximumFractionDigits(1);
        return text("statistics.unit." + measure.unit().name(), number.format(figure.value()));
    }

    /// The same, short enough for a headline: `42.6億円`.
    public String brief(Measure measure, Figure figure) {
        Double value = figure.value();
        if (value == null || measure.unit() != Measure.Unit.YEN)
            return figure(measure, figure);
        return text("statistics.unit.YEN", TileMap.compact(value, measure, language));
    }

    /// An area's or a month's name without its reading, which a table has no room for.
    public String name(Line line) { return line.name().in(language == Language.JA_EASY ? Language.JA : language); }

    public String year(FiscalYear year) { return year.in(language); }
}
