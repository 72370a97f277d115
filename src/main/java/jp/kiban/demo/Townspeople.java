package jp.kiban.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import jp.kiban.demo.Families.Invented;
import jp.kiban.exchange.Household.Sex;
import jp.kiban.kernel.AuthorityId;

/// 見本の町の人. Ordinary households of one municipality, always the same ones for the same code: couples with children,
/// single parents, couples, people alone. Names and streets are invented, so that nobody real is meant.
final class Townspeople {
    static final int FIRST = 1001;
    static final int HOUSEHOLDS = 40;

    private static final String[] SURNAMES = words("青柳 アオヤギ,浅野 アサノ,飯塚 イイヅカ,岩瀬 イワセ,上原 ウエハラ,榎本 エノモト,"
            + "大森 オオモリ,小野寺 オノデラ,柏木 カシワギ,片山 カタヤマ,金井 カナイ,神谷 カミヤ,川口 カワグチ,岸本 キシモト,北川 キタガワ,久保 クボ,"
            + "黒田 クロダ,古賀 コガ,児玉 コダマ,榊原 サカキバラ,桜井 サクライ,沢田 サワダ,篠原 シノハラ,菅野 スガノ,瀬戸 セト,高木 タカギ,"
            + "竹内 タケウチ,田島 タジマ,谷口 タニグチ,千葉 チバ,土屋 ツチヤ,堤 ツツミ,寺田 テラダ,戸田 トダ,永井 ナガイ,中嶋 ナカジマ,"
            + "西田 ニシダ,野村 ノムラ,萩原 ハギワラ,服部 ハットリ,浜田 ハマダ,早川 ハヤカワ,平野 ヒラノ,藤井 フジイ,星野 ホシノ,本間 ホンマ,"
            + "前川 マエカワ,松岡 マツオカ,三浦 ミウラ,水野 ミズノ,宮崎 ミヤザキ,村上 ムラカミ,望月 モチヅキ,安田 ヤスダ,矢野 ヤノ,山内 ヤマウチ,"
            + "横山 ヨコヤマ,吉川 ヨシカワ,若林 ワカバヤシ,渡部 ワタベ");
    private static final String[] MEN = words("一郎 イチロウ,和也 カズヤ,健二 ケンジ,浩二 コウジ,慎也 シンヤ,達也 タツヤ,哲平 テッペイ,"
            + "直人 ナオト,信夫 ノブオ,秀樹 ヒデキ,雅人 マサト,祐介 ユウスケ,洋平 ヨウヘイ,良太 リョウタ,圭 ケイ,学 マナブ");
    private static final String[] WOMEN = words("明美 アケミ,綾香 アヤカ,恵子 ケイコ,佐知子 サチコ,静香 シズカ,千尋 チヒロ,智子 トモコ,"
            + "奈津子 ナツコ,春香 ハルカ,美穂 ミホ,百合 ユリ,洋子 ヨウコ,理恵 リエ,若菜 ワカナ,真紀 マキ,遥 ハルカ");
    private static final String[] BOYS = words("蒼 アオ,樹 イツキ,海翔 カイト,慧 ケイ,朔 サク,新太 シンタ,大地 ダイチ,颯太 ソウタ,"
            + "友哉 トモヤ,直 ナオ,悠真 ユウマ,陽向 ヒナタ");
    private static final String[] GIRLS = words("彩葉 イロハ,心春 コハル,咲良 サクラ,詩 ウタ,朱里 アカリ,千晴 チハル,菜月 ナツキ,"
            + "一花 イチカ,穂香 ホノカ,美桜 ミオ,結菜 ユイナ,莉央 リオ");

    private final Random random;
    private final List<Invented> people = new ArrayList<>();
    private int next = FIRST;

    private Townspeople(AuthorityId authority) { this.random = new Random(authority.code().hashCode() * 31L + 2026); }

    static List<Invented> of(AuthorityId authority) {
        var town = new Townspeople(authority);
        town.family();
        for (int household = 1; household < HOUSEHOLDS; household++)
            town.household(household);
        return town.people;
    }

    private void household(int household) {
        int kind = random.nextInt(100);
        if (kind < 55)
            couple(household, 1 + random.nextInt(3));
        else if (kind < 67)
            single(household);
        else if (kind < 80)
            couple(household, 0);
        else
            add(household, random.nextBoolean() ? Sex.MALE : Sex.FEMALE, surname(), 20 + random.nextInt(68),
                    Optional.empty(), List.of(), true);
    }

    private void couple(int household, int children) {
        String surname = surname();
        int age = 26 + random.nextInt(children == 0 ? 50 : 22);
        int first = next;
        add(household, Sex.FEMALE, surname, age, Optional.of(first + 1), List.of(), true);
        add(household, Sex.MALE, surname, age + random.nextInt(7) - 2, Optional.of(first), List.of(), true);
        children(household, surname, age, children, List.of(first, first + 1));
    }

    /// The family on the test card: two children for whom the allowance is paid.
    private void family() {
        String surname = surname();
        int first = next;
        add(0, Sex.FEMALE, surname, 36, Optional.of(first + 1), List.of(), true);
        add(0, Sex.MALE, surname, 38, Optional.of(first), List.of(), true);
        add(0, Sex.FEMALE, surname, 8, Optional.empty(), List.of(first, first + 1), false);
        add(0, Sex.MALE, surname, 4, Optional.empty(), List.of(first, first + 1), false);
    }

    private void single(int household) {
        String surname = surname();
        int age = 24 + random.nextInt(24);
        int parent = next;
        add(household, random.nextInt(6) == 0 ? Sex.MALE : Sex.FEMALE, surname, age, Optional.empty(), List.of(), true);
        children(household, surname, age, 1 + random.nextInt(2), List.of(parent));
    }

    private void children(int household, String surname, int parentAge, int count, List<Integer> parents) {
        int oldest = Math.min(parentAge - 21, 21);
        for (int i = 0; i < count; i++)
            add(household, random.nextBoolean() ? Sex.MALE : Sex.FEMALE, surname,
                    oldest <= 0 ? 0 : random.nextInt(oldest + 1), Optional.empty(), parents, false);
    }

    private void add(int household, Sex sex, String surname, int age, Optional<Integer> spouse, List<Integer> parents,
            boolean grown) {
        boolean male = sex == Sex.MALE;
        String given = grown ? pick(male ? MEN : WOMEN) : pick(male ? BOYS : GIRLS);
        String[] last = surname.split(" ");
        String[] first = given.split(" ");
        int days = 1 + random.nextInt(350);
        boolean works = grown && age < 66;
        Optional<Long> income = works ? Optional.of(900_000L + 100_000L * random.nextInt(70)) : Optional.empty();
        Optional<String> pension = works
                ? Optional.of(random.nextInt(10) < 7 ? "EMPLOYEE" : "NATIONAL")
                : Optional.empty();
        String account = grown && random.nextInt(10) > 0 ? "good" : "none";
        people.add(new Invented(next++, Optional.empty(), last[0] + " " + first[0], last[1] + " " + first[1], sex,
                "-" + age + "y-" + days + "d", "T" + household, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), spouse, parents, income, pension, Optional.empty(), Optional.of(account),
                Optional.empty(), Optional.empty()));
    }

    private String surname() { return pick(SURNAMES); }

    private String pick(String[] from) { return from[random.nextInt(from.length)]; }

    private static String[] words(String list) { return list.split(","); }
}
