package jp.kiban.catalogue;

import java.time.Instant;
import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.StandardRef;

/// 国の初期値に戻った. A version came into force with values of this municipality that it does not take, and nobody had decided
/// about them: for these keys the standard's defaults are used.
public record LayerFellBack(AuthorityId authority, Instant at, String subject, StandardRef standard, List<String> keys)
        implements
            Event {
    public LayerFellBack { keys = List.copyOf(keys); }
}
