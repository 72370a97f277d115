package jp.kiban.identity;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import jp.kiban.portal.LargeFiles;
import jp.kiban.portal.TooLarge;
import jp.kiban.portal.Uploads;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/// 送る大きさの上限. How much may be sent with files, decided by the request's head, before a byte of its body is read: forms a small bound, handlers with `LargeFiles`
/// the operator's (`kiban.upload.most`), and those only from who may call them. Files go to disk as they arrive. A body without a declared length is not taken.
@Configuration(proxyBeanMethods = false)
class UploadBound {
    private static final String LARGE = UploadBound.class.getName();
    private static final long HEADS = 1 << 20;
    private final CurrentActor current;
    private final Policy policy;
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final MessageSource messages;
    private final Uploads uploads;
    private final int atOnce;
    private final Path folder;
    private final Semaphore places;
    private Optional<List<Large>> large = Optional.empty();

    /// A handler that takes large files, and where it is.
    private record Large(PathPattern path, HandlerMethod handler, LargeFiles files) {}

    UploadBound(CurrentActor current, Policy policy, ObjectProvider<RequestMappingHandlerMapping> mappings,
            MessageSource messages, Uploads uploads, @Value("${kiban.upload.at-once}") int atOnce,
            @Value("${kiban.upload.folder}") String folder) throws IOException {
        if (atOnce < 1)
            throw new IllegalStateException("kiban.upload.at-once is at least 1; seen: " + atOnce);
        this.current = current;
        this.policy = policy;
        this.mappings = mappings;
        this.messages = messages;
        this.uploads = uploads;
        this.atOnce = atOnce;
        this.folder = Files.createDirectories(Path.of(folder.isBlank() ? System.getProperty("java.io.tmpdir") : folder)
                .toAbsolutePath());
        places = new Semaphore(atOnce);
    }

    /// The server's own bound is the largest of all; the filter decides about each request.
    @Bean
    MultipartConfigElement multipartConfig() {
        return new MultipartConfigElement(folder.toString(), uploads.mostBytes(), -1, 0);
    }

    @Bean
    FilterRegistrationBean<Filter> uploadBoundFilter() {
        var registration = new FilterRegistrationBean<Filter>(this::bounded);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return registration;
    }

    /// Looks at the files of a form again, one by one.
    @Bean
    MultipartResolver multipartResolver() {
        return new StandardServletMultipartResolver() {
            @Override
            public MultipartHttpServletRequest resolveMultipart(HttpServletRequest request) {
                var read = super.resolveMultipart(request);
                if (request.getAttribute(LARGE) == null)
                    for (var files : read.getMultiFileMap().values())
                        for (var one : files)
                            if (one.getSize() > uploads.fileBytes()) {
                                TooLarge.say(request,
                                        words("identity.upload.file", Uploads.words(one.getSize()), Uploads
                                                .words(uploads.fileBytes())));
                                cleanupMultipart(read);
                                throw new MaxUploadSizeExceededException(uploads.fileBytes());
                            }
                return read;
            }
        };
    }

