package jp.kiban.casework;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kiban.address.AddressIds;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.Language;
import jp.kiban.kernel.PersonId;
import jp.kiban.kernel.ReceiptNumber;
import jp.kiban.registry.AddressFound;
import jp.kiban.registry.CorporationFound;
import jp.kiban.standards.LocalForms;
import jp.kiban.standards.StandardFolder;
import jp.kiban.standards.StandardVersion;
import jp.kiban.submission.Beside;
import jp.kiban.submission.Channel;
import jp.kiban.submission.Effort;
import jp.kiban.submission.Submission;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What an officer reads of addresses and corporations, the municipality's own questions among them: the text as it was written with
/// the registered place beside it; and nothing of either where the applicant is protected.
class SeenTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STAYS = "三重県津市西丸之內２３ー１　ハイツ";
    private static final JsonNode QUESTIONS = JSON.readTree("""
            [{"key": "stays", "label": {"ja": "平日に寝泊まりする所", "ja-easy": "泊（と）まる 所", "en": "Weekdays"},
              "kind": "ADDRESS", "basis": "規則 第3条"},
             {"key": "driver", "label": {"ja": "送迎を頼む事業者", "ja-easy": "送（おく）る 会社", "en": "Driver"},
              "kind": "CORPORATION", "basis": "規則 第3条"}]
            """);

    private final StandardVersion asked;
    private final Submission submission;

    SeenTests() {
        var folder = StandardFolder.read(Path.of("standards/school-aid"));
        var version = folder.standards().getFirst().versions().getFirst();
        asked = LocalForms.asked(version, version.variations().merge(Map.of("localQuestions", QUESTIONS)));
        var answers = (ObjectNode) folder.examples(version.ref()).getFirst().answers().deepCopy();
        answers.putObject("local").put("stays", STAYS).put("driver", "9900000000000");
        var now = Instant.parse("2026-11-20T01:00:00Z");
        submission = new Submission(AuthorityId.of("273619"), ReceiptNumber.next(LocalDate.of(2026, 11, 20)), 1, version
                .ref(), PersonId.of("2736190041"), now, now, Language.JA, Channel.ONLINE, answers, List.of(), List.of(),
                new Effort(60, 2, 0), new Beside(Map.of(), Map.of("local.stays", new AddressFound("三重県津市西丸之内",
                        "TOWN", new AddressIds("242012", "0117000", "", "", "", ""), "23-1", 1, "abcd-2026", List.of(),
                        false, false)), Map.of("local.driver",
                                new CorporationFound("9900000000000", "つばめ交通株式会社",
                                        "大阪府泉南郡熊取町野田一丁目", Optional.empty(), Optional.of(LocalDate.of(2026, 11, 1)), List
                                                .of(),
                                        false, true, true))));
    }

    private Seen seen(Language language, boolean addressShown) {
        return new Seen(language, asked, submission, addressShown);
    }

    private static Seen.Row row(Seen seen, String path) {
        return seen.groups().stream().flatMap(g -> g.rows().stream()).filter(r -> r.path().equals(path)).findFirst()
                .orElseThrow();
    }

    @Test
    void theAddressStandsAsWrittenWithItsRegisteredPlaceAndTheVersionThatSaysSo() {
        for (var language : Language.values()) {
            var row = row(seen(language, true), "local.stays");
            assertThat(row.value()).startsWith(STAYS).contains("三重県津市西丸之内", "242012", "0117000", "abcd-2026");
            assertThat(row.label()).isNotEqualTo("stays");
        }
        assertThat(seen(Language.JA, true).addresses()).contains("local.stays");
    }

    @Test
    void theCorporationStandsWithItsNumberNameAndSeat() {
        assertThat(row(seen(Language.JA, true), "local.driver").value()).startsWith("9900000000000").contains(
                "つばめ交通株式会社", "熊取町野田");
    }

    @Test
    void ofAProtectedApplicantNoAddressIsShownWhateverTheFieldIsCalled() {
        var hidden = row(seen(Language.JA, false), "local.stays");
        assertThat(hidden.hidden()).isTrue();
        assertThat(hidden.value()).isEmpty();
        assertThat(seen(Language.JA, false).groups().toString()).doesNotContain("西丸之", submission.answers().at(
                "/claimant/address").asString());
        assertThat(seen(Language.JA, false).leadsHome("local.stays")).isTrue();
        assertThat(seen(Language.JA, false).leadsHome("claimant.postalCode")).isTrue();
        assertThat(seen(Language.JA, false).leadsHome("local.driver")).isFalse();
        assertThat(seen(Language.JA, false).leadsHome("claimant.name")).isFalse();
    }

    @Test
    void programsAreShownNoAddressOfAProtectedApplicantEither() {
        var judgement = asked.judge(submission.answers(), LocalDate.of(2026, 11, 20), asked.variations().defaults());
        var told = Answers.withoutAddresses(judgement, asked.form()).inputs();
        assertThat(told.toString()).doesNotContain("西丸之").doesNotContain(submission.answers().at("/claimant/address")
                .asString());
        assertThat(told.at("/local/driver").asString()).isEqualTo("9900000000000");
        assertThat(told.at("/claimant/name")).isEqualTo(submission.answers().at("/claimant/name"));
    }
}
