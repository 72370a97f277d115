package jp.kiban.standards;

import java.time.LocalDate;
import java.util.List;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import org.springframework.stereotype.Component;

/// 標準の一覧. Every published standard, read once at the start from `standards/` on the class path or from the folder
/// `kiban.standards.folder`. A faulty standard stops the start with all its faults.
@Component
public final class Standards {
    private final List<ServiceStandard> all;

    Standards() { this.all = List.of(); }

    public List<ServiceStandard> all() { return all; }

    public ServiceStandard get(String id) {
        return all.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(NotThere::new);
    }

    /// The version in force on the day; `NotThere` before the first.
    public StandardVersion inForce(String id, LocalDate day) {
        return get(id).versions().stream().filter(v -> !v.ref().version().isAfter(day)).reduce((a, b) -> b)
                .orElseThrow(NotThere::new);
    }

    /// Exactly this version, in force or not: a case keeps the one it was born under.
    public StandardVersion version(StandardRef ref) {
        return get(ref.id()).versions().stream().filter(v -> v.ref().equals(ref)).findFirst()
                .orElseThrow(NotThere::new);
    }
}
