package jp.kiban.address;

import static jp.kiban.address.Trie.NONE;

import java.util.ArrayList;
import java.util.List;

/// 住所照合. Recognises written addresses by a dictionary. Safe for use by many threads; never throws whatever the text is.
///
/// The ways in, best first: prefecture, municipality or ward, then the town; when the municipality is not named as registered, the
/// town alone within the prefecture or the country. Several places may fit; the one that explains most of the text wins, and when
/// two explain it equally, neither.
public final class AddressMatcher {
    /// Longer texts are no addresses; what is beyond is rest.
    private static final int LONGEST = 400;

    private final AddressDictionary dictionary;
    private final Trie trie;

    public AddressMatcher(AddressDictionary dictionary) {
        this.dictionary = dictionary;
        this.trie = dictionary.trie;
    }

    /// The data version of its dictionary.
    public String version() { return dictionary.version(); }

    public AddressMatch match(String text) {
        var folded = Folding.of(text.length() > LONGEST ? cut(text) : text);
        return new Attempt(text, folded).run();
    }

    private static String cut(String text) {
        int end = LONGEST;
        if (Character.isHighSurrogate(text.charAt(end - 1)))
            end--;
        return text.substring(0, end);
    }

    /// How a place was found; each way has its own confidence.
    enum Way {
        /// Everything as registered.
        EXACT,
        /// A bare number was understood as 丁目.
        INFERRED,
        /// Something left out or put in (町, ノ, 条).
        LENIENT,
        /// A character differs.
        SPELLING,
        /// Found by the koaza alone within the municipality.
        KOAZA,
        /// Found by the town without its municipality.
        ANYWHERE,
        /// A Kyoto street before the town.
        STREET
    }

    /// One reading of the text.
    static final class Reading {
        final int place;
        int town = NONE;
        final int placeEnd;
        int townStart;
        int end;
        int cost;
        int quality;
        Way way = Way.EXACT;
        int streetStart = -1;
        int streetEnd = -1;
        boolean doubtful;
        /// What it became is read where a former municipality is written.
        boolean former;
        /// The town without the 丁目 that was understood from a number: the number may be its lot.
        int plain = NONE;
        int plainEnd;
        double score;

        Reading(int place, int placeEnd) {
            this.place = place;
            this.placeEnd = placeEnd;
            this.townStart = placeEnd;
            this.end = placeEnd;
        }
    }

    private final class Attempt {
        final String input;
        final Folding text;
        final char[] key;
        final int n;
        final TownWalk walk;
        final List<Reading> readings = new ArrayList<>(4);
        int start;
        int[] postalTowns = {};

        Attempt(String input, Folding text) {
            this.input = input;
            this.text = text;
            this.key = text.key;
            this.n = text.length;
            this.walk = new TownWalk(trie, text);
        }

        AddressMatch run() {
            start = lead();
            if (!from(start) && start == 0) {
                // the address may begin after words that are none
                int bracket = closing();
                if (bracket > 0) {
                    start = bracket;
                    from(start);
                }
            }
            return new Answer(dictionary, input, text, start, readings).build();
        }

        /// Where the address begins: after a postal code and signs.
        private int lead() {
            int at = 0;
            while (at < n && !Character.isLetterOrDigit(key[at]) && key[at] != '(' && key[at] != '〒')
                at++;
            if (at < n && key[at] == '〒')
                at++;
            int end = at;
            int digits = 0;
            int code = 0;
            while (end < n && digits < 8 && (Folding.isDigit(key[end]) || digits == 3 && key[end] == Folding.HYPHEN)) {
                if (Folding.isDigit(key[end])) {
                    code = code * 10 + key[end] - '0';
                    digits++;
                }
                end++;
            }
            if (digits == 7 && end < n && !Folding.isDigit(key[end])) {
                postalTowns = dictionary.postal(code);
                at = end;
                while (at < n && !Character.isLetterOrDigit(key[at]) && key[at] != '(')
                    at++;
            }
            return at;
        }

        private int closing() {
            if (n == 0 || key[0] != '(' && key[0] != '「' && key[0] != '【' && key[0] != '[')
                return 0;
            for (int i = 1; i < Math.min(n, 24); i++)
                if (key[i] == ')' || key[i] == '」' || key[i] == '】' || key[i] == ']')
                    return i + 1;
            return 0;
        }

