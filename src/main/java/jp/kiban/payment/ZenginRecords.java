package jp.kiban.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.kiban.letters.ZenginKana;

/// Cuts bytes into records of 120, with or without CRLF between them, and checks one slot's letters. Shared by the transfer
/// file and by the bank's answer in the same form.
final class ZenginRecords {
    private ZenginRecords() {}

    /// One record: its number from 1 and its 120 letters (U+FFFD where a byte is none).
    record Line(int number, String text) {
        /// So many letters from a position counted from 1.
        String part(int from, int letters) { return text.substring(from - 1, from - 1 + letters); }

        String name(int from, int letters) { return part(from, letters).stripTrailing(); }
    }

    record Cut(List<Line> records, boolean crlf, List<ZenginReading.Fault> faults) {}

    record SlotFault(int position, String code, String key, String seen) {}

    static Cut cut(byte[] bytes) {
        boolean crlf = IntStream.range(0, bytes.length).anyMatch(i -> bytes[i] == '\n' || bytes[i] == '\r');
        var records = new ArrayList<Line>();
        var faults = new ArrayList<ZenginReading.Fault>();
        int number = 0;
        int at = 0;
        while (at < bytes.length) {
            number++;
            int end = crlf ? newline(bytes, at) : Math.min(at + ZenginLayout.RECORD, bytes.length);
            if (end - at != ZenginLayout.RECORD)
                faults.add(new ZenginReading.Fault(number, 0, "LENGTH",
                        Words.of("payment.zengin.length", end - at)));
            else
                records.add(new Line(number, text(bytes, at, end)));
            at = end;
            if (crlf) {
                boolean whole = at + 1 < bytes.length && bytes[at] == '\r' && bytes[at + 1] == '\n';
                if (!whole)
                    faults.add(new ZenginReading.Fault(number, ZenginLayout.RECORD + 1, "NEWLINE",
                            Words.of("payment.zengin.newline")));
                at = whole ? at + 2 : at + 1;
            }
        }
        return new Cut(records, crlf, faults);
    }

    private static int newline(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\r' && bytes[at] != '\n')
            at++;
        return at;
    }

    private static String text(byte[] bytes, int from, int to) {
        var text = new StringBuilder(to - from);
        for (int i = from; i < to; i++)
            text.append(BankKana.toChar(bytes[i]));
        return text.toString();
    }

    /// The first letter that may not be there.
    static Optional<SlotFault> slotFault(ZenginLayout.Slot slot, int from, String part) {
        if (slot.kind() == ZenginLayout.Kind.NUMBER_OR_BLANK && part.isBlank())
            return Optional.empty();
        for (int i = 0; i < part.length(); i++)
            if (!isAllowed(slot.kind(), part.charAt(i)))
                return Optional.of(new SlotFault(from + i, "LETTER", key(slot.kind()), seen(part.charAt(i))));
        boolean name = slot.kind() == ZenginLayout.Kind.PARTY_NAME || slot.kind() == ZenginLayout.Kind.BANK_NAME;
        if (name && !part.isBlank() && (part.charAt(0) == ' ' || ZenginKana.isMark(part.charAt(0))))
            return Optional.of(new SlotFault(from, "START", "payment.zengin.start", seen(part.charAt(0))));
        return Optional.empty();
    }

    private static boolean isAllowed(ZenginLayout.Kind kind, char c) {
        return switch (kind) {
            case NUMBER, NUMBER_OR_BLANK -> c >= '0' && c <= '9';
            case PARTY_NAME -> ZenginKana.isLetter(c);
            case BANK_NAME -> BankKana.isBankName(c);
            case FLAG -> c == ' ' || c == 'Y';
            case BLANK -> c == ' ';
        };
    }

    private static String key(ZenginLayout.Kind kind) {
        return switch (kind) {
            case NUMBER, NUMBER_OR_BLANK -> "payment.zengin.digit";
            case PARTY_NAME -> "payment.zengin.partyName";
            case BANK_NAME -> "payment.zengin.bankName";
            case FLAG -> "payment.zengin.flag";
            case BLANK -> "payment.zengin.blank";
        };
    }

    private static String seen(char c) { return c == ' ' ? "␠" : c == '\uFFFD' ? "?" : String.valueOf(c); }
}
