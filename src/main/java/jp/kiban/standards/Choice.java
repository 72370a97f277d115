package jp.kiban.standards;

import jp.kiban.kernel.Text;

/// 選択肢. One value that a field may have, and its words.
public record Choice(String value, Text label) {}
