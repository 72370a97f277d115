package jp.kiban.home;

import java.util.Set;
import jp.kiban.kernel.Text;
import jp.kiban.portal.NavItem;
import jp.kiban.portal.Viewer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// 玄関の案内. The ways from the header to one's own home, and to the list of authorities for those at work.
@Configuration(proxyBeanMethods = false)
class Ways {
    private static final Set<String> HOMES = Set.of("/my", "/office", "/ministry");

    @Bean
    NavItem homeWay(ObjectProvider<Viewer> viewer) {
        return new Way(0, new Text("ホーム", "ホーム", "Home"), "/home",
                () -> viewer.stream().anyMatch(v -> v.who().isPresent()));
    }

    @Bean
    NavItem authoritiesWay(ObjectProvider<Viewer> viewer) {
        return new Way(900, new Text("団体の一覧", "市・区・町・村の 一覧", "Authorities"), "/authorities",
                () -> viewer.stream().noneMatch(v -> v.who().filter(Viewer.Who::resident).isPresent()));
    }

    record Way(int order, Text title, String path, java.util.function.BooleanSupplier applies) implements NavItem {
        @Override
        public boolean appliesToCurrent() { return applies.getAsBoolean(); }

        @Override
        public boolean covers(String address) {
            return path.equals("/home") ? HOMES.contains(address) : NavItem.super.covers(address);
        }
    }
}
