package jp.kiban.payment;

import java.util.Map;
import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.identity.Role;
import jp.kiban.portal.HomeSection;
import jp.kiban.portal.Page;
import org.springframework.stereotype.Component;

/// 職員のホームの支払い. How many pay runs wait for an act of 会計 or 決裁.
@Component
class OfficePayments implements HomeSection {
    private final CurrentActor actor;
    private final PayRuns runs;

    OfficePayments(CurrentActor actor, PayRuns runs) {
        this.actor = actor;
        this.runs = runs;
    }

    @Override
    public Home home() { return Home.OFFICE; }

    @Override
    public int order() { return 400; }

    @Override
    public String fragment() { return "payment/home :: office"; }

    @Override
    public boolean appliesToCurrent() {
        return actor.get() instanceof Actor.Officer officer
                && (officer.may(Role.TREASURY) || officer.may(Role.APPROVAL));
    }

    @Override
    public Map<String, Object> model() {
        if (!(actor.get() instanceof Actor.Officer officer))
            return Map.of();
        var newest = runs.all(officer.authority(), new Page.Wanted(1, 100)).items();
        return Map.of("approve", count(newest, PayRunStage.PREPARED), "send", count(newest, PayRunStage.APPROVED),
                "answers", count(newest, PayRunStage.SENT));
    }

    private static long count(java.util.List<PayRun> runs, PayRunStage stage) {
        return runs.stream().filter(run -> run.stage() == stage).count();
    }
}
