package jp.kiban.submission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.kiban.address.AddressIds;
import jp.kiban.kernel.Finding;
import jp.kiban.letters.Letters;
import jp.kiban.registry.AddressFound;
import jp.kiban.registry.Addresses;
import jp.kiban.standards.Field;
import jp.kiban.standards.Form;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// 住所の答え. How a program answers an address: with a text, with a text and the id it means, or with an id and what follows it. The text is
/// kept as it was sent; what fits several places is refused with all of them, and nothing is chosen for anybody.
@Component
final class AddressAnswers {
    private static final Set<String> KEYS = Set.of("text", "id", "rest");
    private static final String NONE = "none";

    private final Addresses addresses;
    private final MessageSource messages;

    AddressAnswers(Addresses addresses, MessageSource messages) {
        this.addresses = addresses;
        this.messages = messages;
    }

    /// 照合の結果. What was found for one address, as the API tells it. `id` is what chooses it: `131016/0056000`, or `131016` for a
    /// municipality.
    record Matched(String text, String name, String level, String id, AddressIds ids, String rest, double confidence,
            String dataVersion, boolean chosen, List<Candidate> candidates) {
        static Matched of(String text, AddressFound found) {
            return new Matched(text, found.name(), found.level(), idOf(found.ids()), found.ids(), found.rest(),
                    found.confidence(), found.dataVersion(), found.chosen(), candidatesOf(found));
        }
    }

    /// 候補. One of several places, and the id that chooses it.
    record Candidate(String id, String name) {}

    private static List<Candidate> candidatesOf(AddressFound found) {
        return found.candidates().stream().map(c -> new Candidate(idOf(c.ids()), c.name())).toList();
    }

    private static String idOf(AddressIds ids) {
        return ids.machiazaId().isEmpty() ? ids.lgCode() : ids.lgCode() + "/" + ids.machiazaId();
    }

    /// 読んだ答え. The answers with every address as its text, what was found for those that were sent, and what is wrong with them;
    /// `open` are the addresses that fit several places.
    record Sent(ObjectNode answers, Map<String, AddressFound> found, List<Finding> findings,
            Map<String, Object> open) {}

    /// Reads the addresses among the answers that were sent.
    Sent read(Form form, ObjectNode given) {
        var answers = given.deepCopy();
        var found = new LinkedHashMap<String, AddressFound>();
        var findings = new ArrayList<Finding>();
        var open = new LinkedHashMap<String, Object>();
        for (var path : AddressMatching.paths(Field.Kind.ADDRESS, form.fields(), given)) {
            var value = Answers.at(given, path).orElseGet(answers::missingNode);
            if (value instanceof ObjectNode object)
                read(path, object, findings).ifPresentOrElse(meant -> {
                    Answers.put(answers, path, JsonNodeFactory.instance.stringNode(meant.text()));
                    found.put(path, meant.found());
                }, () -> Answers.put(answers, path, JsonNodeFactory.instance.stringNode(object.path("text").asString(
                        ""))));
            else if (value.isString() && !value.asString().isBlank())
                found.put(path, addresses.found(value.asString()));
        }
        found.forEach((path, place) -> {
            if (place.open())
                open.put(path, candidatesOf(place));
        });
        return new Sent(answers, found, findings, open);
    }

    private record Meant(String text, AddressFound found) {}

    private Optional<Meant> read(String path, ObjectNode object, List<Finding> findings) {
        int before = findings.size();
        var unknown = new TreeSet<>(object.propertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty())
            findings.add(finding(path, "address-keys", "submission.error.address.keys", String.join(", ", unknown)));
        for (var key : KEYS)
            if (object.has(key) && !object.get(key).isString())
                findings.add(finding(path + "." + key, "address-text", "submission.error.address.text", key));
        var text = object.path("text").asString("");
        var id = object.path("id").asString("").replaceFirst("/$", "");
        if (text.isBlank() && !object.has("id") || !text.isBlank() && object.has("rest"))
            findings.add(finding(path, "address-shape", "submission.error.address.shape"));
        if (object.has("id") && !id.equals(NONE) && !id.matches("[0-9]{6}(/[0-9]{7})?") || id.equals(NONE) && text
                .isBlank())
            findings.add(finding(path + ".id", "address-id", "submission.error.address.id", Letters.excerpt(id, 40)));
        if (findings.size() > before)
            return Optional.empty();
        return text.isBlank()
                ? ofId(path, id, object.path("rest").asString(""), findings)
                : ofBoth(path, text, id, findings);
    }

