package jp.kiban.portal;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// APIの説明. The head of the OpenAPI document at `/v3/api-docs`; the rest of it is read from the handlers.
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    @Bean
    OpenAPI openApi() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Given.class);
        return new OpenAPI().info(new Info().title("Kiban 基盤").version("0.1")
                .description("""
                        Every act of a page is also an act of this API. Lists come as {total, page, pages, size, items}; \
                        pages count from 1. Faults are problem documents (RFC 9457), all findings at once under `findings`; \
                        their texts follow `?lang=ja|ja-easy|en`.""")
                .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")));
    }
}
