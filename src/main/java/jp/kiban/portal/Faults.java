package jp.kiban.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;

/// 誤りの見せ方. Whatever goes wrong becomes one page, or one problem document (RFC 9457) for `/api` and for those who
/// ask for JSON. What is not there reads the same whether it never was, belongs to others or is protected. What nobody
/// expected gets a reference number that is in the log; nobody is shown a stack.
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Faults {
    private static final Logger log = LoggerFactory.getLogger(Faults.class);
    private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Set<Integer> TOLD = Set.of(400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429, 500, 503);
    private final SecureRandom random = new SecureRandom();
    private final MessageSource messages;

    Faults(MessageSource messages) { this.messages = messages; }

    @ExceptionHandler(BadInput.class)
    Object badInput(BadInput fault, HttpServletRequest request) {
        var answer = answer(HttpStatus.UNPROCESSABLE_CONTENT, request, fault.findings(), null, null);
        if (answer instanceof ResponseEntity<?> told && told.getBody() instanceof ProblemDetail problem)
            fault.more().forEach(problem::setProperty);
        return answer;
    }

    @ExceptionHandler(NotThere.class)
    Object notThere(HttpServletRequest request) { return answer(HttpStatus.NOT_FOUND, request); }

    @ExceptionHandler(Conflict.class)
    Object conflict(Conflict fault, HttpServletRequest request) {
        return answer(HttpStatus.CONFLICT, request, List.of(), fault.text().in(language(request)), null);
    }

    /// Spring's own refusals know their status; everything else was not expected.
    @ExceptionHandler(Exception.class)
    Object other(Exception fault, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            log.debug("the reader left, or half of the answer is sent", fault);
            return new ModelAndView();
        }
        if (fault.getClass().getPackageName().startsWith("org.springframework.security."))
            throw fault; // the edge's own business, and it comes back as a status
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadInput bad)
                return badInput(bad, request);
            if (cause instanceof NotThere)
                return notThere(request);
            if (cause instanceof Conflict conflict)
                return conflict(conflict, request);
        }
        if (fault instanceof MaxUploadSizeExceededException)
            return answer(HttpStatus.CONTENT_TOO_LARGE, request);
        if (fault instanceof TypeMismatchException || fault instanceof HttpMessageNotReadableException
                || fault instanceof MultipartException)
            return answer(HttpStatus.BAD_REQUEST, request);
        if (fault instanceof ErrorResponse told && !told.getStatusCode().is5xxServerError()) {
            for (var name : List.of("Retry-After", "WWW-Authenticate", "Allow"))
                Optional.ofNullable(told.getHeaders().getFirst(name)).ifPresent(value -> response.setHeader(name,
                        value));
            return answer(told.getStatusCode(), request);
        }
        var declared = AnnotatedElementUtils.findMergedAnnotation(fault.getClass(), ResponseStatus.class);
        if (declared != null && !declared.code().is5xxServerError())
            return answer(declared.code(), request);
        return unexpected(fault, request);
    }

    /// An answer for something nobody expected: the log has the cause, the reader its reference number.
    public Object unexpected(@Nullable Throwable fault, HttpServletRequest request) {
        var reference = new StringBuilder("E-");
        for (int i = 0; i < 8; i++)
            reference.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        log.error("{} {} {}", reference, request.getMethod(), path(request), fault);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, request, List.of(), null, reference.toString());
    }

    public Object answer(HttpStatusCode status, HttpServletRequest request) {
        var said = TooLarge.said(request);
        return answer(status, request, List.of(), said == null ? null : said.in(language(request)), null);
    }

    private Object answer(HttpStatusCode status, HttpServletRequest request, List<Finding> findings,
            @Nullable String detail, @Nullable String reference) {
        int known = TOLD.contains(status.value()) ? status.value() : status.is4xxClientError() ? 400 : 500;
        var language = language(request);
        String title = text("portal.error." + known + ".title", language);
        String what = detail == null ? text("portal.error." + known + ".text", language) : detail;
        if (wantsProblem(request)) {
            var problem = ProblemDetail.forStatusAndDetail(status, what);
            problem.setTitle(title);
            if (!findings.isEmpty())
                problem.setProperty("findings", findings.stream().map(f -> Map.of("where", f.where(), "code", f.code(),
                        "message", f.message().in(language))).toList());
            if (reference != null)
                problem.setProperty("reference", reference);
            return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .header("Content-Language", language.html()).header("Cache-Control", "no-store").body(problem);
        }
        var page = new ModelAndView("portal/error", status);
        page.addObject("status", status.value());
        page.addObject("title", title);
        page.addObject("what", what);
        page.addObject("next", text("portal.error." + known + ".next", language));
        page.addObject("findings", findings);
        page.addObject("reference", reference);
        return page;
    }

    /// True for the API, and for whoever asks for JSON rather than a page.
    private static boolean wantsProblem(HttpServletRequest request) {
        String path = path(request);
        if (path.startsWith("/api/") || path.equals("/api") || path.startsWith("/v3/") || path.startsWith("/actuator"))
            return true;
        String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("").toLowerCase(Locale.ROOT);
        return accept.contains("json") && !accept.contains("text/html");
    }

    private static String path(HttpServletRequest request) {
        return request.getAttribute("jakarta.servlet.error.request_uri") instanceof String asked
                ? asked
                : request.getRequestURI();
    }

    private static Language language(HttpServletRequest request) { return Languages.chosen(request); }

    private String text(String key, Language language) { return messages.getMessage(key, null, language.locale()); }
}
