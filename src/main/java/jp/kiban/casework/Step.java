package jp.kiban.casework;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// 経過の一歩. One event in the history of a case: its simple name, the stage it led to, and who did it (empty: the resident
/// or the platform). The note is what the officer wrote.
record Step(int number, String event, CaseStage stage, Instant at, String officer, String officerName, String note,
        JsonNode detail) {
    public boolean byOfficer() { return !officer.isEmpty(); }
}
