package jp.kiban.portal;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.Language;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.context.IWebContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;
import org.thymeleaf.web.IWebRequest;

/// 額縁. What the layout needs to know on every page, an error page included: who looks, the language, the day of a
/// demonstration, the navigation. Templates reach it as `#frame`, and the way to say values as `#say`.
@Component
final class Frame extends AbstractDialect implements IExpressionObjectDialect {
    private final ObjectProvider<Viewer> viewer;
    private final ObjectProvider<NavItem> items;
    private final Clock clock;
    private final boolean demo;

    Frame(ObjectProvider<Viewer> viewer, ObjectProvider<NavItem> items, Clock clock,
            @Value("${kiban.demo:false}") boolean demo) {
        super("kiban");
        this.viewer = viewer;
        this.items = items;
        this.clock = clock;
        this.demo = demo;
    }

    @Override
    public IExpressionObjectFactory getExpressionObjectFactory() {
        return new IExpressionObjectFactory() {
            @Override
            public Set<String> getAllExpressionObjectNames() { return Set.of("frame", "say"); }

            @Override
            public @Nullable Object buildObject(IExpressionContext context, String name) {
                if (name.equals("say"))
                    return new Say(Language.of(context.getLocale()));
                return context instanceof IWebContext web
                        ? new Around(web.getExchange().getRequest(),
                                Language.of(context.getLocale()))
                        : null;
            }

            @Override
            public boolean isCacheable(String name) { return true; }
        };
    }

    /// One page's frame.
    public final class Around {
        private final IWebRequest request;
        private final Language language;
        private final Viewer.@Nullable Who who;
        private final List<NavItem> nav;

        Around(IWebRequest request, Language language) {
            this.request = request;
            this.language = language;
            this.who = viewer.orderedStream().map(Viewer::who).flatMap(Optional::stream).findFirst().orElse(null);
            this.nav = items.stream().filter(NavItem::appliesToCurrent)
                    .sorted(Comparator.comparingInt(NavItem::order)).toList();
        }

        public Language language() { return language; }

        public List<Language> languages() { return List.of(Language.values()); }

        public boolean demo() { return demo; }

        public LocalDate today() { return LocalDate.now(clock); }

        public Viewer.@Nullable Who who() { return who; }

        public List<NavItem> nav() { return nav; }

        /// True when this page is a part of what the entry leads to.
        public boolean at(NavItem item) { return item.covers(path()); }

        /// The path of this page. Behind an error it is the path that was asked for.
        public String path() { return request.getPathWithinApplication(); }

        /// This page's address with one query parameter changed; paging starts again unless the page itself changes. Only the
        /// address is read: what somebody typed into a form never comes into a link.
        public String with(String name, Object value) {
            var query = asked();
            if (!name.equals("page") && !name.equals("lang"))
                query.remove("page");
            query.put(name, List.of(String.valueOf(value)));
            var text = new StringBuilder();
            query.forEach((key, values) -> values.forEach(one -> text.append(text.isEmpty() ? "?" : "&")
                    .append(encode(key)).append('=').append(encode(one))));
            return path() + text;
        }

        /// The query of this page's address except the named parameters: what a filter form carries along unseen.
        public Map<String, String> others(List<String> names) {
            var rest = new LinkedHashMap<String, String>();
            asked().forEach((key, values) -> {
                if (!names.contains(key) && !key.equals("page") && !key.equals("lang"))
                    rest.put(key, values.getFirst());
            });
            return rest;
        }

        private Map<String, List<String>> asked() {
            var query = new LinkedHashMap<String, List<String>>();
            for (String pair : Optional.ofNullable(request.getQueryString()).orElse("").split("&")) {
                int is = pair.indexOf('=');
                if (is > 0)
                    query.computeIfAbsent(decode(pair.substring(0, is)), k -> new ArrayList<>())
                            .add(decode(pair.substring(is + 1)));
            }
            return query;
        }

        private static String decode(String text) {
            try {
                return URLDecoder.decode(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException malformed) {
                return "";
            }
        }

        private static String encode(String text) { return URLEncoder.encode(text, StandardCharsets.UTF_8); }
    }
}
