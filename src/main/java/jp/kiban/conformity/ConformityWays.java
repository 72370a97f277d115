package jp.kiban.conformity;

import java.util.Map;
import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.identity.Role;
import jp.kiban.portal.HomeSection;
import org.springframework.stereotype.Component;

/// 入口. From the ministry's home to the reports.
@Component
final class ConformityWays implements HomeSection {
    private final CurrentActor current;
    private final Reports reports;

    ConformityWays(CurrentActor current, Reports reports) {
        this.current = current;
        this.reports = reports;
    }

    @Override
    public Home home() { return Home.MINISTRY; }

    @Override
    public int order() { return 700; }

    @Override
    public String fragment() { return "conformity/parts :: ministry"; }

    @Override
    public boolean appliesToCurrent() { return current.get() instanceof Actor.Officer o && o.may(Role.MINISTRY); }

    @Override
    public Map<String, Object> model() {
        return current.get() instanceof Actor.Officer officer
                ? Map.of("reports", reports.all(officer.authority()).size())
                : Map.of("reports", 0);
    }
}
