package jp.kiban.cost;

import jp.kiban.kernel.Text;
import jp.kiban.portal.NavItem;
import jp.kiban.portal.Viewer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// 町の費用への案内. For everybody who works for no authority.
@Component
final class HereWays implements NavItem {
    private final ObjectProvider<Viewer> viewer;

    HereWays(ObjectProvider<Viewer> viewer) { this.viewer = viewer; }

    @Override
    public int order() { return 810; }

    @Override
    public Text title() { return new Text("町の費用", "まちの お金", "What it costs"); }

    @Override
    public String path() { return "/cost/here"; }

    @Override
    public boolean appliesToCurrent() {
        return viewer.stream().flatMap(v -> v.who().stream()).noneMatch(Viewer.Who::officer);
    }

    @Override
    public boolean covers(String address) { return NavItem.super.covers(address) || address.equals("/cost/target"); }
}
