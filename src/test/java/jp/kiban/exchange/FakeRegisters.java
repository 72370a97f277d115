package jp.kiban.exchange;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;

/// Registers in memory, written by hand: they answer with everything, as real ones might, and note what they were asked.
final class FakeRegisters implements ResidentRegister, TaxRegister, PensionRegister, PayoutAccounts {
    static final LocalDate AS_OF = LocalDate.of(2026, 11, 21);

    final Map<PersonId, Household> households = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    boolean down;

    FakeRegisters with(Household household) {
        households.put(household.self().person(), household);
        return this;
    }

    @Override
    public Optional<Unfiltered<Household>> household(AuthorityId authority, PersonId person) {
        note("household");
        return Optional.ofNullable(households.get(person)).map(Unfiltered::of);
    }

    @Override
    public Optional<Stated<HigherEarner>> higherEarner(AuthorityId authority, PersonId claimant,
            Optional<PersonId> spouse) {
        note("tax");
        return Optional.of(new Stated<>(spouse.isPresent() ? HigherEarner.SPOUSE : HigherEarner.CLAIMANT, AS_OF));
    }

    @Override
    public Optional<Stated<Pension>> pension(AuthorityId authority, PersonId person) {
        note("pension");
        return Optional.of(new Stated<>(new Pension(PensionClass.MUTUAL_AID, true), AS_OF));
    }

    @Override
    public Optional<Stated<PayoutAccount>> account(AuthorityId authority, PersonId person) {
        note("account");
        return Optional.of(new Stated<>(new PayoutAccount("0989", "ミホン", "101", "ミナト", "1", "1000001", "タナカ マコト"),
                AS_OF));
    }

    private void note(String question) {
        asked.add(question);
        if (down)
            throw new IllegalStateException("a secret of the register");
    }
}
