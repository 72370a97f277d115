package jp.kiban.payment;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/// Reads the bank's answer in both forms. Records of 120 bytes begin with the digits of their header; anything else is CSV, in
/// UTF-8 or Windows-31J, with the header `run,line,amount,result,reason,day` or its Japanese words.
final class BankAnswerReader {
    static final List<String> HEADER = List.of("run", "line", "amount", "result", "reason", "day");
    static final List<String> JAPANESE_HEADER = List.of("支払回", "明細", "金額", "結果", "理由", "処理日");
    private static final int RESULT = 114;

    private final LocalDate today;
    private final List<ZenginReading.Fault> faults = new ArrayList<>();
    private final List<BankAnswer.Line> lines = new ArrayList<>();

    private BankAnswerReader(LocalDate today) { this.today = today; }

    static BankAnswer read(byte[] bytes, LocalDate today) {
        var reader = new BankAnswerReader(today);
        if (bytes.length >= 4 && new String(bytes, 0, 4, StandardCharsets.ISO_8859_1).matches("1[0-9]{3}"))
            reader.records(bytes);
        else
            reader.csv(bytes);
        if (reader.faults.isEmpty())
            return new BankAnswer.Sound(reader.lines);
        return new BankAnswer.Faulty(reader.faults);
    }

    private void csv(byte[] bytes) {
        var rows = rows(bytes);
        if (rows.isEmpty()) {
            fault(0, 0, "EMPTY", "payment.result.empty");
            return;
        }
        var header = rows.getFirst().toList().stream().map(String::strip).toList();
        if (!header.equals(HEADER) && !header.equals(JAPANESE_HEADER)) {
            fault(1, 0, "HEADER", "payment.result.header", String.join(",", HEADER));
            return;
        }
        for (var row : rows.subList(1, rows.size())) {
            int number = (int) row.getRecordNumber();
            if (row.size() != HEADER.size()) {
                fault(number, 0, "COLUMNS", "payment.result.columns", row.size(), HEADER.size());
                continue;
            }
            int before = faults.size();
            long run = number(number, 1, row.get(0), 9_999_999);
            long line = number(number, 2, row.get(1), 9_999_999);
            long yen = number(number, 3, row.get(2), ZenginFile.MOST_YEN_EACH);
            var paid = result(number, row.get(3).strip());
            String reason = row.get(4).strip();
            var day = day(number, row.get(5).strip());
            paid.ifPresent(p -> reason(number, 5, p, reason));
            if (faults.size() == before && paid.isPresent() && day.isPresent())
                lines.add(new BankAnswer.Line(number, (int) run, (int) line, yen, paid.get(), reason, day.get()));
        }
        if (rows.size() == 1)
            fault(0, 0, "EMPTY", "payment.result.empty");
    }

    private static List<CSVRecord> rows(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            text = new String(bytes, Charset.forName("windows-31j"));
        }
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            return CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setLenientEof(true).get()
                    .parse(new StringReader(withoutMark)).getRecords();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private long number(int record, int column, String text, long most) {
        String digits = text.strip();
        if (digits.matches("[0-9]{1,10}") && Long.parseLong(digits) >= 1 && Long.parseLong(digits) <= most)
            return Long.parseLong(digits);
        fault(record, column, "NUMBER", "payment.result.number", HEADER.get(column - 1), text);
        return 0;
    }

    private Optional<Boolean> result(int record, String text) {
        return switch (text) {
            case "paid", "振込済", "0" -> Optional.of(true);
            case "returned", "振込不能", "組戻", "1" -> Optional.of(false);
            default -> {
                fault(record, 4, "RESULT", "payment.result.result", text);
                yield Optional.empty();
            }
        };
    }

    private void reason(int record, int position, boolean paid, String code) {
        boolean fits = paid ? code.isEmpty() || code.equals("00") : ReturnReason.of(code).isPresent();
        if (!fits)
            fault(record, position, "REASON", paid ? "payment.result.reasonPaid" : "payment.result.reason", code);
    }

    private Optional<LocalDate> day(int record, String text) {
        try {
            String plain = text.replace("/", "-");
            var day = LocalDate.parse(plain.matches("[0-9]{8}")
                    ? plain.substring(0, 4) + "-" + plain.substring(4, 6) + "-" + plain.substring(6)
                    : plain);
            return Optional.of(day);
        } catch (DateTimeException notADay) {
            fault(record, 6, "DAY", "payment.result.day", text);
            return Optional.empty();
        }
    }

