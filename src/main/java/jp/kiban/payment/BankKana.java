package jp.kiban.payment;

import jp.kiban.letters.ZenginKana;

/// 銀行の文字. What the transfer file adds to the kana of banks (`ZenginKana`): the shorter set for names of banks, cutting to a
/// slot, and JIS X 0201, one byte a letter.
final class BankKana {
    /// Cut to this many letters in a payee's name.
    static final int NAME = 30;

    private BankKana() {}

    /// At most so many letters, never leaving a voicing mark without its kana or the kana without its mark.
    static String cut(String half, int letters) {
        if (half.length() <= letters)
            return half;
        int end = ZenginKana.isMark(half.charAt(letters)) ? letters - 1 : letters;
        return half.substring(0, end).stripTrailing();
    }

    static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> ZenginKana.isLetter((char) c));
    }

    /// A letter that a bank takes in the name of a bank or a branch.
    static boolean isBankName(char c) { return ZenginKana.isLetter(c) && c != '(' && c != ')' && c != '.'; }

    /// JIS X 0201, one byte a letter.
    static byte toByte(char c) { return (byte) (c >= 0xFF61 && c <= 0xFF9F ? c - 0xFF61 + 0xA1 : c); }

    /// Bytes that JIS X 0201 does not know become U+FFFD.
    static char toChar(byte b) {
        int unsigned = b & 0xFF;
        if (unsigned >= 0xA1 && unsigned <= 0xDF)
            return (char) (unsigned - 0xA1 + 0xFF61);
        return unsigned >= 0x20 && unsigned < 0x7F ? (char) unsigned : '\uFFFD';
    }
}
