package jp.kiban.cost;

import java.util.Arrays;
import java.util.Optional;
import jp.kiban.kernel.Text;

/// 確からしさ. How a figure is known; shown wherever the figure is.
public enum Confidence {
    MEASURED(new Text("計測", "はかった", "Measured")), REPORTED(new Text("報告", "報告（ほうこく）された", "Reported")), ESTIMATED(
            new Text("推計", "たぶん このくらい", "Estimated")), SECOND_HAND(new Text("伝聞", "ほかの人から聞いた", "Second-hand"));

    private final Text title;

    Confidence(Text title) { this.title = title; }

    public Text title() { return title; }

    public static Optional<Confidence> of(String words) {
        var plain = CostWords.plain(words).replace('-', '_');
        return Arrays.stream(values()).filter(c -> plain.equalsIgnoreCase(c.name()) || plain.equals(c.title.ja()))
                .findFirst();
    }
}
