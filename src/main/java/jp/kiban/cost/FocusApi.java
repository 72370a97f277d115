package jp.kiban.cost;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.portal.Page;
import jp.kiban.portal.LargeFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// クラウドの明細の API. What the pages of cloud bills do, as JSON: bring a file, ask how far it is, its findings and sources, take it into the
/// ledger as a preview. What becomes of the preview is the ledger's own API.
@RestController
class FocusApi {
    private final FocusReadings readings;

    FocusApi(FocusReadings readings) { this.readings = readings; }

    /// 一件. A reading, and when it was read to its end the exact sum of each currency.
    record Told(FocusReadings.Reading reading, Map<String, BigDecimal> totals) {}

    /// 出どころ. A source of costs, and the system it was given to before; empty when it never was.
    record Source(FocusTake.From from, Optional<SystemCode> remembered) {}

    /// 割り当て. As JSON; what is not said is asked for, or not assigned.
    record Taking(@Nullable Map<String, String> systems, @Nullable Map<String, String> rates, @Nullable String tax) {}

    /// 取込. The preview in the ledger, and where it is committed, undone or thrown away.
    record Taken(UUID preview, String at) {}

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/api/cost/focus")
    List<FocusReadings.Reading> list(Actor.Officer by) { return readings.all(by.authority()); }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseStatus(HttpStatus.CREATED)
    @LargeFiles(otherwise = "cost.upload.focus.otherwise")
    @PostMapping("/api/cost/focus")
    FocusReadings.Reading bring(Actor.Officer by, @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(required = false) @Nullable MultipartFile rules,
            @RequestParam(defaultValue = "SubAccountId") String source, @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "BilledCost") String measure, @RequestParam(defaultValue = "") String charge,
            @RequestParam(defaultValue = "") String dayFirst) {
        var asked = new FocusAsk(source, tag, measure, charge, dayFirst).read(FocusReadings.isThere(file));
        return readings.begin(by, Objects.requireNonNull(file), Optional.ofNullable(rules).filter(r -> !r.isEmpty()),
                asked);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/api/cost/focus/{id}")
    Told one(Actor.Officer by, @PathVariable String id) {
        var reading = readings.one(by.authority(), FocusPages.id(id));
        return new Told(reading, readings.totals(by.authority(), reading.id()));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/api/cost/focus/{id}/findings")
    Page<FocusReadings.Found> findings(Actor.Officer by, @PathVariable String id, Page.Wanted wanted) {
        return readings.findings(by.authority(), FocusPages.id(id), wanted);
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @GetMapping("/api/cost/focus/{id}/sources")
    Page<Source> sources(Actor.Officer by, @PathVariable String id, Page.Wanted wanted) {
        var reading = readings.one(by.authority(), FocusPages.id(id));
        var remembered = readings.remembered(by.authority(), reading.asked().source());
        return readings.sources(by.authority(), reading.id(), wanted).map(f -> new Source(f, Optional.ofNullable(
                remembered.get(f.source()))));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/api/cost/focus/{id}/stop")
    FocusReadings.Reading stop(Actor.Officer by, @PathVariable String id) {
        readings.stop(by.authority(), FocusPages.id(id));
        return readings.one(by.authority(), FocusPages.id(id));
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/api/cost/focus/{id}")
    void remove(Actor.Officer by, @PathVariable String id) { readings.remove(by.authority(), FocusPages.id(id)); }

    /// Repeated, it answers the same preview.
    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY})
    @PostMapping("/api/cost/focus/{id}/take")
    Taken take(Actor.Officer by, @PathVariable String id, @RequestBody Taking taking) {
        readings.one(by.authority(), FocusPages.id(id));
        var read = new FocusAsk.Taking(said(taking.systems()), said(taking.rates()),
                Objects.requireNonNullElse(taking.tax(), "unstated"))
                .read();
        var preview = readings.take(by, FocusPages.id(id), read.systems(), read.rates(), read.tax());
        return new Taken(preview, "/api/cost/ledger/imports/" + preview);
    }

    private static Map<String, String> said(@Nullable Map<String, String> values) {
        var said = new LinkedHashMap<String, String>();
        if (values != null)
            values.forEach((key, value) -> said.put(key, Objects.requireNonNullElse(value, "")));
        return said;
    }
}
