package jp.kiban.kernel;

/// 不備. One fault in what somebody gave us: where (a field path such as `children[0].birthDate`, empty for the whole),
/// a stable code, and what was seen and what to do, in the three languages (行政手続法7条).
public record Finding(String where, String code, Text message) {}
