package jp.kiban.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.payment.Bank;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.stereotype.Component;

/// 見本の銀行. Takes transfer files, each name once, and answers on the pay day: account numbers that begin with 9 are closed, all
/// others are credited. The same answer again when asked again.
@Component
@Demo
class DemoBank implements Bank {
    private static final Charset LETTERS = Charset.forName("windows-31j");
    private final Store store;
    private final Clock clock;

    DemoBank(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Kept(String name, LocalDate payDay, byte[] bytes) {}

    @Override
    public boolean send(Parcel parcel) {
        return store.in(Scope.of(parcel.authority()), jdbc -> jdbc.sql("""
                insert into demo.bank_file (authority, name, run, pay_day, bytes) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """).params(parcel.authority().code(), parcel.name(), parcel.run(), parcel.payDay(), parcel.bytes())
                .update() == 1);
    }

    @Override
    public List<Answer> answers(AuthorityId authority, int run) {
        var today = LocalDate.now(clock);
        return store.in(Scope.of(authority), jdbc -> jdbc.sql("""
                select name, pay_day, bytes from demo.bank_file where authority = ? and run = ? order by name
                """).params(authority.code(), run)
                .query((row, i) -> new Kept(row.getString(1), row.getObject(2, LocalDate.class), row.getBytes(3)))
                .list()).stream().filter(kept -> !kept.payDay().isAfter(today))
                .map(kept -> new Answer(kept.name().replace(".txt", "_KEKKA.csv"), answer(kept))).toList();
    }

    /// One line for each data record, found by its fixed places.
    private static byte[] answer(Kept kept) {
        var csv = new StringBuilder("run,line,amount,result,reason,day\r\n");
        String text = new String(kept.bytes(), LETTERS).replaceAll("[\\r\\n]", "");
        for (int at = 0; at + 120 <= text.length(); at += 120) {
            String record = text.substring(at, at + 120);
            if (record.charAt(0) != '2')
                continue;
            boolean closed = record.charAt(43) == '9';
            csv.append(Integer.parseInt(record.substring(91, 101))).append(',')
                    .append(Integer.parseInt(record.substring(101, 111))).append(',')
                    .append(Long.parseLong(record.substring(80, 90))).append(',')
                    .append(closed ? "returned,03," : "paid,,").append(kept.payDay()).append("\r\n");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
