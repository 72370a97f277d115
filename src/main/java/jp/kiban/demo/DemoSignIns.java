package jp.kiban.demo;

import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/// デモの利用者の一覧. Everybody with a test card, residents with a story first, then officers, then ministry staff.
@Component
@ConditionalOnBooleanProperty("kiban.demo")
class DemoSignIns {
    List<DemoSignIn> all() { throw new UnsupportedOperationException(); }

    Optional<DemoSignIn> find(String card) {
        return all().stream().filter(signIn -> signIn.card().equals(card)).findFirst();
    }
}
