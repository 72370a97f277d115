package jp.kiban.portal;

import java.util.Optional;
import jp.kiban.kernel.Text;

/// 見ている人. Who looks at the page that is being drawn, as far as the frame around it must know. The room `identity`
/// tells; empty for somebody who has not signed in.
public interface Viewer {
    Optional<Who> who();

    /// The name and the role shown in the header; `name` is how the person is addressed, never a number.
    record Who(String name, Text role, boolean officer, boolean resident) {}
}
