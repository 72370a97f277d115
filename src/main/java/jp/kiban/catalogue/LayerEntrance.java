package jp.kiban.catalogue;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Text;
import jp.kiban.portal.HomeSection;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;

/// 職員のホームの独自施策. How many layers wait for approval and how many trials run; shown when there is anything to approve or
/// for those who propose.
@Component
final class LayerEntrance implements HomeSection {
    private final CurrentActor current;
    private final Layers layers;
    private final Upgrades upgrades;
    private final Standards standards;
    private final Clock clock;

    /// 期限のある仕事. What a new version wants decided.
    record Duty(Text name, String url, Upgrades.Upgrade upgrade) {}

    LayerEntrance(CurrentActor current, Layers layers, Upgrades upgrades, Standards standards, Clock clock) {
        this.current = current;
        this.layers = layers;
        this.upgrades = upgrades;
        this.standards = standards;
        this.clock = clock;
    }

    @Override
    public Home home() { return Home.OFFICE; }

    @Override
    public int order() { return 700; }

    @Override
    public String fragment() { return "catalogue/layer-parts :: office"; }

    @Override
    public boolean appliesToCurrent() {
        return current.get() instanceof Actor.Officer officer && !officer.authority().isNational()
                && (officer.may(Role.REVIEW) || officer.may(Role.APPROVAL) || officer.may(Role.RECEPTION));
    }

    @Override
    public Map<String, Object> model() {
        if (!(current.get() instanceof Actor.Officer officer))
            return Map.of();
        var today = LocalDate.now(clock);
        long proposed = 0;
        long trials = 0;
        for (var standard : standards.all()) {
            var all = layers.all(officer.authority(), standard.id());
            proposed += all.stream().filter(l -> l.stage() == LocalLayer.Stage.PROPOSED).count();
            trials += all.stream().filter(l -> l.hasTrial() && l.covers(today)).count();
        }
        return Map.of("proposed", proposed, "trials", trials, "duties",
                upgrades.duties(officer.authority()).stream().map(
                        d -> new Duty(standards.get(d.standard()).name(),
                                "/catalogue/layers/" + d.standard() + "/upgrade", d
                                        .upgrade()))
                        .toList());
    }
}
