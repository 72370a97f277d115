package jp.kiban.portal;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.kiban.kernel.Language;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseCookie;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// 言語の選択. `?lang=ja|ja-easy|en`, then the cookie that the last choice left, then Japanese. A controller method may
/// take a `Language` or a `Page.Wanted` as a parameter.
@Configuration(proxyBeanMethods = false)
class Languages implements WebMvcConfigurer {
    static final String PARAMETER = "lang";
    static final String COOKIE = "kiban-lang";

    @Bean
    LocaleResolver localeResolver() {
        return new LocaleResolver() {
            @Override
            public Locale resolveLocale(HttpServletRequest request) { return chosen(request).locale(); }

            @Override
            public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response,
                    @Nullable Locale locale) {
                throw new UnsupportedOperationException("the language is chosen by ?lang=");
            }
        };
    }

    static Language chosen(HttpServletRequest request) {
        return asked(request).or(() -> Optional.ofNullable(request.getCookies()).stream().flatMap(Arrays::stream)
                .filter(c -> c.getName().equals(COOKIE)).map(Cookie::getValue).map(Language::of).findFirst())
                .orElse(Language.JA);
    }

    private static Optional<Language> asked(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter(PARAMETER)).map(Language::of);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                asked(request).ifPresent(language -> response.addHeader("Set-Cookie",
                        ResponseCookie.from(COOKIE, language.code()).path("/").maxAge(Duration.ofDays(365))
                                .httpOnly(true).sameSite("Lax").secure(request.isSecure()).build().toString()));
                return true;
            }
        }).excludePathPatterns("/webjars/**", "/portal/*.css");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == Language.class
                        || parameter.getParameterType() == Page.Wanted.class;
            }

            @Override
            public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
                    NativeWebRequest request, @Nullable WebDataBinderFactory binder) {
                if (parameter.getParameterType() == Page.Wanted.class)
                    return Page.Wanted.read(Optional.ofNullable(request.getParameter("page")).orElse(""),
                            Optional.ofNullable(request.getParameter("size")).orElse(""));
                return chosen((HttpServletRequest) request.getNativeRequest());
            }
        });
    }
}
