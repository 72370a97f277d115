package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import jp.kiban.kernel.Finding;
import jp.kiban.kernel.StandardRef;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A municipality's own questions and papers: on its form, checked like all others, unseen by the rules, and no way around
/// once-only.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalFormsTests {
    private static final StandardRef REF = new StandardRef("child-allowance", LocalDate.of(2024, 10, 1));
    private static final String BUS = """
            {'key':'bus','label':{'ja':'通園に使うバスの路線','ja-easy':'バス','en':'Bus line'},'kind':'CHOICE','required':true,'basis':'津市規則 第3条',
             'choices':[{'value':'n','label':{'ja':'北','ja-easy':'きた','en':'North'}},{'value':'s','label':{'ja':'南','ja-easy':'みなみ','en':'South'}}]}""";
    private static final String PAPER = "{'key':'lease','name':{'ja':'寮の契約書','ja-easy':'契約書','en':'Lease of a dormitory'},'basis':'津市規則 第4条','required':%s}";

    private Standards standards = Standards.of(Published.FOLDER);
    private LocalForms forms = new LocalForms(standards);

    @BeforeAll
    void aStandardThatLetsMunicipalitiesAsk(@TempDir Path folder) throws IOException {
        try (var all = Files.walk(Published.FOLDER.resolve("child-allowance"))) {
            for (var from : all.toList()) {
                var to = folder.resolve(Published.FOLDER.relativize(from));
                if (Files.isDirectory(from))
                    Files.createDirectories(to);
                else
                    Files.copy(from, to);
            }
        }
        Files.copy(Published.FOLDER.resolve("registers.yaml"), folder.resolve("registers.yaml"));
        var variations = folder.resolve("child-allowance/2024-10-01/variations.yaml");
        Files.writeString(variations, Files.readString(variations) + """
                  - key: questions
                    name: { ja: 追加の質問, ja-easy: 聞く こと, en: More questions }
                    explanation: { ja: 質問, ja-easy: 聞く こと, en: Questions }
                    type: FIELD
                    default: []
                    basis: 児童手当法 第7条第1項
                  - key: papers
                    name: { ja: 追加の書類, ja-easy: 書類, en: More papers }
                    explanation: { ja: 書類, ja-easy: 書類, en: Papers }
                    type: DOCUMENT
                    default: []
                    basis: 児童手当法 第7条第1項
                """);
        standards = Standards.of(folder);
        forms = new LocalForms(standards);
    }

    private StandardVersion with(String questions, String papers) {
        var version = standards.version(REF);
        return forms.with(version, version.variations().merge(Map.of("questions", Published.json(questions), "papers",
                Published.json(papers))));
    }

    private static JsonNode answers(String local) {
        var answers = Published.answers();
        if (!local.isEmpty())
            answers.set("local", Published.json(local));
        return answers;
    }

    @Test
    void theNationalFormStaysWhereNothingIsAdded() {
        var version = standards.version(REF);
        assertThat(forms.with(version, version.variations().defaults())).isSameAs(version);
    }

    @Test
    void theQuestionsStandOnAPageBeforeTheLast() {
        var pages = with("[" + BUS + "]", "[" + PAPER.formatted("false") + "]").form().pages();
        assertThat(pages.get(pages.size() - 2).id()).isEqualTo("local");
        assertThat(pages.get(pages.size() - 2).fields().stream().map(f -> f.path() + " " + f.kind())).containsExactly(
                "local.bus CHOICE", "local.lease PHOTO");
        assertThat(standards.version(REF).form().page("local")).as("of nobody else").isEmpty();
    }

    @Test
    void theyAreCheckedLikeAllOthers() {
        var version = with("[" + BUS + "]", "[]");
        assertThat(version.check(answers("")).stream().map(Finding::where)).containsExactly("local.bus");
        assertThat(version.check(answers("{'bus':'east'}")).stream().map(Finding::where)).containsExactly("local.bus");
        assertThat(version.check(answers("{'bus':'n'}"))).isEmpty();
        assertThat(with("[]", "[" + PAPER.formatted("true") + "]").check(answers("{'lease':[]}")).stream().map(
                Finding::where)).containsExactly("local.lease");
        assertThat(with("[]", "[" + PAPER.formatted("false") + "]").check(answers(""))).isEmpty();
    }

    @Test
    void anAddressAndACorporationAreAskedForAndCheckedAsThoseOfTheStandard() {
        var asked = """
                [{'key':'stays','label':{'ja':'平日に寝泊まりする所','ja-easy':'泊（と）まる 所','en':'Where you stay on weekdays'},'kind':'ADDRESS','required':true,'basis':'津市規則 第3条'},
                 {'key':'helper','label':{'ja':'送迎を頼む事業者','ja-easy':'送（おく）る 会社','en':'Who drives'},'kind':'CORPORATION','basis':'津市規則 第3条'}]""";
        assertThat(standards.version(REF).variations().check("questions", Published.json(asked))).isEmpty();
        var version = with(asked, "[]");
        assertThat(version.form().page("local").orElseThrow().fields().stream().map(f -> f.path() + " " + f.kind()))
                .containsExactly("local.stays ADDRESS", "local.helper CORPORATION");
        assertThat(version.answerSchema().at("/properties/local/properties/helper/pattern").asString()).as(
                "as every corporation").isEqualTo("^[0-9]{13}$");
        assertThat(wrong(version, "")).containsExactly("local.stays required");
        assertThat(wrong(version, "{'stays':'三重県津市西丸之内２３－１'}")).isEmpty();
        assertThat(wrong(version, "{'stays':'津','helper':'株式会社なにか'}")).containsExactly(
                "local.helper corporate-number");
        assertThat(wrong(version, "{'stays':'津','helper':'8900000000000'}")).containsExactly(
                "local.helper check-digit");
        assertThat(wrong(version, "{'stays':'津','helper':'9900000000000'}")).isEmpty();
        assertThat(wrong(version, "{'stays':'" + "津".repeat(200) + "'}")).isEmpty();
        assertThat(wrong(version, "{'stays':'" + "津".repeat(201) + "'}")).containsExactly("local.stays maxLength");
    }

    private static java.util.List<String> wrong(StandardVersion version, String local) {
        return version.check(answers(local)).stream().map(f -> f.where() + " " + f.code()).toList();
    }

    @Test
    void theRulesNeverSeeThem() {
        var version = with("[" + BUS + "]", "[]");
        var day = LocalDate.of(2026, 11, 24);
        var with = version.judge(answers("{'bus':'n'}"), day, version.variations().defaults());
        var without = standards.version(REF).judge(answers(""), day, version.variations().defaults());
        assertThat(with.months()).isEqualTo(without.months());
        assertThat(with.trace()).isEqualTo(without.trace());
        assertThat(with.inputs().at("/local/bus").asString()).as("kept for the record").isEqualTo("n");
        assertThat(standards.version(REF).judge(with.inputs(), day, version.variations().defaults()).months()).as(
                "replayed").isEqualTo(with.months());
    }

    @Test
    void whatARegisterHoldsIsNotAskedUnlessALawSaysSo() {
        var asked = "{'key':'born','label':{'ja':'x','ja-easy':'x','en':'x'},'kind':'TEXT','basis':'津市規則 第3条','source':'resident.person'%s}";
        assertThat(check(asked.formatted(""))).containsExactly("questions[0].why-asked");
        assertThat(check(asked.formatted(",'why-asked':'念のため'"))).containsExactly("questions[0].why-asked");
        assertThat(check(asked.formatted(",'why-asked':'夜間の連絡のため（津市規則第3条）'"))).isEmpty();
        assertThat(check(BUS)).isEmpty();
    }

    @Test
    void aQuestionInTheWordsOfARegisterIsFoundOut() {
        var name = standards.lints(REF);
        var item = Registers.of(Path.of("standards")).all().getFirst();
        assertThat(name.known("local.anything", Published.JSON.createObjectNode().set("x-kiban-label", Published.JSON
                .createObjectNode().put("ja", item.name().ja())))).contains(item.id());
        assertThat(check("{'key':'anything','label':{'ja':'" + item.name().ja()
                + "','ja-easy':'x','en':'x'},'kind':'TEXT','basis':'津市規則 第3条'}")).containsExactly(
                        "questions[0].why-asked");
    }

    private java.util.List<String> check(String question) {
        return forms.check(REF, Map.of("questions", Published.json("[" + question + "]"))).stream().map(Finding::where)
                .toList();
    }
}
