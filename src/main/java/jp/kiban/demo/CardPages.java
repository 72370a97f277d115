package jp.kiban.demo;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Challenges;
import jp.kiban.identity.Door;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import jp.kiban.portal.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// 見本のカード読取りの画面. Stands where a real sign-in has the phone or the reader: choose a card, enter its PIN, and the
/// card signs. What it hands to the platform is a real certificate and a real signature.
@Demo
@Controller
class CardPages {
    private static final Finding FOUR_DIGITS = new Finding("pin", "four-digits",
            new Text("暗証番号は4桁の数字です。この入力は回数に数えていません。",
                    "暗証番号（あんしょうばんごう）は 4つの 数字（すうじ）です。まちがいの 回数（かいすう）には なりません。",
                    "The PIN is four digits. This did not count as a try."));
    private final CardsSigned signed = new CardsSigned();
    private final Cards cards;
    private final Challenges challenges;
    private final Authorities authorities;

    CardPages(Cards cards, Challenges challenges, Authorities authorities) {
        this.cards = cards;
        this.challenges = challenges;
        this.authorities = authorities;
    }

    /// 一覧の一枚. A card as the list shows it.
    record Shown(CardHolder holder, Text place, List<Role> roles) {}

    @Permit(Role.ANYONE)
    @GetMapping("/demo/card")
    String page(@RequestParam(defaultValue = "") String challenge, @RequestParam(defaultValue = "") String card,
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "false") boolean unlocked,
            Page.Wanted wanted, Model model) {
        var open = challenges.find(challenge);
        if (open.isEmpty())
            return "demo/card-over";
        model.addAttribute("challenge", open.get());
        if (!card.isEmpty()) {
            model.addAttribute("unlocked", unlocked);
            return pin(holder(card, open.get().door()), List.of(), model);
        }
        model.addAttribute("q", q);
        model.addAttribute("page", Page.of(cards.all().stream().filter(h -> Cards.door(h) == open.get().door())
                .map(this::shown).filter(shown -> matches(shown, q)).toList(), wanted));
        return "demo/card-list";
    }

    @Permit(Role.ANYONE)
    @PostMapping("/demo/card")
    Object sign(@RequestParam String challenge, @RequestParam String card, @RequestParam(defaultValue = "") String pin,
            Model model) {
        var done = signed.find(challenge, card, pin.strip());
        if (done.isPresent())
            return to(done.get());
        var open = challenges.find(challenge);
        if (open.isEmpty())
            return "demo/card-over";
        model.addAttribute("challenge", open.get());
        var holder = holder(card, open.get().door());
        if (!pin.strip().matches("[0-9]{4}"))
            return pin(holder, List.of(FOUR_DIGITS), model);
        return switch (cards.sign(holder, pin.strip(), open.get().text())) {
            case Cards.Answer.Signed answer -> to(signed.once(challenge, card, pin.strip(),
                    () -> challenges.answer(challenge, answer.certificate(), answer.signature())
                            .map(code -> "/identity/return?code=" + code + "&state=" + challenge)
                            .orElse("/identity/sign-in?failed=true")));
            case Cards.Answer.WrongPin(int left) -> pin(holder, List.of(new Finding("pin", "wrong-pin", new Text(
                    "暗証番号が違います。あと" + left + "回まちがえると、このカードは使えなくなります。",
                    "暗証番号（あんしょうばんごう）が ちがいます。あと " + left + "回（かい） まちがえると、このカードは 使（つか）えません。",
                    "Wrong PIN. After " + left + " more, this card is locked."))), model);
            case Cards.Answer.Locked locked -> pin(holder, List.of(), model);
        };
    }

    /// What a counter does in reality: gives a locked card three tries again.
    @Permit(Role.ANYONE)
    @PostMapping("/demo/card/unlock")
    ResponseEntity<Void> unlock(@RequestParam String card, @RequestParam(defaultValue = "") String challenge) {
        cards.reset(cards.find(card).orElseThrow(NotThere::new));
        return to(challenge.matches("[A-Za-z0-9_-]+")
                ? "/demo/card?challenge=" + challenge + "&card=" + card + "&unlocked=true"
                : "/identity/sign-in");
    }

    private String pin(CardHolder holder, List<Finding> findings, Model model) {
        model.addAttribute("card", shown(holder));
        model.addAttribute("findings", findings);
        model.addAttribute("triesLeft", cards.triesLeft(holder));
        return "demo/card-pin";
    }

    private CardHolder holder(String card, Door door) {
        return cards.find(card).filter(holder -> Cards.door(holder) == door).orElseThrow(NotThere::new);
    }

    private Shown shown(CardHolder holder) {
        return switch (holder.actor()) {
            case Actor.Nobody nobody -> throw new IllegalStateException("a card without a holder: " + holder.cardId());
            case Actor.Resident resident -> new Shown(holder, authorities.get(resident.authority()).title(),
                    List.of(Role.RESIDENT));
            case Actor.Officer officer -> new Shown(holder, authorities.get(officer.authority()).title(),
                    officer.roles().stream().sorted().toList());
        };
    }

    private static boolean matches(Shown shown, String q) {
        String wanted = q.strip().toLowerCase(Locale.ROOT);
        return wanted.isEmpty() || String.join(" ", shown.holder().cardId(), shown.holder().label(),
                shown.holder().story().ja(), shown.holder().story().easy(), shown.holder().story().en(),
                shown.place().easy(), shown.place().en(),
                String.join(" ", shown.roles().stream().map(r -> r.title().easy() + r.title().en()).toList()))
                .toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static ResponseEntity<Void> to(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
