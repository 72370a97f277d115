package jp.kiban.standards;

import java.util.List;
import java.util.stream.Collectors;

/// 誤りのある標準. Standards that cannot be taken, with every fault; nothing starts with them.
public final class FaultyStandards extends IllegalStateException {
    private final transient List<Fault> faults;

    FaultyStandards(String place, List<Fault> faults) {
        super("the standards in " + place + " have " + faults.size() + " fault(s):\n"
                + faults.stream().map(f -> "  " + f).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() { return faults; }
}
