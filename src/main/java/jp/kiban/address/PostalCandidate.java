package jp.kiban.address;

/// 郵便番号の候補. A postal code that an address may have, and what it was found by. Several are an answer too: some towns have a code for
/// each side of a street, and only the number tells.
public record PostalCandidate(String code, Ground ground) {
    /// 根拠.
    public enum Ground {
        /// The code names the town itself.
        TOWN,
        /// The code names the oaza that the town is in.
        OAZA,
        /// The address ends at the oaza, and the code is of one of its parts.
        PART,
        /// The town has no code of its own: the municipality's for 以下に掲載がない場合.
        NOT_LISTED,
        /// There is no town: the municipality's for a number right after its name.
        NUMBER,
        /// The whole municipality has one code.
        MUNICIPALITY
    }
}
