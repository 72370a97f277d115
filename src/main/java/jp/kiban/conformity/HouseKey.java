package jp.kiban.conformity;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 検査の署名鍵. The key that this house signs its reports with: the configured one (`kiban.conformity.signing-key`, a private EC
/// key of the curve P-256 as JWK), else one that is made in the data folder and stays there.
@Component
final class HouseKey {
    private final ECKey key;

    HouseKey(@Value("${kiban.conformity.signing-key:}") String file, @Value("${kiban.data}") Path data) {
        try {
            key = file.isBlank()
                    ? kept(data.resolve("conformity-keys"))
                    : SignedReport.privateKey(Files.readString(Path.of(file)), "kiban.conformity.signing-key");
        } catch (Trouble broken) {
            throw new IllegalStateException(broken.words(), broken);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ECKey kept(Path folder) throws IOException {
        var file = folder.resolve("house.jwk");
        if (Files.exists(file))
            return SignedReport.privateKey(Files.readString(file), file.toString());
        Files.createDirectories(folder);
        var fresh = Files.createTempFile(folder, "key", ".new");
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix"))
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(fresh, SignedReport.newKey().toJSONString());
        try {
            // whoever makes it first has made it
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException there) {
            // it is read below
        } finally {
            Files.delete(fresh);
        }
        return SignedReport.privateKey(Files.readString(file), file.toString());
    }

    String sign(String report) { return SignedReport.sign(report, key); }

    String publicKey() { return key.toPublicJWK().toJSONString(); }

    /// For whoever checks a report.
    Map<String, Object> publicKeys() { return new JWKSet(key.toPublicJWK()).toJSONObject(true); }
}
