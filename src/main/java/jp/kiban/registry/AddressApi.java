package jp.kiban.registry;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.AddressMatch;
import jp.kiban.address.PostalCandidate;
import jp.kiban.address.Town;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.Kana;
import jp.kiban.letters.Letters;
import jp.kiban.letters.PostalCode;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// 住所のAPI. Written addresses and the places they mean, for everybody: matched, searched while typing, by id, by postal code, by
/// position. What is asked may be where somebody lives: answers are not kept by any cache.
@RestController
@Tag(name = "addresses", description = "住所: written addresses and the places they mean")
final class AddressApi {
    private static final int LONGEST = 400;

    private final Addresses addresses;
    private final AddressEditions editions;

    AddressApi(Addresses addresses, AddressEditions editions) {
        this.addresses = addresses;
        this.editions = editions;
    }

    /// 答え. The items with the version of the dictionary, whether it knows towns, and whether there are more than these.
    record Answer<T>(String dataVersion, boolean towns, List<T> items, boolean more) {}

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/addresses/match")
    @Operation(summary = "What an address means: parts, ids, level, what was read as what, differences, confidence, candidates, rest and position")
    ResponseEntity<AddressMatch> match(@RequestParam(defaultValue = "") String q,
            @Parameter(description = "the dictionary in force that day, YYYY-MM-DD; without, the one in use") @RequestParam(defaultValue = "") String on) {
        var findings = new ArrayList<Finding>();
        text("q", q, findings);
        var edition = edition(on, findings);
        return answer(edition.matcher().match(sound(q, findings)));
    }

    /// As of the day `on`, by the edition of the dictionary that was in force then; without, the one in use.
    private Addresses.Edition edition(String on, List<Finding> findings) {
        try {
            return editions.on(on);
        } catch (BadInput bad) {
            findings.addAll(bad.findings());
            return addresses.edition();
        }
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/addresses")
    @Operation(summary = "Places whose name or reading goes on from what was typed")
    ResponseEntity<Answer<Addresses.Suggestion>> search(@RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "10") String limit, @RequestParam(defaultValue = "0") String from) {
        var findings = new ArrayList<Finding>();
        text("q", q, findings);
        int most = limit(limit, findings);
        int first = from(from, findings);
        var page = addresses.search(sound(q, findings), first, most);
        return answer(new Answer<>(addresses.version(), addresses.knowsTowns(), page.items(), page.more()));
    }

    /// The way back: which postal codes a written address may have.
    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/addresses/postal")
    @Operation(summary = "The postal codes that an address may have, and what each was found by")
    ResponseEntity<Answer<PostalCandidate>> postalOf(@RequestParam(defaultValue = "") String q,
            @Parameter(description = "the dictionary in force that day, YYYY-MM-DD; without, the one in use") @RequestParam(defaultValue = "") String on) {
        var findings = new ArrayList<Finding>();
        text("q", q, findings);
        var edition = edition(on, findings);
        return answer(of(edition, edition.dictionary().postalCodes(edition.matcher().match(sound(q, findings)))));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/addresses/{lgCode:[0-9]{6}}/{machiazaId:[0-9]{7}}")
    @Operation(summary = "A town by its ids")
    ResponseEntity<Answer<Town>> one(@PathVariable String lgCode, @PathVariable String machiazaId,
            @Parameter(description = "the dictionary in force that day, YYYY-MM-DD; without, the one in use") @RequestParam(defaultValue = "") String on) {
        var edition = editions.on(on);
        return answer(of(edition, List.of(edition.dictionary().byId(lgCode, machiazaId).orElseThrow(NotThere::new))));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/addresses/postal/{code}")
    @Operation(summary = "The towns of a postal code")
    ResponseEntity<Answer<Town>> postal(@PathVariable String code,
            @Parameter(description = "the dictionary in force that day, YYYY-MM-DD; without, the one in use") @RequestParam(defaultValue = "") String on) {
        var findings = new ArrayList<Finding>();
        var read = PostalCode.read(code);
        if (read.isEmpty())
            findings.add(new Finding("code", "registry.postal", Words.text("registry.error.postal", Letters.excerpt(
                    code, 20))));
        var edition = edition(on, findings);
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return answer(of(edition, edition.dictionary().byPostalCode(read.orElseThrow().digits())));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/registry/addresses/near")
    @Operation(summary = "The towns nearest to a position, the nearest first")
    ResponseEntity<Answer<AddressDictionary.Near>> near(@RequestParam(defaultValue = "") String lat,
            @RequestParam(defaultValue = "") String lng, @RequestParam(defaultValue = "10") String limit,
            @Parameter(description = "the dictionary in force that day, YYYY-MM-DD; without, the one in use") @RequestParam(defaultValue = "") String on) {
        var findings = new ArrayList<Finding>();
        var latitude = degrees("lat", lat, 90, findings);
        var longitude = degrees("lng", lng, 180, findings);
        int most = limit(limit, findings);
        var edition = edition(on, findings);
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return answer(of(edition, edition.dictionary().nearest(latitude.orElseThrow(), longitude.orElseThrow(), most)));
    }

    private static <T> Answer<T> of(Addresses.Edition edition, List<T> items) {
        return new Answer<>(edition.dictionary().version(), edition.towns(), items, false);
    }

    private static <T> ResponseEntity<T> answer(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private static void text(String where, String text, List<Finding> findings) {
        if (text.isBlank())
            findings.add(new Finding(where, "registry.address.empty", Words.text("registry.error.address-empty")));
        if (Letters.count(text) > LONGEST)
            findings.add(new Finding(where, "registry.address.long",
                    Words.text("registry.error.address-long", LONGEST, Letters.count(text))));
    }

    private static String sound(String text, List<Finding> findings) {
        if (!findings.isEmpty())
            throw new BadInput(findings);
        return text;
    }

    private static int limit(String text, List<Finding> findings) {
        var plain = Kana.narrow(text);
        if (plain.matches("[0-9]{1,2}") && Integer.parseInt(plain) >= 1 && Integer.parseInt(plain) <= 50)
            return Integer.parseInt(plain);
        findings.add(
                new Finding("limit", "registry.limit", Words.text("registry.error.limit", Letters.excerpt(text, 20))));
        return 10;
    }

    private static int from(String text, List<Finding> findings) {
        var plain = Kana.narrow(text);
        if (plain.matches("[0-9]{1,3}"))
            return Integer.parseInt(plain);
        findings.add(
                new Finding("from", "registry.from", Words.text("registry.error.from", Letters.excerpt(text, 20))));
        return 0;
    }

    private static Optional<Double> degrees(String where, String text, int most, List<Finding> findings) {
        var plain = Kana.narrow(text);
        if (plain.matches("-?[0-9]{1,3}(\\.[0-9]{1,15})?") && Math.abs(Double.parseDouble(plain)) <= most)
            return Optional.of(Double.parseDouble(plain));
        findings.add(new Finding(where, "registry.degrees",
                Words.text("registry.error.degrees", where, most, Letters.excerpt(text, 20))));
        return Optional.empty();
    }
}
