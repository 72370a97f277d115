package jp.kiban.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import jp.kiban.kernel.Yen;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ZenginFileTests {
    private static final Charset SHIFT_JIS = Charset.forName("windows-31j");
    private static final Path FACTS = Path.of(System.getProperty("kiban.facts",
            "../shared/facts/domain"));
    private static final ZenginFile.Originator CITY = new ZenginFile.Originator("0000012345", "ﾂｼ",
            new BankAccount("2150", "ﾋﾔｸｺﾞ", "001", "ﾂ", 1, "1234567", "ﾂｼ"));

    @Test
    void everyRecordHas120BytesInTheOrderOfTheStandard() {
        byte[] bytes = file(transfer("ﾔﾏﾀﾞ ﾊﾅｺ", 30_000), transfer("ｽｽﾞｷ ｼﾞﾛｳ", 15_000)).write(false);
        assertThat(bytes).hasSize(5 * 120);
        String text = new String(bytes, SHIFT_JIS);
        assertThat(text.substring(0, 120)).isEqualTo("1210" + "0000012345" + pad("ﾂｼ", 40) + "1204" + "2150"
                + pad("ﾋﾔｸｺﾞ", 15) + "001" + pad("ﾂ", 15) + "1" + "1234567" + pad("", 17));
        assertThat(text.substring(120, 240)).isEqualTo("2" + "0001" + pad("", 15) + "123" + pad("", 15) + pad("", 4)
                + "1" + "0054321" + pad("ﾔﾏﾀﾞ ﾊﾅｺ", 30) + "0000030000" + "0" + "0000000001" + "0000000001" + "7"
                + pad("", 8));
        assertThat(text.substring(360, 480)).isEqualTo("8" + "000002" + "000000045000" + pad("", 101));
        assertThat(text.substring(480)).isEqualTo("9" + pad("", 119));
    }

    @Test
    void withNewlinesARecordHas122Bytes() {
        byte[] bytes = file(transfer("ﾔﾏﾀﾞ", 1)).write(true);
        assertThat(bytes).hasSize(4 * 122);
        assertThat(ZenginFile.read(bytes)).isInstanceOfSatisfying(ZenginReading.Sound.class,
                sound -> assertThat(sound.crlf()).isTrue());
    }

    @Test
    void theLayoutIsThatOfThePublishedTable() throws IOException {
        if (absent("zengin_layout.csv"))
            return;
        var expected = new HashMap<String, List<String>>();
        try (var reader = Files.newBufferedReader(FACTS.resolve("zengin_layout.csv"))) {
            for (var row : CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader))
                if (row.get("format").equals("総合振込"))
                    expected.computeIfAbsent(row.get("record").toUpperCase(java.util.Locale.ROOT),
                            k -> new ArrayList<>()).add(row.get("pos_from") + "-" + row.get("pos_to"));
        }
        for (var layout : ZenginLayout.values())
            assertThat(IntStream.range(0, layout.slots().size()).mapToObj(i -> layout.position(i) + "-"
                    + (layout.position(i) + layout.slots().get(i).bytes() - 1))).as(layout.name())
                    .isEqualTo(expected.get(layout.name()));
    }

    @Test
    void thePublishedSampleIsSound() throws IOException {
        if (absent("zengin_sample_sougou.txt"))
            return;
        var reading = ZenginFile.read(Files.readAllBytes(FACTS.resolve("zengin_sample_sougou.txt")));
        assertThat(reading).isInstanceOfSatisfying(ZenginReading.Sound.class, sound -> {
            assertThat(sound.file().transfers()).extracting(t -> t.to().holderKana()).containsExactly("ﾔﾏﾀﾞ ﾊﾅｺ",
                    "ｽｽﾞｷ ﾀﾛｳ");
            assertThat(sound.total()).isEqualTo(100_000);
        });
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var file = new ZenginFile(originator(random), MonthDay.of(1 + random.nextInt(12), 1 + random.nextInt(28)),
                    IntStream.range(0, random.nextInt(40)).mapToObj(i -> transfer(random)).toList());
            boolean crlf = random.nextBoolean();
            var reading = ZenginFile.read(file.write(crlf));
            assertThat(reading).as("seed " + seed).isInstanceOf(ZenginReading.Sound.class);
            assertThat(comparable(((ZenginReading.Sound) reading).file())).as("seed " + seed)
                    .isEqualTo(comparable(file));
        }
    }

    @Test
    void oneWrongByteAnywhereIsNeverTakenForAnotherAmount() {
        byte[] sound = file(transfer("ﾔﾏﾀﾞ ﾊﾅｺ", 30_000), transfer("ｽｽﾞｷ ｼﾞﾛｳ", 15_000)).write(false);
        for (int at = 0; at < sound.length; at++) {
            byte[] wrong = sound.clone();
            wrong[at] = (byte) 0x81;
            assertThat(ZenginFile.read(wrong)).as("byte " + at).isInstanceOf(ZenginReading.Faulty.class);
        }
        for (int at = 200; at < 210; at++) {
            byte[] wrong = sound.clone();
            wrong[at] = (byte) (wrong[at] == '9' ? '8' : wrong[at] + 1);
            assertThat(((ZenginReading.Faulty) ZenginFile.read(wrong)).faults()).extracting(ZenginReading.Fault::code)
                    .containsExactly("TOTAL");
        }
    }

    @Test
    void everyFaultIsToldAtOnceWithRecordAndByte() {
        byte[] bytes = file(transfer("ﾔﾏﾀﾞ", 30_000), transfer("ｽｽﾞｷ", 15_000)).write(false);
        put(bytes, 1, 55, "1399"); // no such day
        put(bytes, 2, 2, "00A1"); // a letter in a number
        put(bytes, 2, 51, "ｰ"); // the long vowel that banks do not take
        put(bytes, 3, 43, "5"); // an account type that is none of ours
        put(bytes, 3, 81, "0000000000"); // nothing to pay
        put(bytes, 4, 2, "000003"); // a trailer that counts wrong
        var reading = (ZenginReading.Faulty) ZenginFile.read(bytes);
        assertThat(reading.faults()).extracting(f -> f.record() + ":" + f.position() + ":" + f.code())
                .containsExactly("1:55:DATE", "2:4:LETTER", "2:51:LETTER", "3:43:ACCOUNT_TYPE", "3:81:AMOUNT",
                        "4:2:COUNT", "4:8:TOTAL");
        assertThat(reading.count()).isEqualTo(2);
        assertThat(reading.total()).isEqualTo(30_000);
    }

    @Test
    void recordsOutOfPlaceOrOfAnotherLengthAreTold() {
        byte[] bytes = file(transfer("ﾔﾏﾀﾞ", 1)).write(false);
        assertThat(codes(Arrays.copyOf(bytes, bytes.length - 120))).containsExactly("UNFINISHED");
        assertThat(codes(Arrays.copyOf(bytes, bytes.length - 1))).contains("LENGTH");
        assertThat(codes(Arrays.copyOfRange(bytes, 120, bytes.length))).contains("ORDER");
        assertThat(codes(new byte[0])).containsExactly("EMPTY");
        assertThat(codes("hello\nworld\n".getBytes(StandardCharsets.UTF_8))).contains("LENGTH", "NEWLINE", "EMPTY");
    }

    @Test
    void rubbishIsRefusedAndNeverBreaksTheReader() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(700)];
            random.nextBytes(bytes);
            assertThat(ZenginFile.read(bytes)).as("seed " + seed).isInstanceOf(ZenginReading.Faulty.class);
        }
    }

    @Test
    void aFileIsSplitWhereTheTrailerCouldNotCount() {
        var one = transfer("ﾔﾏﾀﾞ", 1);
        assertThat(ZenginFile.split(CITY, MonthDay.of(12, 4), java.util.Collections.nCopies(999_999, one))).hasSize(1);
        assertThat(ZenginFile.split(CITY, MonthDay.of(12, 4), java.util.Collections.nCopies(1_000_000, one)))
                .extracting(f -> f.transfers().size()).containsExactly(999_999, 1);
        assertThatThrownBy(() -> new ZenginFile(CITY, MonthDay.of(12, 4),
                java.util.Collections.nCopies(1_000_000, one))).hasMessageContaining("too much");
    }

    @Test
    void aFileIsSplitBeforeItsTotalWouldNotFit() {
        var most = transfer("ﾔﾏﾀﾞ", ZenginFile.MOST_YEN_EACH);
        // 100 of them are 999,999,999,900: 99 yen are left
        var full = new ArrayList<>(java.util.Collections.nCopies(100, most));
        full.add(transfer("ﾔﾏﾀﾞ", 99));
        assertThat(ZenginFile.split(CITY, MonthDay.of(12, 4), full)).hasSize(1);
        full.add(transfer("ﾔﾏﾀﾞ", 1));
        assertThat(ZenginFile.split(CITY, MonthDay.of(12, 4), full)).extracting(ZenginFile::total)
                .containsExactly(ZenginFile.MOST_YEN, 1L);
    }

    @Test
    void anAmountOfElevenDigitsOrOfNothingIsNoTransfer() {
        assertThatThrownBy(() -> transfer("ﾔﾏﾀﾞ", ZenginFile.MOST_YEN_EACH + 1)).hasMessageContaining("amount");
        assertThatThrownBy(() -> transfer("ﾔﾏﾀﾞ", 0)).hasMessageContaining("amount");
    }

    @Test
    void aLongNameIsCutOnlyInTheFile() {
        String longName = "ﾌﾞ".repeat(15) + "ﾞ".repeat(0) + "ｶﾞｷ";
        var reading = (ZenginReading.Sound) ZenginFile.read(file(transfer("ｱ" + longName, 1)).write(false));
        assertThat(reading.file().transfers().getFirst().to().holderKana()).isEqualTo("ｱ" + "ﾌﾞ".repeat(14));
    }

    @Test
    void theVerbTellsFaultsAndEndsWithTwo(@TempDir Path folder) throws IOException {
        byte[] bytes = file(transfer("ﾔﾏﾀﾞ", 30_000)).write(true);
        var sound = folder.resolve("sound.txt");
        Files.write(sound, bytes);
        bytes[122 + 80] = 'X';
        var faulty = folder.resolve("faulty.txt");
        Files.write(faulty, bytes);
        assertThat(run("check", sound.toString())).isEqualTo(Map.entry(0, true));
        assertThat(run("check", faulty.toString(), "--lang=en")).isEqualTo(Map.entry(2, true));
        assertThat(run("check", folder.resolve("none").toString()).getKey()).isEqualTo(2);
    }

    private static Map.Entry<Integer, Boolean> run(String... arguments) {
        var out = new StringWriter();
        int code = new CommandLine(new ZenginVerb()).setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .execute(arguments);
        return Map.entry(code, code == 0
                ? out.toString().contains("1 件、合計 30,000 円")
                : out.toString().contains(":2:81: LETTER: 振込金額"));
    }

    private static List<String> codes(byte[] bytes) {
        return ((ZenginReading.Faulty) ZenginFile.read(bytes)).faults().stream().map(ZenginReading.Fault::code)
                .distinct().toList();
    }

    private static void put(byte[] bytes, int record, int position, String text) {
        for (int i = 0; i < text.length(); i++)
            bytes[(record - 1) * 120 + position - 1 + i] = BankKana.toByte(text.charAt(i));
    }

    private static ZenginFile file(ZenginFile.Transfer... transfers) {
        return new ZenginFile(CITY, MonthDay.of(12, 4), List.of(transfers));
    }

    private static ZenginFile.Transfer transfer(String name, long yen) {
        return new ZenginFile.Transfer(new BankAccount("0001", "", "123", "", 1, "0054321", name), new Yen(yen),
                "0000000001", "0000000001");
    }

    private static ZenginFile.Transfer transfer(Random random) {
        return new ZenginFile.Transfer(account(random), new Yen(1 + random.nextLong(ZenginFile.MOST_YEN_EACH)),
                "%010d".formatted(random.nextInt(1_000_000)), "%010d".formatted(random.nextInt(1_000_000)));
    }

    private static ZenginFile.Originator originator(Random random) {
        return new ZenginFile.Originator("%010d".formatted(random.nextInt(1_000_000)), name(random, 39),
                account(random));
    }

    private static BankAccount account(Random random) {
        return new BankAccount("%04d".formatted(random.nextInt(10_000)), name(random, 15).replaceAll("[().]", "-"),
                "%03d".formatted(random.nextInt(1000)), "", new int[]{1, 2, 4, 9}[random.nextInt(4)],
                "%07d".formatted(random.nextInt(10_000_000)), name(random, 30));
    }

    private static String name(Random random, int most) {
        String letters = "アガパやゃッー-ンABz09().ヴ ";
        var text = new StringBuilder("カ");
        for (int i = random.nextInt(most); i > 0; i--)
            text.append(letters.charAt(random.nextInt(letters.length())));
        return BankKana.cut(jp.kiban.letters.ZenginKana.of(text.toString()).text(), most);
    }

    /// The originator's account has no holder of its own in a file, so it reads back as the originator's name.
    private static List<Object> comparable(ZenginFile file) {
        var from = file.originator();
        var account = from.account();
        return List.of(from.code(), from.name(), account.bankCode(), account.bankName(), account.branchCode(),
                account.type(), account.number(), file.payDay(), file.transfers());
    }

    private static String pad(String text, int length) { return text + " ".repeat(length - text.length()); }

    private static boolean absent(String name) {
        boolean absent = !Files.exists(FACTS.resolve(name));
        if (absent)
            System.out.println("skipped: " + FACTS.resolve(name) + " is not beside the project");
        return absent;
    }
}
