package jp.kiban.letters;

/// 氏名の三つの形. A name as it was given, and what is derived from it: the key it is found by and the letters a bank takes. The
/// original is what registers and notices show; a derived form never goes back into it.
///
/// @param original as given, unaltered
/// @param kana its reading as given; empty when there is none
/// @param searchKey of the name; see `Folding`
/// @param readingKey of the reading; of the name where there is none
/// @param zengin of the reading, with what a bank cannot take named
public record NameForms(String original, String kana, String searchKey, String readingKey, ZenginKana zengin) {
    public static NameForms of(String original, String kana) {
        return new NameForms(original, kana, Folding.key(original), Folding.key(kana.isBlank() ? original : kana),
                ZenginKana.of(kana.isBlank() ? original : kana));
    }
}
