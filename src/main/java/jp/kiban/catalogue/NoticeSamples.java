package jp.kiban.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.StandardRef;
import jp.kiban.standards.Edition;
import jp.kiban.standards.RenderedNotice;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;

/// 通知書の見本. Every notice of a version, written for one of its own published examples and an invented addressee.
@Component
final class NoticeSamples {
    private record Key(StandardRef ref, String digest, Language language) {}

    /// 見本.
    record Sample(String kind, RenderedNotice notice) {}

    private final Standards standards;
    private final Map<Key, List<Sample>> made = new ConcurrentHashMap<>();

    NoticeSamples(Standards standards) { this.standards = standards; }

    List<Sample> of(Edition edition, Language language) {
        return made.computeIfAbsent(new Key(edition.ref(), edition.files().digest(), language), key -> {
            var all = new ArrayList<Sample>();
            for (var kind : edition.version().noticeKinds())
                sample(edition, kind, language).ifPresent(n -> all.add(new Sample(kind, n)));
            return List.copyOf(all);
        });
    }

    private Optional<RenderedNotice> sample(Edition edition, String kind, Language language) {
        var version = edition.version();
        var facts = new LinkedHashMap<String, Object>();
        boolean japanese = language != Language.EN;
        facts.put("recipient", japanese ? "見本 花子" : "Hanako Mihon");
        facts.put("receipt", "000000-0000-0000");
        facts.put("authority", japanese ? "見本市" : "Mihon City");
        facts.put("mayor", japanese ? "見本市長" : "Mayor of Mihon City");
        facts.put("governor", japanese ? "見本県知事" : "Governor of Mihon Prefecture");
        var outcome = switch (kind) {
            case "refusal" -> "REFUSE";
            case "redirect" -> "REDIRECT";
            default -> "GRANT";
        };
        for (var example : standards.samples(edition.ref())) {
            boolean correction = kind.equals("correction");
            if (correction
                    ? example.expect().path("findings").isEmpty()
                    : !example.expect().path("outcome").asString("").equals(outcome))
                continue;
            try {
                facts.put("filedOn", example.filed());
                facts.put("date", example.filed().plusDays(14));
                facts.put("due", example.filed().plusDays(14));
                var values = version.variations().defaults();
                facts.putAll(correction
                        ? version.factsOf(version.check(example.answers()), language)
                        : version.factsOf(version.judge(example.answers(), example.filed(), values), values, language));
                return filled(edition, kind, language, facts);
            } catch (BadInput | IllegalStateException other) {
                // an example for a municipality's own values: the next one will do
            }
        }
        facts.put("filedOn", LocalDate.of(2026, 4, 1));
        facts.put("date", LocalDate.of(2026, 4, 15));
        facts.put("due", LocalDate.of(2026, 4, 29));
        return filled(edition, kind, language, facts);
    }

    /// What nobody knows here is shown as a gap; a list that nobody knows is empty.
    private static Optional<RenderedNotice> filled(Edition edition, String kind, Language language,
            Map<String, Object> facts) {
        for (boolean lists : new boolean[]{false, true}) {
            var all = new LinkedHashMap<String, Object>(facts);
            for (var name : edition.version().noticeFacts(kind))
                all.putIfAbsent(name, lists ? List.of() : "……");
            try {
                return Optional.of(edition.version().notice(kind, language, all));
            } catch (IllegalArgumentException gaps) {
                // the other kind of gap
            }
        }
        return Optional.empty();
    }
}