        private boolean from(int at) {
            int[] lists = new int[12];
            int[] ends = new int[12];
            int accepted = 0;
            int node = dictionary.placeNames;
            for (int i = at; node != NONE && i < n; i++) {
                if (key[i] == Folding.GAP)
                    continue;
                node = trie.child(node, key[i]);
                if (node == NONE)
                    break;
                int value = trie.value(node);
                if (value >= 0 && accepted < lists.length) {
                    lists[accepted] = value;
                    ends[accepted++] = i + 1;
                }
            }
            for (int i = accepted - 1; i >= 0; i--) {
                int size = dictionary.listSize(lists[i]);
                boolean settled = false;
                for (int k = 0; k < size; k++) {
                    int place = dictionary.listItem(lists[i], k);
                    if (!dictionary.places[place].isPrefecture())
                        settled |= inPlace(place, ends[i], size == 1 || ends[i] - at > 3) && size == 1;
                }
                if (settled)
                    return true;
            }
            boolean town = hasTown();
            if (!town)
                for (int i = accepted - 1; i >= 0 && !town; i--) {
                    if (i < accepted - 1 && !readings.isEmpty())
                        break;
                    for (int k = 0; k < dictionary.listSize(lists[i]); k++) {
                        int place = dictionary.listItem(lists[i], k);
                        again(place, ends[i]);
                        if (hasTown())
                            break;
                        if (dictionary.places[place].isPrefecture())
                            inPrefecture(place, ends[i]);
                        else if (dictionary.wards.containsKey(place))
                            inWards(place, ends[i]);
                        else if (!dictionary.places[place].ward().isEmpty() && !dictionary.places[place].hasTowns())
                            inSiblings(place, ends[i]);
                    }
                    town = hasTown();
                }
            if (!town && accepted == 0 && !former(at, NONE))
                anywhere(at, NONE, 0);
            if (readings.isEmpty())
                for (int i = 0; i < accepted; i++)
                    for (int k = 0; k < dictionary.listSize(lists[i]); k++) {
                        var reading = new Reading(dictionary.listItem(lists[i], k), ends[i]);
                        add(reading);
                    }
            return hasTown() || !readings.isEmpty();
        }

        /// The municipality written twice (岡崎市岡崎市伊賀町): the second time is skipped.
        private void again(int first, int at) {
            var p = dictionary.places[first];
            int node = dictionary.placeNames;
            for (int i = at; node != NONE && i < n; i++) {
                node = key[i] == Folding.GAP ? node : trie.child(node, key[i]);
                int value = node == NONE ? NONE : trie.value(node);
                for (int k = 0; value >= 0 && k < dictionary.listSize(value); k++) {
                    int place = dictionary.listItem(value, k);
                    var q = dictionary.places[place];
                    if (q.pref().equals(p.pref()) && !q.isPrefecture() && (p.isPrefecture() || q.city().equals(p.city()))) {
                        int size = readings.size();
                        inPlace(place, i + 1, false);
                        readings.get(size).score -= 8;
                        readings.get(size).cost++;
                    }
                }
            }
        }

        private boolean hasTown() {
            for (var r : readings)
                if (r.town != NONE && !r.doubtful)
                    return true;
            return false;
        }

        private void add(Reading r) {
            double score = r.town == NONE ? 0 : 100;
            // a 丁目 that was only understood from a number decides nothing between places
            score += 2 * (r.plain == NONE ? r.end : r.plainEnd);
            score += r.quality * 10;
            score -= r.cost * 8;
            if (r.way == Way.ANYWHERE)
                score -= 30;
            if (r.town != NONE) {
                for (int t : postalTowns)
                    if (t == r.town || t >= 0 && dictionary.placeOf(t) == r.place) {
                        score += t == r.town ? 6 : 3;
                        break;
                    }
            }
            r.score = score;
            r.doubtful = r.town != NONE && r.way == Way.EXACT && r.quality == 0 && doubtful(r);
            readings.add(r);
        }

        /// A short name in the middle of words, or one that goes on with 町, is more often a part of another name.
        private boolean doubtful(Reading r) {
            int length = r.end - r.townStart;
            if (length == 1 || "町村丁条郷通".indexOf(key[r.end]) >= 0)
                return true;
            for (int i = r.end; length == 2 && i < n && !Folding.isDigit(key[i]); i++)
                if (key[i] == '町' || key[i] == '村' || key[i] == '市' || key[i] == '区')
                    return true;
            return false;
        }

