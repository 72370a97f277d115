package jp.kiban.payment;

import java.util.ArrayList;
import java.util.List;
import jp.kiban.kernel.Finding;
import jp.kiban.letters.Kana;
import jp.kiban.letters.ZenginKana;

/// 口座. A payout account in the form a bank takes: bank and branch by number, type (1 普通, 2 当座, 4 貯蓄, 9 その他), seven
/// digits, and the holder in half-width kana. Cannot be built from anything a transfer file would refuse.
record BankAccount(String bankCode, String bankName, String branchCode, String branchName, int type, String number,
        String holderKana) {
    BankAccount {
        must(bankCode.matches("[0-9]{4}"), "bank number", bankCode);
        must(branchCode.matches("[0-9]{3}"), "branch number", branchCode);
        must(isType(type), "account type", String.valueOf(type));
        must(number.matches("[0-9]{7}"), "account number of 7 digits; letters", String.valueOf(number.length()));
        must(BankKana.isName(holderKana), "holder in half-width kana; letters", String.valueOf(holderKana.length()));
        must(bankName.chars().allMatch(c -> BankKana.isBankName((char) c)), "bank name", bankName);
        must(branchName.chars().allMatch(c -> BankKana.isBankName((char) c)), "branch name", branchName);
    }

    /// 口座の読み取り. An account, or everything that is wrong with it.
    sealed interface Reading {
        record Sound(BankAccount account) implements Reading {}

        record Faulty(List<Finding> findings) implements Reading {}
    }

    /// Reads an account as people and registers write it: any width, hyphens and short numbers, kana or hiragana, bank names
    /// in kanji (which a file leaves blank). `at` is put before each field's name, `account.` for instance.
    static Reading read(String at, String bankCode, String bankName, String branchCode, String branchName, String type,
            String number, String holder) {
        var findings = new ArrayList<Finding>();
        String bank = digits(bankCode);
        String branch = digits(branchCode);
        String digits = digits(number);
        int kind = type(type);
        var kana = ZenginKana.of(holder);
        if (!bank.matches("[0-9]{4}"))
            findings.add(new Finding(at + "bankCode", "BANK_CODE", Words.of("payment.finding.bankCode", bankCode)));
        if (!branch.matches("[0-9]{3}"))
            findings.add(new Finding(at + "branchCode", "BRANCH_CODE",
                    Words.of("payment.finding.branchCode", branchCode)));
        if (kind == 0)
            findings.add(new Finding(at + "type", "ACCOUNT_TYPE", Words.of("payment.finding.accountType", type)));
        if (!digits.matches("[0-9]{1,7}") || digits.matches("0*"))
            findings.add(new Finding(at + "number", "ACCOUNT_NUMBER", Words.of("payment.finding.accountNumber",
                    digits.length())));
        if (kana.text().isEmpty() || !kana.isSound())
            findings.add(new Finding(at + "holderKana", "HOLDER", kana.isSound()
                    ? Words.of("payment.finding.holderEmpty")
                    : Words.of("payment.finding.holderLetters", kana.refused())));
        if (!findings.isEmpty())
            return new Reading.Faulty(List.copyOf(findings));
        return new Reading.Sound(new BankAccount(bank, bankLetters(bankName), branch, bankLetters(branchName), kind,
                "0".repeat(7 - digits.length()) + digits, kana.text()));
    }

    /// The last three digits: as much as a page may show.
    String ending() { return number.substring(4); }

    static boolean isType(int type) { return type == 1 || type == 2 || type == 4 || type == 9; }

    /// The name where banks can take it, else empty: the number says which bank it is.
    static String bankLetters(String name) {
        var kana = ZenginKana.of(name);
        boolean taken = kana.isSound() && kana.text().chars().allMatch(c -> BankKana.isBankName((char) c));
        return taken ? BankKana.cut(kana.text(), 15) : "";
    }

    private static String digits(String text) { return Kana.narrow(text).replaceAll("[\\s-]", ""); }

    private static int type(String text) {
        return switch (text.strip()) {
            case "1", "普通", "ordinary", "savings", "futsu" -> 1;
            case "2", "当座", "current", "toza" -> 2;
            case "4", "貯蓄", "chochiku" -> 4;
            case "9", "その他", "other" -> 9;
            default -> 0;
        };
    }

    private static void must(boolean holds, String what, String seen) {
        if (!holds)
            throw new IllegalArgumentException("not a " + what + ": " + seen);
    }
}
