package jp.kiban.address;

import java.util.List;

/// 版の差分. What changed between two dictionaries, by (lg_code, machiaza_id): ids that appeared, went, were renamed, or whose
/// point moved.
public record DictionaryDifference(String before, String after, List<Town> appeared, List<Town> gone,
        List<Change> renamed, List<Change> moved) {
    /// The same id before and after; `metres` is how far its point moved.
    public record Change(Town before, Town after, double metres) {}

    public static DictionaryDifference between(AddressDictionary before, AddressDictionary after) {
        throw new UnsupportedOperationException();
    }
}
