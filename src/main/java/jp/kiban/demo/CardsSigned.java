package jp.kiban.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// 済んだ署名. Where a signed challenge led to: a second click on the same button is led there too, and signs nothing. Only
/// the latest are remembered.
final class CardsSigned {
    private static final int MOST = 500;
    private final Object[] locks = new Object[64];
    private final Map<String, String> addresses = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) { return size() > MOST; }
    };

    CardsSigned() {
        for (int i = 0; i < locks.length; i++)
            locks[i] = new Object();
    }

    Optional<String> find(String challenge, String card, String pin) {
        synchronized (addresses) {
            return Optional.ofNullable(addresses.get(key(challenge, card, pin)));
        }
    }

    /// Two at the same moment: the second waits for the first.
    String once(String challenge, String card, String pin, Supplier<String> answer) {
        synchronized (locks[Math.floorMod(challenge.hashCode(), locks.length)]) {
            return find(challenge, card, pin).orElseGet(() -> {
                String address = answer.get();
                synchronized (addresses) {
                    addresses.put(key(challenge, card, pin), address);
                }
                return address;
            });
        }
    }

    private static String key(String challenge, String card, String pin) { return challenge + " " + card + " " + pin; }
}
