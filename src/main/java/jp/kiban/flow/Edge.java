package jp.kiban.flow;

import java.util.Optional;

/// 矢印. From one node to another; the condition (FEEL) is there only behind an exclusive gateway.
public record Edge(String id, String name, int line, String from, String to, Optional<String> condition) {}
