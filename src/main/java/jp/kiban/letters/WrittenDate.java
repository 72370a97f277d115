package jp.kiban.letters;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// 日付の記載. A date as somebody wrote it, and what can be said of it: a day, or the days it may have been. The text is kept as
/// it was, whatever was understood. Reads eras by name, kanji, letter and square sign, kanji numbers, every width, the common
/// calendar, and the forms in which registers write what they do not know (不詳日の表記). Guesses nothing: a year of two digits
/// without its era is not read.
public sealed interface WrittenDate {
    /// As it was written.
    String text();

    /// 確かな日.
    record Day(String text, LocalDate day) implements WrittenDate {}

    /// 不確かな日、ありえない日. Some day from the earliest to the latest (both possible), and why it is not known better. With
    /// `ABOUT` or `PRESUMED` the writer was not sure of these bounds either.
    record Uncertain(String text, LocalDate earliest, LocalDate latest, Set<Doubt> doubts) implements WrittenDate {
        public Uncertain { doubts = Set.copyOf(doubts); }
    }

    /// 年月日不詳. Written to say that nothing is known.
    record Unknown(String text) implements WrittenDate {}

    /// 読み取れない.
    record Unreadable(String text, Trouble trouble) implements WrittenDate {}

    /// 不確かなわけ.
    enum Doubt {
        /// 頃
        ABOUT,
        /// 推定
        PRESUMED,
        /// 春夏秋冬
        SEASON,
        /// 上旬、中旬、下旬
        TEN_DAYS,
        /// only the year is known
        MONTH_UNKNOWN,
        /// only the year and the month are known
        DAY_UNKNOWN,
        /// から…まで
        BETWEEN,
        /// 2月29日 of a common year, 4月31日, 13月
        NO_SUCH_DAY,
        /// 平成35年, 昭和64年1月8日, 令和元年4月30日: counted on from the era, which was not in force on that day
        BEYOND_ERA
    }

    /// 読み取れないわけ.
    enum Trouble {
        EMPTY, NOT_A_DATE, NO_ERA, BACKWARDS
    }

    /// The day, where exactly one is meant: also when the era named was not in force on it.
    default Optional<LocalDate> exactDay() {
        return switch (this) {
            case Day(var _, var day) -> Optional.of(day);
            case Uncertain(var _, var earliest, var latest, var doubts) when earliest.equals(latest)
                    && doubts.equals(Set.of(Doubt.BEYOND_ERA)) ->
                Optional.of(earliest);
            case Uncertain _, Unknown _, Unreadable _ -> Optional.empty();
        };
    }

    static WrittenDate read(String text) { return Reader.read(text); }

    /// 読み取り.
    final class Reader {
        private static final String ERA = "(明治|大正|昭和|平成|令和|西暦|[明大昭平令㍾㍽㍼㍻㋿]|[MTSHRmtshr](?![a-z]))?\\.?";
        private static final Pattern WORDS = Pattern.compile(ERA + "([0-9]{1,4}|元)年(?:([0-9]{1,2})月(?:([0-9]{1,2})日"
                + "|([上中下初])旬|日不[詳明])?|月日不[詳明]|([春夏秋冬]))?");
        private static final Pattern SIGNS = Pattern
                .compile(ERA + "([0-9]{1,4}|元)([./-])([0-9]{1,2})(?:\\3([0-9]{1,2}))?");
        private static final Pattern RUN = Pattern.compile("([MTSHRmtshr])?([0-9]{2}|[0-9]{4})([0-9]{2})([0-9]{2})");
        private static final Pattern UNTIL = Pattern.compile("(?:([0-9]{1,2})月)?([0-9]{1,2})日");
        private static final Pattern NOTHING = Pattern.compile("(?:生|死亡)?年月日不[詳明]|不[詳明]|日付不[詳明]");

        private Reader() {}

        /// 年・月・日 as far as they were written; -1 for what was not.
        private record Point(@Nullable Era era, int year, int month, int day, String part) {}

        private record Span(LocalDate from, LocalDate to, EnumSet<Doubt> doubts) {}

        static WrittenDate read(String text) {
            var doubts = EnumSet.noneOf(Doubt.class);
            var plain = plain(text);
            if (plain.isEmpty())
                return new Unreadable(text, Trouble.EMPTY);
            if (plain.contains("推定"))
                doubts.add(Doubt.PRESUMED);
            if (plain.contains("頃") || plain.startsWith("約"))
                doubts.add(Doubt.ABOUT);
            plain = plain.replace("(推定)", "").replace("推定", "").replace("頃", "").replaceFirst("^約", "");
            if (NOTHING.matcher(plain).matches())
                return new Unknown(text);
            int from = plain.indexOf("から");
            if (from > 0)
                return between(text, plain.substring(0, from), plain.substring(from + 2), doubts);
            var point = point(plain);
            if (point.isEmpty())
                return new Unreadable(text, plain.matches("[0-9]{1,2}([./年-]).*") ? Trouble.NO_ERA : Trouble.NOT_A_DATE);
            return tell(text, span(point.get()), doubts);
        }

        private static String plain(String text) {
            var narrow = Kana.narrow(text).replaceAll("\\s", "").replaceAll("ころ|ごろ", "頃");
            return KanjiNumber.arabicBefore(narrow, "年月日");
        }

