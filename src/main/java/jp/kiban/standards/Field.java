package jp.kiban.standards;

import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;

/// 項目. One thing the form asks. `path` is where its value lies in the answers: `claimant.name`, or for a column of a
/// table relative to its row: `birthDate`. `evidenceItem` names the register's item that answers it (once-only), so that
/// nobody is asked what a register knows. `basis` is the law that lets us ask.
///
/// @param support what helps to answer, under the label; empty when the label is enough
/// @param evidenceItem `x-kiban-source`, e.g. `resident.person`
/// @param dataClass who may see it: `personal`, `family`, `tax`, `account`, `contact`, `plain`
/// @param lockedWhenKnown the value came from a register: shown, not editable; a doubt becomes a dispute
/// @param shownWhen a FEEL condition over the answers (and `row` in a table); see `StandardVersion.shown`
/// @param columns of a table, else empty
/// @param handling how the value is to be treated beyond the form: gate, shield, retention
public record Field(String path, Text label, Optional<Text> support, Kind kind, boolean required,
        Optional<String> evidenceItem, LegalBasis basis, String dataClass, boolean lockedWhenKnown,
        Optional<String> shownWhen, List<Choice> choices, List<Field> columns,
        Handling handling) {

    /// 種類. How a value is typed and shown. INTEGER and YEN are numbers in the answers, MULTI_CHOICE is a list of values, ADDRESS a text that is never altered and is looked up
    /// in the address registry, CORPORATION the thirteen digits of a corporate number that is looked up in the registry of corporations, PHOTO
    /// a list of {name, type, size, sha256} of files that were given.
    public enum Kind {
        TEXT, TEXTAREA, KANA, ADDRESS, CORPORATION, POSTAL_CODE, DATE, INTEGER, YEN, CHOICE, MULTI_CHOICE, YES_NO, TABLE, ACCOUNT, TEL, EMAIL, PHOTO, CONSENT;

        public Text title() { return Words.text("standards.kind." + name()); }
    }

    /// 取扱い. What the law and the filing rules say of the value.
    ///
    /// @param gate 番号法の根拠: 別表N, 準法定, 条例
    /// @param shield which answers could lead to a protected person
    /// @param gif the item of the Government Interoperability Framework that it is
    /// @param whyAsked why it is asked although a register knows it
    public record Handling(Optional<String> gate, RegisterItem.Shield shield, Optional<String> retention,
            Optional<String> gif, Optional<Text> whyAsked) {}

    public Field {
        choices = List.copyOf(choices);
        columns = List.copyOf(columns);
    }
}
