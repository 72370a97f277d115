package jp.kiban.address;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// 作れない理由. Why no dictionary was made, and of which file; a screen has words for each of them in its languages.
public record Refusal(Why why, List<String> values) {
    /// In one line of English, for a command line and a log.
    public enum Why {
        NO_FILE("%s: there is no such file"), EMPTY("%s: the file is empty"), NO_TABLE(
                "%s: no .csv in the zip"), DAMAGED("%s: the compressed file is damaged (%s); fetch it again"), UNKNOWN(
                        "%s: not a known source; its first line is '%s'. Known are the files of the address base registry"
                                + " (mt_pref, mt_city, mt_town, their _pos, mt_rsdtdsp, mt_parcel), 位置参照情報, towns by name, postal codes and"
                                + " former municipalities (code, name, to)"), LONG_LINE(
                                        "%s: a line of more than %s bytes: not a table"), TOO_LARGE(
                                                "%s: more than %s bytes unpacked; give the files of smaller areas"), BOMB(
                                                        "%s: unpacks to more than %s times its size (%s bytes): not a file as published"), MANY_ENTRIES(
                                                                "%s: more than %s files in one zip; give the files that hold tables"), CHANGED(
                                                                        "%s: the file was changed since it was named; remove it and name it again"), NO_MUNICIPALITY(
                                                                                "no municipality in the sources: give mt_city_all, or a file that names them"), MEMORY(
                                                                                        "the memory of the build (%s MB) is too small for these sources: give it more, or fewer residences and lots"), DISK(
                                                                                                "the disk has %s MB left, %s MB are needed"), KILLED(
                                                                                                        "the build ended with %s and left nothing: %s"), INTERRUPTED(
                                                                                                                "the house ended %s times in the middle of this build; nothing was kept of it"), OTHER(
                                                                                                                        "%s");

        private final String english;

        Why(String english) { this.english = english; }
    }

    public Refusal {
        // one line each, wherever it is written
        values = values.stream().map(v -> v.replaceAll("[\t\r\n\0]", " ")).toList();
    }

    public static Refusal of(Why why, Object... values) {
        return new Refusal(why, Arrays.stream(values).map(v -> v instanceof Number n
                ? "%,d".formatted(n.longValue())
                : String.valueOf(v)).toList());
    }

    public String english() { return why.english.formatted(values.toArray()); }

    /// Lines of a reason and its values, with tabs between them.
    public static String written(List<Refusal> refusals) {
        return String.join("\n", refusals.stream()
                .map(r -> r.why() + (r.values().isEmpty() ? "" : "\t" + String.join("\t", r.values()))).toList());
    }

    public static List<Refusal> read(String written) {
        return written.lines().filter(l -> !l.isBlank()).map(l -> {
            var parts = List.of(l.split("\t", -1));
            var why = Optional.of(parts.getFirst()).filter(p -> Arrays.stream(Why.values())
                    .anyMatch(w -> w.name().equals(p))).map(Why::valueOf);
            return why.map(w -> new Refusal(w, parts.subList(1, parts.size()))).orElseGet(() -> of(Why.OTHER, l));
        }).toList();
    }
}
