package jp.kiban.casework;

import java.time.Instant;

import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.kernel.StandardRef;

/// 決裁の求めを引き戻した. By the officer who had proposed, before anybody decided.
public record ProposalWithdrawn(AuthorityId authority, Instant at, String subject, ReceiptNumber receipt,
        StandardRef standard, String officer)
        implements
            Event {}