        /// Reads the town in a municipality; true when it is found as registered and nothing is left hanging.
        private boolean inPlace(int place, int at, boolean alone) {
            var best = town(place, at);
            var reading = best == null ? new Reading(place, at) : best;
            if (best == null)
                reading.quality = quality(at);
            add(reading);
            return best != null && best.quality == 2 && best.cost == 0;
        }

        private @org.jspecify.annotations.Nullable Reading town(int place, int at) {
            int root = dictionary.roots[place];
            if (root == NONE)
                return null;
            int from = at;
            while (from < n && (key[from] == Folding.GAP || key[from] == ',' || key[from] == '、' || key[from] == '・'))
                from++;
            walk.strict(root, from);
            var best = choose(place, at, from, Way.EXACT);
            if (best != null && best.quality == 2 && !dictionary.is(best.town, DictionaryWriter.MADE))
                return best;
            var street = street(place, root, at, from, best == null);
            if (street != null && (best == null || street.quality > best.quality || street.end > best.end + 2))
                return street;
            // nothing but a number, a building or nothing follows: there is no town to look for
            if (from >= n || best == null && quality(from) == 2 && !Numerals.isKanji(key[from]) && !Folding.isDigit(key[from]))
                return best;
            if (best == null || best.quality == 0 || best.quality == 2 && dictionary.is(best.town, DictionaryWriter.MADE)) {
                walk.lenient(root, from, 2);
                var loose = choose(place, at, from, Way.LENIENT);
                if (loose != null && (best == null || loose.end > best.end
                        && (loose.quality > best.quality || best.quality == 2 && loose.quality == 2)))
                    best = loose;
            }
            if (best == null || best.quality == 0) {
                var koaza = koaza(place, at, from);
                if (koaza != null && (best == null || koaza.end > best.end))
                    best = koaza;
            }
            return best;
        }

        /// The best of what the walk accepted: the longest, unless a shorter one leaves nothing hanging.
        private @org.jspecify.annotations.Nullable Reading choose(int place, int at, int from, Way way) {
            int pick = -1;
            int pickQuality = 0;
            for (int i = 0; i < walk.count; i++) {
                if (way == Way.LENIENT && !believable(i, from))
                    continue;
                int quality = quality(walk.end[i]);
                boolean better;
                if (pick < 0)
                    better = true;
                else if (bareNumber(i, pick) || bareNumber(pick, i))
                    // 上木町九十五 is lot 95 rather than a koaza 九十五
                    better = walk.end[i] < walk.end[pick];
                else if (way == Way.LENIENT && quality != pickQuality)
                    better = quality > pickQuality;
                else if (walk.cost[i] != walk.cost[pick] && way == Way.LENIENT)
                    better = walk.end[i] - 2 * walk.cost[i] > walk.end[pick] - 2 * walk.cost[pick];
                else
                    better = walk.end[i] > walk.end[pick]
                            || walk.end[i] == walk.end[pick] && order(walk.flags[i]) < order(walk.flags[pick]);
                if (better) {
                    pick = i;
                    pickQuality = quality;
                }
            }
            if (pick < 0)
                return null;
            var r = new Reading(place, at);
            r.townStart = from;
            r.end = walk.end[pick];
            r.cost = walk.cost[pick];
            r.quality = pickQuality;
            r.town = spelling(walk.value[pick], from, r.end);
            int flags = walk.flags[pick];
            if ((flags & TownWalk.INFERRED) != 0) {
                int shorter = -1;
                for (int i = 0; i < walk.count; i++)
                    if (walk.flags[i] == 0 && walk.end[i] < r.end && (shorter < 0 || walk.end[i] > walk.end[shorter]))
                        shorter = i;
                if (shorter >= 0) {
                    r.plain = spelling(walk.value[shorter], from, walk.end[shorter]);
                    r.plainEnd = walk.end[shorter];
                }
            }
            r.way = (flags & TownWalk.SUBSTITUTED) != 0 ? Way.SPELLING
                    : (flags & TownWalk.SKIPPED) != 0 ? Way.LENIENT
                            : (flags & TownWalk.INFERRED) != 0 ? Way.INFERRED : Way.EXACT;
            return r;
        }

        /// Whether what `longer` has more than `shorter` is nothing but a kanji number.
        private boolean bareNumber(int longer, int shorter) {
            int from = walk.end[shorter];
            int to = walk.end[longer];
            if (from >= to || (walk.flags[longer] & TownWalk.INFERRED) != 0 || quality(from) != 2)
                return false;
            for (int i = from; i < to; i++)
                if (!Numerals.isKanji(key[i]))
                    return false;
            return true;
        }

