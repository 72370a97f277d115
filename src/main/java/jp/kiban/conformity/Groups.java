package jp.kiban.conformity;

import java.util.Map;
import java.util.Set;

/// 相違の分類. What the kinds of difference are about, as the contract groups them.
final class Groups {
    private static final Map<String, Set<String>> ALL = Map.of("decision", Set.of("OUTCOME", "REASON-MISSING",
            "REASON-UNEXPECTED", "LAW", "REQUIREMENT", "RESULT", "START", "MONTH", "AMOUNT", "SWAPPED", "TOTAL",
            "DECIDED-ON", "STRAIGHT"), "way", Set.of("DEADLINE", "ARRIVAL", "VERSION", "STAGE", "RECEIPT", "LOST"),
            "local", Set.of("LOCAL-IGNORED", "LOCAL-LIMIT"), "session", Set.of("SESSION-END"), "manners", Set.of(
                    "NOT-IDEMPOTENT", "KEY-REUSED", "DOUBLED", "DECIDED-AFTER-WITHDRAWAL", "UNKNOWN-RECEIPT",
                    "ISOLATION"));

    private Groups() {}

    static String of(String code) {
        for (var group : ALL.entrySet())
            if (group.getValue().contains(code))
                return group.getKey();
        return code.startsWith("NOTICE-")
                ? "notice"
                : code.startsWith("EXPORT-") || code.equals("STATISTICS") ? "figures" : "faults";
    }
}
