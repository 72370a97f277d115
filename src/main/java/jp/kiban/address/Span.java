package jp.kiban.address;

/// 使った範囲. Which stretch of the input became what; `start` and `end` are offsets into the input as given. The spans of a match
/// cover the whole input, in order, without gaps.
public record Span(Part part, int start, int end) {
    /// What a stretch of the input became. `IGNORED` is what no part needed: a postal code, spaces, brackets before the address.
    public enum Part {
        IGNORED, PREFECTURE, CITY, STREET, TOWN, NUMBER, REST
    }
}
