package jp.kiban.kernel;

import java.util.List;
import java.util.stream.Collectors;

/// 入力の誤り. What was given cannot be taken; carries every finding at once. A page shows them beside their fields, the
/// API answers 422 with the same list.
public final class BadInput extends RuntimeException {
    private final transient List<Finding> findings;

    public BadInput(List<Finding> findings) {
        super(findings.stream().map(f -> f.where() + ": " + f.message().en()).collect(Collectors.joining("; ")));
        if (findings.isEmpty())
            throw new IllegalArgumentException("bad input without a finding");
        this.findings = List.copyOf(findings);
    }

    public static BadInput of(String where, String code, Text message) {
        return new BadInput(List.of(new Finding(where, code, message)));
    }

    public List<Finding> findings() { return findings; }
}
