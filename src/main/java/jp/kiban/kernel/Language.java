package jp.kiban.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// 言語. The three languages of every screen and notice: Japanese, plain Japanese (やさしい日本語) and English.
public enum Language {
    JA("ja", "ja", Locale.JAPAN), JA_EASY("ja-easy", "ja", new Locale.Builder().setLanguage("ja").setRegion("JP")
            .setVariant("yasashii").build()), EN("en", "en", Locale.ENGLISH);

    private final String code;
    private final String html;
    private final Locale locale;

    Language(String code, String html, Locale locale) {
        this.code = code;
        this.html = html;
        this.locale = locale;
    }

    /// `ja`, `ja-easy` or `en`: in addresses, cookies and file names.
    @JsonValue
    public String code() { return code; }

    /// The value of the `lang` attribute (BCP 47).
    public String html() { return html; }

    /// The locale of its message bundle: `_ja_JP_yasashii` for plain Japanese.
    public Locale locale() { return locale; }

    /// Japanese for whatever is not one of the three.
    @JsonCreator
    public static Language of(String code) {
        for (Language language : values())
            if (language.code.equals(code))
                return language;
        return JA;
    }

    public static Language of(Locale locale) {
        if (locale.getVariant().equals("yasashii"))
            return JA_EASY;
        return locale.getLanguage().equals("en") ? EN : JA;
    }
}
