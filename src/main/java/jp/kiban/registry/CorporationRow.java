package jp.kiban.registry;

import jp.kiban.letters.CorporateNumber;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// 法人番号データの一行. One line of a full or difference file of the 法人番号公表サイト: thirty columns, no header (リソース定義書). Texts are kept as
/// they are; an absent one is empty.
record CorporationRow(long line, CorporateNumber number, int process, boolean corrected, LocalDate updateDate,
        LocalDate changeDate, String name, String images, int kind, String prefecture, String city, String street,
        String prefectureCode, String cityCode, String postCode, String outside, @Nullable LocalDate closeDate,
        @Nullable Integer closeCause, @Nullable CorporateNumber successor, String changeCause, LocalDate assignmentDate,
        boolean latest, String enName, String enPrefecture, String enCity, String enOutside, String furigana,
        boolean hidden, long digest) {
    static final int COLUMNS = 30;

    /// The columns' names in the definition of the resource; the first has number 1.
    static final List<String> NAMES = List.of("sequenceNumber", "corporateNumber", "process", "correct", "updateDate",
            "changeDate", "name", "nameImageId", "kind", "prefectureName", "cityName", "streetNumber", "addressImageId",
            "prefectureCode", "cityCode", "postCode", "addressOutside", "addressOutsideImageId", "closeDate",
            "closeCause",
            "successorCorporateNumber", "changeCause", "assignmentDate", "latest", "enName", "enPrefectureName",
            "enCityName", "enAddressOutside", "furigana", "hihyoji");
    static final Set<String> PROCESSES = Set.of("01", "11", "12", "13", "21", "22", "71", "72", "81", "99");
    static final Set<String> KINDS = Set.of("101", "201", "301", "302", "303", "304", "305", "399", "401", "499");
    static final Set<String> CLOSE_CAUSES = Set.of("01", "11", "21", "31");

    /// What is wrong with a cell: which column (0 for the whole line), a code of `registry.fault.*`, what was seen.
    record Fault(long line, int column, String code, String seen) {}

    /// The row, or null and its faults, all of them.
    static @Nullable CorporationRow read(long line, String[] cells, BiConsumer<Integer, String> faults) {
        var reading = new Reading(cells, faults);
        String number = cells[1];
        boolean numbered = number.length() == 13 && CorporateNumber.isValid(number);
        if (!numbered)
            faults.accept(2, number.matches("[0-9]{13}") ? "check-digit" : "number");
        int process = reading.code(3, PROCESSES);
        boolean corrected = reading.flag(4);
        var updateDate = reading.day(5, true);
        var changeDate = reading.day(6, true);
        if (cells[6].isBlank() && cells[7].isBlank())
            faults.accept(7, "empty");
        int kind = reading.code(9, KINDS);
        if (!cells[13].isEmpty() && !(digits(cells[13], 2) && cells[13].compareTo("01") >= 0
                && cells[13].compareTo("47") <= 0) && !cells[13].equals("99"))
            faults.accept(14, "prefecture");
        if (!cells[14].isEmpty() && !digits(cells[14], 3))
            faults.accept(15, "city");
        if (!cells[15].isEmpty() && !digits(cells[15], 7))
            faults.accept(16, "post-code");
        var closeDate = reading.day(19, false);
        Integer closeCause = cells[19].isEmpty() ? null : (Integer) reading.code(20, CLOSE_CAUSES);
        if (closeDate == null && closeCause != null && closeCause >= 0)
            faults.accept(19, "closed-when");
        CorporateNumber successor = null;
        if (!cells[20].isEmpty()) {
            if (CorporateNumber.isValid(cells[20]))
                successor = new CorporateNumber(cells[20]);
            else
                faults.accept(21, "check-digit");
        }
        var assignmentDate = reading.day(23, true);
        boolean latest = reading.flag(24);
        boolean hidden = reading.flag(30);
        if (reading.wrong || !numbered || updateDate == null || changeDate == null || assignmentDate == null)
            return null;
        return new CorporationRow(line, new CorporateNumber(number), process, corrected, updateDate, changeDate,
                cells[6], images(cells[7], cells[12], cells[17]), kind, cells[9], cells[10], cells[11], cells[13],
                cells[14], cells[15], cells[16], closeDate, closeCause, successor, cells[21], assignmentDate, latest,
                cells[24], cells[25], cells[26], cells[27], cells[28], hidden, digest(cells));
    }

    private static String images(String name, String address, String outside) {
        return name.isEmpty() && address.isEmpty() && outside.isEmpty() ? "" : name + "/" + address + "/" + outside;
    }

    private static boolean digits(String text, int count) {
        if (text.length() != count)
            return false;
        for (int i = 0; i < count; i++)
            if (text.charAt(i) < '0' || text.charAt(i) > '9')
                return false;
        return true;
    }

    /// Of everything but the line's own number, so that the same content has the same digest in every file (FNV-1a).
    private static long digest(String[] cells) {
        long hash = 0xcbf29ce484222325L;
        for (int c = 1; c < COLUMNS; c++) {
            String cell = cells[c];
            for (int i = 0; i < cell.length(); i++)
                hash = (hash ^ cell.charAt(i)) * 0x100000001b3L;
            hash = (hash ^ 0x1f) * 0x100000001b3L;
        }
        return hash;
    }

    /// Reads the coded columns of one line; columns count from 1.
    private static final class Reading {
        private final String[] cells;
        private final BiConsumer<Integer, String> faults;
        boolean wrong;

        Reading(String[] cells, BiConsumer<Integer, String> faults) {
            this.cells = cells;
            this.faults = (column, code) -> {
                wrong = true;
                faults.accept(column, code);
            };
        }

        int code(int column, Set<String> known) {
            String cell = cells[column - 1];
            if (known.contains(cell))
                return Integer.parseInt(cell);
            faults.accept(column, "code");
            return -1;
        }

        boolean flag(int column) {
            String cell = cells[column - 1];
            if (!cell.equals("0") && !cell.equals("1"))
                faults.accept(column, "flag");
            return cell.equals("1");
        }

        @Nullable
        LocalDate day(int column, boolean required) {
            String cell = cells[column - 1];
            if (cell.isEmpty() && !required)
                return null;
            try {
                if (cell.length() == 10 && cell.charAt(4) == '-' && cell.charAt(7) == '-' && digits(cell.substring(0,
                        4), 4) && digits(cell.substring(5, 7), 2) && digits(cell.substring(8), 2))
                    return LocalDate.of(number(cell, 0, 4), number(cell, 5, 7), number(cell, 8, 10));
            } catch (DateTimeException impossible) {
                // told below
            }
            faults.accept(column, cell.isEmpty() ? "empty" : "day");
            return null;
        }

        private static int number(String text, int from, int to) { return Integer.parseInt(text, from, to, 10); }
    }
}
