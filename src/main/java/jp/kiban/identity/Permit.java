package jp.kiban.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// 許可. On every controller method: the roles that may call it, any one of them. Without it the application does not
/// start. Whose rows are then seen is the store's business (row-level security), not the role's.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Permit {
    Role[] value();
}
