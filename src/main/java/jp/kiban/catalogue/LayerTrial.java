package jp.kiban.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import jp.kiban.kernel.ReceiptNumber;
import tools.jackson.databind.JsonNode;

/// 特区の試行. Who is in a trial: of the applications of a group (by their answers) and an area (by where the applicant lives),
/// a share. Within them an application is in or out by its receipt number alone, so that everybody can check it and nobody
/// can choose.
///
/// @param share of 100 of those applications, how many (1 to 99; 100 only where a group or an area leaves others to
/// compare with)
/// @param group 群. A condition in FEEL over the answers; empty: all
/// @param areas 区域. Beginnings of postal codes (three to seven digits) or of addresses; none: the whole municipality
/// @param measure the indicator by which the trial is judged
public record LayerTrial(int share, String group, List<String> areas, String measure) {
    private static final Pattern POSTAL = Pattern.compile("[0-9]{3}-?[0-9]{0,4}");
    private static final Pattern PREFECTURE = Pattern.compile("^(東京都|北海道|(?:京都|大阪)府|.{2,3}県)");
    static final int MOST_AREAS = 50;

    public LayerTrial {
        areas = List.copyOf(areas);
        if (share < 1 || share > 100 || share == 100 && group.isBlank() && areas.isEmpty())
            throw new IllegalArgumentException("a trial takes 1 to 99 of 100 applications: " + share);
    }

    /// A trial of a share of all applications.
    public LayerTrial(int share, String measure) { this(share, "", List.of(), measure); }

    /// 申請した人. What decides whether an application can be in a trial; empty where it is not known.
    public record Applicant(JsonNode answers, String postalCode, String address) {}

    /// くじ. Whether both sides are drawn by lot from the same people; otherwise those outside are other people.
    public boolean byLot() { return share < 100; }

    /// Whether an application of the group and area belongs to the trial of this number.
    public boolean takes(int number, ReceiptNumber receipt) { return place(number, receipt) < share; }

    /// Whether the applicant lives in the area. Who is nowhere known to live is in no area.
    boolean covers(Applicant applicant) {
        var code = folded(applicant.postalCode()).replace("-", "");
        var address = folded(applicant.address());
        var within = PREFECTURE.matcher(address).replaceFirst("");
        return areas.isEmpty() || areas.stream().map(LayerTrial::folded).anyMatch(area -> POSTAL.matcher(area).matches()
                ? code.startsWith(area.replace("-", ""))
                : address.startsWith(area) || within.startsWith(area));
    }

    /// Whether this can be the beginning of a postal code or an address.
    static boolean isArea(String text) {
        var area = folded(text);
        return area.length() <= 60 && (POSTAL.matcher(area).matches() || area.length() >= 2 && !area.matches(
                "[0-9-]*"));
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s", "").replaceAll("[‐‑‒–—−ー](?=[0-9])",
                "-");
    }

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
