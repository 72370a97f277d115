package jp.kiban.payment;

import java.time.LocalDate;
import java.util.List;
import jp.kiban.kernel.AuthorityId;

/// 金融機関. The way to the bank and back. Sending the same file name twice is one sending: the bank answers `already`, and
/// pays nothing twice. Where no bank is connected, officers carry the files by hand.
public interface Bank {
    /// 送付票. One transfer file on its way: its run, its name (unique within the authority), the pay day and its bytes as
    /// written.
    record Parcel(AuthorityId authority, int run, String name, LocalDate payDay, byte[] bytes) {}

    /// 結果ファイル. What the bank sent back about the transfers of one run: CSV or 120-byte records, as the upload page takes them.
    record Answer(String name, byte[] bytes) {}

    /// True when the bank took it now, false when it already had it.
    boolean send(Parcel parcel);

    /// Every answer that the bank has so far for the files of this run; the same answers again when asked again.
    List<Answer> answers(AuthorityId authority, int run);
}
