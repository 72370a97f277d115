package jp.kiban.flow;

/// 進行中の流れ. One flow of one subject as it stands.
///
/// @param definition the standard and version whose diagram it runs (`child-allowance@2024-10-01`)
/// @param version the number of its last step; an event that was meant for an earlier one comes too late
public record Running(String definition, int version, FlowState state) {}
