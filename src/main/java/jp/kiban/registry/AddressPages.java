package jp.kiban.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.kiban.address.AddressDictionary;
import jp.kiban.address.AddressMatch;
import jp.kiban.address.AddressMatcher;
import jp.kiban.address.MatchRun;
import jp.kiban.address.PostalCandidate;
import jp.kiban.address.Span;
import jp.kiban.address.Town;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.letters.Kana;
import jp.kiban.letters.Letters;
import jp.kiban.letters.PostalCode;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// 住所を調べる画面. One field for an address as it is written, a postal code, the ids of a town, or a position; the answer with everything that
/// it rests on, and the same answer as CSV and JSON. Nothing that is asked is kept.
@Controller
class AddressPages {
    private static final int LONGEST = 400;
    private static final int NEAREST = 10;
    private static final Pattern TOWN_ID = Pattern.compile("([0-9]{6})[-/ ]([0-9]{7})");
    private static final Pattern POINT = Pattern.compile(
            "([+-]?[0-9]{1,2}(?:\\.[0-9]{1,15})?)[, ] ?([+-]?[0-9]{1,3}(?:\\.[0-9]{1,15})?)");

    private final Addresses addresses;
    private final AddressEditions editions;

    AddressPages(Addresses addresses, AddressEditions editions) {
        this.addresses = addresses;
        this.editions = editions;
    }

    /// 読んだ部分. A stretch of the input and what it was read as.
    public record Used(String text, Span.Part part) {}

    /// 近くの町. `metres` is empty where no position was asked for.
    public record Place(Town town, Optional<Double> metres) {
        public String id() { return town.machiazaId().isEmpty() ? "" : town.lgCode() + "-" + town.machiazaId(); }
    }

    /// What was asked for. `api` is the address of the same answer as JSON.
    sealed interface Found {
        /// An address as written.
        record Written(AddressMatch match, List<PostalCandidate> codes) implements Found {}

        /// Towns of a postal code, of an id, or near a position.
        record Towns(String what, List<Place> places) implements Found {}
    }

    private static Found find(Addresses.Edition edition, String q) {
        var dictionary = edition.dictionary();
        String plain = Kana.narrow(q).strip();
        var code = PostalCode.read(q);
        if (code.isPresent())
            return new Found.Towns("postal", places(dictionary.byPostalCode(code.get().digits())));
        var id = TOWN_ID.matcher(plain);
        if (id.matches())
            return new Found.Towns("id", places(dictionary.byId(id.group(1), id.group(2)).stream().toList()));
        var point = POINT.matcher(plain.replace('、', ','));
        if (point.matches())
            return new Found.Towns("near", dictionary.nearest(Double.parseDouble(point.group(1)), Double.parseDouble(
                    point.group(2)), NEAREST).stream().map(n -> new Place(n.town(), Optional.of(n.metres()))).toList());
        var match = edition.matcher().match(q);
        return new Found.Written(match, dictionary.postalCodes(match));
    }

    private static List<Place> places(List<Town> towns) {
        return towns.stream().map(t -> new Place(t, Optional.empty())).toList();
    }

    /// The path and question of the API that gives the same.
    static String api(String q) {
        var code = PostalCode.read(q);
        if (code.isPresent())
            return "/api/registry/addresses/postal/" + code.get().digits();
        String plain = Kana.narrow(q).strip();
        var id = TOWN_ID.matcher(plain);
        return id.matches() ? "/api/registry/addresses/" + id.group(1) + "/" + id.group(2) : "";
    }

    private static Optional<List<String>> point(String q) {
        var point = POINT.matcher(Kana.narrow(q).strip().replace('、', ','));
        return point.matches() ? Optional.of(List.of(point.group(1), point.group(2))) : Optional.empty();
    }

    private Addresses.Edition edition(String q, String on, List<Finding> faults) {
        if (Letters.count(q) > LONGEST)
            faults.add(new Finding("q", "registry.address.long", Words.text("registry.error.address-long", LONGEST,
                    Letters.count(q))));
        try {
            return editions.on(on);
        } catch (BadInput bad) {
            faults.addAll(bad.findings());
            return addresses.edition();
        }
    }

    @Permit(Role.ANYONE)
    @GetMapping("/registry/addresses")
    Object look(Actor actor, @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String on,
            Model model) {
        var faults = new ArrayList<Finding>();
        var edition = edition(q, on, faults);
        model.addAttribute("q", q);
        model.addAttribute("on", on);
        model.addAttribute("findings", faults);
        model.addAttribute("towns", edition.towns());
        model.addAttribute("version", edition.dictionary().version());
        model.addAttribute("past", !on.isBlank());
        model.addAttribute("mayTell", !(actor instanceof Actor.Nobody));
        model.addAttribute("officer", actor instanceof Actor.Officer);
        if (!faults.isEmpty())
            return new ModelAndView("registry/addresses", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        if (q.isBlank())
            return "registry/addresses";
        switch (find(edition, q)) {
            case Found.Written written -> {
                model.addAttribute("match", written.match());
                model.addAttribute("codes", written.codes());
                model.addAttribute("used", written.match().spans().stream().map(s -> new Used(q.substring(s.start(), s
                        .end()), s.part())).toList());
                model.addAttribute("state", state(written.match()));
            }
            case Found.Towns found -> {
                model.addAttribute("what", found.what());
                model.addAttribute("places", found.places());
                model.addAttribute("api", api(q));
                point(q).ifPresent(p -> model.addAttribute("point", p));
            }
        }
        return "registry/addresses";
    }

    /// How the answer is to be taken: `several` to choose from, `doubtful` to confirm, `found` or `nothing`.
    static String state(AddressMatch match) {
        if (match.ambiguous())
            return "several";
        if (match.notes().contains("misspelt") || match.notes().contains("doubtful"))
            return "doubtful";
        return match.parts().pref().isEmpty() ? "nothing" : "found";
    }

    /// The same answer as a file: of an address the columns of `addresses match`, else one line for each town.
    @Permit(Role.ANYONE)
    @GetMapping("/registry/addresses.csv")
    ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String on)
            throws IOException {
        var faults = new ArrayList<Finding>();
        var edition = edition(q, on, faults);
        if (q.isBlank())
            faults.add(new Finding("q", "registry.address.empty", Words.text("registry.error.address-empty")));
        if (!faults.isEmpty())
            throw new BadInput(faults);
        var out = new ByteArrayOutputStream();
        out.write("\uFEFF".getBytes(StandardCharsets.UTF_8));
        switch (find(edition, q)) {
            case Found.Written written -> line(edition.matcher(), written.match().input(), out);
            case Found.Towns found -> {
                if (found.places().isEmpty())
                    throw new NotThere();
                out.write(OpenTowns.csv(found.places(), edition.dictionary().version()).getBytes(
                        StandardCharsets.UTF_8));
            }
        }
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).contentType(new MediaType("text", "csv",
                StandardCharsets.UTF_8)).header("Content-Disposition", ContentDisposition.attachment()
                        .filename(
                                "address.csv")
                        .build().toString())
                .body(out.toByteArray());
    }

    private static void line(AddressMatcher matcher, String q, ByteArrayOutputStream out) throws IOException {
        var run = new MatchRun(matcher, List.of(), false, new PrintWriter(Writer.nullWriter()), true).forSpreadsheets();
        run.run(new ByteArrayInputStream(q.replaceAll("[\\r\\n]+", " ").getBytes(StandardCharsets.UTF_8)), out, false);
    }
}
