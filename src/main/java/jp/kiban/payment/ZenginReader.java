package jp.kiban.payment;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Yen;

/// Reads a transfer file strictly: lengths, order of the records, every slot's letters, values that cannot be, and the trailer
/// against the sums. Goes on after a fault, so that one reading tells all of them.
final class ZenginReader {
    private final List<ZenginReading.Fault> faults = new ArrayList<>();
    private final List<ZenginFile.Transfer> transfers = new ArrayList<>();
    private Optional<ZenginFile.Originator> originator = Optional.empty();
    private Optional<MonthDay> payDay = Optional.empty();
    private int count;
    private long total;

    private ZenginReader() {}

    static ZenginReading read(byte[] bytes) { return new ZenginReader().all(bytes); }

    private ZenginReading all(byte[] bytes) {
        var cut = ZenginRecords.cut(bytes);
        cut.faults().forEach(faults::add);
        var records = cut.records();
        for (var record : records) {
            int before = faults.size();
            var layout = layout(record);
            layout.ifPresent(l -> slots(l, record));
            boolean sound = faults.size() == before;
            layout.ifPresent(l -> {
                switch (l) {
                    case HEADER -> header(record, sound);
                    case DATA -> data(record, sound);
                    case TRAILER -> trailer(record);
                    case END -> {
                    }
                }
            });
        }
        order(records);
        if (faults.isEmpty() && originator.isPresent() && payDay.isPresent())
            return new ZenginReading.Sound(new ZenginFile(originator.get(), payDay.get(), transfers), cut.crlf(),
                    count, total);
        faults.sort(java.util.Comparator.comparingInt(ZenginReading.Fault::record)
                .thenComparingInt(ZenginReading.Fault::position));
        return new ZenginReading.Faulty(faults, count, total);
    }

    private Optional<ZenginLayout> layout(ZenginRecords.Line record) {
        for (var layout : ZenginLayout.values())
            if (layout.type() == record.text().charAt(0))
                return Optional.of(layout);
        fault(record.number(), 1, "TYPE", "payment.zengin.type", record.text().substring(0, 1));
        return Optional.empty();
    }

    private void slots(ZenginLayout layout, ZenginRecords.Line record) {
        for (int i = 0; i < layout.slots().size(); i++) {
            var slot = layout.slots().get(i);
            int from = layout.position(i);
            ZenginRecords.slotFault(slot, from, record.part(from, slot.bytes())).ifPresent(
                    f -> fault(record.number(), f.position(), f.code(), f.key(), slot.name(), f.seen()));
        }
    }

    private void header(ZenginRecords.Line r, boolean sound) {
        value(r, 2, 2, r.part(2, 2).equals("21"), "KIND", "payment.zengin.kind");
        value(r, 4, 1, r.part(4, 1).equals("0"), "CODE", "payment.zengin.code");
        value(r, 15, 40, !r.part(15, 40).isBlank(), "ORIGINATOR", "payment.zengin.originator");
        value(r, 96, 1, isAccountType(r.part(96, 1)), "ACCOUNT_TYPE", "payment.zengin.accountType");
        try {
            payDay = Optional.of(MonthDay.of(Integer.parseInt(r.part(55, 2)), Integer.parseInt(r.part(57, 2))));
        } catch (DateTimeException | NumberFormatException notADay) {
            value(r, 55, 4, false, "DATE", "payment.zengin.date");
        }
        if (sound && isAccountType(r.part(96, 1)) && !r.part(15, 40).isBlank())
            originator = Optional.of(new ZenginFile.Originator(r.part(5, 10), r.name(15, 40),
                    new BankAccount(r.part(59, 4), r.name(63, 15), r.part(78, 3), r.name(81, 15),
                            r.part(96, 1).charAt(0) - '0', r.part(97, 7), r.name(15, 40))));
    }

    private void data(ZenginRecords.Line r, boolean sound) {
        count++;
        String amount = r.part(81, 10);
        boolean readable = amount.matches("[0-9]{10}");
        if (readable)
            total += Long.parseLong(amount);
        value(r, 43, 1, isAccountType(r.part(43, 1)), "ACCOUNT_TYPE", "payment.zengin.accountType");
        value(r, 51, 30, !r.part(51, 30).isBlank(), "PAYEE", "payment.zengin.payee");
        value(r, 91, 1, "012".contains(r.part(91, 1)), "NEW", "payment.zengin.newCode");
        value(r, 112, 1, "078 ".contains(r.part(112, 1)), "CATEGORY", "payment.zengin.category");
        if (readable)
            value(r, 81, 10, Long.parseLong(amount) > 0, "AMOUNT", "payment.zengin.amount");
        if (sound && isAccountType(r.part(43, 1)) && !r.part(51, 30).isBlank() && Long.parseLong(amount) > 0)
            transfers.add(new ZenginFile.Transfer(
                    new BankAccount(r.part(2, 4), r.name(6, 15), r.part(21, 3), r.name(24, 15),
                            r.part(43, 1).charAt(0) - '0', r.part(44, 7), r.name(51, 30)),
                    new Yen(Long.parseLong(amount)), digits(r.part(92, 10)), digits(r.part(102, 10))));
    }

    private void trailer(ZenginRecords.Line r) {
        if (r.part(2, 6).matches("[0-9]{6}") && Integer.parseInt(r.part(2, 6)) != count)
            fault(r.number(), 2, "COUNT", "payment.zengin.count", Integer.parseInt(r.part(2, 6)), count);
        if (r.part(8, 12).matches("[0-9]{12}") && Long.parseLong(r.part(8, 12)) != total)
            fault(r.number(), 8, "TOTAL", "payment.zengin.total", Long.parseLong(r.part(8, 12)), total);
    }

    /// One header, the data, one trailer, one end: anything else is told with the record that is out of place.
    private void order(List<ZenginRecords.Line> records) {
        char before = ' ';
        for (var record : records) {
            char type = record.text().charAt(0);
            boolean fits = switch (type) {
                case '1' -> before == ' ';
                case '2', '8' -> before == '1' || before == '2';
                case '9' -> before == '8';
                default -> true;
            };
            if (!fits)
                fault(record.number(), 1, "ORDER", "payment.zengin.order", String.valueOf(type));
            before = type;
        }
        if (records.isEmpty())
            fault(0, 0, "EMPTY", "payment.zengin.empty");
        else if (before != '9')
            fault(0, 0, "UNFINISHED", "payment.zengin.unfinished");
    }

    private void value(ZenginRecords.Line record, int from, int bytes, boolean holds, String code, String key) {
        boolean told = faults.stream().anyMatch(
                f -> f.record() == record.number() && f.position() >= from && f.position() < from + bytes);
        if (!holds && !told)
            fault(record.number(), from, code, key, record.part(from, bytes).strip());
    }

    private void fault(int record, int position, String code, String key, Object... values) {
        faults.add(new ZenginReading.Fault(record, position, code, Words.of(key, values)));
    }

    private static String digits(String code) { return code.isBlank() ? "0".repeat(10) : code; }

    private static boolean isAccountType(String text) { return "1249".contains(text); }
}
