package jp.kiban.standards;

/// 通知書. A notice in one language, filled in. `html` is the body without its title, safe to put on a page as it is:
/// every value was escaped. `text` is the same in plain characters.
public record RenderedNotice(String title, String html, String text) {}
