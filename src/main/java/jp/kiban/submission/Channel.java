package jp.kiban.submission;

/// 経路. How an application came in: by the pages, by a program through the API, or at the counter with an officer.
public enum Channel {
    ONLINE, API, COUNTER
}
