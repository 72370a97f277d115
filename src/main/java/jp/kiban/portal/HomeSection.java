package jp.kiban.portal;

import java.util.Map;

/// ホームの一区画. One section that a room contributes to a home page. The fragment is a Thymeleaf fragment such as
/// `casework/home :: my`; it finds what `model()` returned under the variable `model`. Asked once per page, for the
/// person who is looking; a section that fails is replaced by one sentence and never takes the page down.
public interface HomeSection {
    Home home();

    /// Smaller is higher on the page. 100 for the most important thing of a home, then steps of 100.
    int order();

    String fragment();

    boolean appliesToCurrent();

    Map<String, Object> model();

    /// The three homes: `/my` of a resident, `/office` of an officer, `/ministry` of ministry staff.
    enum Home {
        MY, OFFICE, MINISTRY
    }
}
