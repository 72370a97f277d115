package jp.kiban.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// 独自施策を提案した. Which layer of which standard, and by whom.
public record LayerProposed(AuthorityId authority, Instant at, String subject, String standard, int number,
        LocalDate from, String officer)
        implements
            Event {}
