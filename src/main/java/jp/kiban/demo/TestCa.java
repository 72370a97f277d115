package jp.kiban.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// 見本の認証局. A certification authority for test cards, in the shape of the real one (公的個人認証): its key is made at the
/// first start and stays in the demonstration's folder, its certificate and revocation list go to the trust folder of
/// its door. Nothing outside this machine trusts it.
final class TestCa {
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2099-12-31T00:00:00Z");
    private static final Duration LIST_LASTS = Duration.ofDays(7);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String name;
    private final Path folder;
    private final Path trusted;
    private final X500Principal subject;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /// The authority `name`, read from the folder or made there; `trusted` is where its certificate and list are
    /// published.
    TestCa(String name, X500Principal subject, Path folder, Path trusted) {
        this.name = name;
        this.folder = folder;
        this.trusted = trusted;
        this.subject = subject;
        try {
            Files.createDirectories(folder);
            Files.createDirectories(trusted);
            Path key = folder.resolve("ca-" + name + ".key");
            Path own = folder.resolve("ca-" + name + ".cer");
            if (!Files.exists(key) || !Files.exists(own)) {
                var made = newKeys();
                write(own, selfSigned(made).getEncoded());
                write(key, made.getPrivate().getEncoded());
            }
            certificate = read(own);
            keys = new KeyPair(certificate.getPublicKey(), readKey(key));
            write(trusted.resolve("demo-" + name + ".cer"), certificate.getEncoded());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException | OperatorCreationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// 見本の証明書の中身. What a test wants to have wrong can be set; `usual` has nothing wrong.
    record Wish(X500Principal subject, PublicKey key, String policy, Instant from, Instant until, int usage,
            KeyPurposeId purpose, boolean authority) {
        static Wish usual(String holder, PublicKey key, String policy) {
            return new Wish(new X500Principal("CN=" + holder + ",O=Kiban demonstration,C=JP"), key, policy, FROM, UNTIL,
                    KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth, false);
        }

        Wish valid(Instant from, Instant until) {
            return new Wish(subject, key, policy, from, until, usage, purpose, authority);
        }

        Wish withUsage(int other) { return new Wish(subject, key, policy, from, until, other, purpose, authority); }

        Wish withPurpose(KeyPurposeId other) {
            return new Wish(subject, key, policy, from, until, usage, other, authority);
        }

        Wish asAuthority() { return new Wish(subject, key, policy, from, until, usage, purpose, true); }
    }

    X509Certificate issue(Wish wish) {
        try {
            var builder = new JcaX509v3CertificateBuilder(subject, new BigInteger(63, RANDOM).add(BigInteger.ONE),
                    Date.from(wish.from()), Date.from(wish.until()), wish.subject(), wish.key());
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(wish.usage()));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(wish.purpose()));
            builder.addExtension(Extension.certificatePolicies, true,
                    new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier(wish.policy()))));
            builder.addExtension(Extension.authorityKeyIdentifier, false,
                    extensions.createAuthorityKeyIdentifier(certificate));
            builder.addExtension(Extension.subjectKeyIdentifier, false,
                    extensions.createSubjectKeyIdentifier(wish.key()));
            if (wish.authority())
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            return certificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()))
                    .getEncoded());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException | OperatorCreationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    synchronized void revoke(BigInteger serial, Clock clock) {
        var revoked = revoked();
        if (revoked.add(serial)) {
            write(folder.resolve("ca-" + name + ".revoked"),
                    String.join("\n", revoked.stream().map(BigInteger::toString).toList()).getBytes(
                            java.nio.charset.StandardCharsets.US_ASCII));
            publish(clock.instant().minus(Duration.ofHours(1)));
        }
    }

    /// A new list when the published one is not of this day (a demonstration may set the day forth and back).
    synchronized void refresh(Clock clock) {
        Instant now = clock.instant();
        Path list = trusted.resolve("demo-" + name + ".crl");
        try {
            if (Files.exists(list)) {
                X509CRL published;
                try (var in = Files.newInputStream(list)) {
                    published = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
                }
                boolean fresh = published.getThisUpdate().toInstant().isBefore(now)
                        && now.plus(Duration.ofDays(1)).isBefore(published.getNextUpdate().toInstant());
                if (fresh)
                    return;
            }
            publish(now.minus(Duration.ofHours(1)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void publish(Instant from) {
        write(trusted.resolve("demo-" + name + ".crl"), list(from, from.plus(LIST_LASTS)));
    }

    /// A revocation list of these dates, signed by this authority, in DER.
    byte[] list(Instant from, Instant until) {
        try {
            var builder = new JcaX509v2CRLBuilder(subject, Date.from(from)).setNextUpdate(Date.from(until));
            for (var serial : revoked())
                builder.addCRLEntry(serial, Date.from(FROM), CRLReason.keyCompromise);
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(from.getEpochSecond())));
            builder.addExtension(Extension.authorityKeyIdentifier, false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            return builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())).getEncoded();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException | OperatorCreationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    X509Certificate certificate() { return certificate; }

    private Set<BigInteger> revoked() {
        var revoked = new LinkedHashSet<BigInteger>();
        Path file = folder.resolve("ca-" + name + ".revoked");
        try {
            if (Files.exists(file))
                Files.readAllLines(file).forEach(line -> revoked.add(new BigInteger(line)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return revoked;
    }

    private X509Certificate selfSigned(KeyPair made)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var builder = new JcaX509v3CertificateBuilder(subject, new BigInteger(63, RANDOM).add(BigInteger.ONE),
                Date.from(FROM), Date.from(UNTIL), subject, made.getPublic());
        var extensions = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(Extension.subjectKeyIdentifier, false,
                extensions.createSubjectKeyIdentifier(made.getPublic()));
        return certificate(
                builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(made.getPrivate())).getEncoded());
    }

    static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException(never);
        }
    }

    static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
    }

    static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        return certificate(Files.readAllBytes(file));
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new java.io.ByteArrayInputStream(der));
    }

    /// Whole or not at all: a reader never sees half a file.
    static void write(Path file, byte[] bytes) {
        try {
            Path half = file.resolveSibling(file.getFileName() + ".half");
            Files.write(half, bytes);
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
