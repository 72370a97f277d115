package jp.kiban.letters;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/// 元号. The eras since 明治 and the days they begin and end (一世一元). 明治45年7月30日 and 大正15年12月25日 are also the first days of
/// 大正 and 昭和: the edicts took effect at the beginning of the day on which they were given, so both names are right. 平成 and
/// 令和 began the day after (元号を改める政令).
public enum Era {
    MEIJI("明治", "明", 'M', LocalDate.of(1868, 1, 25), LocalDate.of(1912, 7, 30)), TAISHO("大正", "大", 'T',
            LocalDate.of(1912, 7, 30),
            LocalDate.of(1926, 12, 25)), SHOWA("昭和", "昭", 'S', LocalDate.of(1926, 12, 25),
                    LocalDate.of(1989, 1, 7)), HEISEI("平成", "平", 'H', LocalDate.of(1989, 1, 8),
                            LocalDate.of(2019, 4, 30)), REIWA("令和", "令", 'R', LocalDate.of(2019, 5, 1), LocalDate.MAX);

    private final String title;
    private final String kanji;
    private final char letter;
    private final LocalDate first;
    private final LocalDate last;

    Era(String title, String kanji, char letter, LocalDate first, LocalDate last) {
        this.title = title;
        this.kanji = kanji;
        this.letter = letter;
        this.first = first;
        this.last = last;
    }

    /// `令和`.
    public String title() { return title; }

    public LocalDate first() { return first; }

    /// The last day of the era; of the present one, no day.
    public LocalDate last() { return last; }

    public boolean holds(LocalDate day) { return !day.isBefore(first) && !day.isAfter(last); }

    /// The year of the common calendar; the first year of an era (元年) is 1.
    public int year(int yearOfEra) { return first.getYear() + yearOfEra - 1; }

    /// The era of a day; on the two days that have two names, the new one. Refuses days before 明治.
    public static Era of(LocalDate day) {
        for (int i = values().length - 1; i >= 0; i--)
            if (!day.isBefore(values()[i].first))
                return values()[i];
        throw new IllegalArgumentException("before 明治元年: " + day);
    }

    /// By its name, its first kanji or its letter, or the square sign of its name (㍻).
    public static Optional<Era> named(String text) {
        return Arrays.stream(values()).filter(e -> e.title.equals(text) || e.kanji.equals(text)
                || text.length() == 1 && Character.toUpperCase(text.charAt(0)) == e.letter).findFirst()
                .or(() -> text.length() == 1 ? square(text.charAt(0)) : Optional.empty());
    }

    private static Optional<Era> square(char sign) {
        return switch (sign) {
            case '㍾' -> Optional.of(MEIJI);
            case '㍽' -> Optional.of(TAISHO);
            case '㍼' -> Optional.of(SHOWA);
            case '㍻' -> Optional.of(HEISEI);
            case '㋿' -> Optional.of(REIWA);
            default -> Optional.empty();
        };
    }
}
