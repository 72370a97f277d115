package jp.kiban;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

/// Boots the whole application once for all tests that carry it: a fresh real PostgreSQL below `target/`, the
/// demonstration people, a random port. Tests share it, so each works with people or authorities of its own.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(classes = Kiban.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = KibanTest.FreshData.class)
public @interface KibanTest {

    /// A data folder that nobody used before.
    class FreshData implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        private static final AtomicInteger COUNT = new AtomicInteger();

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var folder = new File("target/kiban-test/" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("fresh data",
                    Map.of("kiban.data", folder.getAbsolutePath(), "kiban.store.fsync", "false", "kiban.today",
                            "2026-11-24")));
        }
    }
}
