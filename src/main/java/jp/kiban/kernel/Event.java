package jp.kiban.kernel;

import java.time.Instant;

/// 出来事. Something that happened, told in the past tense, kept for ever in the order it happened. A record of ids,
/// dates and amounts: never a name, address or number of a person. Its kind is `room.SimpleName`.
public interface Event {
    AuthorityId authority();

    Instant at();

    /// The application it is about, or the id of a batch, as text.
    String subject();

    /// `submission.Received` for `jp.kiban.submission.Received` (also when nested: the simple name counts).
    static String kind(Class<? extends Event> type) {
        String room = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
        return room + "." + type.getSimpleName();
    }
}
