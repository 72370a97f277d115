package jp.kiban.demo;

import jp.kiban.identity.Actor;
import jp.kiban.kernel.Text;

/// 見本のカードの持ち主. One demonstration card: its id (in addresses and file names), who is on it, the story that a
/// visitor can try with it, the PIN (four digits, shown on the page), and who its holder is to the platform.
record CardHolder(String cardId, String label, Text story, String pin, Actor actor, Condition condition) {
    CardHolder {
        if (!cardId.matches("[a-z0-9][a-z0-9-]{0,39}"))
            throw new IllegalArgumentException("not a card id: " + cardId);
        if (!pin.matches("[0-9]{4}"))
            throw new IllegalArgumentException("a PIN is four digits");
        if (actor instanceof Actor.Nobody)
            throw new IllegalArgumentException("a card has a holder: " + cardId);
    }

    /// カードの状態. What is wrong with the card, so that refusals can be tried.
    enum Condition {
        VALID, REVOKED, EXPIRED, WRONG_CA
    }

    boolean isStaff() { return actor instanceof Actor.Officer; }
}
