package jp.kiban.catalogue;

import java.time.Instant;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// 独自施策を差し戻した. Which layer of which standard, and by whom.
public record LayerSentBack(AuthorityId authority, Instant at, String subject, String standard, int number,
        String officer)
        implements
            Event {}
