package jp.kiban.registry;

import jp.kiban.letters.CorporateNumber;
import java.time.LocalDate;
import java.util.Optional;

/// 法人. One corporation as the registry has it from a day on: number, name, kind, the seat of its head office, whether it is closed and
/// by whom it is succeeded. Public (番号法39条4項); the reading and the English name only where the corporation gave them.
public record Corporation(CorporateNumber number, String name, String furigana, int kind, String prefecture,
        String city, String street, String prefectureCode, String cityCode, String postCode, String outside,
        String enName, String enAddress, int process, boolean corrected, boolean hidden, LocalDate changeDate,
        LocalDate updateDate, LocalDate assignmentDate, Optional<LocalDate> closeDate, Optional<Integer> closeCause,
        Optional<CorporateNumber> successor, String changeCause, Provenance provenance) {

    /// The seat in one line; abroad as it was given.
    public String address() { return outside.isEmpty() ? prefecture + city + street : outside; }

    public boolean closed() { return closeDate.isPresent(); }

    /// 全国地方公共団体コード of the seat, five digits without the check digit; empty abroad.
    public String municipality() { return prefectureCode.equals("99") ? "" : prefectureCode + cityCode; }
}
