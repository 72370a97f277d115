package jp.kiban.payment;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import jp.kiban.kernel.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `zengin check FILE`. Reads a 総合振込 file and tells every fault with its record and byte, and the totals. Ends with 0 when
/// the file is sound, 2 when it is not or cannot be read. Needs no server and no database.
@Command(name = "zengin", description = "総合振込ファイルの検査 / transfer files (全銀)", subcommands = ZenginVerb.Check.class)
public final class ZenginVerb {
    /// The verb `check`.
    @Command(name = "check", description = "Every fault of a transfer file, with record number and byte position; exit 0 sound, 2 faulty")
    static final class Check implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before the call
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "FILE", description = "a 総合振込 file, 120 bytes a record, with or without CRLF")
        @SuppressWarnings("NullAway.Init") // picocli sets it before the call
        private Path file;

        @Option(names = "--lang", paramLabel = "LANG", description = "ja (default), ja-easy or en", defaultValue = "ja")
        @SuppressWarnings("NullAway.Init") // picocli sets it before the call
        private String lang;

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            var err = spec.commandLine().getErr();
            try {
                return tell(ZenginFile.read(Files.readAllBytes(file)), Language.of(lang), out);
            } catch (IOException unreadable) {
                err.println(Words.in(Language.of(lang), "payment.zengin.unreadable", file.toString()));
                return 2;
            } finally {
                out.flush();
                err.flush();
            }
        }

        private int tell(ZenginReading reading, Language language, PrintWriter out) {
            String totals = Words.in(language, "payment.zengin.totals", reading.count(), reading.total());
            switch (reading) {
                case ZenginReading.Sound sound -> {
                    out.println(Words.in(language, "payment.zengin.sound", file.toString()));
                    out.println(totals);
                    return 0;
                }
                case ZenginReading.Faulty faulty -> {
                    for (var fault : faulty.faults())
                        out.println(String.format(Locale.ROOT, "%s:%d:%d: %s: %s", file, fault.record(),
                                fault.position(), fault.code(), fault.message().in(language)));
                    out.println(Words.in(language, "payment.zengin.faults", faulty.faults().size()));
                    out.println(totals);
                    return 2;
                }
            }
        }
    }
}
