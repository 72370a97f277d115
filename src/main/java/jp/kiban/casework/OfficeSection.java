package jp.kiban.casework;

import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.identity.Role;
import jp.kiban.portal.HomeSection;
import jp.kiban.portal.Page;
import org.springframework.stereotype.Component;

/// 職員のホームの一区画: what waits for this officer, the nearest deadlines first.
@Component
final class OfficeSection implements HomeSection {
    private final CurrentActor current;
    private final CaseList list;
    private final Cases cases;

    OfficeSection(CurrentActor current, CaseList list, Cases cases) {
        this.current = current;
        this.list = list;
        this.cases = cases;
    }

    @Override
    public Home home() { return Home.OFFICE; }

    @Override
    public int order() { return 100; }

    @Override
    public String fragment() { return "casework/home :: office"; }

    @Override
    public boolean appliesToCurrent() { return worksOnCases(current.get()); }

    static boolean worksOnCases(Actor actor) {
        return actor instanceof Actor.Officer officer
                && (officer.may(Role.RECEPTION) || officer.may(Role.REVIEW) || officer.may(Role.APPROVAL));
    }

    @Override
    public Map<String, Object> model() {
        if (!(current.get() instanceof Actor.Officer officer))
            return Map.of();
        var todo = new CaseList.Filter(Optional.empty(), CaseList.Due.ANY, "", CaseList.Whose.TODO, "", "due");
        return Map.of("todo", list.find(officer, todo, new Page.Wanted(1, 5)), "overdue", list.overdue(officer), "open",
                list.openByStage(officer).values().stream().mapToLong(Long::longValue).sum(), "today", cases.today());
    }
}
