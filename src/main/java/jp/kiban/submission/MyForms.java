package jp.kiban.submission;

import java.util.Map;
import java.util.stream.Collectors;
import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.portal.HomeSection;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Component;

/// できること. On a resident's home: the services that can be applied for, and the forms that were begun.
@Component
final class MyForms implements HomeSection {
    private final CurrentActor current;
    private final Standards standards;
    private final Drafts drafts;
    private final Submissions submissions;
    private final Services services;

    MyForms(CurrentActor current, Standards standards, Drafts drafts, Submissions submissions, Services services) {
        this.current = current;
        this.standards = standards;
        this.drafts = drafts;
        this.submissions = submissions;
        this.services = services;
    }

    @Override
    public Home home() { return Home.MY; }

    @Override
    public int order() { return 100; }

    @Override
    public String fragment() { return "submission/home :: my"; }

    @Override
    public boolean appliesToCurrent() { return current.get() instanceof Actor.Resident; }

    @Override
    public Map<String, Object> model() {
        if (!(current.get() instanceof Actor.Resident resident))
            return Map.of();
        var offered = services.offered(resident.authority()).stream()
                .filter(s -> submissions.inTheWay(resident, s.id()).isEmpty()).toList();
        return Map.of("offered", offered, "drafts", drafts.open(resident), "names", names());
    }

    private Map<String, Object> names() {
        return standards.all().stream().collect(Collectors.toMap(s -> s.id(), s -> (Object) s.name()));
    }
}
