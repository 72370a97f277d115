package jp.kiban.demo;

import jp.kiban.kernel.Text;
import jp.kiban.portal.NavItem;
import org.springframework.stereotype.Component;

/// 見本の日付への入口. The entry in everybody's navigation, last.
@Component
@Demo
final class DayEntrance implements NavItem {
    private final DemoWords words;

    DayEntrance(DemoWords words) { this.words = words; }

    @Override
    public int order() { return 9000; }

    @Override
    public Text title() { return words.of("demo.day.nav"); }

    @Override
    public String path() { return "/demo/day"; }

    @Override
    public boolean appliesToCurrent() { return true; }
}
