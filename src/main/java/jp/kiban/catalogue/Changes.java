package jp.kiban.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import jp.kiban.kernel.Language;
import jp.kiban.standards.StandardFiles;
import org.springframework.stereotype.Component;

/// 版の違い. What is different between two versions of a standard.
@Component
final class Changes {
    /// 違いの一つ. Where, and what, in words.
    record Change(String where, String what) {}

    /// File by file: added, gone or changed, with how many lines.
    List<Change> between(StandardFiles before, StandardFiles after, Language language) {
        var changes = new ArrayList<Change>();
        var paths = new TreeSet<String>();
        before.files().keySet().forEach(p -> paths.add(inside(before, p)));
        after.files().keySet().forEach(p -> paths.add(inside(after, p)));
        for (var path : paths) {
            var old = read(before, path);
            var now = read(after, path);
            if (old.isEmpty())
                changes.add(new Change(path, Words.in(language, "catalogue.change.added", now.size())));
            else if (now.isEmpty())
                changes.add(new Change(path, Words.in(language, "catalogue.change.gone")));
            else if (!old.equals(now))
                changes.add(new Change(path, Words.in(language, "catalogue.change.changed", without(now, old), without(
                        old, now))));
        }
        return changes;
    }

    private static String inside(StandardFiles files, String path) {
        var version = files.ref().version() + "/";
        return path.startsWith(version) ? path.substring(version.length()) : path;
    }

    private static List<String> read(StandardFiles files, String path) {
        var text = files.files().get(path.equals("standard.yaml") ? path : files.ref().version() + "/" + path);
        return text == null ? List.of() : text.lines().toList();
    }

    private static long without(List<String> these, List<String> others) {
        var known = new java.util.HashMap<String, Integer>();
        others.forEach(l -> known.merge(l, 1, Integer::sum));
        return these.stream().filter(l -> known.merge(l, -1, Integer::sum) < 0).count();
    }
}
