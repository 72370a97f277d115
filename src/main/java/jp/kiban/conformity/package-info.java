/// 適合性検査. The proof that an implementation follows a standard: a small HTTP contract that any vendor can serve, the kit
/// that drives it with the standard's examples and generated boundary cases, and a signed report. This house serves the
/// same contract, on its real road, for invented authorities only.
@NullMarked
@ApplicationModule(displayName = "conformity 適合性検査")
package jp.kiban.conformity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
