package jp.kiban.cost;

import java.util.OptionalLong;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Text;

/// 利用団体. One body that shares a service: its population in persons (0 where nobody lives), its use in any unit that is the
/// same for all, the yen a year that it would pay alone where that is known, and the year it joins (the first is 1).
public record FeeBody(AuthorityId id, Text name, long population, long usage, OptionalLong aloneYen, int joins) {
    public FeeBody {
        if (population < 0 || usage < 0 || joins < 1)
            throw new IllegalArgumentException("population " + population + ", usage " + usage + ", joins " + joins);
    }
}
