package jp.kiban.statistics;

import java.util.List;

/// 都道府県のタイル. Where each of the 47 prefectures stands in a map of equal tiles, roughly as it lies; for every picture that shows
/// something by prefecture.
public final class PrefectureTiles {
    public static final int SIZE = 64;
    private static final int GAP = 4;
    public static final int WIDTH = 14 * (SIZE + GAP) - GAP;
    public static final int HEIGHT = 12 * (SIZE + GAP) - GAP;

    private PrefectureTiles() {}

    /// The upper left corner of a tile.
    public record Place(int x, int y) {}

    /// Column and row of each prefecture, in the order of the codes.
    private static final int[][] PLACES = {{13, 0}, {13, 1}, {13, 2}, {13, 3}, {12, 2}, {12, 3}, {12, 4}, {13, 5},
            {12, 5}, {11, 5}, {11, 6}, {13, 6}, {12, 6}, {11, 7}, {11, 4}, {10, 4}, {9, 4}, {9, 5}, {10, 6}, {10, 5},
            {9, 6}, {10, 7}, {9, 7}, {8, 8}, {8, 6}, {7, 6}, {7, 7}, {6, 6}, {8, 7}, {7, 8}, {5, 6}, {4, 6}, {5, 7},
            {4, 7}, {3, 7}, {5, 9}, {5, 8}, {4, 8}, {4, 9}, {1, 8}, {0, 8}, {0, 9}, {1, 9}, {2, 8}, {2, 9}, {1, 10},
            {0, 11}};

    public static List<Place> all() {
        return java.util.Arrays.stream(PLACES).map(p -> new Place(p[0] * (SIZE + GAP), p[1] * (SIZE + GAP))).toList();
    }
}
