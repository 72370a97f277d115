package jp.kiban.submission;

import java.util.function.Consumer;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.Language;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// 一度の申請. A whole application in one act, for whoever stands where the pages would: filled by the registers, completed
/// by the caller, received once.
@Component
public final class Applying {
    private final Starting starting;
    private final Submissions submissions;

    Applying(Starting starting, Submissions submissions) {
        this.starting = starting;
        this.submissions = submissions;
    }

    /// `rest` puts in what no register knows: a contact, the consent.
    public Outcome apply(Actor.Resident resident, String standard, Language language, Consumer<ObjectNode> rest) {
        return submissions.receive(resident, starting.begin(resident, standard, language).id(), Channel.ONLINE,
                language, rest);
    }
}
