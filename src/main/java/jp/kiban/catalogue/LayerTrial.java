package jp.kiban.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import jp.kiban.kernel.ReceiptNumber;

/// 特区の試行. Who is in a trial: a share of all applications. An application is in or out by its receipt number alone, so that
/// everybody can check it and nobody can choose.
///
/// @param share of 100 applications, how many (1 to 99)
/// @param measure the indicator of the standard by which the trial is judged
public record LayerTrial(int share, String measure) {
    public LayerTrial {
        if (share < 1 || share > 99)
            throw new IllegalArgumentException("a trial takes 1 to 99 of 100 applications: " + share);
    }

    /// Whether the application belongs to the trial of this number.
    public boolean takes(int number, ReceiptNumber receipt) { return place(number, receipt) < share; }

    private static int place(int number, ReceiptNumber receipt) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest((number + "/" + receipt.text()).getBytes(
                    StandardCharsets.UTF_8));
            return (int) ((((hash[0] & 0xffL) << 24) + ((hash[1] & 0xff) << 16) + ((hash[2] & 0xff) << 8)
                    + (hash[3] & 0xff)) % 100);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
