package jp.kiban.catalogue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.StandardFiles;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 電子署名. What a ministry publishes carries its signature: a JWS (RFC 7515, ES256) whose payload is the manifest of the
/// files, left out of what is sent (detached, appendix F), so that whoever holds the files can check them. A ministry's key
/// is the one of the configured file whose `kid` begins with its code; without a file one is made in the data folder.
@Component
final class Signatures {
    static final JOSEObjectType TYPE = new JOSEObjectType("kiban-standard+jws");
    private static final String STANDARD = "standard";

    private final Optional<JWKSet> configured;
    private final Path folder;
    private final Map<AuthorityId, ECKey> own = new ConcurrentHashMap<>();

    Signatures(@Value("${kiban.catalogue.keys:}") String file, @Value("${kiban.data}") Path data) {
        this.folder = data.resolve("catalogue-keys");
        this.configured = file.isBlank() ? Optional.empty() : Optional.of(read(Path.of(file)));
        for (var ministry : madeBefore())
            key(ministry);
    }

    private static JWKSet read(Path file) {
        try {
            return JWKSet.load(file.toFile());
        } catch (IOException | ParseException broken) {
            throw new IllegalStateException(
                    "kiban.catalogue.keys: " + file + " is not a JWK set (" + broken.getMessage()
                            + ")",
                    broken);
        }
    }

    private List<AuthorityId> madeBefore() {
        if (!Files.isDirectory(folder))
            return List.of();
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString().replace(".jwk", "")).filter(AuthorityId::isValid)
                    .map(AuthorityId::of).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The ministry's key; in production a ministry without one cannot publish.
    private ECKey key(AuthorityId ministry) {
        return own.computeIfAbsent(ministry, m -> configured.isPresent()
                ? configured.get().getKeys().stream().filter(k -> k.isPrivate() && k instanceof ECKey && String
                        .valueOf(k.getKeyID()).startsWith(m.code())).map(JWK::toECKey).reduce((a, b) -> b)
                        .orElseThrow(
                                () -> new IllegalStateException("kiban.catalogue.keys has no private EC key whose kid"
                                        + " begins with " + m.code()))
                : kept(m));
    }

    private ECKey kept(AuthorityId ministry) {
        var file = folder.resolve(ministry.code() + ".jwk");
        try {
            if (Files.exists(file))
                return ECKey.parse(Files.readString(file));
            var made = new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true).generate();
            var named = new ECKey.Builder(made).keyID(ministry.code() + "-" + made.getKeyID().substring(0, 12)).build();
            Files.createDirectories(folder);
            var fresh = Files.createTempFile(folder, "key", ".new");
            if (Files.getFileStore(fresh).supportsFileAttributeView("posix"))
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(fresh, named.toJSONString());
            Files.move(fresh, file);
            return named;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (JOSEException | ParseException broken) {
            throw new IllegalStateException("the key " + file + " cannot be used", broken);
        }
    }

    /// The signature over these files, in compact form with the payload left out.
    String sign(AuthorityId ministry, StandardFiles files, Instant at) {
        var key = key(ministry);
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).keyID(key.getKeyID())
                .customParam(STANDARD, files.ref().toString()).customParam("iat", at.getEpochSecond()).build();
        var jws = new JWSObject(header, new Payload(files.manifest()));
        try {
            jws.sign(new ECDSASigner(key));
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
        return jws.serialize(true);
    }

    /// 公開鍵. Every key that a signature may name, without its secret half.
    Map<String, Object> publicKeys() {
        var keys = new ArrayList<JWK>();
        configured.ifPresent(set -> keys.addAll(set.getKeys()));
        own.values().stream().filter(k -> keys.stream().noneMatch(j -> k.getKeyID().equals(j.getKeyID()))).sorted(
                java.util.Comparator.comparing(ECKey::getKeyID)).forEach(keys::add);
        return new JWKSet(keys).toPublicJWKSet().toJSONObject(true);
    }

    /// 検証の結果.
    sealed interface Verified {
        /// Signed by this key, for this version, over exactly these files.
        record Sound(StandardRef standard, String key, Instant at) implements Verified {}

        record Unsound(String why) implements Verified {}
    }

    /// What version the signature says it is for; empty when it is none of ours.
    static Optional<StandardRef> standardOf(String jws) {
        try {
            return Optional.ofNullable(JWSHeader.parse(JWSObject.split(jws.strip())[0]).getCustomParam(STANDARD))
                    .map(s -> StandardRef.parse(String.valueOf(s)));
        } catch (ParseException | RuntimeException broken) {
            return Optional.empty();
        }
    }

    static Verified verify(StandardFiles files, String jws, JWKSet keys) {
        try {
            var signed = JWSObject.parse(jws.strip(), new Payload(files.manifest()));
            var header = signed.getHeader();
            if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || !TYPE.equals(header.getType()))
                return new Verified.Unsound("not a signature of a standard (ES256, " + TYPE + ")");
            var key = keys.getKeyByKeyId(header.getKeyID());
            if (!(key instanceof ECKey ec))
                return new Verified.Unsound("the keys hold no EC key " + header.getKeyID());
            if (!files.ref().toString().equals(String.valueOf(header.getCustomParam(STANDARD))))
                return new Verified.Unsound(
                        "it is for " + header.getCustomParam(STANDARD) + ", not for " + files.ref());
            if (!signed.verify(new ECDSAVerifier(ec)))
                return new Verified.Unsound("the files are not the ones that were signed, or another key signed them");
            var at = header.getCustomParam("iat") instanceof Number seconds ? seconds.longValue() : 0;
            return new Verified.Sound(files.ref(), ec.getKeyID(), Instant.ofEpochSecond(at));
        } catch (ParseException | JOSEException | RuntimeException broken) {
            return new Verified.Unsound("not a JWS with its payload left out: " + broken.getMessage());
        }
    }
}
