package jp.kiban.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Conflict;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;

@ExtendWith(OutputCaptureExtension.class)
class FaultsTests {
    private final MessageSource messages = new Messages().messageSource();
    private final Faults faults = new Faults(messages);

    FaultsTests() throws IOException {}

    @Test
    void everyRefusalOfTheWebHasItsStatus() throws Exception {
        var expected = Map.<Exception, Integer>of(new HttpRequestMethodNotSupportedException("PUT"), 405,
                new HttpMediaTypeNotSupportedException(MediaType.TEXT_XML, List.of()), 415,
                new MissingServletRequestParameterException("q", "String"), 400,
                new MaxUploadSizeExceededException(1), 413, new NotThere(), 404,
                BadInput.of("a", "b", Text.same("c")), 422, new Conflict(Text.same("too late")), 409,
                new IllegalStateException("the inside"), 500);
        for (var one : expected.entrySet()) {
            assertThat(status(faults.other(one.getKey(), request("/x", "text/html"), new MockHttpServletResponse())))
                    .as("page for " + one.getKey()).isEqualTo(one.getValue());
            assertThat(status(faults.other(one.getKey(), request("/api/x", "*/*"), new MockHttpServletResponse())))
                    .as("problem for " + one.getKey()).isEqualTo(one.getValue());
        }
    }

    @Test
    void theUnexpectedIsInTheLogUnderItsReferenceAndNowhereElse(CapturedOutput output) throws Exception {
        var page = (ModelAndView) faults.other(new IllegalStateException("the inside"), request("/x", "text/html"),
                new MockHttpServletResponse());
        var reference = Objects.requireNonNull(page.getModel().get("reference")).toString();
        assertThat(reference).matches("E-[2-9A-Z]{8}");
        assertThat(page.getModel().toString()).doesNotContain("the inside");
        assertThat(output.getAll()).contains(reference).contains("the inside");
    }

    @Test
    void aFaultInsideAnotherIsTheOneThatCounts() throws Exception {
        assertThat(status(faults.other(new RuntimeException(new NotThere()), request("/x", "text/html"),
                new MockHttpServletResponse()))).isEqualTo(404);
    }

    @Test
    void aProblemCarriesEveryFindingInTheLanguageOfTheReader() throws Exception {
        var request = request("/api/x", "application/json");
        request.setParameter("lang", "en");
        var fault = new BadInput(List.of(new Finding("a", "one", new Text("甲", "こう", "first")),
                new Finding("b", "two", new Text("乙", "おつ", "second"))));
        var body = (ProblemDetail) Objects
                .requireNonNull(((ResponseEntity<?>) faults.badInput(fault, request)).getBody());
        assertThat(String.valueOf(body.getProperties())).contains("first", "second").doesNotContain("甲");
    }

    @Test
    void everyStatusHasItsWordsInEveryLanguage() {
        for (int code : List.of(400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429, 500, 503))
            for (Language language : Language.values()) {
                var request = request("/x", "text/html");
                request.setParameter("lang", language.code());
                var page = (ModelAndView) faults.answer(HttpStatusCode.valueOf(code), request);
                assertThat(page.getModel().get("title")).isEqualTo(
                        messages.getMessage("portal.error." + code + ".title", null, language.locale()));
            }
        assertThat(((ModelAndView) faults.answer(HttpStatus.I_AM_A_TEAPOT, request("/x", "text/html"))).getStatus())
                .isEqualTo(HttpStatus.I_AM_A_TEAPOT);
    }

    @Test
    void whoeverAsksForJsonGetsAProblemAndABrowserAPage() {
        assertThat(faults.answer(HttpStatus.NOT_FOUND, request("/x", "application/json")))
                .isInstanceOf(ResponseEntity.class);
        assertThat(faults.answer(HttpStatus.NOT_FOUND, request("/x", "text/html,application/xhtml+xml,*/*")))
                .isInstanceOf(ModelAndView.class);
        assertThat(faults.answer(HttpStatus.NOT_FOUND, request("/api/x", "text/html")))
                .isInstanceOf(ResponseEntity.class);
        assertThat(faults.answer(HttpStatus.NOT_FOUND, request("/apiary", "text/html")))
                .isInstanceOf(ModelAndView.class);
    }

    private static int status(Object answer) {
        return answer instanceof ModelAndView page
                ? Objects.requireNonNull(page.getStatus()).value()
                : ((ResponseEntity<?>) answer).getStatusCode().value();
    }

    private static MockHttpServletRequest request(String path, String accept) {
        var request = new MockHttpServletRequest("GET", path);
        request.addHeader("Accept", accept);
        return request;
    }
}
