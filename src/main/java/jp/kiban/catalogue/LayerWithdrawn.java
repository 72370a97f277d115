package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// 独自施策を取り下げた. Which layer of which standard, and by whom.
public record LayerWithdrawn(AuthorityId authority, Instant at, String subject, String standard, int number,
        String officer)
        implements
            Event {}
