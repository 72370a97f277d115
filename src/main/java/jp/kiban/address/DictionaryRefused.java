package jp.kiban.address;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// The dictionary file, or a source for one, cannot be used; the message names the file, what was seen and what to do.
public final class DictionaryRefused extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient List<Refusal> refusals;

    DictionaryRefused(String message) { this(List.of(Refusal.of(Refusal.Why.OTHER, message))); }

    DictionaryRefused(Refusal.Why why, Object... values) { this(List.of(Refusal.of(why, values))); }

    DictionaryRefused(List<Refusal> refusals) {
        super(refusals.stream().map(Refusal::english).collect(Collectors.joining("\n")));
        this.refusals = List.copyOf(refusals);
    }

    /// Everything that is in the way, at once.
    public List<Refusal> refusals() { return refusals; }
}
