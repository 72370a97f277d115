package jp.kiban.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jp.kiban.KibanTest;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Event;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@KibanTest
class DispatcherTests {
    private static final AuthorityId HERE = AuthorityId.of("012092");
    private static final AuthorityId THERE = AuthorityId.of("134023");

    @Autowired
    Store store;
    @Autowired
    EventLog events;
    @Autowired
    Bell bell;
    @Autowired
    JsonMapper json;

    record Ticked(AuthorityId authority, Instant at, String subject, int number) implements Event {}

    /// Keeps what it was told; may be made to stumble.
    private class Ear implements EventHandler {
        final String name = "test." + UUID.randomUUID();
        final List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        volatile int stumbleOn = -1;
        volatile boolean always;

        @Override
        public String name() { return name; }

        @Override
        public Set<Class<? extends Event>> kinds() { return Set.of(Ticked.class); }

        @Override
        public void handle(AuthorityId authority, List<? extends Event> batch, JdbcClient jdbc) {
            var told = new ArrayList<Integer>();
            for (var event : batch) {
                if (!(event instanceof Ticked ticked) || !ticked.subject().equals(name))
                    continue;
                assertThat(ticked.authority()).isEqualTo(authority);
                if (ticked.number() == stumbleOn) {
                    if (!always)
                        stumbleOn = -1;
                    throw new IllegalStateException("stumbled on " + ticked.number());
                }
                told.add(ticked.number());
            }
            heard.addAll(told);
        }
    }

    private Dispatcher dispatcherOf(EventHandler handler) {
        var beans = new StaticListableBeanFactory();
        beans.addBean("handler", handler);
        return new Dispatcher(store, bell, json, beans.getBeanProvider(EventHandler.class));
    }

    private void tick(Ear ear, AuthorityId authority, int number) {
        store.run(Scope.of(authority),
                jdbc -> events.append(jdbc, new Ticked(authority, Instant.EPOCH, ear.name, number)));
    }

    private static void until(List<Integer> heard, int size) throws InterruptedException {
        for (int i = 0; i < 400 && heard.size() < size; i++)
            Thread.sleep(25);
    }

    @Test
    void aHandlerHearsEverythingOnceAlsoWhatHappenedWhileItSlept() throws Exception {
        var ear = new Ear();
        for (int i = 0; i < 700; i++)
            tick(ear, i % 2 == 0 ? HERE : THERE, i);
        var first = dispatcherOf(ear);
        first.start();
        until(ear.heard, 700);
        first.stop();
        tick(ear, HERE, 700);
        var second = dispatcherOf(ear);
        second.start();
        until(ear.heard, 701);
        second.stop();
        assertThat(ear.heard).hasSize(701).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsJumpedOverWhenCommitsOvertakeEachOther() throws Exception {
        var ear = new Ear();
        var dispatcher = dispatcherOf(ear);
        dispatcher.start();
        var slowHasWritten = new CountDownLatch(1);
        var fastIsDone = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(1)) {
            var slow = threads.submit(() -> store.run(Scope.of(HERE), jdbc -> {
                events.append(jdbc, new Ticked(HERE, Instant.EPOCH, ear.name, 1));
                slowHasWritten.countDown();
                try {
                    fastIsDone.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }));
            slowHasWritten.await(10, TimeUnit.SECONDS);
            tick(ear, THERE, 2);
            fastIsDone.countDown();
            slow.get();
        }
        until(ear.heard, 2);
        dispatcher.stop();
        assertThat(ear.heard).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aStumbleIsTriedAgainAndNothingIsHeardTwice() throws Exception {
        var ear = new Ear();
        ear.stumbleOn = 3;
        for (int i = 0; i < 6; i++)
            tick(ear, HERE, i);
        var dispatcher = dispatcherOf(ear);
        dispatcher.start();
        until(ear.heard, 6);
        dispatcher.stop();
        assertThat(ear.heard).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void anEventThatNobodyCanTakeIsParkedAndTheRestGoesOn() throws Exception {
        var ear = new Ear();
        ear.stumbleOn = 2;
        ear.always = true;
        for (int i = 0; i < 5; i++)
            tick(ear, HERE, i);
        var dispatcher = dispatcherOf(ear);
        dispatcher.start();
        until(ear.heard, 4);
        dispatcher.stop();
        assertThat(ear.heard).containsExactly(0, 1, 3, 4);
        long parked = store.in(Scope.nation(), jdbc -> jdbc.sql("select count(*) from store.parked where handler = ?")
                .param(ear.name).query(Long.class).single());
        assertThat(parked).isEqualTo(1);
    }
}
