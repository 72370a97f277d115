package jp.kiban.standards;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.StandardRef;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 標準の一覧. Every published standard, read once at the start from `standards/` on the class path or from the folder
/// `kiban.standards.folder`; a faulty standard stops the start with all its faults. Reading goes on beside the rest of the
/// start, and afterwards the rules are warmed up with the standard's own examples, so that nobody waits for the first
/// judgement.
@Component
public final class Standards implements SmartInitializingSingleton {
    private final CompletableFuture<List<ServiceStandard>> all = new CompletableFuture<>();

    @Autowired
    Standards(@Value("${kiban.standards.folder:}") String folder) {
        Thread.ofPlatform().name("standards").daemon().start(() -> {
            try {
                var bundle = folder.isBlank() ? Bundle.ofClassPath() : Bundle.ofFolder(Path.of(folder));
                var faults = new ArrayList<Fault>();
                var read = StandardReader.readAll(bundle, faults);
                if (!faults.isEmpty())
                    throw new FaultyStandards(bundle.place(), new Positions(bundle).locate(faults));
                all.complete(List.copyOf(read));
                Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
                read.forEach(s -> s.versions().forEach(v -> Examples.of(bundle, v.ref(), new ArrayList<>()).warm(v)));
            } catch (RuntimeException | Error failed) {
                all.completeExceptionally(failed);
            }
        });
    }

    /// The standards of a folder, for tools and tests.
    public static Standards of(Path folder) {
        var standards = new Standards(folder.toString());
        standards.all();
        return standards;
    }

    @Override
    public void afterSingletonsInstantiated() { all(); }

    public List<ServiceStandard> all() {
        try {
            return all.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    public ServiceStandard get(String id) {
        return all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(NotThere::new);
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
