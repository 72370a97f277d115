package jp.kiban.catalogue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kiban.authority.Authorities;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.StandardRef;
import jp.kiban.kernel.Text;
import jp.kiban.letters.Folding;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;

/// 標準の一覧. Every public standard in one line, as people look for it.
@Component
final class CatalogueList {
    /// 一行. The version that counts today, or the next, or the last; and what is announced after it.
    record Line(String standard, Text name, Text summary, String ministryCode, Text ministry, LegalBasis law,
            ServiceStandard.Pattern pattern, StandardRef version, LocalDate inForceOn, VersionStage stage,
            boolean urgent, Optional<LocalDate> next) {}

    /// 絞り込み. Empty: all.
    record Filter(String q, String ministry, String pattern, String stage, String sort) {}

    private final Publications publications;
    private final Standards standards;
    private final Authorities authorities;

    CatalogueList(Publications publications, Standards standards, Authorities authorities) {
        this.publications = publications;
        this.standards = standards;
        this.authorities = authorities;
    }

    List<Line> all() { return standards.all().stream().map(this::line).toList(); }

    private Line line(ServiceStandard standard) {
        var history = publications.history(standard.id());
        var now = history.stream().filter(p -> p.stage() == VersionStage.IN_FORCE).findFirst();
        var next = history.stream().filter(p -> p.stage() == VersionStage.SCHEDULED).reduce((a, b) -> b);
        var shown = now.or(() -> next).orElse(history.getFirst());
        return new Line(standard.id(), standard.name(), standard.summary(), standard.ministry().code(), authorities.get(
                standard.ministry()).title(), standard.law(), standard.pattern(), shown.ref(), shown.inForceOn().orElse(
                        shown.ref().day()),
                shown.stage(), shown.urgent(), next.filter(n -> now.isPresent())
                        .flatMap(Publication::inForceOn));
    }

    List<Line> find(Filter filter) {
        var words = Arrays.stream(filter.q().strip().split("[\\s　]+")).map(Folding::key).filter(w -> !w.isEmpty())
                .toList();
        boolean down = filter.sort().startsWith("-");
        Comparator<Line> order = switch (filter.sort().replaceFirst("^-", "")) {
            case "day" -> Comparator.comparing(Line::inForceOn).thenComparing(Line::standard);
            case "ministry" -> Comparator.comparing(Line::ministryCode).thenComparing(Line::standard);
            default -> Comparator.comparing(Line::standard);
        };
        return all().stream().filter(l -> filter.ministry().isEmpty() || l.ministryCode().equals(filter.ministry()))
                .filter(l -> filter.pattern().isEmpty() || l.pattern().name().equals(filter.pattern()))
                .filter(l -> filter.stage().isEmpty() || l.stage().name().equals(filter.stage()))
                .filter(l -> words.stream().allMatch(w -> text(l).contains(w)))
                .sorted(down ? order.reversed() : order).toList();
    }

    private static String text(Line line) {
        return Folding
                .key(String.join(" ", Stream.of(line.name(), line.summary(), line.ministry()).flatMap(t -> Stream.of(t
                        .ja(), t.easy(), t.en())).toList()) + " " + line.standard() + " " + line.law());
    }
}
