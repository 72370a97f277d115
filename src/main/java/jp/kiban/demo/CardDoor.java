package jp.kiban.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jp.kiban.identity.CardClient;
import org.springframework.stereotype.Component;

/// 見本のカード読取り. Leads the sign-in to the page of test cards.
@Demo
@Component
class CardDoor implements CardClient {
    @Override
    public String address(String challenge, Optional<String> card) {
        return "/demo/card?challenge=" + challenge
                + card.map(c -> "&card=" + URLEncoder.encode(c, StandardCharsets.UTF_8)).orElse("");
    }
}
