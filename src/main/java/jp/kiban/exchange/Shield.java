package jp.kiban.exchange;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.exchange.Household.Kin;
import jp.kiban.exchange.Household.Member;
import jp.kiban.kernel.PersonId;

/// 支援措置の遮へい. The one place where a register's answer is opened. What comes out holds nobody whom the person asked
/// about must not know of; the rest of the room can only shape answers from that. It walks the same short list for
/// everyone, so that an answer with somebody left out costs what an answer without anybody costs.
final class Shield {
    private Shield() {}

    static Visible of(Unfiltered<Household> answer, LocalDate today) {
        var household = answer.open();
        return new Visible(household.self(),
                household.kin().stream().filter(kin -> !apart(household.self(), kin.who(), today)).toList(),
                household.asOf());
    }

    /// A member of the measure is hidden from everyone outside of it, not only from those named: whoever is not named may
    /// pass it on. The named other party is hidden from the protected person too, for a comparison of incomes or a notice
    /// that mentions both would leave a trace where the other party can see it.
    private static boolean apart(Member self, Member other, LocalDate today) {
        boolean hidden = shields(other, self.person(), today);
        boolean hiding = self.measure()
                .filter(m -> m.shields(today) && m.against().contains(other.person())).isPresent();
        return hidden | hiding;
    }

    /// Whether the viewer is to learn nothing of the person that the answer is about.
    static boolean shields(Unfiltered<Household> answer, PersonId viewer, LocalDate today) {
        return shields(answer.open().self(), viewer, today);
    }

    /// Whether somebody of the household must be kept from the person asked about, or the other way round.
    static boolean keepsApart(Unfiltered<Household> answer, LocalDate today) {
        var household = answer.open();
        return household.kin().stream().anyMatch(kin -> apart(household.self(), kin.who(), today));
    }

    static Optional<SupportMeasure> measure(Unfiltered<Household> answer) { return answer.open().self().measure(); }

    private static boolean shields(Member subject, PersonId viewer, LocalDate today) {
        return subject.measure().filter(m -> m.shields(today) && !m.covered().contains(viewer)).isPresent();
    }

    /// What a household looks like once the shield has been applied. Made here and nowhere else.
    static final class Visible {
        private final Member self;
        private final List<Kin> kin;
        private final LocalDate asOf;

        private Visible(Member self, List<Kin> kin, LocalDate asOf) {
            this.self = self;
            this.kin = kin;
            this.asOf = asOf;
        }

        Member self() { return self; }

        List<Kin> kin() { return kin; }

        LocalDate asOf() { return asOf; }
    }
}
