package jp.kiban.registry;

import jp.kiban.letters.CorporateNumber;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.kiban.authority.Authorities;
import jp.kiban.authority.Authority;

/// 架空の法人. A full or difference file of invented corporations in the form of the 法人番号公表サイト, the same for the same seed: kinds, seats
/// (by population), closures, readings and changes in about the shares of the real file. The numbers have right check digits and
/// bases from 9000 up, so that they are easily told from real ones.
public final class SyntheticCorporations {
    private static final List<String> FAMILY = List.of("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡邉", "山本", "中村", "小林", "加藤", "吉田",
            "山田",
            "佐々木", "山口", "松本", "井上", "木村", "林", "斎藤", "清水", "山崎", "森", "池田", "橋本", "阿部", "石川", "前田", "藤田", "後藤", "岡田",
            "長谷川", "村上",
            "近藤", "石井", "坂本", "遠藤", "青木", "藤井", "西村", "福田", "太田", "三浦", "岡本", "松田", "中島", "原田", "小川", "竹内", "中野", "濱田",
            "髙木", "櫻井",
            "齋藤", "廣瀬", "澤田", "邊見");
    private static final List<String> FAMILY_KANA = List.of("サトウ", "スズキ", "タカハシ", "タナカ", "イトウ", "ワタナベ", "ヤマモト", "ナカムラ",
            "コバヤシ", "カトウ",
            "ヨシダ", "ヤマダ", "ササキ", "ヤマグチ", "マツモト", "イノウエ", "キムラ", "ハヤシ", "サイトウ", "シミズ", "ヤマザキ", "モリ", "イケダ", "ハシモト", "アベ",
            "イシカワ", "マエダ",
            "フジタ", "ゴトウ", "オカダ", "ハセガワ", "ムラカミ", "コンドウ", "イシイ", "サカモト", "エンドウ", "アオキ", "フジイ", "ニシムラ", "フクダ", "オオタ",
            "ミウラ", "オカモト",
            "マツダ", "ナカジマ", "ハラダ", "オガワ", "タケウチ", "ナカノ", "ハマダ", "タカギ", "サクライ", "サイトウ", "ヒロセ", "サワダ", "ヘンミ");
    private static final List<String> COINED = List.of("アクア", "ネクスト", "グロー", "ライフ", "フロンティア", "ビジョン", "クリエイト", "サンライズ",
            "ユニオン", "オーシャン", "スカイ",
            "グリーン", "ブライト", "ハート", "リンク", "ステップ", "テック", "エイト", "キャリア", "フューチャー", "スマイル", "ホーム", "トラスト", "パートナー",
            "アシスト", "エース", "ゼロ",
            "ルミナス", "コスモ", "アルファ", "ベスト", "ソリューション", "デザイン", "プラン", "システム", "ワークス", "コンサルティング", "エステート", "トレード",
            "ファーム");
    private static final List<String> WORDS = List.of("東和", "大成", "三栄", "共栄", "日本", "中央", "新和", "丸山", "富士", "昭和", "大和",
            "協和", "光洋", "旭", "明和",
            "太陽", "和光", "栄光", "東洋", "第一", "北斗", "千代田", "瑞穂", "南国", "若葉", "双葉", "松竹", "白鳥", "飛鳥", "桜");
    private static final List<String> WORDS_KANA = List.of("トウワ", "タイセイ", "サンエイ", "キョウエイ", "ニホン", "チュウオウ", "シンワ",
            "マルヤマ", "フジ", "ショウワ", "ダイワ",
            "キョウワ", "コウヨウ", "アサヒ", "メイワ", "タイヨウ", "ワコウ", "エイコウ", "トウヨウ", "ダイイチ", "ホクト", "チヨダ", "ミズホ", "ナンゴク", "ワカバ",
            "フタバ", "ショウチク", "シラトリ",
            "アスカ", "サクラ");
    private static final List<String> TRADE = List.of("商事", "工業", "建設", "電機", "運輸", "製作所", "不動産", "産業", "興業", "食品",
            "物産", "塗装", "設備", "土木", "印刷",
            "鉄工所", "水産", "農園", "薬局", "自動車", "開発", "企画", "商店", "組", "技研", "電設", "工務店", "石油", "住宅", "化学");
    private static final List<String> TRADE_KANA = List.of("ショウジ", "コウギョウ", "ケンセツ", "デンキ", "ウンユ", "セイサクショ", "フドウサン",
            "サンギョウ", "コウギョウ", "ショクヒン",
            "ブッサン", "トソウ", "セツビ", "ドボク", "インサツ", "テッコウショ", "スイサン", "ノウエン", "ヤッキョク", "ジドウシャ", "カイハツ", "キカク", "ショウテン",
            "グミ", "ギケン", "デンセツ",
            "コウムテン", "セキユ", "ジュウタク", "カガク");
    private static final List<String> SOUNDS = List.of("ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ", "サ", "シ", "ス",
            "セ", "ソ", "タ", "チ",
            "ツ", "テ", "ト", "ナ", "ニ", "ネ", "ノ", "ハ", "ヒ", "フ", "ヘ", "ホ", "マ", "ミ", "ム", "メ", "モ", "ヤ", "ユ", "ヨ", "ラ",
            "リ", "ル", "レ", "ロ", "ワ",
            "ガ", "ギ", "グ", "ゴ", "ザ", "ジ", "ダ", "デ", "ド", "バ", "ビ", "ブ", "ベ", "ボ", "パ", "ピ", "プ", "ポ", "ショ", "シュ", "チャ",
            "ジョ", "リョ", "ニュ", "フィ",
            "ヴァ", "ティ", "ン", "ー");
    private static final List<String> TOWNS = List.of("本町", "中央", "栄町", "緑町", "東町", "西町", "南町", "北町", "旭町", "幸町", "大手町",
            "駅前", "新町", "若葉町", "桜町",
            "元町", "上町", "下町", "港町", "末広町", "富士見", "美咲", "泉", "高砂町", "寿町");

