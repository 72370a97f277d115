package jp.kiban.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;

/// 採用の決定. A municipality adopted an offered standard from a day on, declined it, or ended its adoption.
public record AdoptionDecided(AuthorityId authority, Instant at, String subject, String standard, Adoptions.Kind kind,
        LocalDate from, String officer) implements Event {}
