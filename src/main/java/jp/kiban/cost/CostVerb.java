package jp.kiban.cost;

import picocli.CommandLine.Command;

/// `cost`: what a shared service costs whom, why a bill grew, whether a change pays, and what to ask about a quote, on the command line. Needs no server and no
/// database.
@Command(name = "cost", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", description = {
        "費用の道具: 共同利用の料金、増えた理由、費用対効果、見積精査、費用を下げる手立て",
        "Cost: fees of a shared service, why a bill grew, cost and benefit, scrutiny of quotes, ways to spend less."}, subcommands = {
                FeeVerb.class,
                GrowthVerb.class, BenefitVerb.class, QuoteVerb.class, FocusVerb.class, AdviceVerb.class,
                LedgerVerb.class})
public final class CostVerb {}
