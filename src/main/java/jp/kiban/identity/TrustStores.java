package jp.kiban.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 信頼の起点. For each door a folder (`<kiban.identity.trust>/resident`, `.../staff`) of certification authorities
/// (`.cer`, `.crt`, `.pem`, `.der`; several generations may overlap) and of their revocation lists (`.crl`), in PEM or
/// DER. Read again when a file changes, so that a new list needs no restart. A door without an authority lets nobody in.
/// What a demonstration left there (`demo-*`) counts in a demonstration only.
@Component
public final class TrustStores {
    private static final Logger LOG = LoggerFactory.getLogger(TrustStores.class);
    private final Path folder;
    private final boolean demo;
    private final Map<Door, Read> read = new EnumMap<>(Door.class);

    TrustStores(@Value("${kiban.identity.trust:${kiban.data}/trust}") Path folder,
            @Value("${kiban.demo:false}") boolean demo) {
        this.folder = folder;
        this.demo = demo;
    }

    /// 信頼する認証局と失効リスト. What one door trusts at this moment.
    record TrustStore(List<X509Certificate> authorities, List<X509CRL> lists) {}

    private record Read(Map<String, Long> files, TrustStore store) {}

    /// Where the operator (or the demonstration) puts the files of this door.
    public Path folder(Door door) { return folder.resolve(door.path()); }

    synchronized TrustStore of(Door door) {
        var files = files(folder(door));
        var known = read.get(door);
        if (known == null || !known.files().equals(files)) {
            known = new Read(files, load(folder(door), files.keySet()));
            read.put(door, known);
        }
        return known.store();
    }

    private Map<String, Long> files(Path folder) {
        var files = new TreeMap<String, Long>();
        if (!Files.isDirectory(folder))
            return files;
        try (var all = Files.list(folder)) {
            for (var file : all.filter(f -> f.toString().matches(".*\\.(cer|crt|pem|der|crl)"))
                    .filter(f -> demo || !f.getFileName().toString().startsWith("demo-")).toList())
                files.put(file.getFileName().toString(),
                        Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS) * 31 + Files.size(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return files;
    }

    private static TrustStore load(Path folder, Iterable<String> names) {
        var authorities = new ArrayList<X509Certificate>();
        var lists = new ArrayList<X509CRL>();
        for (String name : names) {
            try {
                var bytes = new ByteArrayInputStream(Files.readAllBytes(folder.resolve(name)));
                var factory = CertificateFactory.getInstance("X.509");
                if (name.endsWith(".crl"))
                    factory.generateCRLs(bytes).forEach(list -> lists.add((X509CRL) list));
                else
                    for (var certificate : factory.generateCertificates(bytes))
                        if (certificate instanceof X509Certificate x509 && x509.getBasicConstraints() >= 0)
                            authorities.add(x509);
                        else
                            LOG.warn("{} in {} holds a certificate of no certification authority: left out", name,
                                    folder);
            } catch (IOException | GeneralSecurityException unreadable) {
                LOG.warn("{} in {} cannot be read: left out ({})", name, folder, unreadable.getMessage());
            }
        }
        return new TrustStore(List.copyOf(authorities), List.copyOf(lists));
    }
}
