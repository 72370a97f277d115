package jp.kiban.exchange;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.PersonId;

/// 住民記録の世帯と家族. A person and those whom the register of one authority relates to them, as recorded, protected or
/// not; `asOf` is the day of the register's answer. Leaves a register only as `Unfiltered`.
public record Household(Member self, List<Kin> kin, LocalDate asOf) {
    public Household { kin = List.copyOf(kin); }

    /// 住民. One person of the register, a former resident too (`resident` is false then); `movedIn` is the day they became
    /// a resident by moving in, if they did so.
    public record Member(PersonId person, String name, String kana, LocalDate birthDate, Sex sex, String postalCode,
            String address, boolean resident, Optional<LocalDate> movedIn, Optional<SupportMeasure> measure) {}

    /// 続柄のある人. A spouse or a child of the person, in the register's own word (妻, 子).
    public record Kin(Member who, Relation relation, String term, boolean livingTogether, boolean abroad,
            boolean inFacility) {}

    /// 関係. Of those whom the register relates to the person.
    public enum Relation {
        SPOUSE, CHILD
    }

    /// 性別. JIS X 0303.
    public enum Sex {
        MALE, FEMALE, UNKNOWN
    }
}
