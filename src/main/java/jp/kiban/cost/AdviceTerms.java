package jp.kiban.cost;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Finding;

/// 助言の条件. When the office is open, how much room a smaller size must leave, what counts as idle, and what vendors offer. Discounts and
/// prices are the reader's own: they come from a vendor's price list, and nothing is assumed where none is given.
///
/// @param opens the first open hour, `closes` the first that is not
/// @param targetPercent how busy 95 of 100 periods may be after a change of size
/// @param idlePercent at most so busy is idle
public record AdviceTerms(int opens, int closes, BigDecimal targetPercent, BigDecimal idlePercent, int leastDays,
        List<Offer> offers, List<Storage> storages, Optional<LocalDate> start) {
    /// 利用契約の割引. For so many months, so much of it paid at the start, so much cheaper.
    public record Offer(int months, BigDecimal upfrontPercent, BigDecimal discountPercent) {
        /// 損益分岐の利用率. Below it the commitment costs more than it saves: 100 % less the discount.
        public BigDecimal breakEvenPercent() { return BigDecimal.valueOf(100).subtract(discountPercent); }
    }

    /// 保存の種類. Yen for a gigabyte kept a month and for a gigabyte read, and the shortest time it is charged for.
    public record Storage(String name, BigDecimal yenPerGigabyteMonth, BigDecimal yenPerReadGigabyte, int leastDays) {}

    public static final int OPENS = 8;
    public static final int CLOSES = 19;
    public static final int LEAST_DAYS = 14;
    private static final int MOST = 8;

    public AdviceTerms {
        offers = List.copyOf(offers);
        storages = List.copyOf(storages);
    }

    static AdviceTerms usual() {
        return new AdviceTerms(OPENS, CLOSES, new BigDecimal("70"), new BigDecimal("2"), LEAST_DAYS, List.of(), List
                .of(), Optional.empty());
    }

    /// As somebody wrote them: `hours` 8-19, `offers` 12:0:28,36:100:45 (months:upfront %:discount %), `storages`
    /// name:yen per GB and month:yen per GB read:days, `start` 2027-04-01. A blank is the usual value.
    static AdviceTerms read(String hours, String target, String offers, String storages, String start,
            List<Finding> findings) {
        var usual = usual();
        int opens = usual.opens();
        int closes = usual.closes();
        String span = CostWords.plain(hours).replace("時", "").replaceAll("[〜~–—]", "-");
        if (span.matches("[0-9]{1,2}-[0-9]{1,2}") && number(span, 0) < number(span, 1) && number(span, 1) <= 24) {
            opens = number(span, 0);
            closes = number(span, 1);
        } else if (!span.isEmpty())
            findings.add(CostWords.finding("hours", "cost.advice.fault.hours", hours));
        var most = percent("target", target, usual.targetPercent(), findings);
        if (most.compareTo(BigDecimal.TEN) < 0)
            findings.add(CostWords.finding("target", "cost.advice.fault.percent", target));
        return new AdviceTerms(opens, closes, most, usual.idlePercent(), usual.leastDays(), offers(offers, findings),
                storages(storages, findings), day(start, findings));
    }

    private static int number(String span, int part) { return Integer.parseInt(span.split("-")[part]); }

    private static BigDecimal percent(String where, String text, BigDecimal otherwise, List<Finding> findings) {
        String words = CostWords.plain(text).replaceAll("%$", "");
        if (words.isEmpty())
            return otherwise;
        if (words.matches("[0-9]{1,3}(\\.[0-9]{1,4})?") && new BigDecimal(words).compareTo(BigDecimal.valueOf(
                100)) <= 0)
            return new BigDecimal(words);
        findings.add(CostWords.finding(where, "cost.advice.fault.percent", text));
        return otherwise;
    }

    private static List<Offer> offers(String text, List<Finding> findings) {
        var offers = new ArrayList<Offer>();
        for (String part : CostWords.plain(text).replace("%", "").split(",", -1)) {
            if (part.isEmpty())
                continue;
            if (part.matches("[0-9]{1,3}:[0-9]{1,3}(\\.[0-9]{1,4})?:[0-9]{1,2}(\\.[0-9]{1,4})?") && offers
                    .size() < MOST) {
                var said = part.split(":");
                var offer = new Offer(Integer.parseInt(said[0]), new BigDecimal(said[1]), new BigDecimal(said[2]));
                if (offer.months() > 0 && offer.months() <= 120 && offer.discountPercent().signum() > 0
                        && offer.upfrontPercent().compareTo(BigDecimal.valueOf(100)) <= 0) {
                    offers.add(offer);
                    continue;
                }
            }
            findings.add(CostWords.finding("offers", "cost.advice.fault.offers", part));
        }
        return offers;
    }

    private static List<Storage> storages(String text, List<Finding> findings) {
        var storages = new ArrayList<Storage>();
        for (String part : text.split("[,、]", -1)) {
            if (part.isBlank())
                continue;
            var said = part.strip().split("[:：]", -1);
            if (said.length == 4 && !said[0].isBlank() && said[0].length() <= 40 && storages.size() < MOST
                    && CostWords.plain(said[1]).matches("[0-9]{1,6}(\\.[0-9]{1,8})?")
                    && CostWords.plain(said[2]).matches("[0-9]{1,6}(\\.[0-9]{1,8})?")
                    && CostWords.plain(said[3]).matches("[0-9]{1,4}"))
                storages.add(new Storage(said[0].strip(), new BigDecimal(CostWords.plain(said[1])), new BigDecimal(
                        CostWords.plain(said[2])), Integer.parseInt(CostWords.plain(said[3]))));
            else
                findings.add(CostWords.finding("storages", "cost.advice.fault.storages", part.strip()));
        }
        return storages;
    }

    private static Optional<LocalDate> day(String text, List<Finding> findings) {
        String words = CostWords.plain(text);
        if (words.isEmpty())
            return Optional.empty();
        try {
            if (words.matches("20[2-9][0-9]-[0-9]{2}-[0-9]{2}"))
                return Optional.of(LocalDate.parse(words));
        } catch (java.time.DateTimeException none) {
            // said below, like everything that is no day
        }
        findings.add(CostWords.finding("start", "cost.advice.fault.day", text));
        return Optional.empty();
    }
}
