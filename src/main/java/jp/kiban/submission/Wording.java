package jp.kiban.submission;

import java.util.Arrays;
import java.util.function.Function;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.Text;
import org.springframework.context.MessageSource;

/// Messages of this room as texts in the three languages.
final class Wording {
    private Wording() {}

    static Text three(MessageSource messages, String key, Object... values) {
        Function<Language, String> in = language -> messages.getMessage(key,
                Arrays.stream(values).map(v -> v instanceof Text text ? text.in(language) : v).toArray(),
                language.locale());
        return new Text(in.apply(Language.JA), in.apply(Language.JA_EASY), in.apply(Language.EN));
    }
}
