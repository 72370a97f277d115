package jp.kiban.portal;

/// 与えられるもの. A parameter of a handler that the house gives and no caller sends: the OpenAPI document leaves it out.
public interface Given {}
