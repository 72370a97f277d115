package jp.kiban.kernel;

import com.fasterxml.jackson.annotation.JsonProperty;

/// 三言語の文. One text in the three languages. None may be blank: plain Japanese is a duty of every standard, not an
/// extra.
public record Text(String ja, @JsonProperty("ja-easy") String easy, String en) {
    public Text {
        if (ja.isBlank() || easy.isBlank() || en.isBlank())
            throw new IllegalArgumentException("a text needs ja, ja-easy and en: " + ja + " / " + easy + " / " + en);
    }

    /// The same words in every language: names, numbers, titles of laws.
    public static Text same(String words) { return new Text(words, words, words); }

    public String in(Language language) {
        return switch (language) {
            case JA -> ja;
            case JA_EASY -> easy;
            case EN -> en;
        };
    }
}
