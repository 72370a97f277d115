package jp.kiban.address;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Parts of bench/addresses.sh that need the matcher itself: speed on one core, how often each confidence is right, and the town
/// data as another library reads it.
public final class AddressBench {
    private AddressBench() {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "speed" -> speed(Path.of(args[1]), Path.of(args[2]));
            case "calibrate" -> calibrate(Path.of(args[1]), Path.of(args[2]));
            case "api" -> api(Path.of(args[1]), Path.of(args[2]));
            default -> throw new IllegalArgumentException("speed, calibrate or api: " + args[0]);
        }
    }

    /// One thread; a warm-up of five seconds, then seven passes over the whole file. CPU seconds of the thread are counted beside the
    /// clock, because the machine may have other work.
    private static void speed(Path dict, Path file) throws IOException {
        var lines = Files.readAllLines(file).toArray(String[]::new);
        try (var dictionary = AddressDictionary.open(dict)) {
            var matcher = new AddressMatcher(dictionary);
            long found = 0;
            for (long end = System.nanoTime() + 5_000_000_000L; System.nanoTime() < end;)
                found += pass(matcher, lines);
            var threads = ManagementFactory.getThreadMXBean();
            double[] wall = new double[7];
            double[] cpu = new double[7];
            for (int i = 0; i < wall.length; i++) {
                long began = System.nanoTime();
                long beganCpu = threads.getCurrentThreadCpuTime();
                found += pass(matcher, lines);
                cpu[i] = lines.length / ((threads.getCurrentThreadCpuTime() - beganCpu) / 1e9);
                wall[i] = lines.length / ((System.nanoTime() - began) / 1e9);
            }
            Arrays.sort(wall);
            Arrays.sort(cpu);
            System.out.printf("%.0f %.0f %s%n", wall[3], cpu[3], residentMegabytes());
            if (found == 0)
                throw new IllegalStateException("nothing was found");
        }
    }

    private static long pass(AddressMatcher matcher, String[] lines) {
        long found = 0;
        for (String line : lines)
            found += matcher.match(line).level().number();
        return found;
    }

    /// The most memory that was ever resident, mapped files included.
    static String residentMegabytes() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status))
            return "-";
        return Files.readAllLines(status).stream().filter(l -> l.startsWith("VmHWM"))
                .map(l -> Long.toString(Long.parseLong(l.replaceAll("\\D", "")) / 1024)).findFirst().orElse("-");
    }

    /// Per way of leaving something out: real addresses that are found whole are written again without it, and the answer must be the
    /// same town. What is not found, or found ambiguous, is not an answer.
    private static void calibrate(Path dict, Path file) throws IOException {
        var without = new LinkedHashMap<String, int[]>();
        try (var dictionary = AddressDictionary.open(dict)) {
            var matcher = new AddressMatcher(dictionary);
            for (String line : Files.readAllLines(file)) {
                var whole = matcher.match(line);
                String place = whole.parts().pref() + whole.parts().cityName();
                if (whole.level() != AddressLevel.TOWN || whole.confidence() < 0.99 || whole.rest().isEmpty()
                        || !line.startsWith(place))
                    continue;
                String rest = line.substring(place.length());
                ask(matcher, without, "the prefecture", whole.parts().cityName() + rest, whole);
                ask(matcher, without, "the municipality", whole.parts().pref() + rest, whole);
                ask(matcher, without, "prefecture and municipality", rest, whole);
                var former = FORMER.matcher(rest);
                if (former.matches())
                    ask(matcher, without, "the former municipality before the town", place + former.group(1), whole);
                var machi = MACHI.matcher(rest);
                if (machi.matches())
                    ask(matcher, without, "町 before the number", place + machi.group(1) + machi.group(2), whole);
            }
        }
        without.forEach((what, c) -> System.out.printf("| %s | %,d | %.1f | %.2f |%n", what, c[0], 100.0 * c[1] / c[0],
                100.0 * c[2] / Math.max(1, c[1])));
    }

    private static final java.util.regex.Pattern FORMER = java.util.regex.Pattern.compile("^.+?[町村]([^0-9０-９].+)$");
    private static final java.util.regex.Pattern MACHI = java.util.regex.Pattern.compile("^(.*?..)町([0-9０-９].*)$");

    private static void ask(AddressMatcher matcher, Map<String, int[]> without, String what, String written,
            AddressMatch whole) {
        var counts = without.computeIfAbsent(what, k -> new int[3]);
        counts[0]++;
        var match = matcher.match(written);
        if (!match.level().atLeast(AddressLevel.TOWN))
            return;
        counts[1]++;
        if (match.ids().lgCode().equals(whole.ids().lgCode())
                && match.parts().townName().equals(whole.parts().townName()))
            counts[2]++;
    }

    /// The towns of the dictionary in the files that @geolonia/normalize-japanese-addresses 3 reads.
    private static void api(Path dict, Path folder) throws IOException {
        try (var dictionary = AddressDictionary.open(dict)) {
            var prefs = new LinkedHashMap<String, Map<String, Object>>();
            var cities = new LinkedHashMap<String, List<Map<String, Object>>>();
            var towns = new HashMap<Integer, List<Town>>();
            dictionary.towns().forEach(t -> towns
                    .computeIfAbsent(dictionary.placeByCode.getOrDefault(t.lgCode(), -1), k -> new ArrayList<>())
                    .add(t));
            for (var p : dictionary.places) {
                var one = new LinkedHashMap<String, Object>();
                if (dictionary.wards.containsKey(p.number()))
                    continue;
                one.put("code", Integer.parseInt(p.lgCode()));
                if (p.isPrefecture()) {
                    one.put("pref", p.pref());
                    one.put("pref_k", "");
                    one.put("pref_r", "");
                    one.put("point", List.of(p.longitude() / 1e6, p.latitude() / 1e6));
                    prefs.put(p.pref(), one);
                    continue;
                }
                if (!p.county().isEmpty())
                    one.put("county", p.county());
                one.put("city", p.city());
                one.put("city_k", "");
                one.put("city_r", "");
                if (!p.ward().isEmpty())
                    one.put("ward", p.ward());
                one.put("point", List.of(p.longitude() / 1e6, p.latitude() / 1e6));
                cities.computeIfAbsent(p.pref(), k -> new ArrayList<>()).add(one);
                var rows = new ArrayList<Object>();
                for (var t : towns.getOrDefault(p.number(), List.of())) {
                    var row = new LinkedHashMap<String, Object>();
                    row.put("machiaza_id", t.machiazaId());
                    if (!t.oaza().isEmpty())
                        row.put("oaza_cho", t.oaza());
                    if (!t.chome().isEmpty()) {
                        row.put("chome", t.chome());
                        int number = 0;
                        while (number < t.chome().length() && Numerals.isKanji(t.chome().charAt(number)))
                            number++;
                        row.put("chome_n", Numerals.value(t.chome().toCharArray(), 0, number));
                    }
                    if (!t.koaza().isEmpty())
                        row.put("koaza", t.koaza());
                    t.position().ifPresent(x -> row.put("point", List.of(x.longitude(), x.latitude())));
                    rows.add(row);
                }
                write(folder.resolve("ja").resolve(p.pref()).resolve(p.name() + ".json"), rows);
            }
            var all = prefs.values().stream()
                    .peek(p -> p.put("cities", cities.getOrDefault(String.valueOf(p.get("pref")), List.of())))
                    .collect(Collectors.toList());
            write(folder.resolve("ja.json"), all);
        }
    }

    private static void write(Path file, Object data) throws IOException {
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(tools.jackson.databind.json.JsonMapper.builder().build()
                    .writeValueAsString(Map.of("meta", Map.of("updated", 1), "data", data)));
        }
    }
}