        private int order(int flags) { return flags & TownWalk.INFERRED; }

        /// A name found leniently must be long enough, and nothing may hang off it, to be more than chance.
        private boolean believable(int i, int from) {
            int length = walk.end[i] - from;
            if (walk.cost[i] == 0)
                return true;
            if (quality(walk.end[i]) == 0)
                return false;
            return length >= ((walk.flags[i] & TownWalk.SUBSTITUTED) != 0 ? 3 : 2);
        }

        /// Of several towns with the same folded name, the one whose own spelling is nearest to what is written.
        private int spelling(int first, int from, int end) {
            if (!dictionary.is(first, DictionaryWriter.MORE))
                return first;
            String written = from < end ? input.substring(text.from[from], text.to[end - 1]) : "";
            int best = first;
            int bestDistance = Integer.MAX_VALUE;
            for (int town = first;; town++) {
                String name = dictionary.oaza(town) + dictionary.chome(town) + dictionary.koaza(town);
                int distance = Answer.distance(written, name) * 2 + (dictionary.is(town, DictionaryWriter.SHADOW) ? 100 : 0)
                        + (dictionary.is(town, DictionaryWriter.STREET) ? 50 : 0)
                        + (dictionary.machiaza(town) < 0 ? 1 : 0);
                if (distance < bestDistance) {
                    bestDistance = distance;
                    best = town;
                }
                if (!dictionary.is(town, DictionaryWriter.MORE))
                    return best;
            }
        }

        /// How well a name ends at this point: 2 cleanly (a number, a sign, the end), 1 before 字 as written, 0 in the middle of words.
        private int quality(int at) {
            if (at >= n)
                return 2;
            char c = key[at];
            if (Folding.isDigit(c) || c == Folding.HYPHEN || c == Folding.GAP)
                return 2;
            int before = at == 0 ? 0 : text.to[at - 1];
            for (int i = before; i < text.from[at]; i++) {
                char between = input.charAt(i);
                if (Folding.fold(between) == Folding.GAP)
                    return 2;
                if (Folding.fold(between) == '字')
                    return 1;
            }
            if (Numerals.isKanji(c)) {
                int end = at;
                while (end < n && Numerals.isKanji(key[end]))
                    end++;
                return end == n || key[end] == Folding.HYPHEN || key[end] == '番' || key[end] == '号' || key[end] == '丁'
                        || key[end] == 'ノ' || key[end] == '地' ? 2 : 0;
            }
            if ((c == '番' && at + 1 < n && key[at + 1] == '地')
                    || (c == '部' && at > 0 && letter(key[at - 1]) && at + 1 < n && Folding.isDigit(key[at + 1])))
                return 2;
            if ("甲乙丙丁戊己庚辛壬癸イロハニホヘト".indexOf(c) >= 0 && at + 1 < n
                    && (Folding.isDigit(key[at + 1]) || Numerals.isKanji(key[at + 1])))
                return 2;
            return Character.isLetter(c) ? 0 : 2;
        }

        /// イロハ and 十二支 name parts of a town in some places (藤橋町子部, 高田町マ部).
        private static boolean letter(char c) {
            return c >= 'ァ' && c <= 'ヺ' || "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥".indexOf(c) >= 0;
        }

        private @org.jspecify.annotations.Nullable Reading koaza(int place, int at, int from) {
            int root = dictionary.koazaRoots[place];
            if (root == NONE)
                return null;
            walk.strict(root, from);
            int pick = -1;
            for (int i = 0; i < walk.count; i++)
                if (quality(walk.end[i]) == 2 && walk.end[i] - from >= 2 && dictionary.listSize(walk.value[i]) == 1
                        && (pick < 0 || walk.end[i] > walk.end[pick]))
                    pick = i;
            if (pick < 0)
                return null;
            var r = new Reading(place, at);
            r.town = dictionary.listItem(walk.value[pick], 0);
            r.end = walk.end[pick];
            r.quality = 2;
            r.cost = 2;
            r.townStart = from;
            r.way = Way.KOAZA;
            return r;
        }

