package jp.kiban.home;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import jp.kiban.authority.Authorities;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.Text;
import jp.kiban.portal.HomeFigure;
import jp.kiban.portal.HomeSection.Home;
import jp.kiban.portal.TourCards;
import jp.kiban.standards.Standards;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// 最初の画面. What this is, three doors, a guided tour, and the figures of the whole.
@Controller
class FirstPage {
    private final Authorities authorities;
    private final ObjectProvider<HomeFigure> figures;
    private final ObjectProvider<TourCards> cards;
    private final Standards standards;
    private final Clock clock;

    FirstPage(Authorities authorities, ObjectProvider<HomeFigure> figures, ObjectProvider<TourCards> cards,
            Standards standards, Clock clock) {
        this.authorities = authorities;
        this.figures = figures;
        this.cards = cards;
        this.standards = standards;
        this.clock = clock;
    }

    @Permit(Role.ANYONE)
    @GetMapping("/")
    String show(Model model) {
        var shown = new ArrayList<Figure>();
        shown.add(new Figure(new Text("市区町村", "市・区・町・村", "Municipalities"),
                Text.same("%,d".formatted(authorities.municipalities().size()))));
        shown.add(new Figure(new Text("都道府県", "都・道・府・県", "Prefectures"),
                Text.same("%,d".formatted(authorities.prefectures().size()))));
        figures.stream().sorted(Comparator.comparingInt(HomeFigure::order))
                .map(figure -> new Figure(figure.label(), figure.value())).forEach(shown::add);
        model.addAttribute("figures", shown);
        var today = LocalDate.now(clock);
        model.addAttribute("services", standards.all().stream()
                .filter(s -> standards.editionInForce(s.id(), today).isPresent()).toList());
        var tour = new LinkedHashMap<String, String>();
        tour.put("claim", "/submission");
        tour.put("decide", "/casework/inbox");
        tour.put("notice", "/my");
        tour.put("pay", "/payment/runs");
        tour.put("ministry", "/ministry");
        tour.put("cost", "/cost");
        model.addAttribute("tour", tour);
        model.addAttribute("doors", List.of(Home.MY, Home.OFFICE, Home.MINISTRY));
        model.addAttribute("cards", cards.stream().flatMap(some -> some.cards().stream())
                .collect(Collectors.groupingBy(TourCards.Card::door)));
        return "home/first";
    }

    record Figure(Text label, Text value) {}
}
