package jp.kiban.standards;

import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;

/// 情報の項目. One thing that a register knows and nobody is asked for again: its name, whose register it is, its shape, who
/// may read it under which gate of the number law, and how protected people are kept out of it.
///
/// @param shape a JSON Schema of the value
/// @param dataClass 個人情報の区分, e.g. `family`
/// @param gate 別表N, 準法定 or 条例: what permits to look; empty when nothing of the number law is needed
/// @param demo what the demonstration answers for an ordinary person
/// @param demoPeople and for some of its people, by their name in the demonstration
public record RegisterItem(String id, Text name, Text register, Keeper keeper, JsonNode shape, String dataClass,
        Shield shield, Optional<String> gate, LegalBasis basis, Optional<JsonNode> demo,
        Map<String, JsonNode> demoPeople) {

    /// 保有機関. Who keeps the register.
    public enum Keeper {
        MUNICIPALITY, PREFECTURE, NATIONAL
    }

    /// 支援措置の区分. What of it could lead the other party to a protected person: where somebody lives, or who belongs to
    /// a household.
    public enum Shield {
        ADDRESS, HOUSEHOLD, NONE
    }

    public RegisterItem { demoPeople = Map.copyOf(demoPeople); }
}
