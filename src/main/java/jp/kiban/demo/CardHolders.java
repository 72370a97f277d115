package jp.kiban.demo;

import java.util.List;

/// 見本のカードの一覧. Whoever makes demonstration people says which of them carry a card; several components may. An
/// officer on a card is entered in the officers' list when the card is first used.
interface CardHolders {
    List<CardHolder> all();
}
