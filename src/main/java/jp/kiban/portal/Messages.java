package jp.kiban.portal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// 画面の文. The texts of all rooms: every `messages/<room>.properties` (Japanese), with `_ja_JP_yasashii` (plain Japanese)
/// and `_en` beside it. A room adds a file and is found.
@Configuration(proxyBeanMethods = false)
class Messages {
    @Bean
    MessageSource messageSource() throws IOException {
        var names = new ArrayList<String>();
        for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:messages/*.properties")) {
            String name = Objects.requireNonNull(file.getFilename()).replace(".properties", "");
            if (!name.contains("_") && !names.contains("messages/" + name))
                names.add("messages/" + name);
        }
        var source = new ResourceBundleMessageSource();
        source.setBasenames(names.toArray(String[]::new));
        source.setDefaultEncoding(StandardCharsets.UTF_8.name());
        source.setFallbackToSystemLocale(false);
        return source;
    }
}
