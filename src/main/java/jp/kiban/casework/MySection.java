package jp.kiban.casework;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.portal.HomeSection;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 住民のホームの一区画: her applications and the newest notices.
@Component
final class MySection implements HomeSection {
    private final CurrentActor current;
    private final Store store;
    private final Notices notices;
    private final Standards standards;
    private final Hints hints;

    MySection(CurrentActor current, Store store, Notices notices, Standards standards, Hints hints) {
        this.hints = hints;
        this.current = current;
        this.store = store;
        this.notices = notices;
        this.standards = standards;
    }

    @Override
    public Home home() { return Home.MY; }

    @Override
    public int order() { return 200; }

    @Override
    public String fragment() { return "casework/home :: my"; }

    @Override
    public boolean appliesToCurrent() { return current.get() instanceof Actor.Resident; }

    @Override
    public Map<String, Object> model() {
        if (!(current.get() instanceof Actor.Resident(var authority, var person)))
            return Map.of();
        var scope = new Scope.Resident(authority, person);
        return Map.of("cases", MyCase.of(store, scope, Optional.empty()), "notices", notices.newest(scope, 5), "hints",
                MyCase.shown(standards, hints.of(scope, Optional.empty())), "names",
                standards.all().stream().collect(Collectors.toMap(ServiceStandard::id, ServiceStandard::name)));
    }
}
