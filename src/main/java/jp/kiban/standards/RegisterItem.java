package jp.kiban.standards;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 情報の項目. One thing that a register knows and nobody is asked for again: its name, whose register it is, its shape, who
/// may read it under which gate of the number law, and how protected people are kept out of it.
///
/// @param shape a JSON Schema of the value
/// @param dataClass 個人情報の区分, e.g. `family`
/// @param gate 別表N, 準法定 or 条例: what permits to look; empty when nothing of the number law is needed
/// @param demo what the demonstration answers for an ordinary person
/// @param demoPeople and for some of its people, by their name in the demonstration
/// @param granted the standard whose granted cases answer it; empty for what only an outside register knows
public record RegisterItem(String id, Text name, Text register, Keeper keeper, JsonNode shape, String dataClass,
        Shield shield, Optional<String> gate, LegalBasis basis, Optional<JsonNode> demo,
        Map<String, JsonNode> demoPeople, Optional<Granted> granted) {

    /// 認定された事案から. An item that the newest granted case of a standard answers (罹災証明書): the person is never asked to
    /// copy what the same municipality has certified to them.
    ///
    /// @param when the results that the case must have; every grant when empty
    /// @param gives the keys of the value, each with a word of the standard's `exports`, or `receipt`, or `decidedOn`
    public record Granted(String standard, Map<String, JsonNode> when, Map<String, String> gives) {
        public static final String RECEIPT = "receipt";
        public static final String DECIDED_ON = "decidedOn";

        public Granted {
            when = Map.copyOf(when);
            gives = Map.copyOf(gives);
        }

        /// The value that such a case gives, or nothing when it is not one of those that are meant; what the case does not
        /// have is left out.
        public Optional<ObjectNode> value(Judgement judgement, String receipt, LocalDate decidedOn) {
            var results = new HashMap<String, JsonNode>();
            judgement.results().forEach(r -> results.put(r.key(), r.value()));
            for (var wanted : when.entrySet())
                if (!wanted.getValue().equals(results.get(wanted.getKey())))
                    return Optional.empty();
            var value = JsonNodeFactory.instance.objectNode();
            gives.forEach((key, word) -> {
                switch (word) {
                    case RECEIPT -> value.put(key, receipt);
                    case DECIDED_ON -> value.put(key, decidedOn.toString());
                    default -> {
                        var result = results.get(word.replaceFirst("^results\\.", ""));
                        var found = result == null
                                ? judgement.inputs().at("/" + word.replace('.', '/'))
                                : result;
                        if (!found.isMissingNode() && !found.isNull())
                            value.set(key, found);
                    }
                }
            });
            return Optional.of(value);
        }
    }

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
