package jp.kiban.address;

import static jp.kiban.address.Trie.NONE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kiban.address.AddressMatcher.Reading;
import jp.kiban.address.AddressMatcher.Way;

/// Makes the answer of the readings of a text: the best one, or what the best ones agree on.
final class Answer {
    private static final int CANDIDATES = 10;

    private final AddressDictionary dictionary;
    private final String input;
    private final Folding text;
    private final int start;
    private final int postalCode;
    private final List<Reading> readings;
    private final List<String> notes = new ArrayList<>(2);

    Answer(AddressDictionary dictionary, String input, Folding text, int start, int postalCode,
            List<Reading> readings) {
        this.dictionary = dictionary;
        this.input = input;
        this.text = text;
        this.start = start;
        this.postalCode = postalCode;
        this.readings = readings;
    }

    AddressMatch build() {
        Reading best = null;
        for (var r : readings)
            if (best == null || r.score > best.score)
                best = r;
        if (best == null)
            return none();
        List<Reading> equal = List.of();
        if (readings.size() > 1) {
            equal = new ArrayList<>(2);
            for (var r : readings)
                if (r != best && r.score >= best.score - 1 && (r.town != best.town || r.place != best.place))
                    equal.add(r);
        }
        if (equal.isEmpty() && best.way == Way.SPELLING)
            return misspelt(best);
        return equal.isEmpty() ? of(best) : several(best, equal);
    }

    /// A name that differs in a character is offered, not chosen: two of five such names are other towns.
    private AddressMatch misspelt(Reading r) {
        notes.add("misspelt");
        var place = dictionary.places[r.place];
        int restAt = rest(r.placeEnd, false);
        return new AddressMatch(input, AddressLevel.CITY, parts(place, "", "", "", ""), ids(place.lgCode(), ""),
                dictionary.position(place), confidence(r), spans(r.placeEnd, -1, -1, r.placeEnd, restAt, restAt),
                List.of(), List.of(candidate(r)), input.substring(restAt), notes, dictionary.version());
    }

    private AddressMatch none() {
        return new AddressMatch(input, AddressLevel.NONE, AddressParts.NONE, AddressIds.NONE, Optional.empty(), 0,
                spans(0, 0, 0, 0, 0, 0), List.of(), List.of(), input, List.of(), dictionary.version());
    }

    private int offset(int at) { return at <= 0 ? 0 : text.to[Math.min(at, text.length) - 1]; }

    private AddressMatch of(Reading r) {
        var place = dictionary.places[r.place];
        int end = r.end;
        int restAt = rest(end, r.town != NONE);
        if (r.town == NONE) {
            var level = place.isPrefecture() ? AddressLevel.PREFECTURE : AddressLevel.CITY;
            return new AddressMatch(input, level, parts(place, "", "", "", ""), ids(place.lgCode(), ""),
                    dictionary.position(place), confidence(r), spans(r.placeEnd, -1, -1, r.placeEnd, restAt, restAt),
                    List.of(),
                    List.of(), input.substring(restAt), notes, dictionary.version());
        }
        int town = r.town;
        String street = r.streetStart < 0 ? "" : input.substring(text.from[r.streetStart], offset(r.streetEnd));
        return new AddressMatch(input, AddressLevel.TOWN,
                parts(place, dictionary.oaza(town), dictionary.chome(town), dictionary.koaza(town), street),
                ids(place.lgCode(), dictionary.machiazaId(town)), dictionary.position(town), confidence(r),
                spans(r.placeEnd, r.streetStart, r.streetEnd, end, restAt, restAt), List.of(), List.of(),
                input.substring(restAt), notes, dictionary.version());
    }

    private AddressParts parts(AddressDictionary.Place p, String oaza, String chome, String koaza, String street) {
        return new AddressParts(p.pref(), p.county(), p.city(), p.ward(), oaza, chome, koaza, street, "", "");
    }

    private static AddressIds ids(String lgCode, String machiazaId) {
        return new AddressIds(lgCode, machiazaId, "", "", "", "");
    }

