package jp.kiban.home;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.NotThere;
import jp.kiban.kernel.Text;
import jp.kiban.portal.Page;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// 画面の部品. Every part once, with the states it can be in: what authors look at and what the tests look at.
@Controller
class PartsPage {
    private final boolean demo;

    PartsPage(@Value("${kiban.demo:false}") boolean demo) { this.demo = demo; }

    @Permit(Role.ANYONE)
    @GetMapping("/portal/parts")
    String show(Page.Wanted wanted, Model model) {
        if (!demo)
            throw new NotThere();
        model.addAttribute("page", Page.of(IntStream.rangeClosed(1, 187).boxed().toList(), wanted));
        model.addAttribute("day", LocalDate.of(2026, 12, 10));
        model.addAttribute("sort", "name");
        model.addAttribute("findings", List.of(
                new Finding("sample.kana", "kana", new Text("フリガナはカタカナで入力してください。",
                        "フリガナは カタカナで 書いてください。", "Enter the reading in katakana.")),
                new Finding("sample.birth", "future", new Text("生年月日に未来の日付は入力できません。",
                        "生まれた 日は、今日か 今日より 前の 日です。", "A date of birth cannot be in the future."))));
        var choices = new LinkedHashMap<String, String>();
        choices.put("a", "普通 / Ordinary");
        choices.put("b", "当座 / Current");
        choices.put("c", "貯蓄 / Savings");
        model.addAttribute("choices", choices);
        model.addAttribute("trail", new LinkedHashMap<>(Map.of("/portal/parts", "画面の部品 Parts")));
        return "home/parts";
    }
}
