package jp.kiban.exchange;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.standards.RegisterItem;
import tools.jackson.databind.JsonNode;

/// 目録の項目を答える台帳. A register, outside of the house or of its own granted cases, that answers items of the catalogue (`standards/registers.yaml`); what
/// connects one implements this, nothing else is needed. An object in the answer that is about another person says so with
/// `"person": "宛名番号"`: that is how the house keeps protected people (支援措置) out of it; the mark itself is taken off. Where several
/// registers keep an item, all are asked, and the first in order that knows it answers.
public interface ItemRegister {
    /// Whether this register is the one to ask for the item.
    boolean keeps(RegisterItem item);

    /// What it knows, in the shape that the catalogue names, and the day for which that is so.
    Optional<Unfiltered<Stated<JsonNode>>> answer(AuthorityId authority, PersonId person, RegisterItem item);
}