    private void bounded(ServletRequest given, ServletResponse answered, FilterChain chain) throws IOException,
            ServletException {
        if (!(given instanceof HttpServletRequest request && answered instanceof HttpServletResponse response
                && isFiles(request))) {
            chain.doFilter(given, answered);
            return;
        }
        long length = request.getContentLengthLong();
        if (length < 0) {
            refuse(request, response, HttpServletResponse.SC_LENGTH_REQUIRED, words("identity.upload.length"));
            return;
        }
        var handler = handler(request);
        if (length <= uploads.fileBytes()) {
            handler.ifPresent(h -> request.setAttribute(LARGE, h));
            chain.doFilter(given, answered);
        } else if (handler.isEmpty()) {
            if (length <= uploads.formBytes())
                chain.doFilter(given, answered);
            else
                refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, words("identity.upload.form",
                        Uploads.words(length), Uploads.words(uploads.formBytes())));
        } else
            large(request, response, chain, handler.get(), length);
    }

    private void large(HttpServletRequest request, HttpServletResponse response, FilterChain chain, Large handler,
            long length) throws IOException, ServletException {
        switch (policy.decide(current.of(request), handler.handler())) {
            case SIGN_IN -> refuse(request, response, HttpServletResponse.SC_UNAUTHORIZED);
            case DENIED -> refuse(request, response, HttpServletResponse.SC_FORBIDDEN);
            case ALLOWED -> {
                if (length > uploads.mostBytes() + HEADS) {
                    refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, words(
                            "identity.upload.most", Uploads.words(length), uploads.most(), handler.files()));
                    return;
                }
                // once as it arrives, once where it is kept
                if (Files.getFileStore(folder).getUsableSpace() < 2 * length + HEADS) {
                    refuse(request, response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, words(
                            "identity.upload.disk", Uploads.words(length), handler.files()));
                    return;
                }
                if (!places.tryAcquire()) {
                    response.setHeader("Retry-After", "60");
                    refuse(request, response, 429, words("identity.upload.busy", Integer.toString(atOnce)));
                    return;
                }
                try {
                    request.setAttribute(LARGE, handler);
                    chain.doFilter(request, response);
                } finally {
                    places.release();
                }
            }
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, Text words)
            throws IOException, ServletException {
        TooLarge.say(request, words);
        refuse(request, response, status);
    }

    /// Answers without reading what is still on its way.
    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status)
            throws IOException, ServletException {
        response.setStatus(status);
        response.setHeader("Connection", "close");
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, status);
        request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, request.getRequestURI());
        request.getRequestDispatcher("/error").forward(new WithoutBody(request), response);
    }

    /// 頭だけの要求. Whoever asks it for a parameter does not make the server read the body for it.
    private static final class WithoutBody extends HttpServletRequestWrapper {
        WithoutBody(HttpServletRequest request) { super(request); }

        @Override
        public String getMethod() { return "GET"; }

        @Override
        public @Nullable String getContentType() { return null; }

        @Override
        public int getContentLength() { return 0; }

        @Override
        public long getContentLengthLong() { return 0; }

        @Override
        public @Nullable String getParameter(String name) { return null; }

        @Override
        public Map<String, String[]> getParameterMap() { return Map.of(); }

        @Override
        public Enumeration<String> getParameterNames() { return Collections.emptyEnumeration(); }

        @Override
        public String @Nullable [] getParameterValues(String name) { return null; }

        @Override
        public Collection<Part> getParts() { return List.of(); }
    }

    private static boolean isFiles(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.stripLeading().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private Optional<Large> handler(HttpServletRequest request) {
        if (!request.getMethod().equals("POST"))
            return Optional.empty();
        var path = PathContainer.parsePath(request.getRequestURI());
        return all().stream().filter(l -> l.path().matches(path)).findFirst();
    }

    private synchronized List<Large> all() {
        if (large.isEmpty())
            large = Optional.of(mappings.stream().flatMap(m -> m.getHandlerMethods().entrySet().stream()).flatMap(
                    e -> Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(e.getValue().getMethod(),
                            LargeFiles.class)).stream().flatMap(files -> Optional
                                    .ofNullable(e.getKey()
                                            .getPathPatternsCondition())
                                    .stream().flatMap(c -> c.getPatterns().stream()).map(
                                            p -> new Large(p, e.getValue(), files))))
                    .toList());
        return large.get();
    }

    private Text words(String key, Object... values) {
        return new Text(words(Language.JA, key, values), words(Language.JA_EASY, key, values), words(Language.EN, key,
                values));
    }

    private String words(Language language, String key, Object... values) {
        var said = new Object[values.length];
        for (int i = 0; i < values.length; i++)
            said[i] = values[i] instanceof LargeFiles files
                    ? messages.getMessage(files.otherwise(), null, language.locale())
                    : values[i];
        return messages.getMessage(key, said, language.locale());
    }
}
