package jp.kiban.address;

import java.io.IOException;

/// The dictionary file, or a source for one, cannot be used; the message names the file, what was seen and what to do.
public final class DictionaryRefused extends IOException {
    private static final long serialVersionUID = 1L;

    DictionaryRefused(String message) { super(message); }
}
