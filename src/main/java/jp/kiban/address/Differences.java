package jp.kiban.address;

import static jp.kiban.address.Trie.NONE;

import java.util.ArrayList;
import java.util.List;
import jp.kiban.address.AddressMatcher.Reading;
import jp.kiban.address.AddressMatcher.Way;

/// 読み替えの一覧. Lays what was written beside what is registered and names each difference.
final class Differences {
    private final AddressDictionary dictionary;
    private final String input;
    private final Folding text;
    private final int start;
    private final List<Normalisation> out = new ArrayList<>(2);

    Differences(AddressDictionary dictionary, String input, Folding text, int start) {
        this.dictionary = dictionary;
        this.input = input;
        this.text = text;
        this.start = start;
    }

    List<Normalisation> of(Reading r) {
        var place = dictionary.places[r.place];
        int at = offset(start);
        if (r.former) {
            int to = offset(Math.max(r.placeEnd, r.townStart));
            out.add(new Normalisation(Normalisation.Kind.ENTRY, at, to, input.substring(at, to), place.pref() + place
                    .name()));
        } else if (r.placeEnd > start) {
            String written = input.substring(text.from[start], offset(r.placeEnd));
            int pref = dictionary.prefectureLength(text.key, start, r.placeEnd);
            if (!place.isPrefecture() && !written.equals(place.pref() + place.name()))
                placeDifferences(place, r.placeEnd, pref);
        } else if (r.town != NONE) {
            out.add(new Normalisation(Normalisation.Kind.ENTRY, at, at, "", place.pref() + place.name()));
        }
        if (r.way == Way.ANYWHERE && r.placeEnd > start)
            out.add(new Normalisation(Normalisation.Kind.ENTRY, offset(r.placeEnd), offset(r.placeEnd), "",
                    place.name()));
        if (r.town == NONE)
            return List.copyOf(out);
        int from = r.townStart;
        String oaza = dictionary.oaza(r.town);
        String registered = oaza + dictionary.chome(r.town) + dictionary.koaza(r.town);
        if (r.streetStart >= 0)
            from = r.streetEnd;
        if (from >= r.end || input.regionMatches(text.from[from], registered, 0, registered.length())
                && text.from[from] + registered.length() == offset(r.end))
            return List.copyOf(out);
        align(from, r.end, registered);
        return List.copyOf(out);
    }

    private void placeDifferences(AddressDictionary.Place place, int placeEnd, int prefLength) {
        int bodyStart = start + prefLength;
        int at = text.from[start];
        if (prefLength == 0) {
            out.add(new Normalisation(Normalisation.Kind.OMITTED, at, at, "", place.pref()));
        } else {
            align(start, bodyStart, place.pref());
        }
        int body = bodyStart < placeEnd ? text.from[bodyStart] : offset(placeEnd);
        String key = new String(text.key, bodyStart, placeEnd - bodyStart);
        if (key.equals(Folding.key(place.name()))) {
            align(bodyStart, placeEnd, place.name());
        } else if (key.equals(Folding.key(place.city() + place.ward()))) {
            out.add(new Normalisation(Normalisation.Kind.OMITTED, body, body, "", place.county()));
            align(bodyStart, placeEnd, place.city() + place.ward());
        } else if (key.equals(Folding.key(place.ward()))) {
            out.add(new Normalisation(Normalisation.Kind.OMITTED, body, body, "", place.city()));
            align(bodyStart, placeEnd, place.ward());
        }
    }

    private int offset(int at) { return at <= 0 ? 0 : text.to[Math.min(at, text.length) - 1]; }

