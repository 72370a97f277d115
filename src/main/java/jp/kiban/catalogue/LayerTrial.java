package jp.kiban.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
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
/// @param areas 区域. Beginnings of postal codes (three to seven digits), towns by name and id (`三重県津市西丸之内 242012/0117000`), or
/// beginnings of addresses where no towns are known; none: the whole municipality
/// @param measure the indicator by which the trial is judged
public record LayerTrial(int share, String group, List<String> areas, String measure) {
    private static final Pattern POSTAL = Pattern.compile("[0-9]{3}-?[0-9]{0,4}");
    private static final Pattern PREFECTURE = Pattern.compile("^(東京都|北海道|(?:京都|大阪)府|.{2,3}県)");
    private static final Pattern TOWN = Pattern.compile("^(.+?)\\s+([0-9]{6}(?:/[0-9]{7})?)$");
    static final int MOST_AREAS = 50;

    public LayerTrial {
        areas = List.copyOf(areas);
        if (share < 1 || share > 100 || share == 100 && group.isBlank() && areas.isEmpty())
            throw new IllegalArgumentException("a trial takes 1 to 99 of 100 applications: " + share);
    }

    /// A trial of a share of all applications.
    public LayerTrial(int share, String measure) { this(share, "", List.of(), measure); }

    /// 申請した人. What decides whether an application can be in a trial; empty where it is not known.
    ///
    /// @param town the id of the town that the address was found to mean when it was sent, `242012/0117000`; empty where it is not known
    /// @param townName its registered name
    public record Applicant(JsonNode answers, String postalCode, String address, String town, String townName) {
        public Applicant(JsonNode answers, String postalCode, String address) {
            this(answers, postalCode, address, "", "");
        }
    }

    LayerTrial in(List<String> others) { return new LayerTrial(share, group, others, measure); }

    /// The id at the end of an area that is a town; empty of a text.
    static Optional<String> idOf(String area) {
        var town = TOWN.matcher(area.strip());
        return town.matches() ? Optional.of(town.group(2)) : Optional.empty();
    }

    /// An area without the id at its end.
    static String nameOf(String area) {
        var town = TOWN.matcher(area.strip());
        return town.matches() ? town.group(1) : area.strip();
    }

    static boolean isPostal(String area) { return POSTAL.matcher(folded(area)).matches(); }

    /// By the id of the town where both are known: the same, its chōme, or any town of a whole municipality. Ids change with new
    /// dictionaries and names seldom: the same registered name is the same town.
    private static boolean isIn(String area, Applicant applicant) {
        var id = idOf(area).orElse("");
        return id.length() == 6
                ? applicant.town().startsWith(id)
                : id.equals(applicant.town()) || id.endsWith("000") && applicant.town().startsWith(id.substring(0, 11))
                        || nameOf(area).equals(applicant.townName());
    }

    /// くじ. Whether both sides are drawn by lot from the same people; otherwise those outside are other people.
    public boolean byLot() { return share < 100; }

    /// Whether an application of the group and area belongs to the trial of this number.
    public boolean takes(int number, ReceiptNumber receipt) { return place(number, receipt) < share; }

    /// Whether the applicant lives in the area. Who is nowhere known to live is in no area.
    boolean covers(Applicant applicant) {
        var code = folded(applicant.postalCode()).replace("-", "");
        var address = folded(applicant.address());
        var within = PREFECTURE.matcher(address).replaceFirst("");
        return areas.isEmpty() || areas.stream().anyMatch(written -> {
            var area = folded(nameOf(written));
            return POSTAL.matcher(area).matches()
                    ? code.startsWith(area.replace("-", ""))
                    : idOf(written).isPresent() && applicant.town().contains("/")
                            ? isIn(written, applicant)
                            : address.startsWith(area) || within.startsWith(area);
        });
    }

    /// Whether this can be the beginning of a postal code or an address.
    static boolean isArea(String text) {
        var area = folded(nameOf(text));
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
