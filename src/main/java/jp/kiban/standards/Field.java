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
public record Field(String path, Text label, Optional<Text> support, Kind kind, boolean required,
        Optional<String> evidenceItem, LegalBasis basis, String dataClass, boolean lockedWhenKnown,
        Optional<String> shownWhen, List<Choice> choices, List<Field> columns) {

    /// 種類. How a value is typed and shown.
    public enum Kind {
        TEXT, KANA, POSTAL_CODE, DATE, CHOICE, YES_NO, TABLE, ACCOUNT, TEL, EMAIL, CONSENT
    }

    public Field {
        choices = List.copyOf(choices);
        columns = List.copyOf(columns);
    }
}
