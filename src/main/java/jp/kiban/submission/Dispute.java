package jp.kiban.submission;

import jp.kiban.letters.Letters;

/// 「違う場合」の申出. The resident says, in their own words, that what a register answered is not right: the item (e.g.
/// `resident.children`) and the statement. The value itself stays as the register gave it, and the statement is a request
/// to correct it (個人情報保護法 第90条 訂正請求 is open besides). At most 1,000 characters, never blank.
public record Dispute(String item, String text) {
    static final int LONGEST = 1_000;

    public Dispute {
        if (text.isBlank() || Letters.count(text) > LONGEST)
            throw new IllegalArgumentException("a dispute says something, in at most " + LONGEST + " characters: "
                    + Letters.count(text));
    }
}
