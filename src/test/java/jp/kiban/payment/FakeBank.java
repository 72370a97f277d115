package jp.kiban.payment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kiban.kernel.AuthorityId;
import org.springframework.beans.factory.ObjectProvider;

/// A bank that keeps what it is sent, each name once, and answers what the test says.
final class FakeBank implements Bank {
    final Map<String, Parcel> taken = new LinkedHashMap<>();
    final List<Answer> answers = new ArrayList<>();
    int sendings;

    @Override
    public boolean send(Parcel parcel) {
        sendings++;
        return taken.putIfAbsent(parcel.name(), parcel) == null;
    }

    @Override
    public List<Answer> answers(AuthorityId authority, int run) { return List.copyOf(answers); }

    ObjectProvider<Bank> provider() {
        return new ObjectProvider<>() {
            @Override
            public Bank getObject() { return FakeBank.this; }
        };
    }
}
