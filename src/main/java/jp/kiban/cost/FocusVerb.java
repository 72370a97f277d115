package jp.kiban.cost;

import picocli.CommandLine.Command;

/// `cost focus`: FOCUS files of cloud costs, checked, brought in and given out. Needs no server and no database.
@Command(name = "focus", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", description = {
        "クラウド費用の共通形式 FOCUS: 検査、集計",
        "FOCUS, the common form of cloud costs: check, add up."}, subcommands = {FocusCheckVerb.class,
                FocusImportVerb.class})
final class FocusVerb {}
