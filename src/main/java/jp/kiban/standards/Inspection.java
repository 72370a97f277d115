package jp.kiban.standards;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kiban.kernel.StandardRef;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 標準の検査. Everything that can be said about some standards before anybody relies on them: read as the server reads them, held
/// against the schemas of the format, with their examples run and the lints of the house applied. All faults at once.
///
/// @param standards those that were read without a fault
/// @param examples how many golden cases were run
/// @param faults what must be mended, in the order of files and lines
/// @param warnings what should be
/// @param proposals missing boundary cases as YAML, ready to paste under `cases:`; empty when there is none
public record Inspection(List<StandardRef> standards, int examples, List<Fault> faults, List<Fault> warnings,
        String proposals) {

    /// A form has no more parts than this and some.
    private static final int MOST_SENT = 900;

    public boolean clean() { return faults.isEmpty(); }

    /// Some folders, each of standards or one standard's own.
    public static Inspection of(List<Path> folders) { return of(Bundle.ofFolders(folders)); }

    /// A standard, or several, sent as a zip; an `IOException` says why it cannot be opened.
    public static Inspection ofZip(InputStream zip) throws IOException { return of(Bundle.ofZip(zip), 1_000); }

    /// A standard, or several, as a browser sends a folder: each file by its path. What cannot be taken (too much, a path that
    /// leads out of the folder, no text) is a fault like any other.
    public static Inspection ofFiles(SortedMap<String, byte[]> folder) {
        var faults = new ArrayList<Fault>();
        var texts = StandardFiles.texts(folder, MOST_SENT, faults);
        if (faults.stream().anyMatch(f -> f.is(Fault.Kind.PACKAGE_LARGE)))
            return new Inspection(List.of(), 0, List.copyOf(faults), List.of(), "");
        var rest = of(Bundle.ofFiles(texts), 1_000);
        return new Inspection(rest.standards(), rest.examples(), Stream.concat(faults.stream(), rest.faults().stream())
                .toList(), rest.warnings(), rest.proposals());
    }

    /// The same, looking for boundaries without an example by so many judgements a version; 0 does not look.
    public static Inspection of(List<Path> folders, int judgements) {
        return of(Bundle.ofFolders(folders), judgements);
    }

    static Inspection of(Bundle bundle) { return of(bundle, 0); }

    private static Inspection of(Bundle bundle, int judgements) {
        var found = new ArrayList<Fault>();
        new Schemas().check(bundle, found);
        var bySchema = new LinkedHashSet<>(found);
        var standards = StandardReader.readAll(bundle, found);
        if (standards.isEmpty() && found.isEmpty())
            found.add(Fault.of(bundle.place(), "", Fault.Kind.NO_STANDARD));
        var lints = new Lints(bundle, found);
        lints.files();
        var refs = new ArrayList<StandardRef>();
        var proposals = new StringBuilder();
        int examples = 0;
        for (var standard : standards)
            for (var version : standard.versions()) {
                refs.add(version.ref());
                var golden = Examples.of(bundle, version.ref(), found);
                examples += golden.all().size();
                found.addAll(golden.verify(version));
                lints.notices(version, golden);
                if (judgements > 0 && found.stream().allMatch(Fault::warning))
                    proposals.append(new Boundaries(bundle, version, judgements).propose(golden, found));
            }
        var positions = new Positions(bundle);
        var byReader = found.stream().filter(f -> !bySchema.contains(f)).map(positions::locate).toList();
        var told = byReader.stream().map(f -> f.file() + ":" + f.line() + ":" + f.column()).collect(Collectors.toSet());
        var all = Stream.concat(byReader.stream(), bySchema.stream().map(positions::locate)
                .filter(f -> f.line() == 0 || !told.contains(f.file() + ":" + f.line() + ":" + f.column())))
                .distinct()
                .sorted(Comparator.comparing(Fault::file).thenComparing(Fault::line).thenComparing(Fault::column))
                .toList();
        return new Inspection(List.copyOf(refs), examples, all.stream().filter(f -> !f.warning()).toList(),
                all.stream().filter(Fault::warning).toList(), proposals.toString());
    }

    /// As the verb and the API give it.
    public ObjectNode json() {
        var make = JsonNodeFactory.instance;
        var json = make.objectNode();
        json.put("clean", clean());
        var read = json.putArray("standards");
        standards.forEach(s -> read.add(s.toString()));
        json.put("examples", examples);
        json.set("faults", list(faults));
        json.set("warnings", list(warnings));
        json.put("proposals", proposals);
        return json;
    }

    private static JsonNode list(List<Fault> faults) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var fault : faults)
            list.add(JsonNodeFactory.instance.objectNode().put("file", fault.file()).put("line", fault.line())
                    .put("column", fault.column()).put("place", fault.place()).put("code", fault.code())
                    .put("message", fault.message()).put("mend", fault.mend())
                    .<ObjectNode>set("words", Ruling.text(fault.words())).set("remedy", Ruling.text(fault.remedy())));
        return list;
    }
}
