package jp.kiban.kernel;

/// 根拠法令. A law by its short Japanese name and the article, e.g. 児童手当法 第8条第2項. Nothing is asked, read,
/// decided or paid without one.
public record LegalBasis(String law, String article) {
    public LegalBasis {
        if (law.isBlank())
            throw new IllegalArgumentException("a legal basis names its law");
    }

    @Override
    public String toString() { return article.isBlank() ? law : law + " " + article; }
}
