package jp.kiban.standards;

import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.LegalBasis;
import jp.kiban.kernel.Text;

/// 標準. A public service, written once by a ministry as a folder of data and run by every local government. Its versions,
/// oldest first, are named by the day they came into force (施行日).
public record ServiceStandard(String id, Text name, Text summary, Text audience, AuthorityId ministry, LegalBasis law,
        List<StandardVersion> versions) {
    public ServiceStandard { versions = List.copyOf(versions); }
}
