package jp.kiban.standards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormTests {
    private final StandardVersion standard = Published.CHILD_ALLOWANCE;

    @Test
    void hasItsPagesInOrder() {
        assertThat(standard.form().pages().stream().map(FormPage::id)).containsExactly("you", "spouse", "children",
                "elders",
                "account", "contact");
    }

    @Test
    void asksEachRegisterItemOnce() {
        assertThat(standard.form().evidenceItems()).containsExactly("resident.person", "pension.class",
                "resident.spouse",
                "tax.higher-earner", "resident.event", "resident.children", "resident.elders", "account.payout",
                "contact.last");
    }

    @Test
    void saysWhereTheValueOfARegisterItemGoes() {
        assertThat(standard.form().sources()).containsEntry("resident.person", "claimant")
                .containsEntry("resident.children",
                        "children")
                .containsEntry("tax.higher-earner", "higherEarner").containsEntry("account.payout", "account");
    }

    @Test
    void everyFieldNamesTheLawThatLetsUsAsk() {
        assertThat(standard.form().fields())
                .allSatisfy(f -> assertThat(f.basis().law()).isNotBlank().isNotEqualTo("?"));
    }

    @Test
    void whatARegisterKnowsIsLockedAndWhatOnlyThePersonKnowsIsNot() {
        var children = field("children");
        assertThat(children.lockedWhenKnown()).isTrue();
        assertThat(column(children, "birthDate").lockedWhenKnown()).isTrue();
        assertThat(column(children, "careApart").lockedWhenKnown()).isFalse();
        assertThat(column(children, "careApart").evidenceItem()).isEmpty();
        assertThat(field("account").lockedWhenKnown()).isFalse();
    }

    @Test
    void theSpousePageIsShownOnlyWithASpouse() {
        var page = standard.form().page("spouse").orElseThrow();
        var answers = Published.answers();
        assertThat(standard.shown(page, answers)).isTrue();
        answers.putNull("spouse");
        assertThat(standard.shown(page, answers)).isFalse();
        answers.remove("spouse");
        assertThat(standard.shown(page, answers)).isFalse();
    }

    @Test
    void theElderPageIsShownFromThreeChildrenOn() {
        var page = standard.form().page("elders").orElseThrow();
        var two = Published.example("兄・姉を合わせて2人なら").answers();
        var three = Published.example("G1").answers();
        assertThat(standard.shown(page, two)).isFalse();
        assertThat(standard.shown(page, three)).isTrue();
        assertThat(standard.shown(page, Published.answers())).isFalse();
    }

    @Test
    void aColumnIsShownByItsRow() {
        var careApart = column(field("children"), "careApart");
        var answers = Published.answers();
        assertThat(standard.shown(careApart, answers, Published.json("{'livingTogether': true, 'abroad': false}")))
                .isFalse();
        assertThat(standard.shown(careApart, answers, Published.json("{'livingTogether': false, 'abroad': false}")))
                .isTrue();
        assertThat(standard.shown(careApart, answers, Published.json("{'livingTogether': false, 'abroad': true}")))
                .isFalse();
        assertThat(standard.shown(careApart, answers, Published.json("{'livingTogether': false}"))).isTrue();
    }

    @Test
    void anAccountIsMadeOfItsParts() {
        assertThat(field("account").columns().stream().map(Field::path)).containsExactly("bankCode", "bankName",
                "branchCode",
                "branchName", "type", "number", "holderKana");
    }

    private Field field(String path) {
        return standard.form().fields().stream().filter(f -> f.path().equals(path)).findFirst().orElseThrow();
    }

    private static Field column(Field table, String path) {
        return table.columns().stream().filter(f -> f.path().equals(path)).findFirst().orElseThrow();
    }
}