    private void records(byte[] bytes) {
        var cut = ZenginRecords.cut(bytes);
        faults.addAll(cut.faults());
        long paidYen = 0;
        long returnedYen = 0;
        int paidCount = 0;
        int returnedCount = 0;
        char before = ' ';
        for (var record : cut.records()) {
            char type = record.text().charAt(0);
            boolean fits = switch (type) {
                case '1' -> before == ' ';
                case '2', '8' -> before == '1' || before == '2';
                case '9' -> before == '8';
                default -> false;
            };
            if (!fits)
                fault(record.number(), 1, "ORDER", "payment.zengin.order", String.valueOf(type));
            before = type;
            if (type == '2') {
                var read = data(record);
                if (read.isPresent() && read.get().paid()) {
                    paidCount++;
                    paidYen += read.get().yen();
                } else if (read.isPresent()) {
                    returnedCount++;
                    returnedYen += read.get().yen();
                }
            } else if (type == '8' && faults.isEmpty()) {
                sum(record, 2, 6, paidCount + returnedCount, "COUNT", "payment.zengin.count");
                sum(record, 8, 12, paidYen + returnedYen, "TOTAL", "payment.zengin.total");
                sum(record, 20, 6, paidCount, "PAID_COUNT", "payment.zengin.count");
                sum(record, 26, 12, paidYen, "PAID_TOTAL", "payment.zengin.total");
                sum(record, 38, 6, returnedCount, "RETURNED_COUNT", "payment.zengin.count");
                sum(record, 44, 12, returnedYen, "RETURNED_TOTAL", "payment.zengin.total");
            }
        }
        if (before != '9')
            fault(0, 0, "UNFINISHED", "payment.zengin.unfinished");
    }

    private Optional<BankAnswer.Line> data(ZenginRecords.Line record) {
        int beforeFaults = faults.size();
        long yen = digits(record, 81, 10, "amount");
        long run = digits(record, 92, 10, "run");
        long line = digits(record, 102, 10, "line");
        String code = record.part(RESULT, 1);
        if (!"01".contains(code))
            fault(record.number(), RESULT, "RESULT", "payment.result.result", code);
        String reason = record.part(RESULT + 1, 2);
        if ("01".contains(code))
            reason(record.number(), RESULT + 1, code.equals("0"), reason.strip());
        var day = monthDay(record);
        if (faults.size() > beforeFaults || day.isEmpty())
            return Optional.empty();
        var read = new BankAnswer.Line(record.number(), (int) run, (int) line, yen, code.equals("0"),
                code.equals("0") ? "" : reason, day.get());
        lines.add(read);
        return Optional.of(read);
    }

    private long digits(ZenginRecords.Line record, int from, int letters, String what) {
        String part = record.part(from, letters);
        if (part.matches("[0-9]+") && Long.parseLong(part) >= 1
                && (what.equals("amount") || Long.parseLong(part) <= 9_999_999))
            return Long.parseLong(part);
        fault(record.number(), from, "NUMBER", "payment.result.number", what, part.strip());
        return 0;
    }

    private Optional<LocalDate> monthDay(ZenginRecords.Line record) {
        String part = record.part(RESULT + 3, 4);
        try {
            if (part.matches("[0-9]{4}"))
                return Optional.of(nearest(MonthDay.of(Integer.parseInt(part.substring(0, 2)),
                        Integer.parseInt(part.substring(2)))));
        } catch (DateTimeException notADay) {
            // told below
        }
        fault(record.number(), RESULT + 3, "DAY", "payment.result.day", part.strip());
        return Optional.empty();
    }

    /// The record has no year: the day of that name that is nearest to today.
    private LocalDate nearest(MonthDay day) {
        var thisYear = day.atYear(today.getYear());
        if (thisYear.isAfter(today.plusMonths(6)))
            return day.atYear(today.getYear() - 1);
        return thisYear.isBefore(today.minusMonths(6)) ? day.atYear(today.getYear() + 1) : thisYear;
    }

    private void sum(ZenginRecords.Line record, int from, int letters, long seen, String code, String key) {
        String part = record.part(from, letters);
        if (!part.matches("[0-9]+"))
            fault(record.number(), from, "NUMBER", "payment.result.number", code, part.strip());
        else if (Long.parseLong(part) != seen)
            fault(record.number(), from, code, key, Long.parseLong(part), seen);
    }

    private void fault(int record, int position, String code, String key, Object... values) {
        faults.add(new ZenginReading.Fault(record, position, code, Words.of(key, values)));
    }
}
