package jp.kiban.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import jp.kiban.kernel.AuthorityId;
import jp.kiban.kernel.PersonId;
import jp.kiban.registry.AddressHolder;
import jp.kiban.registry.ReleaseImpact;
import jp.kiban.store.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The addresses of applications against a new dictionary: exactly the touched ones, each for its own authority, and none of a
/// protected applicant by name.
class SubmissionAddressesTests {
    private static final String[] CHANGES = {"GONE,242012,0117000,西丸之内,,", "RENAMED,242012,0118000,丸之内,新丸之内,",
            "APPEARED,242012,0217000,,西丸之内,"};
    private static final AuthorityId TSU = AuthorityId.of("242012");
    private static final AuthorityId CHIYODA = AuthorityId.of("131016");
    private static final PersonId ORDINARY = PersonId.of("2420120001");
    private static final PersonId PROTECTED = PersonId.of("2420120002");

    @TempDir
    static Path folder;
    private static ReleaseImpact impact;
    private static SubmissionAddresses holder;

    @BeforeAll
    static void start() {
        impact = new ReleaseImpact(folder);
        holder = new SubmissionAddresses(impact.store(), (authority, person) -> person.equals(PROTECTED));
        sent(TSU, ORDINARY, "A1", 1, place("0117000", ReleaseImpact.BEFORE), place("0117000", ReleaseImpact.BEFORE));
        sent(TSU, ORDINARY, "A2", 1, place("0119000", ReleaseImpact.BEFORE)); // nothing happens there
        sent(TSU, ORDINARY, "A3", 1, place("0217000", ReleaseImpact.BEFORE)); // has the new id already
        sent(TSU, ORDINARY, "A4", 1, place("0117000", "last-year"));
        sent(TSU, ORDINARY, "A5", 1, place("0117000", ReleaseImpact.BEFORE)); // corrected to another town
        sent(TSU, ORDINARY, "A5", 2, place("0119000", ReleaseImpact.BEFORE));
        sent(TSU, ORDINARY, "A6", 1, place("", ReleaseImpact.BEFORE)); // the municipality alone was found
        sent(TSU, ORDINARY, "A7", 1, place("0117000", ReleaseImpact.BEFORE), place("0118000", ReleaseImpact.BEFORE));
        sent(TSU, PROTECTED, "A8", 1, place("0118000", ReleaseImpact.BEFORE));
        sent(TSU, ORDINARY, "A9", 1);
        sent(CHIYODA, PersonId.of("1310160001"), "B1", 1, place("0117000", ReleaseImpact.BEFORE)); // moved here from Tsu
    }

    @AfterAll
    static void stop() { impact.close(); }

    private static String place(String town, String version) {
        return "{\"ids\":{\"lgCode\":\"242012\",\"machiazaId\":\"" + town + "\"},\"dataVersion\":\"" + version + "\"}";
    }

    private static void sent(AuthorityId authority, PersonId person, String receipt, int revision, String... places) {
        var beside = new ArrayList<String>();
        for (var place : places)
            beside.add("\"a" + beside.size() + ".address\":" + place);
        impact.store().run(Scope.of(authority), jdbc -> jdbc.sql("""
                insert into submission.submission (authority, receipt, revision, person, standard, standard_version, first_arrived_at,
                  arrived_at, language, channel, answers, evidence, disputes, seconds, typed_fields, prefilled_fields, beside)
                values (?, ?, ?, ?, 'move-out', '2025-04-01', now(), now(), 'ja', 'ONLINE', '{}', '[]', '[]', 1, 1, 1, ?::jsonb)
                """).params(authority.code(), receipt, revision, person.number(), places.length == 0
                ? "{}"
                : "{\"addresses\":{" + String.join(",", beside) + "}}").update());
    }

    @Test
    void exactlyTheTouchedApplicationsAreCountedForTheirAuthority() throws IOException {
        assertThat(impact.numbers(holder, CHANGES)).containsExactly("131016 submissions GONE 1",
                "242012 submissions GONE 3", "242012 submissions OTHER_VERSION 1", "242012 submissions RENAMED 2");
        assertThat(impact.records("242012")).containsExactly("A1 242012/0117000 1", "A4 242012/0117000 1",
                "A7 242012/0117000 1", "A7 242012/0118000 1", "A8 242012/0118000 1");
        assertThat(impact.records("131016")).containsExactly("B1 242012/0117000 1");
        assertThat(impact.records("182010")).isEmpty();
    }

    @Test
    void anApplicationWithTwoTownsThatGoIsOne() throws IOException {
        assertThat(impact.numbers(holder, "GONE,242012,0117000,西丸之内,,", "GONE,242012,0118000,丸之内,,")).contains(
                "242012 submissions GONE 4");
    }

    @Test
    void pagesHoldWholeApplicationsAndEndOnce() {
        var all = holder.held(TSU, "", 100);
        assertThat(all.next()).isEmpty();
        assertThat(all.held()).extracting(AddressHolder.Held::item).containsExactly("A1", "A2", "A3", "A4", "A5", "A7",
                "A7", "A8");
        for (int limit = 1; limit <= 9; limit++) {
            var paged = new ArrayList<AddressHolder.Held>();
            String after = "";
            do {
                var page = holder.held(TSU, after, limit);
                paged.addAll(page.held());
                after = page.next();
            } while (!after.isEmpty());
            assertThat(paged).as("by " + limit).containsExactlyInAnyOrderElementsOf(all.held());
        }
    }

    @Test
    void noApplicationOfAProtectedPersonIsNamedAndNoneOfAnotherAuthorityIsKnown() {
        assertThat(holder.unnamed(TSU, Set.of("A1", "A8", "B1"))).containsExactly("A8");
        assertThat(holder.unnamed(CHIYODA, Set.of("A8", "B1"))).isEmpty();
        assertThat(holder.unnamed(TSU, Set.of())).isEmpty();
        assertThat(holder.path("A1")).isEqualTo("/casework/cases/A1");
    }
}
