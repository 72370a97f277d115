/// 給付・支払. From a grant to the money on an account: who is owed what for which month (受給権), the order for a pay day
/// (支出命令), the file to the bank (総合振込), the bank's answer, and the proof that all of them agree to the yen (突合).
@NullMarked
@ApplicationModule(displayName = "payment 給付・支払")
package jp.kiban.payment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
