package jp.kiban.portal;

import java.util.List;
import jp.kiban.kernel.Text;

/// 体験用カード. The test cards that a visitor of a demonstration may use, listed beside the doors of the first page.
/// Only a demonstration has them.
public interface TourCards {
    List<Card> cards();

    /// `door` is where the card opens; `link` starts signing in with it.
    record Card(HomeSection.Home door, Text who, Text about, String link) {}
}
