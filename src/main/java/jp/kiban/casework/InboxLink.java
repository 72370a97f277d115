package jp.kiban.casework;

import jp.kiban.identity.CurrentActor;
import jp.kiban.kernel.Text;
import jp.kiban.portal.NavItem;
import org.springframework.stereotype.Component;

/// 案内の一項目: the way to the cases, for officers who work on them.
@Component
final class InboxLink implements NavItem {
    private final CurrentActor current;

    InboxLink(CurrentActor current) { this.current = current; }

    @Override
    public int order() { return 200; }

    @Override
    public Text title() { return Words.text("casework.nav.inbox"); }

    @Override
    public String path() { return "/casework/inbox"; }

    @Override
    public boolean appliesToCurrent() { return OfficeSection.worksOnCases(current.get()); }
}
