package jp.kiban.portal;

import jp.kiban.kernel.Text;

/// 案内の一項目. One entry of the navigation under the header, shown when it applies to the person who is looking.
public interface NavItem {
    int order();

    Text title();

    /// An address of this site, such as `/casework/inbox`.
    String path();

    boolean appliesToCurrent();

    /// True when a page at this address is a part of what the entry leads to; it is then marked as the current one.
    default boolean covers(String address) { return address.equals(path()) || address.startsWith(path() + "/"); }
}
