package jp.kiban.exchange;

import java.util.List;
import java.util.Optional;

/// 情報提供. The answer to an inquiry: one piece of evidence for each item asked, in the order asked.
public sealed interface Provision {
    List<Evidence> evidence();

    /// The evidence of one item; empty only when it was not asked for.
    default Optional<Evidence> of(String item) {
        return evidence().stream().filter(e -> e.item().equals(item)).findFirst();
    }

    /// 提供. Answered, item by item; an item may still be unknown or its register out of reach.
    record Provided(List<Evidence> evidence) implements Provision {
        public Provided { evidence = List.copyOf(evidence); }
    }
}
