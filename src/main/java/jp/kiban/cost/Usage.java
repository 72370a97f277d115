package jp.kiban.cost;

import java.util.ArrayList;
import java.util.List;

/// 利用量. What some work used: CPU and database time in nanoseconds, bytes of requests and answers, messages sent, and the
/// number of units of work. Whole, non-negative numbers, so that a division among applications can be exact.
public record Usage(long cpuNanos, long databaseNanos, long bytes, long messages, long works) {
    static final Usage NOTHING = new Usage(0, 0, 0, 0, 0);

    public Usage {
        if (cpuNanos < 0 || databaseNanos < 0 || bytes < 0 || messages < 0 || works < 0)
            throw new IllegalArgumentException("negative usage");
    }

    public Usage plus(Usage other) {
        return new Usage(Math.addExact(cpuNanos, other.cpuNanos), Math.addExact(databaseNanos, other.databaseNanos),
                Math.addExact(bytes, other.bytes), Math.addExact(messages, other.messages),
                Math.addExact(works, other.works));
    }

    /// Divided evenly; what does not divide goes to the first, so the parts always add up to the whole. Each part is one
    /// unit of work for its application: that number alone is not divided.
    List<Usage> among(int parts) {
        var shares = new ArrayList<Usage>();
        for (int i = 0; i < parts; i++)
            shares.add(new Usage(part(cpuNanos, parts, i), part(databaseNanos, parts, i), part(bytes, parts, i),
                    part(messages, parts, i), works));
        return shares;
    }

    private static long part(long whole, int parts, int i) { return whole / parts + (i == 0 ? whole % parts : 0); }
}
