package jp.kiban.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import jp.kiban.demo.TestCards;
import jp.kiban.identity.CertificateCheck.Outcome;
import jp.kiban.identity.CertificateCheck.Refusal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each way in which a certificate can be wrong, with real certificates.
class CertificateCheckTests {
    private static final String POLICY = "1.2.392.200149.8.5.1.3.30";
    private static final String NAME = "C=JP,O=Test,OU=Authority for residents";
    private static final String TEXT = "入口: 住民\n番号: 123\n";
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final KeyPair KEYS = TestCards.keys();

    @TempDir
    static Path folder;
    private static TestCards residents;
    private static TestCards sameName;
    private static TestCards staff;
    private static X509CRL fresh;

    @BeforeAll
    static void authorities() throws Exception {
        residents = TestCards.authority(folder, "residents", NAME, POLICY);
        sameName = TestCards.authority(folder, "same-name", NAME, POLICY);
        staff = TestCards.authority(folder, "staff", "C=JP,O=Test,OU=Authority for officers", "2.25.1");
        fresh = list(residents, NOW.minusSeconds(60), NOW.plusSeconds(60));
    }

    @Test
    void aGenuineCardIsVerified() throws Exception {
        var leaf = residents.issue(KEYS.getPublic());
        assertThat(check(leaf, fresh)).isEqualTo(
                new Outcome.Verified(residents.certificate().getSubjectX500Principal(), leaf.getSerialNumber()));
    }

    @Test
    void anAlteredTextIsRefused() throws Exception {
        var leaf = residents.issue(KEYS.getPublic());
        assertThat(CertificateCheck.check(trust(fresh), POLICY, TEXT.replace("住民", "職員"), leaf.getEncoded(), sign(TEXT),
                NOW)).isEqualTo(new Outcome.Refused(Refusal.SIGNATURE_WRONG));
    }

    @Test
    void aSignatureByAnotherKeyIsRefused() throws Exception {
        assertRefused(residents.issue(TestCards.keys().getPublic()), Refusal.SIGNATURE_WRONG, fresh);
    }

    @Test
    void aSignatureOfAnotherLengthIsRefused() throws Exception {
        assertThat(CertificateCheck.check(trust(fresh), POLICY, TEXT, residents.issue(KEYS.getPublic()).getEncoded(),
                Arrays.copyOf(sign(TEXT), 100), NOW)).isEqualTo(new Outcome.Refused(Refusal.SIGNATURE_WRONG));
    }

    @Test
    void whatIsNoCertificateIsRefused() throws Exception {
        assertThat(CertificateCheck.check(trust(fresh), POLICY, TEXT, "no certificate".getBytes(
                StandardCharsets.UTF_8), sign(TEXT), NOW)).isEqualTo(new Outcome.Refused(Refusal.UNREADABLE));
        assertThat(CertificateCheck.check(trust(fresh), POLICY, TEXT, new byte[0], sign(TEXT), NOW))
                .isEqualTo(new Outcome.Refused(Refusal.UNREADABLE));
    }

    @Test
    void anAuthoritysCertificateIsNoCard() throws Exception {
        assertRefused(residents.issueAuthority(KEYS.getPublic()), Refusal.IS_AN_AUTHORITY, fresh);
    }

    @Test
    void aKeyForEncryptionOrForServersDoesNotSignIn() throws Exception {
        assertRefused(residents.issueForEncryption(KEYS.getPublic()), Refusal.WRONG_KEY_USAGE, fresh);
        assertRefused(residents.issueForServers(KEYS.getPublic()), Refusal.WRONG_KEY_USAGE, fresh);
    }

    @Test
    void aStrangersAuthorityIsNotTrusted() throws Exception {
        assertRefused(staff.issueUnder(KEYS.getPublic(), POLICY), Refusal.ISSUER_NOT_TRUSTED, fresh);
    }

    @Test
    void theSameNameWithAnotherKeyIsNotTheAuthority() throws Exception {
        assertRefused(sameName.issue(KEYS.getPublic()), Refusal.NOT_SIGNED_BY_ISSUER, fresh);
    }

    @Test
    void aDoorWithoutAnAuthorityLetsNobodyIn() throws Exception {
        assertThat(CertificateCheck.check(new TrustStores.TrustStore(List.of(), List.of()), POLICY, TEXT,
                residents.issue(KEYS.getPublic()).getEncoded(), sign(TEXT), NOW))
                .isEqualTo(new Outcome.Refused(Refusal.ISSUER_NOT_TRUSTED));
    }

    @Test
    void aCertificateIsValidFromItsFirstToItsLastSecond() throws Exception {
        Instant later = NOW.plus(Duration.ofDays(365));
        Instant earlier = NOW.minus(Duration.ofDays(365));
        assertVerified(residents.issueFor(KEYS.getPublic(), NOW, later));
        assertRefused(residents.issueFor(KEYS.getPublic(), NOW.plusSeconds(1), later), Refusal.NOT_YET_VALID, fresh);
        assertVerified(residents.issueFor(KEYS.getPublic(), earlier, NOW));
        assertRefused(residents.issueFor(KEYS.getPublic(), earlier, NOW.minusSeconds(1)), Refusal.EXPIRED, fresh);
    }

