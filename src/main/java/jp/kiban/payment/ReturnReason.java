package jp.kiban.payment;

import java.util.Optional;
import jp.kiban.kernel.Text;

/// 振込不能の理由. Why a bank could not credit an account. Banks have no common list: these codes are the ones of the files that this
/// platform reads; a bank's own list is translated into them before the upload.
enum ReturnReason {
    NO_ACCOUNT("01"), NAME_DIFFERS("02"), CLOSED("03"), NO_BRANCH("04"), STOPPED("05"), SENT_BACK("06"), OTHER("99");

    private final String code;

    ReturnReason(String code) { this.code = code; }

    String code() { return code; }

    Text title() { return Words.of("payment.reason." + code); }

    static Optional<ReturnReason> of(String code) {
        for (var reason : values())
            if (reason.code.equals(code))
                return Optional.of(reason);
        return Optional.empty();
    }
}
