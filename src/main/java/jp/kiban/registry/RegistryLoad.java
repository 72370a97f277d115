package jp.kiban.registry;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;

/// 読込みの手順. How the files of one registry are recognised, held against what is loaded, looked through and loaded. A load that was
/// interrupted goes on where it stood.
interface RegistryLoad {
    BaseRegistry registry();

    /// What a file of this name is; empty when it is none of this registry.
    Optional<Loadings.Claim> named(String name);

    /// The same with the file at hand, and the day that was said where its name has none.
    default Optional<Loadings.Claim> claim(SourceFile file, Optional<LocalDate> said) { return named(file.name()); }

    /// Why this file cannot be loaded now, with what to do.
    List<Finding> hindrances(Loadings.Claim claim, SourceFile file);

    /// Reads it through without keeping anything.
    CorporationLoad.Inspection look(SourceFile file);

    /// Loads a file that the operator gives on his own command line, or goes on with it; what is something else altogether is not kept
    /// as a load.
    default Loading byOperator(Loadings loadings, SourceFile file, String operator) {
        var claim = claim(file, Optional.empty()).orElseThrow(() -> BadInput.of("file", "registry.file", Words.text(
                "registry.error.which-kind", file.name())));
        var known = loadings.bySha(registry(), file.sha256());
        if (known.isEmpty()) {
            var hindrances = hindrances(claim, file);
            if (!hindrances.isEmpty())
                throw new BadInput(hindrances);
            look(file);
        }
        int id = known.map(Loading::id).orElseGet(() -> loadings.keep(claim, file, 0, 0, operator, operator).id());
        return run(id, file, now -> {
        });
    }

    Loading run(int id, SourceFile file, Consumer<Loading> told);

    /// The columns by their names; the first has number 1.
    List<String> columns();
}