    /// The registered name of the id, and what follows it as it was sent.
    private Optional<Meant> ofId(String path, String id, String rest, List<Finding> findings) {
        var parts = (id + "/").split("/", -1);
        var name = addresses.nameOf(parts[0], parts[1]);
        if (name.isEmpty()) {
            findings.add(finding(path + ".id", "address-id-unknown", "submission.error.address.id-unknown", id,
                    addresses.version()));
            return Optional.empty();
        }
        var text = name.get() + rest;
        var found = addresses.found(text);
        var ids = new AddressIds(parts[0], parts[1], "", "", "", "");
        boolean same = found.ids().lgCode().equals(parts[0]) && found.candidates().isEmpty()
                && (parts[1].isEmpty() || found.ids().machiazaId().equals(parts[1]));
        return Optional.of(new Meant(text, new AddressFound(same ? found.name() : name.get(),
                same ? found.level() : parts[1].isEmpty() ? "CITY" : "TOWN", same ? found.ids() : ids,
                same ? found.rest() : rest, same ? found.confidence() : 1, found.dataVersion(), List.of(), true,
                true)));
    }

    private Optional<Meant> ofBoth(String path, String text, String id, List<Finding> findings) {
        var found = addresses.found(text);
        if (id.isEmpty())
            return Optional.of(new Meant(text, found));
        var wanted = found.candidates().stream().filter(c -> idOf(c.ids()).equals(id)).findFirst();
        if (wanted.isPresent() || id.equals(NONE))
            return Optional.of(new Meant(text, found.choosing(wanted.map(AddressFound.Candidate::key).orElse(NONE))));
        if (found.candidates().isEmpty() && idOf(found.ids()).equals(id))
            return Optional.of(new Meant(text, found));
        findings.add(finding(path + ".id", "address-id-other", "submission.error.address.id-other", id, said(found)));
        return Optional.empty();
    }

    private static String said(AddressFound found) {
        return found.candidates().isEmpty()
                ? found.recognised() ? found.name() + " = " + idOf(found.ids()) : "—"
                : found.candidates().stream().map(c -> c.name() + " = " + idOf(c.ids())).collect(Collectors.joining(
                        "、"));
    }

    /// Everything that is wrong with the addresses that were sent, those that fit several places among it.
    List<Finding> findings(Sent sent, Known known) {
        var findings = new ArrayList<>(sent.findings());
        sent.found().forEach((path, found) -> {
            if (found.open() && known.at(path).isEmpty())
                findings.add(finding(path, "address-several", "submission.error.address.several", said(found)));
        });
        return findings;
    }

    /// The notes for all addresses of the answers, also for those that registers gave.
    Beside beside(Beside before, Form form, JsonNode answers, Sent sent) {
        var beside = before;
        for (var path : AddressMatching.paths(Field.Kind.ADDRESS, form.fields(), answers)) {
            var text = Answers.at(answers, path).map(v -> v.asString("")).orElse("");
            if (text.isBlank())
                continue;
            var own = Optional.ofNullable(sent.found().get(path)).filter(
                    f -> Answers.at(sent.answers(), path).map(v -> v.asString("")).orElse("").equals(text));
            beside = beside.with(path, own.orElseGet(() -> addresses.found(text)));
        }
        return beside;
    }

    private Finding finding(String where, String code, String key, Object... values) {
        return new Finding(where, code, Wording.three(messages, key, values));
    }
}
