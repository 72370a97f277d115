package jp.kiban.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.letters.Letters;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/// 取込の読み込み. A file that somebody uploads, read from disk row by row into a preview: all of it, or nothing and every fault.
@Component
final class LedgerUpload {
    private final Ledger ledger;

    LedgerUpload(Ledger ledger) { this.ledger = ledger; }

    /// The preview, and what should be looked at in it.
    record Brought(LedgerImport preview, List<String> unread, List<Finding> notices) {}

    Brought bring(Actor.Officer by, @org.jspecify.annotations.Nullable MultipartFile file) {
        if (file == null || file.isEmpty())
            throw new BadInput(List.of(CostWords.finding("file", "cost.ledger.fault.choose")));
        var given = file.getOriginalFilename();
        var name = Letters.first(given == null || given.isBlank() ? "費用" : given, 200);
        try {
            var kept = Files.createTempFile("kiban-ledger", ".sheet");
            try {
                return bring(by, name, kept, digest(file, kept));
            } finally {
                Files.deleteIfExists(kept);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Brought bring(Actor.Officer by, String name, Path kept, String digest) {
        var read = new AtomicReference<LedgerSheet.Read>();
        var preview = ledger.bring(by, LedgerImport.Way.FILE, name, digest, keep -> read.set(LedgerSheet.read(kept,
                name, keep)));
        for (var notice : read.get().notices())
            ledger.remark(by, preview.id(), notice.where().equals("file")
                    ? notice.message().ja()
                    : notice.where() + ": " + notice.message().ja());
        if (!read.get().unread().isEmpty())
            ledger.remark(by, preview.id(), CostWords.text("cost.ledger.notice.unread", String.join("、", read.get()
                    .unread())).ja());
        return new Brought(preview, read.get().unread(), read.get().notices());
    }

    private static String digest(MultipartFile file, Path to) throws IOException {
        try (var in = new DigestInputStream(file.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
            Files.copy(in, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
