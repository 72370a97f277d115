package jp.kiban.authority;

import java.time.LocalDate;

/// 人口. How many people live in a body, of which day, and whether they were counted (国勢調査) or estimated. A figure of one day is never
/// told as that of another.
public record Population(long persons, LocalDate of, Kind kind) {
    /// 数え方.
    public enum Kind {
        CENSUS, ESTIMATE
    }
}
