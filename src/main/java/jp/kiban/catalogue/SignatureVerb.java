package jp.kiban.catalogue;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Objects;
import java.util.concurrent.Callable;
import jp.kiban.standards.StandardFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `standards signature DIR --jws FILE --keys FILE`: whether these are the files that a ministry signed. Needs no server.
/// Exit 0: they are; 1: they are not; 2: something to read is missing or broken.
@CommandLine.Command(name = "signature", mixinStandardHelpOptions = true, description = {"標準の電子署名を検証します。",
        "Verifies the signature of a published standard over its files."})
public final class SignatureVerb implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Parameters(paramLabel = "DIR", description = "the folder of the standard, as unpacked")
    @Nullable
    Path folder;

    @CommandLine.Option(names = "--jws", required = true, paramLabel = "FILE", description = "the signature, as downloaded from its page")
    @Nullable
    Path jws;

    @CommandLine.Option(names = "--keys", required = true, paramLabel = "FILE", description = "the ministry's public keys (a JWK set)")
    @Nullable
    Path keys;

    @Override
    public Integer call() {
        var command = Objects.requireNonNull(spec).commandLine();
        var place = Objects.requireNonNull(folder);
        if (!Files.isDirectory(place))
            return broken(command, "not a folder: " + place);
        try {
            var signature = Files.readString(Objects.requireNonNull(jws));
            var set = JWKSet.load(Objects.requireNonNull(keys).toFile());
            var ref = Signatures.standardOf(signature);
            if (ref.isEmpty())
                return broken(command, jws + ": not a signature of a standard");
            var files = StandardFiles.ofFolder(place, ref.get());
            if (files.isEmpty() || files.get().files().size() < 2)
                return broken(command, place + ": there is no " + ref.get() + " here");
            return switch (Signatures.verify(files.get(), signature, set)) {
                case Signatures.Verified.Sound(var standard, var key, var at) -> {
                    command.getOut().println("OK: " + standard + ", signed " + at + " with " + key + ", sha-256 "
                            + files.get().digest());
                    command.getOut().flush();
                    yield 0;
                }
                case Signatures.Verified.Unsound(var why) -> {
                    command.getErr().println("NOT VALID: " + why);
                    command.getErr().flush();
                    yield 1;
                }
            };
        } catch (IOException failed) {
            return broken(command, "cannot read " + failed.getMessage());
        } catch (ParseException failed) {
            return broken(command, keys + ": not a JWK set: " + failed.getMessage());
        }
    }

    private static int broken(CommandLine command, String what) {
        command.getErr().println(what);
        command.getErr().flush();
        return 2;
    }
}
