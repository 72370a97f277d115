package jp.kiban.flow;

/// 流れの出来事. What makes a waiting flow go on.
public sealed interface FlowEvent {
    /// 済. The person has done the task, or the receive task has got its message, at which this token waits.
    record Done(int token) implements FlowEvent {}

    /// 届いた. A message came. It reaches the token that has waited longest of those that listen for it.
    record Arrived(String message) implements FlowEvent {}

    /// 届いた. A message came for the boundary event of one token.
    record Came(int token, String boundary) implements FlowEvent {}

    /// 時. The time of a timer has come.
    record Due(int token, String timer) implements FlowEvent {}
}
