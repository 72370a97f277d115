package jp.kiban.catalogue;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Text;
import jp.kiban.portal.HomeSection;
import jp.kiban.portal.NavItem;
import jp.kiban.standards.ServiceStandard;
import jp.kiban.standards.Standards;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// 入口. Where the pages of this room are found from: the navigation, the ministry's home and the office.
@Configuration
class CatalogueWays {
    @Bean
    NavItem catalogueOfStandards() {
        return new NavItem() {
            @Override
            public int order() { return 800; }

            @Override
            public Text title() { return Words.text("catalogue.title"); }

            @Override
            public String path() { return "/catalogue"; }

            @Override
            public boolean appliesToCurrent() { return true; }
        };
    }

    @Bean
    HomeSection publishingOfMinistry(CurrentActor current, Publications publications) {
        return new Section(HomeSection.Home.MINISTRY, 300, "catalogue/parts :: ministry") {
            @Override
            public boolean appliesToCurrent() { return current.get() instanceof Actor.Officer; }

            @Override
            public Map<String, Object> model() {
                if (!(current.get() instanceof Actor.Officer officer))
                    return Map.of();
                var all = publications.desk(officer.authority());
                return Map.of("proposed", count(all, VersionStage.PROPOSED), "scheduled", count(all,
                        VersionStage.SCHEDULED), "inForce", count(all, VersionStage.IN_FORCE));
            }
        };
    }

    private static long count(java.util.List<Publication> all, VersionStage stage) {
        return all.stream().filter(p -> p.stage() == stage).count();
    }

    @Bean
    HomeSection adoptionsOfOffice(CurrentActor current, Adoptions adoptions, Standards standards, Clock clock) {
        return new Section(HomeSection.Home.OFFICE, 800, "catalogue/parts :: office") {
            @Override
            public boolean appliesToCurrent() {
                return current.get() instanceof Actor.Officer officer && officer.may(Role.APPROVAL);
            }

            @Override
            public Map<String, Object> model() {
                if (!(current.get() instanceof Actor.Officer officer))
                    return Map.of();
                var offered = standards.all().stream().filter(s -> s.pattern() == ServiceStandard.Pattern.B).toList();
                return Map.of("offered", offered.size(), "adopted", offered.stream().filter(s -> adoptions.offered(
                        officer.authority(), s.id(), LocalDate.now(clock))).count());
            }
        };
    }

    private abstract static class Section implements HomeSection {
        private final Home home;
        private final int order;
        private final String fragment;

        Section(Home home, int order, String fragment) {
            this.home = home;
            this.order = order;
            this.fragment = fragment;
        }

        @Override
        public Home home() { return home; }

        @Override
        public int order() { return order; }

        @Override
        public String fragment() { return fragment; }
    }
}
