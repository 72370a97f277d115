package jp.kiban.casework;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kiban.flow.Node;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.standards.Standards;
import jp.kiban.standards.Terms;
import jp.kiban.store.Store;
import jp.kiban.store.Work;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// 申請の状況の API. What a resident may see of her own case and do in it, as JSON.
@RestController
@RequestMapping("/api/casework/my")
final class MyCaseApi {
    private final Store store;
    private final Cases cases;
    private final Hints hints;
    private final Standards standards;

    MyCaseApi(Store store, Cases cases, Hints hints, Standards standards) {
        this.standards = standards;
        this.store = store;
        this.cases = cases;
        this.hints = hints;
    }

    /// 私の事案. `version` is what an act on it names.
    record Mine(ReceiptNumber receipt, String standard, CaseStage stage, int version, LocalDate arrivedOn,
            Optional<LocalDate> dueOn, List<Task> tasks, List<Told> hints) {}

    /// 私の作業. `name` is that of the flow; `asked` what the standard says of it, in three languages.
    record Task(String id, String name, Optional<Terms.Asked> asked) {}

    /// 案内. `opens`: the id of the standard that may be claimed next; empty for a delay.
    record Told(ReceiptNumber receipt, Hint.Kind kind, String opens, LocalDate until) {}

    /// 済ませたこと.
    record Did(int version, String task, Optional<String> note) {}

    /// 次にできる手続 and delays, of all her cases.
    @GetMapping("/hints")
    @Permit(Role.RESIDENT)
    List<Told> hints(Actor.Resident resident) { return told(hints.of(MyCase.scope(resident), Optional.empty())); }

    @GetMapping("/{receipt}")
    @Permit(Role.RESIDENT)
    Mine show(Actor.Resident resident, @PathVariable String receipt) { return mine(resident, file(resident, receipt)); }

    @PostMapping("/{receipt}/task")
    @Permit(Role.RESIDENT)
    Mine done(Actor.Resident resident, @PathVariable String receipt, @RequestBody Did did) {
        return mine(resident, cases.done(resident, file(resident, receipt).receipt(), did.version(), did.task(),
                did.note().orElse("")));
    }

    private Case file(Actor.Resident resident, String receipt) {
        if (!ReceiptNumber.isValid(receipt))
            throw new NotThere();
        var file = MyCase.of(store, MyCase.scope(resident), Optional.of(ReceiptNumber.of(receipt))).stream().findFirst()
                .orElseThrow(NotThere::new);
        Work.current().concerns(file.authority(), file.receipt());
        return file;
    }

    private Mine mine(Actor.Resident resident, Case file) {
        return new Mine(file.receipt(), file.standard().toString(), file.stage(), file.version(), file.arrivedOn(),
                file.dueOn(), cases.residentsTasks(file).stream().map(t -> task(file, t)).toList(),
                told(hints.of(MyCase.scope(resident), Optional.of(file.receipt()))));
    }

    private Task task(Case file, Node.User task) {
        return new Task(task.id(), task.name(), standards.version(file.standard()).terms().task(task.id()));
    }

    private static List<Told> told(List<Hint> hints) {
        return hints.stream().map(h -> new Told(h.receipt(), h.kind(), h.opens(), h.until())).toList();
    }
}
