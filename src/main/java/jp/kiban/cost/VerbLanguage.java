package jp.kiban.cost;

import java.util.Arrays;
import java.util.stream.Collectors;
import jp.kiban.kernel.Language;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// 言葉. In which language a verb answers. Refuses a language that there is not.
final class VerbLanguage {
    @Option(names = "--lang", paramLabel = "LANG", defaultValue = "ja", converter = Code.class, description = "ja (default), ja-easy or en")
    private Language language = Language.JA;

    Language language() { return language; }

    /// 言葉の符号.
    static final class Code implements ITypeConverter<Language> {
        @Override
        public Language convert(String code) {
            return Arrays.stream(Language.values()).filter(l -> l.code().equals(code)).findFirst().orElseThrow(
                    () -> new TypeConversionException("“" + code + "” is none of " + Arrays.stream(Language.values())
                            .map(Language::code).collect(Collectors.joining(", "))));
        }
    }
}
