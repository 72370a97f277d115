package jp.kiban.identity;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
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

    @Bean
    SecurityFilterChain edge(HttpSecurity http) {
        return http
                .csrf(csrf -> csrf.spa().ignoringRequestMatchers("/api/identity/challenges/*/response"))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health/**").permitAll()
                        .requestMatchers("/actuator/**").denyAll().anyRequest().permitAll())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable).formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable).build();
    }

    /// Nobody signs in by a password here; without this Spring Boot would make one up and print it.
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new AuthenticationServiceException("sign-in is by card only");
        };
    }
}
