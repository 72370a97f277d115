package jp.kiban.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LettersVerbTests {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatIsBeyondIsListedWithItsPlace() throws IOException {
        var names = Files.writeString(folder.resolve("names.txt"), "山田\n𠮟る葛\uDB40\uDD00城\n");
        assertThat(run(names.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("names.txt,2,1,𠮟,U+20B9F,JIS_X_0213")
                .contains(",2,3,葛\uDB40\uDD00,U+845B U+E0100,EXTERNAL");
        var table = Files.writeString(folder.resolve("mj.csv"), "MJ,UCS,IVS\nMJ1,U+20B9F,845B_E0100\n");
        assertThat(run("--takes", "administrative", "--characters", table.toString(), names.toString())).isZero();
    }

    @Test
    void whatCannotBeReadIsNamedAndEndsWithTwo() throws IOException {
        var names = Files.writeString(folder.resolve("names.txt"), "山田");
        assertThat(run("--takes", "kanji", names.toString())).isEqualTo(2);
        assertThat(run("--takes", "administrative", names.toString())).isEqualTo(2);
        assertThat(run(folder.resolve("none").toString())).isEqualTo(2);
        assertThat(run(Files.write(folder.resolve("sjis.txt"), new byte[]{(byte) 0x8E, (byte) 0x52}).toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("kanji").contains("--characters").contains("none").contains("not UTF-8");
    }

    private int run(String... arguments) {
        return new CommandLine(new LettersVerb()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
