package jp.kiban;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import jp.kiban.address.AddressesVerb;
import jp.kiban.authority.AuthoritiesVerb;
import jp.kiban.kernel.ActingDay;
import jp.kiban.catalogue.SignatureVerb;
import jp.kiban.conformity.VerifyVerb;
import jp.kiban.cost.CostVerb;
import jp.kiban.letters.LettersVerb;
import jp.kiban.payment.ZenginVerb;
import jp.kiban.registry.CorporationsVerb;
import jp.kiban.standards.StandardsVerb;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import picocli.CommandLine;
import sun.misc.Signal;

/// 基盤. The one jar: without a verb it is the server, with one it is a tool that needs no server.
@SpringBootApplication
@CommandLine.Command(name = "kiban", mixinStandardHelpOptions = true, versionProvider = Kiban.Version.class, subcommands = {
        AddressesVerb.class, AuthoritiesVerb.class, LettersVerb.class, StandardsVerb.class,
        ZenginVerb.class, CorporationsVerb.class, CostVerb.class}, synopsisSubcommandLabel = "[VERB]", description = {
                "国・地方デジタル共通基盤",
                "The common digital platform of a nation and its local governments.",
                "Without a verb: the server."}, footerHeading = "%nServer options (no verb):%n", footer = {
                        "  --server.port=PORT         port of the pages and the API (8080)",
                        "  --kiban.data=DIR           data folder: the embedded PostgreSQL and its files (data)",
                        "  --kiban.store.url=URL      an outside PostgreSQL instead (jdbc:postgresql://host/db?user=..&password=..)",
                        "  --kiban.demo=false         without the demonstration people, cards and registers",
                        "  --kiban.today=YYYY-MM-DD   day of a demonstration (with kiban.demo=true)",
                        "  --kiban.standards.folder=DIR  standards from this folder instead of the built-in ones",
                        "  --kiban.registry.addresses=DICT  address dictionary (made by addresses build); without it municipalities only",
                        "  --kiban.authority.history=FILE  mergers of local governments from this table (authorities history FILE checks it)",
                        "  --kiban.fonts=DIR          folder with a Japanese TrueType font for PDF notices",
                        "%nExit codes of verbs: 0 fine, 1 what was checked has faults, 2 the input cannot be taken (each fault is named)."})
public class Kiban {
    /// Law days are days of Japan whatever the machine's zone.
    public static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    public static void main(String[] args) {
        var verbs = new CommandLine(new Kiban());
        // a verb below another room's: the room to the left does not know it
        verbs.getSubcommands().get("standards").addSubcommand(new SignatureVerb())
                .addSubcommand(new VerifyVerb());
        verbs.setUsageHelpWidth(110);
        boolean verb = args.length > 0 && (!args[0].startsWith("--") || args[0].matches("--help|--version"));
        if (verb)
            System.exit(verbs.execute(args));
        stopsGently(SpringApplication.run(Kiban.class, args));
    }

    /// Asked to stop, the application stops before its PostgreSQL does: both have a shutdown hook of their own, and the
    /// virtual machine would run them side by side, with the last work lost in between.
    private static void stopsGently(ConfigurableApplicationContext house) {
        for (var name : List.of("INT", "TERM"))
            Signal.handle(new Signal(name), signal -> Thread.ofPlatform().name("stopping").start(() -> {
                house.close();
                System.exit(128 + signal.getNumber());
            }));
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock(@Value("${kiban.conformity.enabled:false}") boolean conformity) {
        return conformity ? ActingDay.over(Clock.system(JAPAN)) : Clock.system(JAPAN);
    }

    /// The version that the jar was built with.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Kiban.class.getPackage().getImplementationVersion();
            return new String[]{"kiban " + (built == null ? "(development)" : built)};
        }
    }
}
