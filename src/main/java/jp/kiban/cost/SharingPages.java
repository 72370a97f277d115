package jp.kiban.cost;

import java.util.ArrayList;
import java.util.List;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Language;
import jp.kiban.portal.Csv;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/// 費用負担の考え方の画面. Who bears what of a common service, by kind and stage, with the words of the basic policy and how firm they are.
@Controller
class SharingPages {

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/sharing")
    String sharing(Model model) {
        model.addAttribute("sharing", Sharing.rules());
        model.addAttribute("stages", List.of(Sharing.Stage.values()));
        return "cost/sharing";
    }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/api/cost/sharing")
    @ResponseBody
    Sharing api() { return Sharing.rules(); }

    @Permit({Role.RECEPTION, Role.REVIEW, Role.APPROVAL, Role.TREASURY, Role.MINISTRY})
    @GetMapping("/cost/sharing.csv")
    ResponseEntity<byte[]> csv(Language language) {
        var rows = new ArrayList<List<Object>>();
        for (var kind : Sharing.rules().kinds())
            for (var stage : Sharing.Stage.values()) {
                var burden = kind.burden(stage);
                rows.add(List.of(kind.id(), kind.name().in(language), kind.article(), stage.word(), burden
                        .statePercent(), burden.who(), burden.firmness().word(), burden.words()));
            }
        return Csv.download("kiban-sharing.csv", List.of("kind", "name", "article", "stage", "state_percent", "rest",
                "firmness", "words"), rows);
    }
}
