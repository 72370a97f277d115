package jp.kiban;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/// The SQL statements of a request, in their order: what an answer costs without looking at a clock. A request that
/// carries the header is watched; the statements are asked for by its value.
@TestConfiguration(proxyBeanMethods = false)
public class Watch {
    static final String HEADER = "X-Watch";

    @Bean
    Seen seen() { return new Seen(); }

    @Bean
    static BeanPostProcessor statements(ObjectProvider<Seen> seen) {
        return Watch.of(new QueryExecutionListener() {
            @Override
            public void beforeQuery(ExecutionInfo info, List<QueryInfo> queries) {
                queries.forEach(query -> seen.getObject().statement(query.getQuery()));
            }

            @Override
            public void afterQuery(ExecutionInfo info, List<QueryInfo> queries) {
                // what was asked is what counts
            }
        });
    }

    /// Lets everything that is said to the database be heard.
    static BeanPostProcessor of(QueryExecutionListener listener) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource data
                        ? ProxyDataSourceBuilder.create(data).listener(listener).build()
                        : bean;
            }
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    OncePerRequestFilter watchedRequests(Seen seen) {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                String name = request.getHeader(HEADER);
                if (name == null) {
                    chain.doFilter(request, response);
                    return;
                }
                try {
                    seen.begin();
                    chain.doFilter(request, response);
                } finally {
                    seen.end(name);
                }
            }
        };
    }

    /// What was seen, by the name of the request.
    static final class Seen {
        private static final Pattern SCOPE = Pattern.compile("^select set_config\\([^;]*(;\n|$)");
        private final ThreadLocal<List<String>> current = new ThreadLocal<>();
        private final Map<String, List<String>> requests = new ConcurrentHashMap<>();

        private void begin() { current.set(new ArrayList<>()); }

        private void statement(String sql) { Optional.ofNullable(current.get()).ifPresent(list -> list.add(sql)); }

        private void end(String name) {
            requests.put(name, List.copyOf(current.get()));
            current.remove();
        }

        /// Without those of the session and of the nation's figures, which are remembered for a while, and without the
        /// scopes that transactions begin with.
        List<String> of(String name) {
            Item.until(() -> requests.containsKey(name)); // the answer may arrive before the request has ended
            return requests.getOrDefault(name, List.of()).stream().map(sql -> SCOPE.matcher(sql).replaceFirst(""))
                    .filter(sql -> !sql.isBlank() && !sql.contains("identity.") && !sql.contains("statistics."))
                    .toList();
        }
    }
}
