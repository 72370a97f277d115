package jp.kiban.address;

/// 住所照合. Recognises written addresses by a dictionary. Safe for use by many threads; never throws whatever the text is.
public final class AddressMatcher {
    public AddressMatcher(AddressDictionary dictionary) {}

    public AddressMatch match(String text) { throw new UnsupportedOperationException(); }
}
