package jp.kiban.portal;

import jakarta.servlet.http.HttpServletRequest;
import jp.kiban.kernel.Text;

/// 大きすぎるもの. What is said of a request that was refused before its body was read: how much may be sent, and what else can be done.
public final class TooLarge {
    private static final String SAID = TooLarge.class.getName();

    private TooLarge() {}

    public static void say(HttpServletRequest request, Text words) { request.setAttribute(SAID, words); }

    static @org.jspecify.annotations.Nullable Text said(HttpServletRequest request) {
        return request.getAttribute(SAID) instanceof Text words ? words : null;
    }
}
