package jp.kiban.standards;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// 情報の目録. What registers know, item by item: `standards/registers.yaml`. A form names the item that answers a question
/// (`x-kiban-source`), so that nobody is asked what is here.
@Component
public final class Registers {
    private static final String FILE = "registers.yaml";
    private final Map<String, RegisterItem> items = new LinkedHashMap<>();

    @Autowired
    Registers(@Value("${kiban.standards.folder:}") String folder) {
        this(folder.isBlank() ? Bundle.ofClassPath() : Bundle.ofFolder(Path.of(folder)));
    }

    private Registers(Bundle bundle) {
        var faults = new ArrayList<Fault>();
        read(bundle, faults).forEach(i -> items.put(i.id(), i));
        if (!faults.isEmpty())
            throw new FaultyStandards(bundle.place(), faults);
    }

    /// The catalogue beside the standards of a folder, for tools and tests.
    public static Registers of(Path folder) { return new Registers(Bundle.ofFolder(folder)); }

    public List<RegisterItem> all() { return List.copyOf(items.values()); }

    public Optional<RegisterItem> find(String id) { return Optional.ofNullable(items.get(id)); }

    /// The items of a bundle; no file, no items.
    static List<RegisterItem> read(Bundle bundle, List<Fault> faults) {
        var items = new LinkedHashMap<String, RegisterItem>();
        if (bundle.read(FILE).isEmpty())
            return List.of();
        var reading = new Reading(FILE, faults);
        for (var node : reading.yaml(bundle.read(FILE)).path("items")) {
            var id = reading.word(node, "id", "items");
            if (!id.matches("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+"))
                reading.fault(id, Fault.Kind.ITEM_ID, id);
            if (items.put(id, item(id, node, reading)) != null)
                reading.fault(id, Fault.Kind.DECLARED_TWICE, id);
        }
        return List.copyOf(items.values());
    }

    private static RegisterItem item(String id, JsonNode node, Reading reading) {
        if (!node.path("shape").isObject())
            reading.fault(id + ".shape", Fault.Kind.SHAPE_WANTED);
        var people = new HashMap<String, JsonNode>();
        node.path("demo-people").forEachEntry(people::put);
        return new RegisterItem(id, reading.text(node.path("name"), id + ".name"),
                reading.text(node.path("register"), id + ".register"),
                one(node, "keeper", RegisterItem.Keeper.MUNICIPALITY, RegisterItem.Keeper.values(), id, reading),
                node.path("shape"), reading.word(node, "class", id),
                one(node, "shield", RegisterItem.Shield.HOUSEHOLD, RegisterItem.Shield.values(), id, reading),
                Optional.of(node.path("gate").asString("")).filter(g -> !g.isBlank()),
                reading.law(node.path("basis"), id + ".basis"),
                node.has("demo") ? Optional.of(node.get("demo")) : Optional.empty(), people,
                granted(id, node, reading));
    }

    private static Optional<RegisterItem.Granted> granted(String id, JsonNode node, Reading reading) {
        var from = node.path("from-standard");
        if (from.isMissingNode())
            return Optional.empty();
        var place = id + ".from-standard";
        var standard = reading.word(from, "standard", place);
        if (!node.path("keeper").asString("").equals("municipality"))
            reading.fault(place, Fault.Kind.GRANT_KEEPER);
        var when = new LinkedHashMap<String, JsonNode>();
        from.path("when").forEachEntry(when::put);
        var gives = new LinkedHashMap<String, String>();
        from.path("gives").forEachEntry((key, word) -> {
            if (!node.path("shape").path("properties").has(key))
                reading.fault(place + ".gives." + key, Fault.Kind.GRANT_KEY, key,
                        new TreeSet<>(node.path("shape").path("properties").propertyNames()));
            gives.put(key, word.asString(""));
        });
        if (gives.isEmpty())
            reading.fault(place + ".gives", Fault.Kind.GRANT_EMPTY);
        return Optional.of(new RegisterItem.Granted(standard, when, gives));
    }

    private static <E extends Enum<E>> E one(JsonNode node, String key, E otherwise, E[] all, String place,
            Reading reading) {
        var word = node.path(key).asString("");
        for (var value : all)
            if (value.name().equalsIgnoreCase(word))
                return value;
        reading.fault(place + "." + key, Fault.Kind.ONE_OF, List.of(all), word);
        return otherwise;
    }
}
