package jp.kiban.standards;

import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;

/// 標準. A public service, written once by a ministry as a folder of data and run by every local government. Its versions,
/// oldest first, are named by the day they came into force (施行日).
///
/// @param pattern whether every municipality has it at once, or it is offered to them
/// @param noticeDays how many days before the day in force a version is promised to be published
public record ServiceStandard(String id, Text name, Text summary, Text audience, AuthorityId ministry, LegalBasis law,
        Pattern pattern, int noticeDays, List<StandardVersion> versions) {

    /// 公表の型. How a standard comes to the municipalities.
    public enum Pattern {
        /// 一斉: every municipality has it from the day in force.
        A,
        /// 選択: offered; a municipality adopts it by an act of its own.
        B
    }

    public ServiceStandard { versions = List.copyOf(versions); }

    ServiceStandard with(List<StandardVersion> others) {
        return new ServiceStandard(id, name, summary, audience, ministry, law, pattern, noticeDays, others);
    }
}
