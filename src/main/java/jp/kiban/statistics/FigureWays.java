package jp.kiban.statistics;

import java.text.NumberFormat;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.portal.HomeFigure;
import jp.kiban.portal.HomeSection;
import jp.kiban.portal.NavItem;
import jp.kiban.portal.Viewer;
import jp.kiban.standards.Standards;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;

/// 統計の入口. Where other pages lead to the figures: the navigation, the ministry's home, the first page.
@Configuration(proxyBeanMethods = false)
class FigureWays {
    @Bean
    NavItem ministryFiguresWay(ObjectProvider<Viewer> viewer) {
        return new Way(100, new Text("全国の統計", "全国（ぜんこく）の 数字", "Figures"), "/ministry/figures",
                () -> isMinistry(viewer));
    }

    @Bean
    NavItem openFiguresWay(ObjectProvider<Viewer> viewer) {
        return new Way(800, new Text("公開統計", "みんなが 見られる 数字", "Open figures"), "/statistics",
                () -> !isMinistry(viewer)
                        && viewer.stream().flatMap(v -> v.who().stream()).noneMatch(Viewer.Who::resident));
    }

    private static boolean isMinistry(ObjectProvider<Viewer> viewer) {
        return viewer.stream().flatMap(v -> v.who().stream()).anyMatch(w -> w.role().equals(Role.MINISTRY.title()));
    }

    record Way(int order, Text title, String path, BooleanSupplier applies) implements NavItem {
        @Override
        public boolean appliesToCurrent() { return applies.getAsBoolean(); }
    }

    @Bean
    HomeSection ministryFigures(FigurePages pages) {
        return new HomeSection() {
            @Override
            public Home home() { return Home.MINISTRY; }

            @Override
            public int order() { return 100; }

            @Override
            public String fragment() { return "statistics/parts :: home"; }

            @Override
            public boolean appliesToCurrent() { return true; }

            @Override
            public Map<String, Object> model() {
                return Map.of("view", pages.headline(Language.of(LocaleContextHolder.getLocale())));
            }
        };
    }

    @Bean
    HomeFigure claimsOfTheYear(Figures figures, Standards standards, Clock clock) {
        return new HomeFigure() {
            @Override
            public int order() { return 300; }

            @Override
            public Text label() {
                return new Text("今年度の申請（昨日まで）", "今年度（こんねんど）の 申請（きのうまで）", "Claims this fiscal year, up to yesterday");
            }

            @Override
            public Text value() {
                var year = FiscalYear.of(LocalDate.now(clock.withZone(ZoneId.of("Asia/Tokyo"))));
                var all = standards.all().stream().map(s -> figures.open(s.id(), year).nation().of(Measure.CLAIMS))
                        .toList();
                var claims = all.stream().map(Figure::value).filter(Objects::nonNull).toList();
                if (claims.isEmpty() && all.stream().anyMatch(Figure::hidden))
                    return new Text("10件未満など非公開", "とても 少ないので 見せません", "too few to show");
                String count = NumberFormat.getIntegerInstance(Locale.JAPAN)
                        .format(claims.stream().mapToLong(Double::longValue).sum());
                return new Text(count + "件", count + "件", count);
            }
        };
    }
}
