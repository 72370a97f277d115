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
    private final List<Reading> readings;
    private final List<String> notes = new ArrayList<>(2);
    private final Differences differences;

    Answer(AddressDictionary dictionary, String input, Folding text, int start,
            List<Reading> readings) {
        this.dictionary = dictionary;
        this.input = input;
        this.text = text;
        this.start = start;
        this.readings = readings;
        this.differences = new Differences(dictionary, input, text, start);
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
        if (equal.isEmpty() && (best.way == Way.SPELLING || best.doubtful))
            return misspelt(best);
        return equal.isEmpty() ? of(best) : several(best, equal);
    }

    /// A name that differs in a character, or that may be the beginning of another name, is offered, not chosen.
    private AddressMatch misspelt(Reading r) {
        notes.add(r.doubtful ? "doubtful" : "misspelt");
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
        if (r.former)
            notes.add("former municipality");
        int end = r.end;
        int restAt = rest(end, r.town != NONE);
        if (r.town == NONE) {
            var level = place.isPrefecture() ? AddressLevel.PREFECTURE : AddressLevel.CITY;
            return new AddressMatch(input, level, parts(place, "", "", "", ""), ids(place.lgCode(), ""),
                    dictionary.position(place), confidence(r), spans(r.placeEnd, -1, -1, r.placeEnd, restAt, restAt),
                    differences.of(r), List.of(), input.substring(restAt), notes, dictionary.version());
        }
        int town = r.town;
        String street = r.streetStart < 0 ? "" : input.substring(text.from[r.streetStart], offset(r.streetEnd));
        var parts = parts(place, dictionary.oaza(town), dictionary.chome(town), dictionary.koaza(town), street);
        var ids = ids(place.lgCode(), dictionary.machiazaId(town));
        var level = AddressLevel.TOWN;
        var position = dictionary.position(town);
        var candidates = sameName(r);
        int numberStart = restAt;
        int numberEnd = restAt;
        if (dictionary.hasNumbers(town)) {
            var number = new HouseNumber(dictionary, text);
            var found = number.read(end) ? number.in(town) : null;
            if (found != null) {
                level = found.level();
                ids = ids(ids, found.level(), found.row());
                position = position(found.level(), found.row()).or(() -> dictionary.position(town));
                numberStart = text.from[number.start];
                numberEnd = offset(found.end());
                parts = new AddressParts(parts.pref(), parts.county(), parts.city(), parts.ward(), parts.oaza(),
                        parts.chome(), parts.koaza(), street, found.block(), found.number());
                if (!found.others().isEmpty())
                    candidates = numbers(candidates, found, parts, ids(place.lgCode(), dictionary.machiazaId(town)));
            }
        }
        if (r.plain != NONE && dictionary.hasNumbers(r.plain))
            candidates = plain(r, candidates);
        return new AddressMatch(input, level, parts, ids, position, confidence(r),
                spans(r.placeEnd, r.streetStart, r.streetEnd, end, numberStart, numberEnd), differences.of(r),
                candidates,
                input.substring(restAt), notes, dictionary.version());
    }

    /// 太田4-1 is 太田四丁目1; but 太田 also has a lot 4-1.
    private List<AddressMatch.Candidate> plain(Reading r, List<AddressMatch.Candidate> before) {
        var number = new HouseNumber(dictionary, text);
        var found = number.read(r.plainEnd) ? number.in(r.plain) : null;
        if (found == null || found.level() != AddressLevel.LOT)
            return before;
        var place = dictionary.places[r.place];
        var out = new ArrayList<>(before);
        out.add(new AddressMatch.Candidate(place.pref() + place.name() + dictionary.oaza(r.plain)
                + dictionary.koaza(r.plain) + found.number() + "（地番）",
                ids(ids(place.lgCode(), dictionary.machiazaId(r.plain)), AddressLevel.LOT, found.row()),
                position(AddressLevel.LOT, found.row())));
        return out;
    }

    private AddressIds ids(AddressIds town, AddressLevel level, long row) {
        if (level == AddressLevel.LOT)
            return new AddressIds(town.lgCode(), town.machiazaId(), "", "", "",
                    NumberTable.lotId(dictionary.lots.id(row)));
        long id = dictionary.residences.id(row);
        return new AddressIds(town.lgCode(), town.machiazaId(), NumberTable.blkId(id),
                level == AddressLevel.BLOCK ? "" : NumberTable.rsdtId(id),
                level == AddressLevel.BLOCK ? "" : NumberTable.rsdt2Id(id), "");
    }

    private Optional<Position> position(AddressLevel level, long row) {
        var table = level == AddressLevel.LOT ? dictionary.lots : dictionary.residences;
        int latitude = table.latitude(row);
        return latitude == Gazetteer.NOWHERE
                ? Optional.empty()
                : Optional.of(new Position(latitude / 1e6, table.longitude(row) / 1e6, level));
    }

    /// What else the number could be: rows with the same number, or (as complements) the lot beside the residence.
    private List<AddressMatch.Candidate> numbers(List<AddressMatch.Candidate> before, HouseNumber.Found found,
            AddressParts parts, AddressIds town) {
        var out = new ArrayList<>(before);
        String name = parts.pref() + parts.cityName() + parts.townName();
        for (long other : found.others()) {
            var level = other < 0 ? AddressLevel.LOT : found.level();
            long row = other < 0 ? ~other : other;
            if (out.size() < CANDIDATES)
                out.add(new AddressMatch.Candidate(name + (level == AddressLevel.LOT ? "（地番）" : ""),
                        ids(town, level, row), position(level, row)));
        }
        if (found.others().stream().anyMatch(o -> o >= 0))
            notes.add("same number twice");
        return out;
    }

    /// Other towns of the municipality that are written the same.
    private List<AddressMatch.Candidate> sameName(Reading r) {
        if (!dictionary.is(r.town, DictionaryWriter.MORE)
                && (r.town == 0 || !dictionary.is(r.town - 1, DictionaryWriter.MORE)))
            return List.of();
        int first = r.town;
        while (first > 0 && dictionary.is(first - 1, DictionaryWriter.MORE))
            first--;
        var out = new ArrayList<AddressMatch.Candidate>();
        for (int town = first;; town++) {
            if (town != r.town && !dictionary.is(town,
                    DictionaryWriter.MADE | DictionaryWriter.SHADOW | DictionaryWriter.STREET)) {
                var p = dictionary.places[r.place];
                out.add(new AddressMatch.Candidate(p.pref() + p.name() + dictionary.oaza(town) + dictionary.chome(town)
                        + dictionary.koaza(town), ids(p.lgCode(), dictionary.machiazaId(town)),
                        dictionary.position(town)));
            }
            if (!dictionary.is(town, DictionaryWriter.MORE))
                return out;
        }
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

    /// The share of right answers among those found in the same way, as measured (docs/reference/addresses.md).
    private double confidence(Reading r) {
        if (r.former)
            return r.town == NONE ? 0.9 : 0.95;
        if (r.town == NONE)
            return r.quality == 2 ? 0.97 : 0.95;
        if (r.doubtful)
            return 0.5;
        return switch (r.way) {
            case EXACT -> r.quality == 2 ? 0.997 : r.quality == 1 ? 0.985 : 0.9;
            case INFERRED -> 0.996;
            case STREET -> 0.975;
            case LENIENT -> r.end - r.townStart <= 2 ? 0.95 : 0.965;
            case KOAZA -> 0.96;
            case ANYWHERE -> r.placeEnd > start ? 0.98 : 0.97;
            case SPELLING -> 0.55;
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
        var out = new ArrayList<Span>(5);
        int at = span(out, Span.Part.IGNORED, 0, start == 0 || text.length == 0 ? 0 : text.to[start - 1]);
        int pref = prefectureEnd(placeEnd);
        at = span(out, Span.Part.PREFECTURE, at, Math.min(offset(pref), offset(placeEnd)));
        at = span(out, Span.Part.CITY, at, offset(placeEnd));
        if (streetStart >= 0)
            at = span(out, Span.Part.STREET, at, offset(streetEnd));
        if (townEnd > placeEnd)
            at = span(out, Span.Part.TOWN, at, offset(townEnd));
        if (numberEnd > numberStart) {
            if (numberStart > at)
                at = span(out, Span.Part.IGNORED, at, numberStart);
            at = span(out, Span.Part.NUMBER, at, numberEnd);
        }
        span(out, Span.Part.REST, at, input.length());
        return out;
    }

    /// Where the prefecture ends within what named the place; `start` when it was left out.
    private int prefectureEnd(int placeEnd) {
        if (placeEnd <= start)
            return start;
        int length = dictionary.prefectureLength(text.key, start, placeEnd);
        return start + length;
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
