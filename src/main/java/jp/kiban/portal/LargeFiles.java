package jp.kiban.portal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// 大きいファイル. On a handler that takes files of gigabytes: who may call it may send up to `kiban.upload.most`; every other handler keeps the small bound of forms.
/// Only what never holds a file in memory carries it.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LargeFiles {
    /// The key of the sentence that tells the other way, for what is larger still.
    String otherwise();
}
