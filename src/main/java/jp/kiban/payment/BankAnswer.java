package jp.kiban.payment;

import java.time.LocalDate;
import java.util.List;

/// 振込結果. What the bank says of each transfer, from a CSV or from records of 120 bytes (the layout is in
/// docs/reference/payment-files.md). Either every line can be read, or all faults are told and nothing is taken.
sealed interface BankAnswer {
    record Sound(List<Line> lines) implements BankAnswer {
        public Sound { lines = List.copyOf(lines); }
    }

    record Faulty(List<ZenginReading.Fault> faults) implements BankAnswer {
        public Faulty { faults = List.copyOf(faults); }
    }

    /// 結果の一件. The line of the file it stands in (from 1), run and line of the order, yen, whether it was paid, the reason's
    /// code when not (else empty), and the bank's day.
    record Line(int record, int run, int line, long yen, boolean paid, String reason, LocalDate day) {}

    static BankAnswer read(byte[] bytes, LocalDate today) { return BankAnswerReader.read(bytes, today); }
}
