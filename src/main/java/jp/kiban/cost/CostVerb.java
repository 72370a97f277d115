package jp.kiban.cost;

import picocli.CommandLine.Command;

/// `cost`: what a shared service costs whom, on the command line. Needs no server and no database.
@Command(name = "cost", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "fees", description = {
        "費用の道具: 共同利用の料金", "Cost: fees of a shared service."}, subcommands = {FeeVerb.class})
public final class CostVerb {}
