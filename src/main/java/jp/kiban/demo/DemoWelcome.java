package jp.kiban.demo;

import java.util.LinkedHashMap;
import java.util.ArrayList;
import java.util.List;
import jp.kiban.identity.Actor;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/// 見本のあいさつ. What a demonstration prints when it is ready: its address, its day, and as whom one can sign in.
@Component
@Demo
class DemoWelcome implements ApplicationListener<ApplicationReadyEvent> {
    private final CardHolders holders;
    private final DemoClock clock;
    private final DemoWords words;

    DemoWelcome(DemoHolders holders, DemoClock clock, DemoWords words) {
        this.holders = holders;
        this.clock = clock;
        this.words = words;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        String port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
        if (port == null)
            return;
        String path = ready.getApplicationContext().getEnvironment().getProperty("server.servlet.context-path", "");
        System.out.println(text("http://localhost:" + port + path));
    }

    String text(String address) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(say("ready", address) + " / " + words.in(Language.EN, "demo.welcome.ready", address));
        lines.add("  " + say("first") + " " + address + "/    " + say("day") + " " + clock.today() + " " + address
                + "/demo/day");
        lines.add("");
        lines.add("  " + say("resident", DemoHolders.RESIDENT_PIN));
        var staff = new LinkedHashMap<AuthorityId, List<String>>();
        for (var holder : holders.all())
            switch (holder.actor()) {
                case Actor.Resident resident -> lines.add("    " + pad(holder.cardId(), 20)
                        + holder.label() + "  " + holder.story().ja());
                case Actor.Officer officer -> staff.computeIfAbsent(officer.authority(), a -> new ArrayList<>())
                        .add(officer.roles().iterator().next().title().ja() + " " + holder.cardId());
                case Actor.Nobody nobody -> throw new IllegalStateException("a card without a holder");
            }
        lines.add("  " + say("staff", DemoHolders.STAFF_PIN));
        staff.values().forEach(cards -> lines.add("    " + String.join("   ", cards)));
        lines.add("");
        return String.join(System.lineSeparator(), lines);
    }

    private String say(String key, Object... values) { return words.in(Language.JA, "demo.welcome." + key, values); }

    private static String pad(String text, int width) { return text + " ".repeat(Math.max(1, width - text.length())); }
}
