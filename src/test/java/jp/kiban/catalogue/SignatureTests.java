package jp.kiban.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeMap;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.StandardFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class SignatureTests {
    private static final StandardRef REF = StandardRef.parse("child-allowance@2024-10-01");
    private static final AuthorityId MINISTRY = AuthorityId.of("GCFA00");
    private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    Path data;

    private final StandardFiles files = StandardFiles.ofFolder(Path.of("standards"), REF).orElseThrow();

    private StandardFiles changed(String path) {
        var all = new TreeMap<>(files.files());
        all.computeIfPresent(path, (p, text) -> text + " ");
        return new StandardFiles(REF, all);
    }

    @Test
    void aSignatureHoldsForExactlyTheFilesOfItsVersion() throws Exception {
        var signatures = new Signatures("", data);
        var jws = signatures.sign(MINISTRY, files, AT);
        var keys = JWKSet.parse(signatures.publicKeys());
        assertThat(jws).as("the payload stays outside").contains("..");
        assertThat(Signatures.verify(files, jws, keys)).isInstanceOf(Signatures.Verified.Sound.class);
        for (var path : files.files().keySet())
            assertThat(Signatures.verify(changed(path), jws, keys)).as(path)
                    .isInstanceOf(Signatures.Verified.Unsound.class);
        var fewer = new TreeMap<>(files.files());
        fewer.remove(fewer.lastKey());
        assertThat(Signatures.verify(new StandardFiles(REF, fewer), jws, keys))
                .isInstanceOf(Signatures.Verified.Unsound.class);
        assertThat(keys.getKeys()).allMatch(k -> !k.isPrivate());
    }

    @Test
    void theKeyOfAMinistryIsMadeOnceAndStays() {
        var first = new Signatures("", data);
        first.sign(MINISTRY, files, AT);
        assertThat(new Signatures("", data).publicKeys()).isEqualTo(first.publicKeys());
        var other = new Signatures("", data);
        other.sign(AuthorityId.of("GDIG00"), files, AT);
        assertThat(other.publicKeys()).isNotEqualTo(first.publicKeys());
    }

    @Test
    void aPackageIsTheSameFilesAndTheSameBytes() {
        var faults = new ArrayList<jp.kiban.standards.Fault>();
        var again = StandardFiles.ofZip(files.zip(), faults).orElseThrow();
        assertThat(faults).isEmpty();
        assertThat(again).isEqualTo(files);
        assertThat(again.zip()).isEqualTo(files.zip());
        assertThat(StandardFiles.ofZip("no zip".getBytes(java.nio.charset.StandardCharsets.UTF_8), faults)).isEmpty();
        assertThat(faults).isNotEmpty();
    }

    @Test
    void theVerbSaysWhetherTheFilesAreTheSignedOnes() throws Exception {
        var signatures = new Signatures("", data.resolve("data"));
        var jws = Files.writeString(data.resolve("v.jws"), signatures.sign(MINISTRY, files, AT) + "\n");
        var keys = Files.writeString(data.resolve("keys.json"), JsonMapper.builder().build().writeValueAsString(
                signatures.publicKeys()));
        var folder = data.resolve("child-allowance");
        for (var file : files.files().entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        assertThat(run(folder, jws, keys)).startsWith("0 OK: child-allowance@2024-10-01");
        Files.writeString(folder.resolve("standard.yaml"), "# ", java.nio.file.StandardOpenOption.APPEND);
        assertThat(run(folder, jws, keys)).startsWith("1 NOT VALID");
        assertThat(run(data.resolve("nowhere"), jws, keys)).startsWith("2 not a folder");
        assertThat(run(folder, keys, keys)).startsWith("2 ");
        assertThat(run(folder, jws, jws)).startsWith("2 ");
    }

    private static String run(Path folder, Path jws, Path keys) {
        var out = new StringWriter();
        int code = new CommandLine(new SignatureVerb()).setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .execute(folder.toString(), "--jws", jws.toString(), "--keys", keys.toString());
        return code + " " + out;
    }
}
