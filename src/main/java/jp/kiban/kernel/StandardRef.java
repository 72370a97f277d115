package jp.kiban.kernel;

import java.time.LocalDate;

/// 標準と版. One version of a service standard (標準仕様): its folder name and the day it came into force (施行日).
/// A case keeps the version it was born under.
public record StandardRef(String id, LocalDate version) {
    public StandardRef {
        if (!id.matches("[a-z][a-z0-9-]{1,60}"))
            throw new IllegalArgumentException("not a standard id: " + id);
    }

    /// Reads `child-allowance@2024-10-01`.
    public static StandardRef parse(String text) {
        int at = text.indexOf('@');
        if (at < 0)
            throw new IllegalArgumentException("expected id@date, saw: " + text);
        return new StandardRef(text.substring(0, at), LocalDate.parse(text.substring(at + 1)));
    }

    @Override
    public String toString() { return id + "@" + version; }
}
