package jp.kiban.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Text;

/// 公開データ. A data set that this house publishes: what it is, whose it is, under which terms, of which day, and in which files. A room
/// that publishes one offers a bean; the catalogue (DCAT) and the page `/open-data` are made of them. Never personal data.
public interface OpenDataset {
    /// As in addresses: `corporations`.
    String code();

    Text title();

    Text description();

    /// The body whose data it is.
    Text publisher();

    /// The address of the terms of use.
    String licence();

    /// The day that the content is of; empty while there is none.
    Optional<LocalDate> edition();

    /// When it was last changed here.
    Optional<Instant> modified();

    /// The interval of ISO 8601 or the EU's frequency code: `DAILY`, `MONTHLY`, `IRREG`.
    String frequency();

    List<Distribution> distributions();

    /// Words to find it by.
    List<String> keywords();

    /// 配信. One file or API of the data set; `path` is an address of this house.
    record Distribution(String path, String mediaType, Text title, boolean api) {}
}
