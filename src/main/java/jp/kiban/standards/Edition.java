package jp.kiban.standards;

import java.time.LocalDate;
import java.util.Optional;
import jp.kiban.kernel.StandardRef;

/// 版の公表. One version as it was published: its files, what they mean, and for which days new applications are made under
/// it.
///
/// @param standard the standard as this version's own `standard.yaml` describes it, with this version alone
/// @param shipped it came with the folder that the house started with
public record Edition(ServiceStandard standard, StandardVersion version, StandardFiles files, LocalDate inForceFrom,
        Optional<LocalDate> withdrawn, boolean shipped) {
    public StandardRef ref() { return version.ref(); }

    boolean mayBeUsed(LocalDate day) {
        return !inForceFrom.isAfter(day) && withdrawn.filter(w -> !w.isAfter(day)).isEmpty();
    }
}
