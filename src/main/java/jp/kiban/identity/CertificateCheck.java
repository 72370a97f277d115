package jp.kiban.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/// 証明書の検証. Whether this certificate may open this door, and whether its card signed this text: pure, in the order in
/// which an attacker learns least. A card signs RSASSA-PKCS1-v1_5 with SHA-256 and can do nothing newer.
final class CertificateCheck {
    private static final Set<String> CA_SIGNATURES = Set.of("SHA256withRSA", "SHA384withRSA", "SHA512withRSA");
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int CERTIFICATE_SIGN = 5;
    private static final int LIST_SIGN = 6;

    private CertificateCheck() {}

    /// 検証の結果. Either the certificate's name (its issuer and serial number), or why not.
    sealed interface Outcome {
        record Verified(X500Principal issuer, BigInteger serial) implements Outcome {}

        record Refused(Refusal why) implements Outcome {}
    }

    /// 拒む理由. For the log and the tests; whoever was refused is told only that it did not work.
    enum Refusal {
        CHALLENGE_NOT_OPEN, UNREADABLE, SIGNATURE_WRONG, IS_AN_AUTHORITY, WRONG_KEY_USAGE, CRITICAL_EXTENSION, WEAK, ISSUER_NOT_TRUSTED, NOT_SIGNED_BY_ISSUER, ISSUER_NOT_VALID, NOT_YET_VALID, EXPIRED, WRONG_POLICY, NO_LIST, LIST_NOT_BY_ISSUER, LIST_STALE, REVOKED, NOBODY_LINKED, OTHER_BROWSER
    }

    static Outcome check(TrustStores.TrustStore trust, String policy, String text, byte[] certificate, byte[] signature,
            Instant now) {
        try {
            var leaf = read(certificate);
            if (!signed(leaf.getPublicKey(), text, signature))
                return new Outcome.Refused(Refusal.SIGNATURE_WRONG);
            if (leaf.getBasicConstraints() >= 0)
                return new Outcome.Refused(Refusal.IS_AN_AUTHORITY);
            if (!mayAuthenticate(leaf))
                return new Outcome.Refused(Refusal.WRONG_KEY_USAGE);
            if (leaf.hasUnsupportedCriticalExtension())
                return new Outcome.Refused(Refusal.CRITICAL_EXTENSION);
            if (isWeak(leaf))
                return new Outcome.Refused(Refusal.WEAK);
            var named = trust.authorities().stream()
                    .filter(ca -> ca.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())).toList();
            if (named.isEmpty())
                return new Outcome.Refused(Refusal.ISSUER_NOT_TRUSTED);
            var issuer = named.stream().filter(ca -> isSignedBy(leaf, ca)).findFirst();
            if (issuer.isEmpty())
                return new Outcome.Refused(Refusal.NOT_SIGNED_BY_ISSUER);
            return check(leaf, issuer.get(), policy, trust.lists(), now);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unreadable) {
            return new Outcome.Refused(Refusal.UNREADABLE);
        }
    }

    private static Outcome check(X509Certificate leaf, X509Certificate issuer, String policy, List<X509CRL> lists,
            Instant now) throws IOException {
        if (now.isBefore(issuer.getNotBefore().toInstant()) || now.isAfter(issuer.getNotAfter().toInstant()))
            return new Outcome.Refused(Refusal.ISSUER_NOT_VALID);
        if (now.isBefore(leaf.getNotBefore().toInstant()))
            return new Outcome.Refused(Refusal.NOT_YET_VALID);
        if (now.isAfter(leaf.getNotAfter().toInstant()))
            return new Outcome.Refused(Refusal.EXPIRED);
        if (!carries(policy, leaf))
            return new Outcome.Refused(Refusal.WRONG_POLICY);
        return checkRevocation(leaf, issuer, lists, now);
    }

    private static Outcome checkRevocation(X509Certificate leaf, X509Certificate issuer, List<X509CRL> lists,
            Instant now) {
        var named = lists.stream()
                .filter(list -> list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())).toList();
        if (named.isEmpty())
            return new Outcome.Refused(Refusal.NO_LIST);
        var genuine = named.stream().filter(list -> isSignedBy(list, issuer)).toList();
        if (genuine.isEmpty())
            return new Outcome.Refused(Refusal.LIST_NOT_BY_ISSUER);
        // revoked by any list, however old, stays revoked
        if (genuine.stream().anyMatch(list -> list.getRevokedCertificate(leaf) != null))
            return new Outcome.Refused(Refusal.REVOKED);
        if (genuine.stream().noneMatch(list -> isFresh(list, now)))
            return new Outcome.Refused(Refusal.LIST_STALE);
        return new Outcome.Verified(leaf.getIssuerX500Principal(), leaf.getSerialNumber());
    }

    private static X509Certificate read(byte[] der) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    }

    private static boolean signed(PublicKey key, String text, byte[] signature) throws GeneralSecurityException {
        if (!(key instanceof RSAPublicKey))
            return false;
        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(key);
        verifier.update(text.getBytes(StandardCharsets.UTF_8));
        try {
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static boolean mayAuthenticate(X509Certificate leaf) throws GeneralSecurityException {
        var usage = leaf.getKeyUsage();
        var extended = leaf.getExtendedKeyUsage();
        return usage != null && usage[DIGITAL_SIGNATURE] && !usage[CERTIFICATE_SIGN] && extended != null
                && extended.contains(CLIENT_AUTHENTICATION);
    }

    private static boolean isWeak(X509Certificate leaf) {
        return !CA_SIGNATURES.contains(leaf.getSigAlgName()) || !(leaf.getPublicKey() instanceof RSAPublicKey rsa)
                || rsa.getModulus().bitLength() < 2048;
    }

    private static boolean carries(String policy, X509Certificate leaf) throws IOException {
        var wanted = new X509CertSelector();
        wanted.setPolicy(Set.of(policy));
        return wanted.match(leaf);
    }

    private static boolean isSignedBy(X509Certificate leaf, X509Certificate ca) {
        var usage = ca.getKeyUsage();
        if (usage == null || !usage[CERTIFICATE_SIGN])
            return false;
        try {
            leaf.verify(ca.getPublicKey());
            return true;
        } catch (GeneralSecurityException not) {
            return false;
        }
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate ca) {
        var usage = ca.getKeyUsage();
        if (usage == null || !usage[LIST_SIGN] || list.hasUnsupportedCriticalExtension()
                || !CA_SIGNATURES.contains(list.getSigAlgName()))
            return false;
        try {
            list.verify(ca.getPublicKey());
            return true;
        } catch (GeneralSecurityException not) {
            return false;
        }
    }

    private static boolean isFresh(X509CRL list, Instant now) {
        return !now.isBefore(list.getThisUpdate().toInstant()) && list.getNextUpdate() != null
                && !now.isAfter(list.getNextUpdate().toInstant());
    }
}