    private final List<Authority> places;
    private final long[] upTo;
    private final Authorities authorities;

    public SyntheticCorporations(Authorities authorities) {
        this.authorities = authorities;
        var all = authorities.all();
        this.places = all.stream().filter(a -> a.kind() == Authority.Kind.DESIGNATED_WARD || a.kind().isMunicipality()
                && a.kind() != Authority.Kind.DESIGNATED_CITY).toList();
        this.upTo = new long[places.size()];
        long sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            var place = places.get(i);
            // Tokyo and Osaka have more corporations than people would have it
            long weight = Math.max(place.population(), place.kind() == Authority.Kind.DESIGNATED_WARD ? 100_000 : 500);
            sum += place.id().code().startsWith("13") ? weight * 2 : weight;
            upTo[i] = sum;
        }
    }

    /// The number of the n-th invented corporation.
    static CorporateNumber number(long n) {
        long base = 900_000_000_000L + n * 7;
        return CorporateNumber.of(CorporateNumber.checkDigit(base) * 1_000_000_000_000L + base);
    }

    /// A full file of `rows` corporations as of a day.
    public void full(Path out, long rows, long seed, LocalDate day, Charset charset) {
        write(out, charset, writer -> {
            for (long n = 0; n < rows; n++)
                writer.append(line(n + 1, n, seed, 0, day)).append("\r\n");
        });
    }

    /// A difference file: of every thousand, two changed, and one new for every five hundred; `generation` sets one apart from another.
    public void difference(Path out, long rows, long seed, int generation, LocalDate day, Charset charset) {
        write(out, charset, writer -> {
            long line = 0;
            for (long n = 0; n < rows; n++)
                if (random(seed, n, 31 + generation).nextInt(1000) < 2)
                    writer.append(line(++line, n, seed, generation, day)).append("\r\n");
            for (long n = 0; n < Math.max(1, rows / 500); n++)
                writer.append(line(++line, rows * (1L + generation) + n, seed, 0, day)).append("\r\n");
        });
    }

    /// Seeds that lie side by side would give sequences that overlap; mixed ones do not.
    private static SplittableRandom random(long seed, long n, long use) {
        long mixed = (seed * 0x2545F4914F6CDD1DL ^ n) * 0xBF58476D1CE4E5B9L + use * 0x94D049BB133111EBL;
        return new SplittableRandom(mixed ^ mixed >>> 29);
    }

    private interface Rows {
        void to(Appendable writer) throws IOException;
    }

    private static void write(Path out, Charset charset, Rows rows) {
        try {
            if (out.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
                try (var zip = new ZipOutputStream(Files.newOutputStream(out))) {
                    zip.putNextEntry(new ZipEntry(out.getFileName().toString().replaceAll("(?i)\\.zip$", ".csv")));
                    var writer = new BufferedWriter(new OutputStreamWriter(zip, charset), 1 << 16);
                    rows.to(writer);
                    writer.flush();
                }
            } else
                try (var writer = new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(out), charset),
                        1 << 16)) {
                    rows.to(writer);
                }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Generation 0 is the corporation as it was founded; a later one has moved, or another name, or is closed.
    private String line(long sequence, long n, long seed, int generation, LocalDate day) {
        var random = random(seed, n, 0);
        int what = generation == 0 ? 0 : random(seed, n, 1000 + generation).nextInt(3);
        var number = number(n);
        int dice = random.nextInt(1000);
        int kind = dice < 470 ? 301 : dice < 800 ? 302 : dice < 880 ? 305 : dice < 895 ? 304 : dice < 999 ? 399 : 499;
        var founded = LocalDate.of(2015, 10, 5).plusDays(random.nextInt(10) < 7 ? 0 : random.nextInt(3700));
        if (founded.isAfter(day))
            founded = day;
        String[] name = name(random, kind);
        boolean read = random.nextInt(100) < 85;
        if (what == 1)
            name = name(random(seed, n, 2000 + generation), kind);
        var place = place(what == 2 ? random(seed, n, 3000 + generation) : random);
        String town = TOWNS.get(random.nextInt(TOWNS.size()));
        String street = wide(town + (random.nextInt(3) == 0 ? "" : (1 + random.nextInt(8)) + "丁目")
                + (1 + random.nextInt(60)) + "番" + (1 + random.nextInt(40)) + "号" + (random.nextInt(5) == 0
                        ? COINED.get(random.nextInt(COINED.size())) + "ビル" + (1 + random.nextInt(9)) + "階"
                        : ""));
        boolean closed = random.nextInt(100) < 11 || generation > 0 && what == 0;
        var closedOn = closed ? (generation > 0 ? day : founded.plusDays(random.nextInt(1500))) : null;
        if (closedOn != null && closedOn.isAfter(day))
            closedOn = day;
        boolean merged = closed && random.nextInt(10) == 0;
        String process = closed ? (merged ? "71" : "21") : what == 1 ? "11" : what == 2 ? "12" : "01";
        var changed = closedOn != null ? closedOn : generation > 0 ? day : founded;
        var prefecture = authorities.prefectureOf(place.id());
        String city = place.kind() == Authority.Kind.DESIGNATED_WARD ? wardName(place) : place.name();
        var line = new StringBuilder(400).append(sequence);
        for (String cell : new String[]{number.digits(), process, "0", (changed.isBefore(day)
                ? changed
                : day).toString(), changed.toString(), name[0], "", Integer.toString(kind), prefecture.name(), city,
                street, "", place.id().code().substring(0, 2), place.id().code().substring(2, 5), "%07d".formatted(
                        Integer.parseInt(place.id().code().substring(0, 5)) * 100 + random.nextInt(100)),
                "", "",
                closedOn == null ? "" : closedOn.toString(), closedOn == null ? "" : merged ? "11" : "01", merged
                        ? number(random.nextLong(n + 1)).digits()
                        : "",
                "", founded.toString(), "1", random.nextInt(20) == 0 ? "Invented " + n + " Co., Ltd." : "", "", "", "",
                read ? name[1] : "", "0"})
            line.append(",\"").append(cell).append('"');
        return line.toString();
    }

    private String wardName(Authority ward) {
        return ward.parent().map(p -> ward.name().startsWith(authorities.get(p).name())
                ? ward.name()
                : authorities.get(p).name() + ward.name()).orElse(ward.name());
    }

    private Authority place(SplittableRandom random) {
        long wanted = random.nextLong(upTo[upTo.length - 1]);
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] > wanted)
                high = middle;
            else
                low = middle + 1;
        }
        return places.get(low);
    }

    /// Name and reading; the reading is without the legal form, as in the real file.
    private String[] name(SplittableRandom random, int kind) {
        String name;
        String kana;
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                int f = random.nextInt(FAMILY.size());
                int t = random.nextInt(TRADE.size());
                name = FAMILY.get(f) + TRADE.get(t);
                kana = FAMILY_KANA.get(f) + TRADE_KANA.get(t);
            }
            case 3, 4, 5 -> {
                // most names of this kind begin with a place, and few are alike
                var place = places.get(random.nextInt(places.size()));
                boolean local = random.nextInt(3) > 0;
                int a = random.nextInt(WORDS.size());
                int t = random.nextInt(TRADE.size());
                name = (local ? stem(place.name()) : "") + WORDS.get(a) + TRADE.get(t);
                kana = (local ? stemKana(place) : "") + WORDS_KANA.get(a) + TRADE_KANA.get(t);
            }
            case 6, 7, 8 -> {
                var text = new StringBuilder();
                int sounds = 2 + random.nextInt(3);
                text.append(SOUNDS.get(random.nextInt(SOUNDS.size() - 2)));
                for (int i = 1; i < sounds; i++)
                    text.append(SOUNDS.get(random.nextInt(SOUNDS.size())));
                if (random.nextInt(10) < 6)
                    text.append(COINED.get(random.nextInt(COINED.size())));
                name = text.toString();
                kana = name;
            }
            default -> {
                // all sorts: letters, and kanji beside one another that nobody else has
                var text = new StringBuilder();
                int letters = 2 + random.nextInt(4);
                for (int i = 0; i < letters; i++)
                    text.append((char) ('Ａ' + random.nextInt(26)));
                int t = random.nextInt(TOWNS.size());
                name = text + TOWNS.get(t) + (random.nextBoolean() ? "・" : "") + (1 + random.nextInt(99));
                kana = text.toString();
            }
        }
        boolean front = random.nextInt(10) < 6;
        String form = switch (kind) {
            case 301 -> "株式会社";
            case 302 -> "有限会社";
            case 305 -> "合同会社";
            case 304 -> "合資会社";
            default -> List.of("一般社団法人", "宗教法人", "特定非営利活動法人", "医療法人社団", "社会福祉法人").get(random.nextInt(5));
        };
        return new String[]{wide(front || kind >= 399 ? form + name : name + form), kana};
    }

    /// 津 of 津市; of a ward the city's.
    private static String stem(String place) {
        int end = place.indexOf('市') > 0 ? place.indexOf('市') : place.length() - 1;
        return place.substring(0, Math.max(1, end));
    }

    private static String stemKana(Authority place) {
        String kana = place.kana();
        int city = kana.indexOf("し", 1);
        String stem = place.name().indexOf('市') > 0 && city > 0
                ? kana.substring(0, city)
                : kana.replaceAll("(まち|ちょう|むら|そん|く|し)$", "");
        var wide = new StringBuilder();
        stem.chars().forEach(c -> wide.append((char) (c >= 'ぁ' && c <= 'ゖ' ? c - 'ぁ' + 'ァ' : c)));
        return wide.toString();
    }

    private static String wide(String text) {
        var wide = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            wide.append(c > ' ' && c <= '~' ? (char) (c - '!' + '！') : c);
        }
        return wide.toString();
    }
}
