package jp.kiban.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// サインインのAPI. The same road for programs and card clients: challenge, answer, session.
@RestController
final class SignInApi {
    private static final Text NOT_BASE64 = new Text("base64 で送ってください。", "base64で 送ってください。", "Send it as base64.");
    private static final Text REFUSED = new Text("本人確認ができませんでした。はじめからやり直してください。",
            "あなたが だれか、確認（かくにん）できませんでした。はじめから やり直してください。",
            "You could not be identified. Please start again.");

    private final Challenges challenges;
    private final Sessions sessions;
    private final Attempts attempts;

    SignInApi(Challenges challenges, Sessions sessions, Attempts attempts) {
        this.challenges = challenges;
        this.sessions = sessions;
        this.attempts = attempts;
    }

    /// `door`: resident or staff.
    record Begin(@Nullable String door, @Nullable String next) {}

    /// The certificate in DER and the signature over the challenge's text (UTF-8), RSASSA-PKCS1-v1_5 with SHA-256; base64.
    record CardAnswer(@Nullable String certificate, @Nullable String signature) {}

    /// The code for the browser's return, and the address that takes it.
    record Code(String code, String state, String address) {}

    record Redeem(@Nullable String code, @Nullable String state) {}

    /// Who is signed in: `kind` is nobody, resident or officer.
    record Session(String kind, Optional<String> authority, Optional<String> id, Optional<String> name,
            List<Role> roles) {
        static Session of(Actor actor) {
            return switch (actor) {
                case Actor.Nobody nobody -> new Session("nobody", Optional.empty(), Optional.empty(), Optional.empty(),
                        List.of());
                case Actor.Resident(var authority, var person) -> new Session("resident", Optional.of(authority.code()),
                        Optional.of(person.number()), Optional.empty(), List.of(Role.RESIDENT));
                case Actor.Officer officer -> new Session("officer", Optional.of(officer.authority().code()),
                        Optional.of(officer.id()), Optional.of(officer.name()),
                        officer.roles().stream().sorted().toList());
            };
        }
    }

    @Permit(Role.ANYONE)
    @PostMapping("/api/identity/challenges")
    @ResponseStatus(HttpStatus.CREATED)
    Challenges.Challenge begin(@RequestBody Begin begin, HttpServletRequest request, HttpServletResponse response) {
        String door = Optional.ofNullable(begin.door()).orElse("");
        if (!List.of("resident", "staff").contains(door))
            throw BadInput.of("door", "not-a-choice", new Text("door は resident か staff です。",
                    "doorは residentか staffです。", "door is resident or staff."));
        limit(Attempts.Kind.CHALLENGE, request);
        attempts.note(Attempts.Kind.CHALLENGE, request.getRemoteAddr());
        String browser = Cookies.BROWSER.read(request).orElseGet(Secrets::next);
        Cookies.BROWSER.write(request, response, browser);
        return challenges.begin(Door.of(door), browser,
                SignInPages.safe(Optional.ofNullable(begin.next()).orElse("")));
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/identity/challenges/{id}")
    Challenges.Challenge challenge(@PathVariable String id) { return challenges.find(id).orElseThrow(NotThere::new); }

    /// One neutral refusal, whatever was wrong.
    @Permit(Role.ANYONE)
    @PostMapping("/api/identity/challenges/{id}/response")
    Code answer(@PathVariable String id, @RequestBody CardAnswer answer, HttpServletRequest request) {
        limit(Attempts.Kind.WRONG_ANSWER, request);
        var faults = new ArrayList<Finding>();
        var certificate = bytes("certificate", answer.certificate(), faults);
        var signature = bytes("signature", answer.signature(), faults);
        if (!faults.isEmpty())
            throw new BadInput(faults);
        return challenges.answer(id, certificate, signature)
                .map(code -> new Code(code, id, "/identity/return?code=" + code + "&state=" + id))
                .orElseThrow(() -> {
                    attempts.note(Attempts.Kind.WRONG_ANSWER, request.getRemoteAddr());
                    return BadInput.of("", "sign-in-refused", REFUSED);
                });
    }

    @Permit(Role.ANYONE)
    @PostMapping("/api/identity/session")
    @ResponseStatus(HttpStatus.CREATED)
    Session start(@RequestBody Redeem redeem, HttpServletRequest request, HttpServletResponse response) {
        limit(Attempts.Kind.WRONG_ANSWER, request);
        var arrival = Cookies.BROWSER.read(request)
                .flatMap(browser -> challenges.redeem(Optional.ofNullable(redeem.code()).orElse(""),
                        Optional.ofNullable(redeem.state()).orElse(""), browser));
        if (arrival.isEmpty()) {
            attempts.note(Attempts.Kind.WRONG_ANSWER, request.getRemoteAddr());
            throw BadInput.of("", "sign-in-refused", REFUSED);
        }
        Cookies.SESSION.read(request).ifPresent(sessions::end);
        Cookies.SESSION.write(request, response, sessions.start(arrival.get().actor()));
        return Session.of(arrival.get().actor());
    }

    @Permit(Role.ANYONE)
    @GetMapping("/api/identity/session")
    Session current(Actor actor) { return Session.of(actor); }

    @Permit(Role.ANYONE)
    @DeleteMapping("/api/identity/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(HttpServletRequest request, HttpServletResponse response) {
        Cookies.SESSION.read(request).ifPresent(sessions::end);
        Cookies.SESSION.clear(request, response);
    }

    private void limit(Attempts.Kind kind, HttpServletRequest request) {
        if (attempts.allows(kind, request.getRemoteAddr()))
            return;
        var refused = new ErrorResponseException(HttpStatus.TOO_MANY_REQUESTS);
        refused.getHeaders().set("Retry-After", Long.toString(Attempts.WINDOW.toSeconds()));
        throw refused;
    }

    private static byte[] bytes(String where, @Nullable String base64, List<Finding> faults) {
        try {
            if (base64 != null && !base64.isBlank())
                return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException notBase64) {
            // told below, with everything else
        }
        faults.add(new Finding(where, "not-base64", NOT_BASE64));
        return new byte[0];
    }
}
