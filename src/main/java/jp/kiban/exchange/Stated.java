package jp.kiban.exchange;

import java.time.LocalDate;

/// 基準日のある値. What a register says, and the day for which it says so.
public record Stated<T>(T value, LocalDate asOf) {}
