package jp.kiban.registry;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// 利用の上限. Public registries are for everybody: one address may ask so many times a minute (`kiban.registry.requests-per-minute`; in
/// bursts, saved up for a minute at most), and is told when to come back (429, `Retry-After`). Whole files count fifty, and one when the reader has them already.
@Configuration(proxyBeanMethods = false)
class RequestBound implements WebMvcConfigurer {
    private static final int MOST_ADDRESSES = 50_000;
    private static final int FILE = 50;

    private final int perMinute;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    RequestBound(@Value("${kiban.registry.requests-per-minute:1200}") int perMinute) {
        if (perMinute < FILE)
            throw new IllegalStateException("kiban.registry.requests-per-minute is at least " + FILE + "; seen: "
                    + perMinute);
        this.perMinute = perMinute;
    }

    /// What is left of an address's minute, in requests, at a moment of the machine's own clock.
    record Bucket(double left, long nanos) {
        Bucket at(long now, int perMinute) {
            return new Bucket(Math.min(perMinute, left + (now - nanos) / 60e9 * perMinute), now);
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                long wait = take(request.getRemoteAddr(), cost(request), System.nanoTime());
                if (wait == 0)
                    return true;
                response.setHeader("Retry-After", Long.toString(wait));
                throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
            }

            @Override
            public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
                    @Nullable Exception failed) {
                if (response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED)
                    give(request.getRemoteAddr(), cost(request) - 1);
            }

            private static int cost(HttpServletRequest request) {
                return request.getRequestURI().startsWith("/open-data/") && request.getMethod().equals("GET")
                        ? FILE
                        : 1;
            }
        }).addPathPatterns("/registry/**", "/api/registry/**", "/open-data/*.*");
    }

    /// Gives back what was not needed.
    void give(String address, int cost) {
        buckets.computeIfPresent(address, (key, bucket) -> new Bucket(Math.min(perMinute, bucket.left() + cost), bucket
                .nanos()));
    }

    /// Takes from the address's minute; answers after how many seconds there will be enough, 0 when it was taken.
    long take(String address, int cost, long now) {
        if (buckets.size() > MOST_ADDRESSES)
            buckets.values().removeIf(b -> b.at(now, perMinute).left() >= perMinute);
        long[] wait = {0};
        buckets.compute(address, (key, known) -> {
            var bucket = (known == null ? new Bucket(perMinute, now) : known).at(now, perMinute);
            if (bucket.left() >= cost)
                return new Bucket(bucket.left() - cost, now);
            wait[0] = Math.max(1, (long) Math.ceil((cost - bucket.left()) * 60 / perMinute));
            return bucket;
        });
        return wait[0];
    }
}
