package jp.kiban.cost;

import jp.kiban.kernel.Text;
import jp.kiban.portal.NavItem;
import jp.kiban.portal.Viewer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// 費用への案内. For everyone who works for an authority.
@Component
final class CostWays implements NavItem {
    private final ObjectProvider<Viewer> viewer;

    CostWays(ObjectProvider<Viewer> viewer) { this.viewer = viewer; }

    @Override
    public int order() { return 600; }

    @Override
    public Text title() { return new Text("費用", "かかった お金", "Cost"); }

    @Override
    public String path() { return "/cost"; }

    @Override
    public boolean appliesToCurrent() {
        return viewer.stream().flatMap(v -> v.who().stream()).anyMatch(Viewer.Who::officer);
    }
}
