package jp.kiban.identity;

import java.util.Optional;

/// カードを読む相手. Where the browser is sent to have the card sign: an application on the phone, a reader at the desk, the
/// stand-in of a demonstration. It reads the challenge (`GET /api/identity/challenges/{id}`), posts certificate and
/// signature (`POST .../response`), and leads the browser back to `/identity/return?code=...&state={id}`.
public interface CardClient {
    /// The address to open for this challenge; which card the person meant to use, where they said so already.
    String address(String challenge, Optional<String> card);
}
