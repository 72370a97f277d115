package jp.kiban.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A form that came after its sender's session had ended, for tests of other rooms.
public final class KeptForm {
    private KeptForm() {}

    /// Keeps a form for the actor; answers its id.
    public static String of(Parking parking, Actor actor, String path, String words) {
        parking.park(actor, path, Map.of("statement", List.of(words)));
        return parking.newest(actor, Optional.of(path)).orElseThrow().id();
    }
}