        private static WrittenDate between(String text, String first, String second, EnumSet<Doubt> doubts) {
            var start = point(first);
            var end = point(second.replaceFirst("(まで)?(の間)?$", ""))
                    .or(() -> start.flatMap(s -> until(s, second.replaceFirst("(まで)?(の間)?$", ""))));
            if (start.isEmpty() || end.isEmpty())
                return new Unreadable(text, Trouble.NOT_A_DATE);
            var earliest = span(start.get());
            var latest = span(end.get());
            if (latest.to().isBefore(earliest.from()))
                return new Unreadable(text, Trouble.BACKWARDS);
            doubts.add(Doubt.BETWEEN);
            doubts.addAll(earliest.doubts());
            doubts.addAll(latest.doubts());
            return tell(text, new Span(earliest.from(), latest.to(), EnumSet.noneOf(Doubt.class)), doubts);
        }

        /// The end of a span, with the year and month of its beginning where it names none.
        private static Optional<Point> until(Point start, String end) {
            var found = UNTIL.matcher(end);
            if (!found.matches())
                return Optional.empty();
            int month = number(found.group(1));
            return Optional.of(new Point(start.era(), start.year(), month < 0 ? start.month() : month,
                    number(found.group(2)), ""));
        }

        private static WrittenDate tell(String text, Span span, EnumSet<Doubt> doubts) {
            doubts.addAll(span.doubts());
            if (doubts.isEmpty() && span.from().equals(span.to()))
                return new Day(text, span.from());
            return new Uncertain(text, span.from(), span.to(), doubts);
        }

        private static Optional<Point> point(String plain) {
            var words = WORDS.matcher(plain);
            if (words.matches())
                return of(words, number(words.group(3)), number(words.group(4)),
                        words.group(5) != null ? words.group(5) : words.group(6));
            var signs = SIGNS.matcher(plain);
            if (signs.matches())
                return of(signs, number(signs.group(4)), number(signs.group(5)), null);
            var run = RUN.matcher(plain);
            if (run.matches())
                return of(run, number(run.group(3)), number(run.group(4)), null);
            return Optional.empty();
        }

        private static Optional<Point> of(Matcher found, int month, int day, @Nullable String part) {
            var named = found.group(1);
            int number = found.group(2).equals("元") ? 1 : number(found.group(2));
            var era = named == null || named.equals("西暦") ? Optional.<Era>empty() : Era.named(named);
            if (era.isEmpty() && (found.group(2).length() < 4 || number < 1868) || era.isPresent()
                    && (number < 1 || number > 99))
                return Optional.empty();
            return Optional.of(new Point(era.orElse(null), era.map(e -> e.year(number)).orElse(number), month, day,
                    part == null ? "" : part));
        }

        private static int number(@Nullable String digits) { return digits == null ? -1 : Integer.parseInt(digits); }

        private static Span span(Point point) {
            var doubts = EnumSet.noneOf(Doubt.class);
            var span = calendar(point, doubts);
            var era = point.era();
            if (era == null)
                return new Span(span.from(), span.to(), doubts);
            boolean outside = span.to().isBefore(era.first()) || span.from().isAfter(era.last());
            if (outside) {
                doubts.add(Doubt.BEYOND_ERA);
                return new Span(span.from(), span.to(), doubts);
            }
            // 昭和64年 is seven days long
            return new Span(span.from().isBefore(era.first()) ? era.first() : span.from(),
                    span.to().isAfter(era.last()) ? era.last() : span.to(), doubts);
        }

        private static Span calendar(Point point, EnumSet<Doubt> doubts) {
            int year = point.year();
            if (point.month() < 0 && point.part().isEmpty()) {
                doubts.add(Doubt.MONTH_UNKNOWN);
                return days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
            }
            if (point.month() < 0) {
                doubts.add(Doubt.SEASON);
                return switch (point.part()) {
                    case "春" -> months(year, 3, 5);
                    case "夏" -> months(year, 6, 8);
                    case "秋" -> months(year, 9, 11);
                    // the winter at the beginning of the year or the one at its end: both may be meant
                    default -> days(LocalDate.of(year, 1, 1), YearMonth.of(year + 1, 2).atEndOfMonth());
                };
            }
            if (point.month() < 1 || point.month() > 12) {
                doubts.add(Doubt.NO_SUCH_DAY);
                return days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
            }
            var month = YearMonth.of(year, point.month());
            if (!point.part().isEmpty()) {
                doubts.add(Doubt.TEN_DAYS);
                return switch (point.part()) {
                    case "中" -> days(month.atDay(11), month.atDay(20));
                    case "下" -> days(month.atDay(21), month.atEndOfMonth());
                    default -> days(month.atDay(1), month.atDay(10));
                };
            }
            if (point.day() < 0) {
                doubts.add(Doubt.DAY_UNKNOWN);
                return days(month.atDay(1), month.atEndOfMonth());
            }
            try {
                return days(month.atDay(point.day()), month.atDay(point.day()));
            } catch (DateTimeException noSuchDay) {
                doubts.add(Doubt.NO_SUCH_DAY);
                return days(month.atDay(1), month.atEndOfMonth());
            }
        }

        private static Span months(int year, int first, int last) {
            return days(YearMonth.of(year, first).atDay(1), YearMonth.of(year, last).atEndOfMonth());
        }

        private static Span days(LocalDate from, LocalDate to) {
            return new Span(from, to, EnumSet.noneOf(Doubt.class));
        }
    }
}
