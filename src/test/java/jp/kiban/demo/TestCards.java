package jp.kiban.demo;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/// A certification authority for tests of other rooms: issues what is right, and each thing that is wrong.
public final class TestCards {
    private final TestCa ca;
    private final String policy;

    private TestCards(TestCa ca, String policy) {
        this.ca = ca;
        this.policy = policy;
    }

    /// An authority of this name with a key of its own, kept below the folder under `key`.
    public static TestCards authority(Path folder, String key, String name, String policy) {
        return new TestCards(
                new TestCa(key, new X500Principal(name), folder.resolve("kept"), folder.resolve("trusted")),
                policy);
    }

    public static KeyPair keys() { return TestCa.newKeys(); }

    public X509Certificate certificate() { return ca.certificate(); }

    public X509Certificate issue(PublicKey key) { return ca.issue(usual(key)); }

    public X509Certificate issueFor(PublicKey key, Instant from, Instant until) {
        return ca.issue(usual(key).valid(from, until));
    }

    public X509Certificate issueUnder(PublicKey key, String otherPolicy) {
        return ca.issue(TestCa.Wish.usual("test", key, otherPolicy));
    }

    public X509Certificate issueForEncryption(PublicKey key) {
        return ca.issue(usual(key).withUsage(KeyUsage.keyEncipherment));
    }

    public X509Certificate issueForServers(PublicKey key) {
        return ca.issue(usual(key).withPurpose(KeyPurposeId.id_kp_serverAuth));
    }

    public X509Certificate issueAuthority(PublicKey key) { return ca.issue(usual(key).asAuthority()); }

    public void revoke(X509Certificate certificate, Instant at) {
        ca.revoke(certificate.getSerialNumber(), Clock.fixed(at, ZoneOffset.UTC));
    }

    public byte[] list(Instant from, Instant until) { return ca.list(from, until); }

    private TestCa.Wish usual(PublicKey key) { return TestCa.Wish.usual("test", key, policy); }
}
