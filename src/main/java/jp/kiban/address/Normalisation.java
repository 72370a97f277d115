package jp.kiban.address;

/// 読み替え. Where the input is written otherwise than the registered name, and how the two were held to be the same. `written` is
/// the input's text at `start`..`end` (empty where the input leaves something out), `registered` the register's.
public record Normalisation(Kind kind, int start, int end, String written, String registered) {
    /// Kinds of differences, from the harmless to the doubtful.
    public enum Kind {
        /// 全角・半角, upper and lower case, kinds of hyphens.
        WIDTH,
        /// 合成: decomposed kana, compatibility ideographs, variation selectors.
        COMPOSITION,
        /// Spaces inside the address.
        SPACE,
        /// Arabic or kanji numerals, 大字 (壱弐参).
        NUMERAL,
        /// ケ・ヶ・が, ノ・の・之, ッ・ツ, hiragana and katakana.
        KANA,
        /// 新旧字体・異体字.
        VARIANT,
        /// 大字・字・丁目 written or left out.
        DESIGNATION,
        /// 都道府県, 郡 or 市 left out.
        OMITTED,
        /// A character that merely looks alike, or another spelling of the name.
        SPELLING,
        /// Entered below the level where it should have begun, and found because only one place has the name.
        ENTRY
    }
}
