package jp.kiban.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.kiban.standards.StandardVersion;

/// 試行の指標. By what a trial is judged: four that every service has, and what the standard's own statistics count, as far as
/// it can be said of one application.
public enum TrialMeasure {
    /// 到達から決定までの日数 (median).
    DAYS,
    /// 入力にかかった秒数 (median).
    SECONDS,
    /// 認定の割合 (%).
    GRANTED,
    /// 1件当たりの額 (yen, mean over the decided).
    YEN,
    /// 却下の割合 (%).
    REFUSED("rejections", "refusals"),
    /// 案内の割合 (%): decided that another body is to be asked.
    REDIRECTED("redirections"),
    /// 補正を求めた割合 (%).
    CORRECTED("corrections"),
    /// 取下げの割合 (%).
    WITHDRAWN("withdrawals"),
    /// 1件当たりの対象の人数 (mean over the decided).
    PERSONS("children", "persons", "people", "recipients"),
    /// 手で入力した項目の数 (median).
    TYPED("typed fields"),
    /// 自動で決定した割合 (%).
    AUTOMATIC("automatic"),
    /// オンラインの割合 (%).
    ONLINE("online");

    private final Set<String> words;

    /// @param words of `statistics` in `standard.yaml`; none: every service has it
    TrialMeasure(String... words) { this.words = Set.of(words); }

    /// In addresses, files and the API.
    public String key() { return name().toLowerCase(Locale.ROOT); }

    /// Those that a trial of this version may name.
    public static List<TrialMeasure> of(StandardVersion version) {
        return Arrays.stream(values()).filter(m -> m.words.isEmpty() || version.terms().counted().stream()
                .anyMatch(w -> m.words.contains(w.toLowerCase(Locale.ROOT)))).toList();
    }

    static Optional<TrialMeasure> of(StandardVersion version, String key) {
        return of(version).stream().filter(m -> m.key().equals(key)).findFirst();
    }
}