        /// 通り名: in Kyoto the street comes before the town (寺町通四条上る). The town is looked for right after a direction, not
        /// anywhere: what merely ends in a town's name is another one.
        private @org.jspecify.annotations.Nullable Reading street(int place, int root, int at, int from, boolean unmarked) {
            if (!dictionary.places[place].city().equals("京都市"))
                return null;
            Reading best = null;
            for (int i = from + 1; i < Math.min(n, from + 40); i++) {
                int direction = direction(i);
                if (direction == 0)
                    continue;
                best = better(best, streetThenTown(place, root, at, from, i + direction, 2));
                int past = afterDirection(i + direction);
                if (past > i + direction)
                    best = better(best, streetThenTown(place, root, at, from, past, 2));
            }
            // a crossing named without a direction (油小路通御池押油小路町): only a long name is no accident
            for (int i = from + 3; unmarked && best == null && i < Math.min(n, from + 20); i++)
                if (direction(i - 1) == 0)
                    best = streetThenTown(place, root, at, from, i, 4);
            return best;
        }

        private static @org.jspecify.annotations.Nullable Reading better(@org.jspecify.annotations.Nullable Reading one,
                @org.jspecify.annotations.Nullable Reading other) {
            return one == null || other != null && other.quality >= one.quality ? other : one;
        }

        private @org.jspecify.annotations.Nullable Reading streetThenTown(int place, int root, int at, int from, int next,
                int least) {
            walk.strict(root, next);
            var found = choose(place, at, next, Way.EXACT);
            if (found == null || found.end - next < least || found.quality == 0)
                return null;
            found.streetStart = from;
            found.streetEnd = next;
            found.way = Way.STREET;
            return found;
        }

        /// Past what may follow a direction: ル, which side, the how-manieth 丁目 or 筋目.
        private int afterDirection(int at) {
            int next = at;
            if (next < n && (key[next] == 'ル' || key[next] == 'リ'))
                next++;
            if (next + 1 < n && "東西南北".indexOf(key[next]) >= 0 && key[next + 1] == '側')
                next += 2;
            int number = next;
            while (number < n && (Folding.isDigit(key[number]) || Numerals.isKanji(key[number])))
                number++;
            if (number > next && number + 1 < n && key[number + 1] == '目' && "丁筋町".indexOf(key[number]) >= 0
                    && direction(number + 2) == 0)
                next = number + 2;
            return next;
        }

        /// The length of a direction of a Kyoto street at a point, or 0.
        private int direction(int at) {
            char c = key[at];
            char d = at + 1 < n ? key[at + 1] : 0;
            if ((c == '上' || c == '下') && (d == 'ル' || d == 'ガ'))
                return 2;
            if ((c == '東' || c == '西') && d == '入')
                return at + 2 < n && (key[at + 2] == 'ル' || key[at + 2] == 'リ') ? 3 : 2;
            if (c == '通' || c == '角' || c == '筋' || c == '道')
                return 1;
            return 0;
        }

        // ---- when the municipality is not named as registered

        private void inWards(int city, int at) {
            var wards = dictionary.wards.get(city);
            for (int ward : wards == null ? new int[0] : wards) {
                int size = readings.size();
                inPlace(ward, at, false);
                if (readings.size() > size) {
                    var r = readings.removeLast();
                    if (r.town != NONE && r.quality > 0) {
                        r.cost++;
                        r.score -= 8;
                        readings.add(r);
                    }
                }
            }
        }

        /// A ward that has no towns in the sources (it is newer than they are): its city's other wards have them.
        private void inSiblings(int ward, int at) {
            var p = dictionary.places[ward];
            for (var e : dictionary.wards.entrySet())
                if (dictionary.places[e.getKey()].pref().equals(p.pref())
                        && dictionary.places[e.getKey()].city().equals(p.city()))
                    inWards(e.getKey(), at);
        }

        private void inPrefecture(int prefecture, int at) {
            int county = county(at);
            if (county > at && unlistedCounty(prefecture, county))
                return;
            if (former(at, prefecture) || county > at && former(county, prefecture))
                return;
            anywhere(at, prefecture, 0);
            if (hasTown())
                return;
            // a county or municipality that is no more
            for (int i = at + 1; i < Math.min(n, at + 9); i++)
                if (key[i] == '郡' || key[i] == '市' || key[i] == '町' || key[i] == '村' || key[i] == '区') {
                    anywhere(i + 1, prefecture, key[i] == '郡' ? 1 : 2);
                    if (hasTown())
                        return;
                }
        }

