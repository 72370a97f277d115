package jp.kiban.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// サインイン. The choice of door, the way to the card and back, what was kept of a form, and the way out.
@Controller
final class SignInPages {
    private final Challenges challenges;
    private final Sessions sessions;
    private final Parking parking;
    private final Attempts attempts;
    private final Optional<CardClient> card;

    SignInPages(Challenges challenges, Sessions sessions, Parking parking, Attempts attempts, List<CardClient> cards) {
        this.challenges = challenges;
        this.sessions = sessions;
        this.parking = parking;
        this.attempts = attempts;
        this.card = cards.stream().findFirst();
    }

    @Permit(Role.ANYONE)
    @GetMapping("/identity/sign-in")
    String choose(@RequestParam(defaultValue = "") String next, @RequestParam(defaultValue = "") String door,
            @RequestParam(defaultValue = "") String card, @RequestParam(defaultValue = "false") boolean kept,
            @RequestParam(defaultValue = "false") boolean failed, Model model) {
        model.addAttribute("next", safe(next));
        model.addAttribute("doors", door.isEmpty() ? List.of(Door.values()) : List.of(Door.of(door)));
        model.addAttribute("card", card);
        model.addAttribute("kept", kept);
        model.addAttribute("failed", failed);
        model.addAttribute("ready", this.card.isPresent());
        return "identity/sign-in";
    }

    @Permit(Role.ANYONE)
    @PostMapping("/identity/sign-in")
    ResponseEntity<Void> begin(@RequestParam String door, @RequestParam(defaultValue = "") String next,
            @RequestParam(defaultValue = "") String card, HttpServletRequest request, HttpServletResponse response) {
        if (this.card.isEmpty())
            return to("/identity/sign-in");
        if (!attempts.allows(Attempts.Kind.CHALLENGE, request.getRemoteAddr()))
            throw new ErrorResponseException(HttpStatus.TOO_MANY_REQUESTS);
        attempts.note(Attempts.Kind.CHALLENGE, request.getRemoteAddr());
        String browser = Cookies.BROWSER.read(request).orElseGet(Secrets::next);
        Cookies.BROWSER.write(request, response, browser);
        var challenge = challenges.begin(Door.of(door), browser, safe(next));
        return to(this.card.get().address(challenge.id(), Optional.of(card).filter(c -> !c.isEmpty())));
    }

    /// Where the card client leads the browser back to. The code works once, in this browser.
    @Permit(Role.ANYONE)
    @GetMapping("/identity/return")
    ResponseEntity<Void> back(Actor before, @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String state, HttpServletRequest request, HttpServletResponse response) {
        var arrival = Cookies.BROWSER.read(request).flatMap(browser -> challenges.redeem(code, state, browser));
        if (arrival.isEmpty()) // a page that is loaded again finds its code spent, and its reader signed in
            return to(before instanceof Actor.Nobody ? "/identity/sign-in?failed=true" : home(before));
        var actor = arrival.get().actor();
        Cookies.SESSION.read(request).ifPresent(sessions::end);
        Cookies.SESSION.write(request, response, sessions.start(actor));
        if (parking.newest(actor, Optional.empty()).isPresent())
            return to("/identity/continue");
        return to(arrival.get().next().isEmpty() ? home(actor) : arrival.get().next());
    }

    /// 続きから始められます. Offers what was being typed when the session ended.
    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/identity/continue")
    String offer(Actor actor, Model model) {
        var parked = parking.newest(actor, Optional.empty());
        model.addAttribute("home", home(actor));
        if (parked.isEmpty())
            return "redirect:" + home(actor);
        model.addAttribute("parked", parked.get());
        return "identity/continue";
    }

    /// Sends the kept form again, as its owner: the browser repeats this request, fields and all, at the form's address.
    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/identity/continue/{id}")
    ResponseEntity<Void> resume(Actor actor, @PathVariable String id) {
        return parking.remove(actor, id)
                .map(parked -> ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                        .header(HttpHeaders.LOCATION, parked.path()).<Void>build())
                .orElseGet(() -> to(home(actor)));
    }

    @Permit({Role.RESIDENT, Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @PostMapping("/identity/forget/{id}")
    ResponseEntity<Void> forget(Actor actor, @PathVariable String id) {
        parking.remove(actor, id);
        return to(home(actor));
    }

    @Permit(Role.ANYONE)
    @PostMapping("/identity/sign-out")
    ResponseEntity<Void> out(HttpServletRequest request, HttpServletResponse response) {
        Cookies.SESSION.read(request).ifPresent(sessions::end);
        Cookies.SESSION.clear(request, response);
        return to("/");
    }

    static String home(Actor actor) {
        return switch (actor) {
            case Actor.Nobody nobody -> "/";
            case Actor.Resident resident -> "/my";
            case Actor.Officer officer -> officer.may(Role.MINISTRY) ? "/ministry" : "/office";
        };
    }

    /// Only a place of this site: another site's address after a sign-in would be somebody's trap.
    static String safe(String next) {
        return next.matches("/[A-Za-z0-9_.~!$&'()*+,;=:@%?/-]*") && !next.startsWith("//")
                && !next.startsWith("/identity/") ? next : "";
    }

    private static ResponseEntity<Void> to(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
