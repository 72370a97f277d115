package jp.kiban.casework;

import jp.kiban.kernel.AuthorityId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// 検査の団体の人手を掛けない決定. Whether an invented authority decides simple cases by itself when they arrive, as every other
/// does, on the day of arrival. Asked within the transaction that opens the case; where nobody answers, it does not.
public interface StraightThrough {
    boolean isOn(JdbcClient jdbc, AuthorityId test);
}
