/// 文字・氏名・日付. What people write, as characters, names, dates and numbers: counted by the letters they see, folded for
/// searching, turned into the forms that banks and registers take, read without guessing. What was written is never altered
/// here; every form is derived beside it. No database, no web.
@NullMarked
@ApplicationModule(displayName = "letters 文字・氏名・日付", allowedDependencies = "kernel")
package jp.kiban.letters;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