        /// A town or village behind its county (大阪府泉南郡熊取町), where the source of municipalities names no counties.
        private boolean unlistedCounty(int prefecture, int at) {
            boolean found = false;
            int node = dictionary.placeNames;
            for (int i = at; node != NONE && i < n; i++) {
                node = key[i] == Folding.GAP ? node : trie.child(node, key[i]);
                int value = node == NONE ? NONE : trie.value(node);
                for (int k = 0; value >= 0 && k < dictionary.listSize(value); k++) {
                    var place = dictionary.places[dictionary.listItem(value, k)];
                    if (place.county().isEmpty() && (place.city().endsWith("町") || place.city().endsWith("村"))
                            && place.pref().equals(dictionary.places[prefecture].pref())) {
                        inPlace(dictionary.listItem(value, k), i + 1, false);
                        found = true;
                    }
                }
            }
            return found;
        }

        private int county(int at) {
            for (int i = at + 1; i < Math.min(n, at + 7); i++)
                if (key[i] == '郡')
                    return i + 1;
            return at;
        }

        /// 旧市町村. A name that is no municipality's any more: the towns of what it became, first those that still begin with it
        /// (津市河芸町上野). Where no town follows, what it became is the answer; several that fit are candidates.
        private boolean former(int at, int prefecture) {
            int node = dictionary.formerNames;
            int list = NONE;
            int end = at;
            for (int i = at; node != NONE && i < n; i++) {
                if (key[i] == Folding.GAP)
                    continue;
                node = trie.child(node, key[i]);
                if (node != NONE && trie.value(node) >= 0) {
                    list = trie.value(node);
                    end = i + 1;
                }
            }
            if (list == NONE)
                return false;
            int before = readings.size();
            for (int k = 0; k < dictionary.listSize(list); k++) {
                int place = dictionary.listItem(list, k);
                if (prefecture != NONE && !dictionary.places[place].pref().equals(dictionary.places[prefecture].pref()))
                    continue;
                int size = readings.size();
                if (dictionary.wards.containsKey(place)) {
                    inWards(place, end);
                } else {
                    inPlace(place, at, false);
                    var prefixed = readings.getLast();
                    if (prefixed.town == NONE || prefixed.quality == 0 || prefixed.cost > 0) {
                        readings.removeLast();
                        inPlace(place, end, false);
                        if (readings.getLast().town == NONE || readings.getLast().quality == 0)
                            readings.removeLast();
                        stem(place, at, end);
                    }
                }
                if (readings.size() == size)
                    add(new Reading(place, end));
                for (var r : readings.subList(size, readings.size()))
                    r.former = true;
            }
            return readings.size() > before;
        }

        /// 久居市新町 is 津市久居新町 now: the name without 市, 町 or 村 may stand before the town.
        private void stem(int place, int at, int end) {
            int node = dictionary.roots[place];
            for (int i = at; node != NONE && i < end - 1; i++)
                node = key[i] == Folding.GAP ? node : trie.child(node, key[i]);
            if (node == NONE)
                return;
            walk.strict(node, end);
            var found = choose(place, end, end, Way.EXACT);
            if (found != null && found.quality > 0)
                add(found);
        }

        private int longest(int at) {
            int pick = -1;
            for (int i = 0; i < walk.count; i++)
                if (walk.end[i] - at >= 2 && (pick < 0 || walk.end[i] > walk.end[pick]))
                    pick = i;
            return pick;
        }

        private void anywhere(int at, int prefecture, int extra) {
            if (dictionary.anywhere == NONE)
                return;
            walk.strict(dictionary.anywhere, at);
            int pick = longest(at);
            boolean lenient = pick < 0;
            if (lenient) {
                walk.lenient(dictionary.anywhere, at, 1);
                pick = longest(at);
            }
            if (pick < 0)
                return;
            int list = walk.value[pick];
            String pref = prefecture == NONE ? "" : dictionary.places[prefecture].pref();
            for (int k = 0; k < dictionary.listSize(list); k++) {
                int place = dictionary.listItem(list, k);
                if (!pref.isEmpty() && !dictionary.places[place].pref().equals(pref))
                    continue;
                if (lenient)
                    walk.lenient(dictionary.roots[place], at, 1);
                else
                    walk.strict(dictionary.roots[place], at);
                var found = choose(place, at, at, lenient ? Way.LENIENT : Way.EXACT);
                if (found != null && (found.quality > 0 || found.end - at >= 4 && key[found.end - 1] == '目')) {
                    found.way = Way.ANYWHERE;
                    found.cost += extra;
                    add(found);
                }
            }
        }
    }
}
