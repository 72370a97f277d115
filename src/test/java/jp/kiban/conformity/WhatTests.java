package jp.kiban.conformity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import jp.kiban.kernel.VersionName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// What a difference is, is said in the language of its reader: on pages, in reports, and to programs.
class WhatTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @EnumSource(What.class)
    void everyDetailIsSaidInThreeLanguages(What what) {
        var said = what.said("R-1", "5,000");
        assertThat(said.ja()).containsPattern("[\\p{IsHan}\\p{IsHiragana}]").doesNotContain("{0}", "{1}");
        assertThat(said.easy()).containsPattern("[\\p{IsHan}\\p{IsHiragana}]").doesNotContain("{0}", "{1}");
        assertThat(said.en()).doesNotContainPattern("[\\p{IsHiragana}]").doesNotContain("{0}", "{1}", "''");
    }

    private static Report report() {
        var notebook = new Notebook();
        new Comparison(notebook, "例1", JSON.readTree("""
                {"outcome": "GRANT", "reasons": [{"code": "CA-1", "law": "児童手当法 第6条"}],
                 "months": [{"month": "2026-12", "total": 15000, "lines": [{"id": "c1", "yen": 15000}]}]}
                """), JSON.readTree("""
                {"outcome": "GRANT", "reasons": [],
                 "months": [{"month": "2026-12", "total": 10000, "lines": [{"id": "c1", "yen": 10000}]}]}
                """)).compare();
        return new Report("child-allowance", "児童手当", VersionName.of(LocalDate.of(2024, 10, 1)), "sha-256:0",
                "sha-256:0",
                "http://localhost", "製品", "1", "1", Instant.EPOCH, Instant.EPOCH, 1, 0, 1, notebook);
    }

    @Test
    void theReportTellsItToProgramsInEveryLanguageAndInEnglishAsBefore() {
        var differences = report().json().path("differences");
        assertThat(differences).hasSize(2);
        var reason = differences.get(0);
        assertThat(reason.path("words").asString()).isEqualTo("the reason CA-1 is not given");
        assertThat(reason.path("said").path("ja").asString()).isEqualTo("理由 CA-1 がありません");
        assertThat(reason.path("said").path("en")).isEqualTo(reason.path("words"));
        assertThat(differences.get(1).path("said").path("ja").asString()).isEqualTo("c1 の金額（差 5,000円）");
    }

    @Test
    void theReadableReportTellsItInJapaneseAndEnglish() {
        assertThat(new ReadableReport(report().json()).html()).contains(
                "理由 CA-1 がありません the reason CA-1 is not given");
    }
}
