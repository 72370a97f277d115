package jp.kiban.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.YearMonth;
import java.util.Locale;
import jp.kiban.kernel.Language;
import jp.kiban.letters.Wareki;
import org.springframework.context.MessageSource;

/// 費用の言い方. Says small yen with as many digits as mean something (`0.0123円`, `12.34円`, `1,234円`) and usage in the
/// units people read. Rounds only here, on the page.
public final class Money {
    private final MessageSource messages;
    private final Language language;

    Money(MessageSource messages, Language language) {
        this.messages = messages;
        this.language = language;
    }

    public String yen(BigDecimal yen) {
        String number = digits(yen);
        return language == Language.EN ? "¥" + number : number + "円";
    }

    static String digits(BigDecimal yen) {
        var size = yen.abs();
        int places = yen.signum() == 0
                ? 0
                : size.compareTo(BigDecimal.ONE) < 0 ? 4 : size.compareTo(BigDecimal.valueOf(100)) < 0 ? 2 : 0;
        if (size.signum() > 0 && size.compareTo(new BigDecimal("0.0001")) < 0)
            places = 8;
        var number = NumberFormat.getInstance(Locale.JAPAN);
        number.setMinimumFractionDigits(places);
        number.setMaximumFractionDigits(places);
        number.setRoundingMode(RoundingMode.HALF_UP);
        return number.format(yen);
    }

    /// Nanoseconds as milliseconds or seconds.
    public String time(long nanos) {
        return nanos < 10_000_000_000L
                ? text("cost.unit.ms", decimal(nanos / 1e6, 1))
                : text("cost.unit.s", decimal(nanos / 1e9, 1));
    }

    public String bytes(long bytes) {
        if (bytes < 10_000)
            return text("cost.unit.byte", decimal(bytes, 0));
        return bytes < 10L << 20
                ? text("cost.unit.kib", decimal(bytes / 1024.0, 0))
                : text("cost.unit.mib", decimal(bytes / 1048576.0, 1));
    }

    /// `2026-11` as the page says months.
    public String month(String month) { return Wareki.in(language, YearMonth.parse(month)); }

    public String count(long count) { return decimal(count, 0); }

    /// The room that did the work, in words; what has no word is named as it is.
    public String activity(String activity) {
        return messages.getMessage("cost.activity." + activity, null, activity,
                language.locale()) instanceof String words ? words : activity;
    }

    public String text(String key, Object... values) { return messages.getMessage(key, values, language.locale()); }

    private static String decimal(double value, int places) {
        var number = NumberFormat.getInstance(Locale.JAPAN);
        number.setMaximumFractionDigits(places);
        return number.format(value);
    }
}
