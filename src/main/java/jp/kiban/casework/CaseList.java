package jp.kiban.casework;

import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Role;
import jp.kiban.portal.Page;
import jp.kiban.store.Scope;
import jp.kiban.store.Store;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// 事案の検索. The cases of one authority by stage, deadline, standard, desk and name; every order has its index, and the
/// count stops at 2,000, so that a city of millions waits no longer than a village.
@Component
final class CaseList {
    static final int COUNTED = 2_000;
    private static final String OPEN = "stage in ('RECEIVED', 'CHECKING', 'CORRECTION', 'PROPOSED')";

    private final Store store;
    private final Clock clock;

    CaseList(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// 期限での絞り込み. WEEK is due within seven days, the overdue ones included.
    enum Due {
        ANY, OVERDUE, WEEK
    }

    /// だれの分か. TODO is what waits for this officer's roles (never their own proposals); MINE is what is on their desk.
    enum Whose {
        TODO, MINE, OPEN, ALL
    }

    /// 並び順.
    enum Sort {
        due("due_on, receipt"), arrived("arrived_at, receipt"), kana("kana, receipt"), stage(
                "stage, due_on, receipt"), receipt("receipt");

        private final String columns;

        Sort(String columns) { this.columns = columns; }

        /// `due`, or `-due` downwards; by deadline when it says nothing that is known.
        static String sql(String wanted) {
            String name = wanted.startsWith("-") ? wanted.substring(1) : wanted;
            for (var sort : values())
                if (sort.name().equals(name))
                    return wanted.startsWith("-") ? sort.columns.replace(",", " desc,") + " desc" : sort.columns;
            return due.columns;
        }
    }

    record Filter(Optional<CaseStage> stage, Due due, String standard, Whose whose, String search, String sort) {}

    private record Condition(String sql, List<Object> values) {}

    Page<Case> find(Actor.Officer officer, Filter filter, Page.Wanted wanted) {
        return store.in(Scope.of(officer.authority()), jdbc -> {
            var where = where(officer, filter);
            long total = jdbc.sql("select count(*) from (select 1 from casework.case_file where " + where.sql()
                    + " limit " + COUNTED + ") counted").params(where.values()).query(Long.class).single();
            var values = new ArrayList<>(where.values());
            values.add(wanted.size());
            values.add(Math.min(wanted.offset(), COUNTED));
            var items = jdbc.sql("select " + Cases.COLUMNS + " from casework.case_file where " + where.sql()
                    + " order by " + Sort.sql(filter.sort()) + " limit ? offset ?").params(values)
                    .query((row, i) -> Cases.read(officer.authority(), row)).list();
            return new Page<>(items, total, wanted.number(), wanted.size());
        });
    }

    /// Every case that the filter finds, one after the other, without keeping them.
    void each(Actor.Officer officer, Filter filter, Consumer<Case> reader) {
        store.portions(Scope.of(officer.authority()), jdbc -> {
            var where = where(officer, filter);
            jdbc.sql("select " + Cases.COLUMNS + " from casework.case_file where " + where.sql() + " order by "
                    + Sort.sql(filter.sort())).params(where.values())
                    .query((RowCallbackHandler) row -> reader.accept(Cases.read(officer.authority(), row)));
        });
    }

    /// How many open cases stand at each stage.
    Map<CaseStage, Long> openByStage(Actor.Officer officer) {
        return store.in(Scope.of(officer.authority()), jdbc -> {
            var counts = new EnumMap<CaseStage, Long>(CaseStage.class);
            CaseStage.OPEN.forEach(stage -> counts.put(stage, 0L));
            jdbc.sql("select stage, count(*) from casework.case_file where authority = ? and " + OPEN
                    + " group by stage")
                    .params(officer.authority().code())
                    .query(row -> {
                        counts.put(CaseStage.valueOf(row.getString(1)), row.getLong(2));
                    });
            return counts;
        });
    }

    long overdue(Actor.Officer officer) {
        return store.in(Scope.of(officer.authority()), jdbc -> overdue(jdbc, officer));
    }

    private long overdue(JdbcClient jdbc, Actor.Officer officer) {
        return jdbc.sql("select count(*) from casework.case_file where authority = ? and due_on < ? and " + OPEN)
                .params(officer.authority().code(), LocalDate.now(clock)).query(Long.class).single();
    }

    private Condition where(Actor.Officer officer, Filter filter) {
        var sql = new StringBuilder("authority = ?");
        var values = new ArrayList<Object>(List.of(officer.authority().code()));
        if (filter.whose() != Whose.ALL)
            sql.append(" and ").append(OPEN);
        switch (filter.whose()) {
            case TODO -> sql.append(" and ").append(todo(officer, values));
            case MINE -> {
                sql.append(" and reviewer = ?");
                values.add(officer.id());
            }
            case OPEN, ALL -> {
                // no further condition
            }
        }
        filter.stage().ifPresent(stage -> sql.append(" and stage = '").append(stage.name()).append("'"));
        switch (filter.due()) {
            case OVERDUE -> {
                sql.append(" and due_on < ?");
                values.add(LocalDate.now(clock));
            }
            case WEEK -> {
                sql.append(" and due_on <= ?");
                values.add(LocalDate.now(clock).plusDays(7));
            }
            case ANY -> {
                // no condition
            }
        }
        if (!filter.standard().isBlank()) {
            sql.append(" and standard = ?");
            values.add(filter.standard());
        }
        String wanted = searchKey(filter.search());
        if (!wanted.isEmpty()) {
            boolean receipt = Character.isDigit(wanted.charAt(0));
            sql.append(receipt ? " and receipt >= ? and receipt < ?" : " and kana >= ? and kana < ?");
            values.add(wanted);
            values.add(wanted + '\uffff');
        }
        return new Condition(sql.toString(), values);
    }

    /// What waits for the roles of this officer.
    private static String todo(Actor.Officer officer, List<Object> values) {
        var either = new ArrayList<String>();
        if (officer.may(Role.RECEPTION))
            either.add("stage = 'RECEIVED'");
        if (officer.may(Role.REVIEW))
            either.add("stage = 'CHECKING'");
        if (officer.may(Role.APPROVAL)) {
            either.add("(stage = 'PROPOSED' and reviewer <> ?)");
            values.add(officer.id());
        }
        return either.isEmpty() ? "false" : "(" + String.join(" or ", either) + ")";
    }

    /// As names are searched: full-width katakana without spaces, whatever was typed; a receipt number in capitals.
    static String searchKey(String typed) {
        String wide = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        var key = new StringBuilder();
        wide.chars().forEach(c -> key.append((char) (c >= 'ぁ' && c <= 'ゖ' ? c + ('ァ' - 'ぁ') : c)));
        return key.length() > 60 ? key.substring(0, 60) : key.toString();
    }
}
