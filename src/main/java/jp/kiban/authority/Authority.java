package jp.kiban.authority;

import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;

/// 団体. A local government, a ward of a designated city, or a national body. Population is the estimate for the
/// beginning of 2025, in persons; 0 where nobody lives (or where it is not a place). For another day ask `Authorities.population`.
public record Authority(AuthorityId id, Kind kind, String name, String kana, String roman, Optional<AuthorityId> parent,
        long population) {

    /// 種類. The seven kinds of local body and the national ones.
    public enum Kind {
        PREFECTURE, DESIGNATED_CITY, CITY, SPECIAL_WARD, TOWN, VILLAGE, DESIGNATED_WARD, MINISTRY;

        /// The 1,741: cities, special wards, towns and villages. A ward of a designated city is a part, not a municipality.
        public boolean isMunicipality() {
            return switch (this) {
                case DESIGNATED_CITY, CITY, SPECIAL_WARD, TOWN, VILLAGE -> true;
                case PREFECTURE, DESIGNATED_WARD, MINISTRY -> false;
            };
        }

        /// The 1,788: prefectures and municipalities.
        public boolean isLocalGovernment() { return isMunicipality() || this == PREFECTURE; }
    }

    /// Its name as a text: the Japanese name, with its reading in plain Japanese, and in Latin letters.
    public Text title() { return new Text(name, name + "（" + kana + "）", roman); }
}
