package jp.kiban.home;

import jakarta.servlet.http.HttpServletRequest;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.portal.Faults;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// 誤りの画面. Where the server leads whatever was refused or failed outside of a handler; `Faults` words it.
@Controller
class ErrorPage implements ErrorController {
    private final Faults faults;

    ErrorPage(Faults faults) { this.faults = faults; }

    @Permit(Role.ANYONE)
    @RequestMapping("/error")
    Object show(HttpServletRequest request) {
        int status = request.getAttribute("jakarta.servlet.error.status_code") instanceof Integer code ? code : 404;
        if (status >= 500)
            return faults.unexpected(request.getAttribute("jakarta.servlet.error.exception") instanceof Throwable cause
                    ? cause
                    : null, request);
        return faults.answer(HttpStatusCode.valueOf(status), request);
    }
}
