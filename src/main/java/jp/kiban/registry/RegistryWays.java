package jp.kiban.registry;

import java.util.Arrays;
import java.util.Map;
import jp.kiban.identity.Actor;
import jp.kiban.identity.CurrentActor;
import jp.kiban.kernel.Text;
import jp.kiban.portal.HomeSection;
import jp.kiban.portal.NavItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// 入口. Where the pages of this room are found from: the navigation, and the keeper's home.
@Configuration(proxyBeanMethods = false)
class RegistryWays {
    @Bean
    NavItem registriesWay() {
        return new NavItem() {
            @Override
            public int order() { return 850; }

            @Override
            public Text title() { return Words.text("registry.title"); }

            @Override
            public String path() { return "/registry"; }

            @Override
            public boolean appliesToCurrent() { return true; }

            @Override
            public boolean covers(String address) {
                return NavItem.super.covers(address) || address.startsWith("/open-data");
            }
        };
    }

    @Bean
    HomeSection registriesOfKeeper(CurrentActor current, Loadings loadings, Corrections corrections,
            DictionaryReleases releases) {
        return new HomeSection() {
            @Override
            public Home home() { return Home.MINISTRY; }

            @Override
            public int order() { return 400; }

            @Override
            public String fragment() { return "registry/parts :: keeper"; }

            @Override
            public boolean appliesToCurrent() {
                return current.get() instanceof Actor.Officer officer && officer.authority().equals(
                        BaseRegistry.KEEPER);
            }

            @Override
            public Map<String, Object> model() {
                return Map.of("dictionaries", releases.proposed(), "proposed",
                        Arrays.stream(BaseRegistry.values()).flatMap(r -> loadings.all(r).stream())
                                .filter(l -> l.stage() == Loading.Stage.PROPOSED).count(),
                        "asked",
                        corrections.desk().stream().filter(c -> c
                                .stage() == Corrections.Stage.ASKED || c.stage() == Corrections.Stage.LOOKING)
                                .count());
            }
        };
    }
}
