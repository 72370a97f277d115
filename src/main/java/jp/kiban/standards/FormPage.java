package jp.kiban.standards;

import java.util.List;
import java.util.Optional;
import jp.kiban.kernel.Text;

/// 様式の頁. One screen of the form: one thing per page. A page whose condition is false is passed over.
public record FormPage(String id, Text title, Text lead, Optional<String> shownWhen, List<Field> fields) {
    public FormPage { fields = List.copyOf(fields); }
}
