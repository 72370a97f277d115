/// 標準. Service standards as data: read from folders, checked, versioned by the day they came into force, and decided
/// with. The only room that knows the engines of JSON Schema and DMN; other rooms see forms, judgements and notices.
@NullMarked
@ApplicationModule(displayName = "standards 標準")
package jp.kiban.standards;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