    private AddressMatch several(Reading best, List<Reading> others) {
        notes.add(AddressMatch.AMBIGUOUS);
        var candidates = new ArrayList<AddressMatch.Candidate>();
        candidates.add(candidate(best));
        boolean samePlace = true;
        boolean samePref = true;
        for (var r : others) {
            if (candidates.size() < CANDIDATES)
                candidates.add(candidate(r));
            samePlace &= r.place == best.place;
            samePref &= dictionary.places[r.place].pref().equals(dictionary.places[best.place].pref());
        }
        var place = dictionary.places[best.place];
        int restAt = rest(samePlace ? best.placeEnd : start, false);
        if (samePlace)
            return new AddressMatch(input, AddressLevel.CITY, parts(place, "", "", "", ""), ids(place.lgCode(), ""),
                    dictionary.position(place), confidence(best),
                    spans(best.placeEnd, -1, -1, best.placeEnd, restAt, restAt),
                    List.of(), candidates, input.substring(restAt), notes, dictionary.version());
        return new AddressMatch(input, samePref ? AddressLevel.PREFECTURE : AddressLevel.NONE,
                samePref ? new AddressParts(place.pref(), "", "", "", "", "", "", "", "", "") : AddressParts.NONE,
                AddressIds.NONE, Optional.empty(), confidence(best), spans(start, -1, -1, start, restAt, restAt),
                List.of(),
                candidates, input.substring(restAt), notes, dictionary.version());
    }

    private AddressMatch.Candidate candidate(Reading r) {
        var p = dictionary.places[r.place];
        if (r.town == NONE)
            return new AddressMatch.Candidate(p.pref() + p.name(), ids(p.lgCode(), ""), dictionary.position(p));
        return new AddressMatch.Candidate(
                p.pref() + p.name() + dictionary.oaza(r.town) + dictionary.chome(r.town) + dictionary.koaza(r.town),
                ids(p.lgCode(), dictionary.machiazaId(r.town)), dictionary.position(r.town));
    }

    private double confidence(Reading r) {
        return switch (r.way) {
            case EXACT -> 0.99;
            case INFERRED -> 0.98;
            case STREET -> 0.95;
            case LENIENT -> 0.9;
            case SPELLING, KOAZA -> 0.8;
            case ANYWHERE -> 0.85;
        };
    }

    /// Where the rest begins: after the town and, when a number follows, the hyphen before it.
    private int rest(int end, boolean afterTown) {
        int at = offset(end);
        int next = end;
        while (next < text.length && (text.key[next] == Folding.GAP || afterTown && text.key[next] == Folding.HYPHEN
                || afterTown && next == end && text.key[next] == 'ノ' && next + 1 < text.length
                        && Folding.isDigit(text.key[next + 1])))
            at = text.to[next++];
        while (at < input.length() && Folding.fold(input.charAt(at)) == Folding.GAP)
            at++;
        return at;
    }

    private List<Span> spans(int placeEnd, int streetStart, int streetEnd, int townEnd, int numberStart,
            int numberEnd) {
        var out = new ArrayList<Span>(4);
        int at = 0;
        at = span(out, Span.Part.IGNORED, at, start == 0 || text.length == 0 ? 0 : text.to[start - 1]);
        at = span(out, Span.Part.CITY, at, offset(placeEnd));
        if (streetStart >= 0)
            at = span(out, Span.Part.STREET, at, offset(streetEnd));
        if (townEnd > placeEnd)
            at = span(out, Span.Part.TOWN, at, offset(townEnd));
        span(out, Span.Part.REST, at, input.length());
        return out;
    }

    private static int span(List<Span> out, Span.Part part, int from, int to) {
        if (to > from)
            out.add(new Span(part, from, to));
        return Math.max(from, to);
    }

    /// Number of edits between two short texts.
    static int distance(String one, String other) {
        if (one.equals(other))
            return 0;
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++)
            row[j] = j;
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int up = row[j];
                row[j] = Math.min(Math.min(up, row[j - 1]) + 1,
                        diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1));
                diagonal = up;
            }
        }
        return row[other.length()];
    }
}
