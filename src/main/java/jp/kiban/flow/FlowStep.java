package jp.kiban.flow;

import java.time.Instant;
import java.util.List;

/// 歩み. One step of a flow as it was kept: what came, and the nodes gone through.
public record FlowStep(int number, Instant at, String event, List<String> path) {}
