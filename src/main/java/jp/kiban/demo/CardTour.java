package jp.kiban.demo;

import java.util.List;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Text;
import jp.kiban.portal.HomeSection.Home;
import jp.kiban.portal.TourCards;
import org.springframework.stereotype.Component;

/// 体験の入口. The test cards beside the doors of the first page: each leads straight to its PIN.
@Demo
@Component
class CardTour implements TourCards {
    private final Cards cards;

    CardTour(Cards cards) { this.cards = cards; }

    @Override
    public List<Card> cards() {
        return cards.all().stream().filter(holder -> holder.condition() == CardHolder.Condition.VALID)
                .map(holder -> new Card(home(holder.actor()), Text.same(holder.label()), holder.story(),
                        "/identity/sign-in?door=" + Cards.door(holder).path() + "&card=" + holder.cardId()))
                .toList();
    }

    private static Home home(Actor actor) {
        return switch (actor) {
            case Actor.Officer officer -> officer.may(Role.MINISTRY) ? Home.MINISTRY : Home.OFFICE;
            case Actor.Resident resident -> Home.MY;
            case Actor.Nobody nobody -> throw new IllegalStateException("a card without a holder");
        };
    }
}
