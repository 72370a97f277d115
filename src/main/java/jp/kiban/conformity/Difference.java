package jp.kiban.conformity;

import jp.kiban.kernel.Text;

/// 相違. One thing that the target does otherwise than the standard.
///
/// @param code what kind, stable: `AMOUNT`, `DEADLINE`, `NOTICE-REMEDY` (all are in the reference of the contract)
/// @param trial which application it was seen with
/// @param where what of it: a month and a line, a field, a language
/// @param said for whoever mends it
record Difference(String code, String trial, String where, String expected, String seen, Text said) {
    String words() { return said.en(); }
}
