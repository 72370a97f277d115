package jp.kiban.submission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import jp.kiban.kernel.NotThere;

/// 下書きの番号. Names one draft; random, so it tells nothing and cannot be guessed. Whoever else learns it still sees
/// nothing.
public record DraftId(@JsonValue UUID id) {
    @JsonCreator
    public static DraftId of(String text) {
        try {
            return new DraftId(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            throw new NotThere();
        }
    }

    static DraftId next() { return new DraftId(UUID.randomUUID()); }

    @Override
    public String toString() { return id.toString(); }
}