    @Test
    void anotherPolicyOpensAnotherDoor() throws Exception {
        assertRefused(residents.issueUnder(KEYS.getPublic(), "1.2.392.200149.8.5.1.1.20"), Refusal.WRONG_POLICY,
                fresh);
    }

    @Test
    void aRevokedCardStaysRevokedEvenByAnOldList() throws Exception {
        var authority = TestCards.authority(folder, "revoking", NAME, POLICY);
        var leaf = authority.issue(KEYS.getPublic());
        var before = list(authority, NOW.minusSeconds(60), NOW.plusSeconds(60));
        authority.revoke(leaf, NOW);
        var after = list(authority, NOW.minusSeconds(60), NOW.plusSeconds(60));
        var old = list(authority, NOW.minusSeconds(600), NOW.minusSeconds(60));
        assertThat(check(authority, leaf, before)).isInstanceOf(Outcome.Verified.class);
        assertThat(check(authority, leaf, after)).isEqualTo(new Outcome.Refused(Refusal.REVOKED));
        assertThat(check(authority, leaf, old, before)).isEqualTo(new Outcome.Refused(Refusal.REVOKED));
    }

    @Test
    void withoutAListNobodyIsBelieved() throws Exception {
        assertRefused(residents.issue(KEYS.getPublic()), Refusal.NO_LIST);
        assertRefused(residents.issue(KEYS.getPublic()), Refusal.NO_LIST,
                list(staff, NOW.minusSeconds(60), NOW.plusSeconds(60)));
    }

    @Test
    void aListIsGoodFromItsFirstToItsLastSecond() throws Exception {
        var leaf = residents.issue(KEYS.getPublic());
        Instant day = NOW.plus(Duration.ofDays(1));
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        assertThat(check(leaf, list(residents, NOW, day))).isInstanceOf(Outcome.Verified.class);
        assertRefused(leaf, Refusal.LIST_STALE, list(residents, NOW.plusSeconds(1), day));
        assertThat(check(leaf, list(residents, yesterday, NOW))).isInstanceOf(Outcome.Verified.class);
        assertRefused(leaf, Refusal.LIST_STALE, list(residents, yesterday, NOW.minusSeconds(1)));
    }

    @Test
    void aListSignedByAnotherIsNoList() throws Exception {
        assertRefused(residents.issue(KEYS.getPublic()), Refusal.LIST_NOT_BY_ISSUER,
                list(sameName, NOW.minusSeconds(60), NOW.plusSeconds(60)));
    }

    @Test
    void generationsOfAnAuthorityOverlap() throws Exception {
        var both = new TrustStores.TrustStore(List.of(sameName.certificate(), residents.certificate()),
                List.of(fresh, list(sameName, NOW.minusSeconds(60), NOW.plusSeconds(60))));
        for (var authority : List.of(residents, sameName))
            assertThat(CertificateCheck.check(both, POLICY, TEXT, authority.issue(KEYS.getPublic()).getEncoded(),
                    sign(TEXT), NOW)).isInstanceOf(Outcome.Verified.class);
    }

    @Test
    void whatADemonstrationLeftIsNotTrustedOutsideOfOne() throws Exception {
        var left = folder.resolve("left/resident");
        Files.createDirectories(left);
        Files.write(left.resolve("demo-resident.cer"), residents.certificate().getEncoded());
        assertThat(new TrustStores(folder.resolve("left"), true).of(Door.RESIDENT).authorities()).hasSize(1);
        assertThat(new TrustStores(folder.resolve("left"), false).of(Door.RESIDENT).authorities()).isEmpty();
        Files.write(left.resolve("real.cer"), residents.certificate().getEncoded());
        var real = new TrustStores(folder.resolve("left"), false);
        assertThat(real.of(Door.RESIDENT).authorities()).hasSize(1);
        assertThat(real.of(Door.STAFF).authorities()).as("each door trusts its own").isEmpty();
        Files.write(left.resolve("list.crl"), fresh.getEncoded());
        assertThat(real.of(Door.RESIDENT).lists()).as("a new list needs no restart").hasSize(1);
    }

    private static void assertVerified(X509Certificate leaf) throws Exception {
        assertThat(check(leaf, fresh)).isInstanceOf(Outcome.Verified.class);
    }

    private static void assertRefused(X509Certificate leaf, Refusal why, X509CRL... lists) throws Exception {
        assertThat(check(leaf, lists)).isEqualTo(new Outcome.Refused(why));
    }

    private static Outcome check(X509Certificate leaf, X509CRL... lists) throws Exception {
        return check(residents, leaf, lists);
    }

    private static Outcome check(TestCards authority, X509Certificate leaf, X509CRL... lists) throws Exception {
        return CertificateCheck.check(
                new TrustStores.TrustStore(List.of(authority.certificate()), List.of(lists)), POLICY, TEXT,
                leaf.getEncoded(), sign(TEXT), NOW);
    }

    private static TrustStores.TrustStore trust(X509CRL... lists) {
        return new TrustStores.TrustStore(List.of(residents.certificate()), List.of(lists));
    }

    private static X509CRL list(TestCards authority, Instant from, Instant until) throws Exception {
        return (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(authority.list(from, until)));
    }

    private static byte[] sign(String text) throws Exception {
        var signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(KEYS.getPrivate());
        signer.update(text.getBytes(StandardCharsets.UTF_8));
        return signer.sign();
    }
}
