/// 手続の流れ. The flow of a procedure as a diagram that runs: a stated subset of BPMN 2.0 is read, checked, drawn and
/// executed. What a task does, and what a condition means, others say.
@NullMarked
@ApplicationModule(displayName = "flow 手続の流れ")
package jp.kiban.flow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
