package jp.kiban.conformity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// 検査の証明書. An issuer of its own, and certificates of `localhost` by it, expired yesterday or not.
final class Certificates {
    private static final X500Name ISSUER = new X500Name("CN=Kensa CA");
    private final KeyPair own;
    private final X509Certificate root;

    Certificates() throws Exception {
        own = keys();
        root = certificate(ISSUER, own, Instant.now().plus(Duration.ofDays(30)), true);
    }

    private static KeyPair keys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate certificate(X500Name name, KeyPair keys, Instant until, boolean issuer) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(ISSUER, BigInteger.valueOf(System.nanoTime()),
                Date.from(Instant.now().minus(Duration.ofDays(60))), Date.from(until), name, keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(issuer));
        if (!issuer)
            builder.addExtension(Extension.subjectAlternativeName, false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder(
                "SHA256withECDSA").build(own.getPrivate())));
    }

    SSLContext server(boolean expired) throws Exception {
        var keys = keys();
        var until = Instant.now().plus(Duration.ofDays(expired ? -1 : 1));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), new char[0],
                new X509Certificate[]{certificate(new X500Name("CN=localhost"), keys, until, false), root});
        var managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    SSLContext trusting() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root);
        var managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
