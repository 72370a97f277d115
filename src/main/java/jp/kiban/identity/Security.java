package jp.kiban.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// 守り. Spring Security keeps the edge (CSRF, headers); who may call what is decided by the policy, at the handler, where
/// it can be read and tested.
@Configuration(proxyBeanMethods = false)
class Security implements WebMvcConfigurer {
    private final Gate gate;
    private final ActorArgument actorArgument;

    Security(Gate gate, ActorArgument actorArgument) {
        this.gate = gate;
        this.actorArgument = actorArgument;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) { registry.addInterceptor(gate); }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) { resolvers.add(actorArgument); }

    /// The requests are measured once, by the server; measuring every filter of the chain again costs a tenth of a request.
    @Bean
    static SecurityObservationSettings noObservations() { return SecurityObservationSettings.noObservations(); }

    @Bean
    static RealTime realTime() { return new RealTime(Clock.systemUTC()); }

    @Bean
    SecurityFilterChain edge(HttpSecurity http, @Value("${kiban.identity.card-client:}") String cardClient) {
        return http
                .headers(headers -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                        .contentSecurityPolicy(policy -> policy.policyDirectives(contentPolicy(cardClient)))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=()"))
                        .addHeaderWriter(Security::cacheHeader))
                .csrf(csrf -> csrf.spa().ignoringRequestMatchers("/api/identity/challenges/*/response",
                        "/api/conformity/sessions/**"))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health/**").permitAll()
                        .requestMatchers("/actuator/**").denyAll().anyRequest().permitAll())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable).formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable).build();
    }

    /// No script, style or frame but our own. The sign-in leads on to the card client, so a form may end there.
    static String contentPolicy(String cardClient) {
        String client = "";
        if (!cardClient.isBlank()) {
            var address = URI.create(cardClient);
            client = " " + address.getScheme() + "://" + address.getRawAuthority();
        }
        return "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
                + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'" + client;
    }

    /// What is drawn for somebody is kept by no browser and no proxy; what is the same for all may be for an hour.
    private static void cacheHeader(HttpServletRequest request, HttpServletResponse response) {
        if (response.containsHeader(HttpHeaders.CACHE_CONTROL))
            return;
        boolean forAll = request.getMethod().equals("GET") && response.getStatus() == HttpServletResponse.SC_OK
                && request.getRequestURI().matches("/webjars/.*|/[a-z]+/[a-z0-9./-]+\\.(css|js|svg|png|woff2)");
        response.setHeader(HttpHeaders.CACHE_CONTROL, forAll ? "public, max-age=3600" : "no-store");
    }

    /// A card client of the operator's, where the demonstration's stand-in is not used.
    @Bean
    @Order(0)
    @ConditionalOnProperty("kiban.identity.card-client")
    static CardClient cardClient(@Value("${kiban.identity.card-client}") String address) {
        return (challenge, card) -> address + (address.contains("?") ? "&" : "?") + "challenge=" + challenge;
    }

    /// Nobody signs in by a password here; without this Spring Boot would make one up and print it.
    @Bean
    static AuthenticationManager noPasswords() {
        return authentication -> {
            throw new AuthenticationServiceException("sign-in is by card only");
        };
    }
}