    /// Walks both sides together, by their folded characters, and names where they differ.
    private void align(int from, int to, String registered) {
        var name = Folding.of(registered);
        int i = from;
        int j = 0;
        while (i < to || j < name.length) {
            int a = i < to ? text.from[i] : offset(to);
            if (i > from && text.from[Math.min(i, text.length - 1)] > text.to[i - 1] && i < to)
                between(text.to[i - 1], text.from[i]);
            if (i < to && j < name.length && text.key[i] == name.key[j] && !numberAt(text, i, to)) {
                String written = input.substring(text.from[i], text.to[i]);
                String other = registered.substring(name.from[j], name.to[j]);
                if (!written.equals(other))
                    add(kind(written, other), text.from[i], text.to[i], other);
                i++;
                j++;
                continue;
            }
            int iEnd = numberEnd(text, i, to);
            int jEnd = numberEnd(name, j, name.length);
            if (iEnd > i && jEnd > j) {
                String written = input.substring(text.from[i], text.to[iEnd - 1]);
                String other = registered.substring(name.from[j], name.to[jEnd - 1]);
                if (!written.equals(other))
                    add(Normalisation.Kind.NUMERAL, text.from[i], text.to[iEnd - 1], other);
                i = iEnd;
                j = jEnd;
                continue;
            }
            // left out or put in: find where the two meet again
            int skipped = meet(i, to, name, j);
            int put = skipped & 0xFF;
            int left = skipped >>> 8;
            String written = put == 0 ? "" : input.substring(text.from[i], text.to[i + put - 1]);
            String other = left == 0 ? "" : registered.substring(name.from[j], name.to[j + left - 1]);
            if (put == 0 && left == 0)
                return;
            boolean respelt = put > 0 && left > 0 && text.key[i] != Folding.HYPHEN;
            add(respelt ? Normalisation.Kind.SPELLING : Normalisation.Kind.DESIGNATION, a,
                    a + written.length(),
                    other);
            i += put;
            j += left;
        }
    }

    private static boolean numberAt(Folding text, int at, int end) { return at < end && Folding.isDigit(text.key[at]); }

    private static int numberEnd(Folding text, int at, int end) {
        int stop = at;
        while (stop < end && (Folding.isDigit(text.key[stop]) || Numerals.isKanji(text.key[stop])))
            stop++;
        return stop;
    }

    private int meet(int i, int to, Folding name, int j) {
        for (int total = 1; total < 40; total++)
            for (int put = 0; put <= total; put++) {
                int left = total - put;
                if (i + put > to || j + left > name.length || put > 250)
                    continue;
                boolean ends = i + put == to && j + left == name.length;
                boolean same = i + put < to && j + left < name.length && (text.key[i + put] == name.key[j + left]
                        || numberEnd(text, i + put, to) > i + put && numberEnd(name, j + left, name.length) > j + left);
                if (ends || same)
                    return left << 8 | put;
            }
        return (name.length - j) << 8 | Math.min(250, to - i);
    }

    /// What folding dropped between two characters: spaces, or 字.
    private void between(int from, int to) {
        String dropped = input.substring(from, to);
        if (dropped.isBlank() || dropped.chars().allMatch(c -> Folding.fold((char) c) == Folding.GAP))
            add(Normalisation.Kind.SPACE, from, to, "");
    }

    private void add(Normalisation.Kind kind, int from, int to, String registered) {
        out.add(new Normalisation(kind, from, to, input.substring(from, to), registered));
    }

    private static Normalisation.Kind kind(String written, String registered) {
        char a = written.isEmpty() ? 0 : written.charAt(0);
        char b = registered.isEmpty() ? 0 : registered.charAt(0);
        if (written.length() > registered.length() || a >= 0xF900 && a <= 0xFAFF || a >= 0x2E80 && a <= 0x2FDF)
            return Normalisation.Kind.COMPOSITION;
        if (Folding.merelyAlike(a, b))
            return Normalisation.Kind.SPELLING;
        if (Folding.isKana(a) || Folding.isKana(b) || "之乃".indexOf(a) >= 0 || "之乃".indexOf(b) >= 0)
            return a >= 0xFF00 || b >= 0xFF00 ? Normalisation.Kind.WIDTH : Normalisation.Kind.KANA;
        if (Character.isIdeographic(a) && Character.isIdeographic(b))
            return Numerals.isKanji(Folding.fold(a)) ? Normalisation.Kind.NUMERAL : Normalisation.Kind.VARIANT;
        return Normalisation.Kind.WIDTH;
    }
}
