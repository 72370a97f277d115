package jp.kiban.payment;

import java.io.ByteArrayOutputStream;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.kiban.kernel.Yen;

/// 総合振込ファイル. Transfers from one account on one day, in the records of 120 bytes that every bank in Japan takes (全銀協,
/// 種別21, JIS X 0201). One file holds at most 999,999 transfers and 999,999,999,999 yen: `split` makes as many as are needed. The
/// date has no year. What is built can be written; what is read is checked byte by byte and told all at once.
record ZenginFile(Originator originator, MonthDay payDay, List<Transfer> transfers) {
    static final int MOST_TRANSFERS = 999_999;
    static final long MOST_YEN = 999_999_999_999L;
    static final long MOST_YEN_EACH = 9_999_999_999L;

    /// 振込依頼人. The authority at its bank: the ten digits the bank gave it, its name in half-width kana and its account.
    record Originator(String code, String name, BankAccount account) {
        Originator {
            if (!code.matches("[0-9]{10}"))
                throw new IllegalArgumentException("not an originator code of 10 digits: " + code);
            if (name.length() > 40 || !BankKana.isName(name))
                throw new IllegalArgumentException("not an originator name for banks: " + name);
        }
    }

    /// 振込. One payee and an amount. `reference` (顧客コード1, 2) is how the answer finds its order: run and line.
    record Transfer(BankAccount to, Yen amount, String code1, String code2) {
        Transfer {
            if (amount.amount() < 1 || amount.amount() > MOST_YEN_EACH)
                throw new IllegalArgumentException("not an amount of one transfer: " + amount.amount());
            if (!code1.matches("[0-9]{10}") || !code2.matches("[0-9]{10}"))
                throw new IllegalArgumentException("not customer codes: " + code1 + " " + code2);
        }
    }

    ZenginFile {
        transfers = List.copyOf(transfers);
        if (transfers.size() > MOST_TRANSFERS || total(transfers) > MOST_YEN)
            throw new IllegalArgumentException("too much for one file: " + transfers.size() + " transfers, "
                    + total(transfers) + " yen");
    }

    /// As few files as hold them all, in order.
    static List<ZenginFile> split(Originator originator, MonthDay payDay, List<Transfer> transfers) {
        return split(originator, payDay, transfers, MOST_TRANSFERS, MOST_YEN);
    }

    static List<ZenginFile> split(Originator originator, MonthDay payDay, List<Transfer> transfers, int mostTransfers,
            long mostYen) {
        var files = new ArrayList<ZenginFile>();
        var part = new ArrayList<Transfer>();
        long yen = 0;
        for (var transfer : transfers) {
            if (part.size() == mostTransfers || yen + transfer.amount().amount() > mostYen) {
                files.add(new ZenginFile(originator, payDay, part));
                part.clear();
                yen = 0;
            }
            part.add(transfer);
            yen += transfer.amount().amount();
        }
        if (!part.isEmpty() || files.isEmpty())
            files.add(new ZenginFile(originator, payDay, part));
        return files;
    }

    long total() { return total(transfers); }

    private static long total(List<Transfer> transfers) {
        return transfers.stream().mapToLong(t -> t.amount().amount()).sum();
    }

    /// The bytes; with CRLF after each record when the bank wants 122.
    byte[] write(boolean crlf) {
        var out = new ByteArrayOutputStream((transfers.size() + 3) * 122);
        var from = originator.account();
        put(out, crlf, ZenginLayout.HEADER, "1", "21", "0", originator.code(), originator.name(),
                String.format(Locale.ROOT, "%02d%02d", payDay.getMonthValue(), payDay.getDayOfMonth()),
                from.bankCode(), from.bankName(), from.branchCode(), from.branchName(), String.valueOf(from.type()),
                from.number(), "");
        for (var transfer : transfers) {
            var to = transfer.to();
            put(out, crlf, ZenginLayout.DATA, "2", to.bankCode(), to.bankName(), to.branchCode(), to.branchName(),
                    "", String.valueOf(to.type()), to.number(), BankKana.cut(to.holderKana(), BankKana.NAME),
                    String.valueOf(transfer.amount().amount()), "0", transfer.code1(), transfer.code2(), "7", "", "");
        }
        put(out, crlf, ZenginLayout.TRAILER, "8", String.valueOf(transfers.size()), String.valueOf(total()), "");
        put(out, crlf, ZenginLayout.END, "9", "");
        return out.toByteArray();
    }

    static void put(ByteArrayOutputStream out, boolean crlf, ZenginLayout layout, String... values) {
        if (values.length != layout.slots().size())
            throw new IllegalArgumentException(layout + " has " + layout.slots().size() + " slots");
        for (int i = 0; i < values.length; i++) {
            var slot = layout.slots().get(i);
            String value = values[i];
            int fill = slot.bytes() - value.length();
            if (fill < 0)
                throw new IllegalArgumentException(slot.name() + " does not fit: " + value.length() + " letters");
            boolean number = slot.kind() == ZenginLayout.Kind.NUMBER
                    || slot.kind() == ZenginLayout.Kind.NUMBER_OR_BLANK && !value.isEmpty();
            String filled = number ? "0".repeat(fill) + value : value + " ".repeat(fill);
            for (int c = 0; c < filled.length(); c++)
                out.write(BankKana.toByte(filled.charAt(c)));
        }
        if (crlf) {
            out.write('\r');
            out.write('\n');
        }
    }

    /// Checks every byte and answers the file or every fault.
    static ZenginReading read(byte[] bytes) { return ZenginReader.read(bytes); }
}
