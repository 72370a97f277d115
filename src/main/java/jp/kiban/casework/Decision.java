package jp.kiban.casework;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kiban.kernel.Yen;
import jp.kiban.standards.Judgement;

/// 処分. What the authority decided on a case, and why it may decide so (行政手続法2条2号). Never changed; a 取消 would be
/// another decision about this one.
public sealed interface Decision {
    Basis basis();

    /// 認定. Amounts come from the rules alone: there is no grant whose months nobody computed.
    record Grant(Basis basis) implements Decision {
        public Grant {
            if (basis.judgement().outcome() != Judgement.Outcome.GRANT)
                throw new IllegalArgumentException("a grant without the months and amounts of the rules");
        }

        /// What the first month pays.
        public Yen monthly() { return basis.judgement().firstMonthly(); }
    }

    /// 却下. Reasons are part of the decision (行政手続法8条), so they cannot be left out.
    record Refusal(Basis basis, List<Judgement.Reason> reasons) implements Decision {
        public Refusal {
            if (reasons.isEmpty())
                throw new IllegalArgumentException("a refusal without reasons");
            reasons = List.copyOf(reasons);
        }
    }

    /// 移送. Somebody else is the right one to ask, and the reasons say who.
    record Redirect(Basis basis, List<Judgement.Reason> reasons) implements Decision {
        public Redirect {
            if (reasons.isEmpty())
                throw new IllegalArgumentException("a redirection without reasons");
            reasons = List.copyOf(reasons);
        }
    }

    /// 決定の根拠. Enough to read, and to replay, years later: what the rules said of which inputs, under which version and
    /// values (all in the judgement), whether a person overruled them, and the two persons. Refuses one person in both parts.
    record Basis(Judgement judgement, Optional<Overrule> overrule, String proposer, String approver,
            LocalDate decidedOn) {
        public Basis {
            if (proposer.equals(approver))
                throw new IllegalArgumentException("proposed and approved by one person");
        }
    }

    default DecisionKind kind() {
        return switch (this) {
            case Grant grant -> DecisionKind.GRANT;
            case Refusal refusal -> DecisionKind.REFUSAL;
            case Redirect redirect -> DecisionKind.REDIRECT;
        };
    }

    /// The reasons: those of the rules, or of the person who overruled them, which go before the rules.
    default List<Judgement.Reason> reasons() {
        return switch (this) {
            case Grant(var basis) -> Stream.concat(basis.overrule().map(Overrule::reason).stream(),
                    basis.judgement().reasons().stream()).toList();
            case Refusal(var basis, var reasons) -> reasons;
            case Redirect(var basis, var reasons) -> reasons;
        };
    }

    static Decision of(DecisionKind kind, Basis basis) {
        var reasons = basis.overrule().filter(o -> o.kind().isPresent()).map(Overrule::reason).map(List::of)
                .orElse(basis.judgement().reasons());
        return switch (kind) {
            case GRANT -> new Grant(basis);
            case REFUSAL -> new Refusal(basis, reasons);
            case REDIRECT -> new Redirect(basis, reasons);
        };
    }
}
