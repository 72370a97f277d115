package jp.kiban.kernel;

import java.time.LocalDate;

/// 標準と版. One version of a service standard (標準仕様): its folder name and the name of the version, which is the day it came
/// into force (施行日), with a number when it corrects another of that day. A case keeps the version it was born under.
public record StandardRef(String id, VersionName version) {
    public StandardRef {
        if (!id.matches("[a-z][a-z0-9-]{1,60}"))
            throw new IllegalArgumentException("not a standard id: " + id);
    }

    /// The first version of the day.
    public StandardRef(String id, LocalDate day) { this(id, VersionName.of(day)); }

    /// Reads `child-allowance@2024-10-01`, and a correction `child-allowance@2024-10-01.02`.
    public static StandardRef parse(String text) {
        int at = text.indexOf('@');
        if (at < 0)
            throw new IllegalArgumentException("expected id@version, saw: " + text);
        return new StandardRef(text.substring(0, at), VersionName.parse(text.substring(at + 1)));
    }

    /// 施行日. The day by which the version is named.
    public LocalDate day() { return version.day(); }

    @Override
    public String toString() { return id + "@" + version; }
}
