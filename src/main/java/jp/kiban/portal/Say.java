package jp.kiban.portal;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.kernel.VersionName;
import jp.kiban.kernel.Yen;
import jp.kiban.letters.Wareki;
import org.jspecify.annotations.Nullable;

/// 言い方. How a template says a value in the language of its page: `${#say.date(day)}`, `${#say.text(title)}`.
public final class Say {
    private static final java.time.ZoneId JAPAN = java.time.ZoneId.of("Asia/Tokyo");
    private final Language language;

    public Say(Language language) { this.language = language; }

    public Language language() { return language; }

    public String text(@Nullable Text text) { return text == null ? "" : text.in(language); }

    /// `令和8年11月21日`, or `21 November 2026` on an English page.
    public String date(@Nullable LocalDate day) { return day == null ? "" : Wareki.in(language, day); }

    /// A version by its day, and which of that day when it is a correction: `令和8年4月1日（第2版）`.
    public String version(@Nullable VersionName version) { return version == null ? "" : version(language, version); }

    /// The same where there is no page.
    public static String version(Language language, VersionName version) {
        var day = Wareki.in(language, version.day());
        if (!version.isCorrection())
            return day;
        return switch (language) {
            case JA -> day + "（第" + version.number() + "版）";
            case JA_EASY -> day + "（" + version.number() + "番目（ばんめ）の 版）";
            case EN -> day + " (version " + version.number() + ")";
        };
    }

    public String month(@Nullable YearMonth month) { return month == null ? "" : Wareki.in(language, month); }

    /// The day and the minute, in Japan.
    public String moment(@Nullable Instant moment) {
        if (moment == null)
            return "";
        var local = moment.atZone(JAPAN);
        return Wareki.in(language, local.toLocalDate()) + " " + local.format(DateTimeFormatter.ofPattern("HH:mm"));
    }

    /// `12,345円`, or `¥12,345` on an English page.
    public String yen(@Nullable Yen yen) { return yen == null ? "" : yen(yen.amount()); }

    public String yen(long amount) { return language == Language.EN ? "¥" + number(amount) : number(amount) + "円"; }

    public String number(@Nullable Number number) {
        return number == null ? "" : NumberFormat.getInstance(Locale.JAPAN).format(number);
    }

    /// The messages of the findings about one field, or nothing: the `error` of a form part.
    public @Nullable String error(@Nullable List<Finding> findings, String where) {
        if (findings == null)
            return null;
        var messages = findings.stream().filter(f -> f.where().equals(where)).map(f -> f.message().in(language))
                .distinct().toList();
        return messages.isEmpty() ? null : String.join(" ", messages);
    }

    /// The id of the control for a field path: `children[0].birthDate` is `f-children-0-birthDate`.
    public String id(String path) { return anchor(path); }

    /// The same for an address that leads to the field.
    public static String anchor(String path) {
        return "f-" + path.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    }
}
