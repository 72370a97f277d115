package jp.kiban.payment;

import java.util.List;
import jp.kiban.kernel.Text;

/// 読み取りの結果. What a transfer file turned out to be. Totals are what the data records add up to, whatever the trailer says.
sealed interface ZenginReading {
    /// Number of data records seen.
    int count();

    /// Sum of the amounts that could be read, in yen.
    long total();

    record Sound(ZenginFile file, boolean crlf, int count, long total) implements ZenginReading {}

    record Faulty(List<Fault> faults, int count, long total) implements ZenginReading {
        public Faulty {
            if (faults.isEmpty())
                throw new IllegalArgumentException("faulty without a fault");
            faults = List.copyOf(faults);
        }
    }

    /// 誤り. One fault: the record (from 1; 0 for the whole file), the byte within it (from 1; 0 for the whole record).
    record Fault(int record, int position, String code, Text message) {}
}
