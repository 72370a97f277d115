package jp.kiban.demo;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.BadInput;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.Holidays;
import jp.kiban.kernel.NotThere;
import jp.kiban.standards.Standards;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 見本の日付. The page where a demonstration moves its day: a day or a month forward, to the next pay day, back to the
/// real day. Open to everybody, for a demonstration has nothing to protect.
@Controller
@Demo
class DemoDay {
    private static final int USUAL_PAY_DAY = 5;

    private final DemoClock clock;
    private final Standards standards;
    private final DemoWords words;
    private final Bustle bustle;

    DemoDay(DemoClock clock, Standards standards, DemoWords words, Bustle bustle) {
        this.clock = clock;
        this.standards = standards;
        this.words = words;
        this.bustle = bustle;
    }

    /// 見本の今日. As JSON: the day of the demonstration and the real one.
    record Today(LocalDate today, LocalDate real) {}

    @GetMapping("/demo/day")
    @Permit(Role.ANYONE)
    String page(@RequestParam(defaultValue = "false") boolean changed, Model model) {
        return show(model, changed, "", List.of());
    }

    @PostMapping("/demo/day")
    @Permit(Role.ANYONE)
    String move(@RequestParam String to, @RequestParam(defaultValue = "") String day, Model model) {
        try {
            go(to, day);
        } catch (BadInput bad) {
            return show(model, false, day, bad.findings());
        }
        return "redirect:/demo/day?changed=true";
    }

    @PostMapping("/demo/claims")
    @Permit(Role.ANYONE)
    String claims() {
        bustle.start();
        return "redirect:/demo/day#claims";
    }

    @GetMapping("/api/demo/claims")
    @Permit(Role.ANYONE)
    @ResponseBody
    Bustle.Progress claimsSoFar() { return bustle.progress(); }

    @PostMapping("/api/demo/claims")
    @Permit(Role.ANYONE)
    @ResponseBody
    Bustle.Progress startClaims() {
        bustle.start();
        return bustle.progress();
    }

    @GetMapping("/api/demo/day")
    @Permit(Role.ANYONE)
    @ResponseBody
    Today today() { return new Today(clock.today(), clock.realToday()); }

    @PostMapping("/api/demo/day")
    @Permit(Role.ANYONE)
    @ResponseBody
    Today moveTo(@RequestParam(defaultValue = "day") String to, @RequestParam(defaultValue = "") String day) {
        go(to, day);
        return today();
    }

    private void go(String to, String day) {
        var today = clock.today();
        var target = switch (to) {
            case "plus-day" -> today.plusDays(1);
            case "minus-day" -> today.minusDays(1);
            case "plus-month" -> today.plusMonths(1);
            case "pay" -> nextPayDay(today).orElse(today);
            case "real" -> clock.realToday();
            default -> read(day).orElseThrow(this::fault);
        };
        if (target.isBefore(DemoClock.FIRST) || target.isAfter(DemoClock.LAST))
            throw fault();
        clock.set(target);
    }

    private BadInput fault() {
        return BadInput.of("day", "DAY", words.of("demo.day.fault", DemoClock.FIRST, DemoClock.LAST));
    }

    private static Optional<LocalDate> read(String day) {
        try {
            return Optional.of(LocalDate.parse(day.strip()));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    /// The child allowance's next pay day with the usual day of the month, which a municipality may have set otherwise.
    private Optional<LocalDate> nextPayDay(LocalDate today) {
        try {
            var calendar = standards.inForce("child-allowance", today).payCalendar().orElseThrow(NotThere::new);
            var month = YearMonth.from(today);
            while (!calendar.paysIn(month) || !payDay(month).isAfter(today))
                month = month.plusMonths(1);
            return Optional.of(payDay(month));
        } catch (NotThere none) {
            return Optional.empty();
        }
    }

    private static LocalDate payDay(YearMonth month) {
        return Holidays.businessDayOnOrBefore(month.atDay(USUAL_PAY_DAY));
    }

    private String show(Model model, boolean changed, String typed, List<Finding> findings) {
        model.addAllAttributes(Map.of("today", clock.today(), "real", clock.realToday(), "changed", changed, "typed",
                typed, "findings", findings, "pay", nextPayDay(clock.today()), "bustle", bustle.progress()));
        return "demo/day";
    }
}
