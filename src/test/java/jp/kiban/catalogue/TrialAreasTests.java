package jp.kiban.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Finding;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/// The area of a trial is towns of the address registry: looked up when it is proposed, never guessed, and held against the town that an
/// applicant's address was found to mean.
class TrialAreasTests {
    private static final AuthorityId TSU = AuthorityId.of("242012");
    private static final String NISHI = "三重県津市西丸之内 242012/0117000";

    /// Three towns of Tsu.
    private record ThreeTowns(boolean known) implements Towns {
        private static final List<Place> ALL = List.of(new Place("242012/0117000", "三重県津市西丸之内"), new Place(
                "242012/0200001", "三重県津市本町一丁目"), new Place("242012/0200002", "三重県津市本町二丁目"));

        @Override
        public List<Place> within(AuthorityId authority, String written) {
            return ALL.stream().filter(p -> authority.equals(TSU) && p.name().contains(written)).toList();
        }

        @Override
        public Optional<String> name(String id) {
            return ALL.stream().filter(p -> p.id().equals(id)).map(Place::name).findFirst();
        }
    }

    private static TrialAreas areas(boolean known) {
        var beans = new StaticListableBeanFactory();
        beans.addBean("towns", new ThreeTowns(known));
        return new TrialAreas(beans.getBeanProvider(Towns.class));
    }

    private static List<String> settled(List<String> areas, List<Finding> findings) {
        return areas(true).settled(TSU, areas, findings);
    }

    @Test
    void aTownIsKeptByItsRegisteredNameAndId() {
        var findings = new ArrayList<Finding>();
        assertThat(settled(List.of("西丸之内", "514-86", NISHI), findings)).containsExactly(NISHI, "514-86");
        assertThat(findings).isEmpty();
        var wanted = areas(true).settled(TSU,
                new Layers.Wanted(LocalDate.of(2026, 12, 1), Optional.empty(), Map.of(), "",
                        "x", Optional.of(new LayerTrial(10, "", List.of("西丸之内"), "days"))),
                findings);
        assertThat(wanted.trial().orElseThrow().areas()).containsExactly(NISHI);
    }

    @Test
    void whatIsNoTownOrSeveralIsRefusedWithWhatWasFound() {
        var findings = new ArrayList<Finding>();
        settled(List.of("大門", "本町", "どこか 242012/9999999"), findings);
        assertThat(findings).extracting(Finding::code).containsExactly("layer.trial-town", "layer.trial-towns",
                "layer.trial-town");
        assertThat(findings.get(0).message().ja()).contains("大門");
        assertThat(findings.get(1).message().ja()).contains("本町一丁目", "本町二丁目");
        assertThat(findings.get(2).message().en()).contains("どこか").doesNotContain("9999999");
    }

    @Test
    void whereNoTownsAreKnownAnAreaStaysTheTextThatItIs() {
        var findings = new ArrayList<Finding>();
        assertThat(areas(false).settled(TSU, List.of("大門"), findings)).containsExactly("大門");
        assertThat(findings).isEmpty();
    }

    @Test
    void aTownIsAddedFromItsBoxAndWhatCannotBeStaysInIt() {
        var findings = new ArrayList<Finding>();
        var form = new LayerForm(Map.of(), java.util.Set.of(), Map.of("areas", "514-86", "area", "西丸之内"));
        var more = areas(true).added(TSU, form, findings);
        assertThat(more.word("areas")).isEqualTo("514-86\n" + NISHI);
        assertThat(more.word("area")).isEmpty();
        assertThat(areas(true).added(TSU, more.saying("area", "西丸之内"), findings).word("areas")).as("once")
                .isEqualTo(more
                        .word("areas"));
        assertThat(findings).isEmpty();
        var none = areas(true).added(TSU, form.saying("area", "大門"), findings);
        assertThat(none.word("area")).isEqualTo("大門");
        assertThat(none.word("areas")).isEqualTo("514-86");
        assertThat(findings).extracting(Finding::where).containsExactly("area");
    }

    private static LayerTrial.Applicant living(String address, String town, String name) {
        return new LayerTrial.Applicant(JsonNodeFactory.instance.objectNode(), "5148611", address, town, name);
    }

    @Test
    void theTownOfAnApplicantDecidesAndNotHowTheAddressIsWritten() {
        var trial = new LayerTrial(50, "", List.of("三重県津市本町 242012/0200000", NISHI), "days");
        assertThat(trial.covers(living("津市本町１丁目２", "242012/0200001", "三重県津市本町一丁目"))).as("a chōme of it").isTrue();
        assertThat(trial.covers(living("つし西丸の内23", "242012/0117000", "三重県津市西丸之内"))).isTrue();
        assertThat(trial.covers(living("三重県津市本町通り1", "242012/0300000", "三重県津市本町通り")))
                .as("another town that begins alike")
                .isFalse();
        assertThat(trial.covers(living("三重県津市西丸之内1", "242012/0917000", "三重県津市西丸之内"))).as("its id in a newer dictionary")
                .isTrue();
        assertThat(trial.covers(living("三重県津市西丸之内1", "", ""))).as("as written where no town was found").isTrue();
        assertThat(trial.covers(living("三重県津市大門1", "", ""))).isFalse();
        var ward = new LayerTrial(50, "", List.of("北海道札幌市中央区 011011"), "days");
        assertThat(ward.covers(living("札幌市中央区北1条", "011011/0001000", ""))).isTrue();
        assertThat(ward.covers(living("札幌市北区北7条", "011029/0001000", ""))).isFalse();
        var postal = new LayerTrial(50, "", List.of("514-86"), "days");
        assertThat(postal.covers(living("x", "242012/0300000", "y"))).isTrue();
        assertThat(new LayerTrial(50, "", List.of("515"), "days").covers(living("x", "", ""))).isFalse();
    }
}
