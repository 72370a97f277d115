package jp.kiban.standards;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// 公表された版. Where versions come from besides the folder that the house started with. A room to the right keeps them;
/// `Standards` asks at the start and whenever it is told that something has changed.
public interface PublishedVersions {
    /// One version that has been published, scheduled ones included.
    ///
    /// @param inForceFrom the first day it is the one for new applications; usually the day it is named by
    /// @param withdrawn from this day on it is not for new applications any more; its cases keep it
    record Published(StandardFiles files, LocalDate inForceFrom, Optional<LocalDate> withdrawn) {}

    /// Every published version, in the order of publication.
    List<Published> published();
}
