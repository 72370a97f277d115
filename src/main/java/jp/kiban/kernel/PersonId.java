package jp.kiban.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// 宛名番号. A person as one authority knows them: up to 15 digits, meaningful only together with the authority.
/// Never a My Number (個人番号, 12 digits) and never a 住民票コード: those stay in their own registers.
public record PersonId(@JsonValue String number) {
    public PersonId {
        if (!number.matches("[0-9]{1,15}") || number.length() == 12 || number.length() == 11)
            throw new IllegalArgumentException("not an addressee number (宛名番号: digits, at most 15, not 11 or 12): "
                    + number.length() + " characters");
    }

    @JsonCreator
    public static PersonId of(String number) { return new PersonId(number); }

    @Override
    public String toString() { return number; }
}
