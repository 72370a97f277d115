package jp.kiban.kernel;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// 入力の誤り. What was given cannot be taken; carries every finding at once. A page shows them beside their fields, the
/// API answers 422 with the same list.
public final class BadInput extends RuntimeException {
    private final transient List<Finding> findings;

    private final transient Map<String, Object> more;

    public BadInput(List<Finding> findings) { this(findings, Map.of()); }

    /// @param more what a program is told besides the findings, by name: what there is to choose from
    public BadInput(List<Finding> findings, Map<String, Object> more) {
        super(findings.stream().map(f -> f.where() + ": " + f.message().en()).collect(Collectors.joining("; ")));
        if (findings.isEmpty())
            throw new IllegalArgumentException("bad input without a finding");
        this.findings = List.copyOf(findings);
        this.more = Map.copyOf(more);
    }

    public static BadInput of(String where, String code, Text message) {
        return new BadInput(List.of(new Finding(where, code, message)));
    }

    public List<Finding> findings() { return findings; }

    public Map<String, Object> more() { return more; }
}
