package jp.kiban;

import java.time.Clock;
import java.time.ZoneId;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/// 基盤. The one application: without a verb it is the server.
@SpringBootApplication
public class Kiban {
    /// Law days are days of Japan whatever the machine's zone.
    public static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    public static void main(String[] args) { SpringApplication.run(Kiban.class, args); }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() { return Clock.system(JAPAN); }
}
