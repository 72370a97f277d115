package jp.kiban.cost;

import picocli.CommandLine.Command;

/// `cost focus`: FOCUS files of cloud costs, checked, brought in and given out. Needs no server and no database.
@Command(name = "focus", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", description = {
        "クラウド費用の共通形式 FOCUS: 検査、集計、書き出し、按分",
        "FOCUS, the common form of cloud costs: check, add up, give out, split."}, subcommands = {FocusCheckVerb.class,
                FocusImportVerb.class, FocusExportVerb.class, FocusSplitVerb.class})
final class FocusVerb {}
