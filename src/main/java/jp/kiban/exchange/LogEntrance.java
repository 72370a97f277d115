package jp.kiban.exchange;

import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.portal.NavItem;
import jp.kiban.portal.Viewer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/// 利用記録への入口. The entry in a resident's navigation.
@Component
final class LogEntrance implements NavItem {
    private final ObjectProvider<Viewer> viewer;
    private final MessageSource messages;

    LogEntrance(ObjectProvider<Viewer> viewer, MessageSource messages) {
        this.viewer = viewer;
        this.messages = messages;
    }

    @Override
    public int order() { return 800; }

    @Override
    public Text title() { return new Text(in(Language.JA), in(Language.JA_EASY), in(Language.EN)); }

    @Override
    public String path() { return "/exchange/my-log"; }

    @Override
    public boolean appliesToCurrent() {
        return viewer.orderedStream().flatMap(v -> v.who().stream()).anyMatch(Viewer.Who::resident);
    }

    private String in(Language language) { return messages.getMessage("exchange.log.nav", null, language.locale()); }
}
