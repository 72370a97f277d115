package jp.kiban.address;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A country of twenty municipalities, written by hand in the formats of the registry of 2022 and of 2026: what tests need without
/// any published file.
final class SmallCountry {
    static final String CITIES = """
            lg_code,pref,pref_kana,pref_roma,county,county_kana,county_roma,city,city_kana,city_roma,ward,ward_kana,ward_roma,efct_date,ablt_date,remarks
            010006,北海道,ホッカイドウ,,,,,,,,,,,,,
            011002,北海道,ホッカイドウ,,,,,札幌市,サッポロシ,,,,,,,
            011011,北海道,ホッカイドウ,,,,,札幌市,サッポロシ,,中央区,チュウオウク,,,,
            011029,北海道,ホッカイドウ,,,,,札幌市,サッポロシ,,北区,キタク,,,,
            020001,青森県,アオモリケン,,,,,,,,,,,,,
            023671,青森県,アオモリケン,,南津軽郡,ミナミツガルグン,,田舎館村,イナカダテムラ,,,,,,,
            032069,岩手県,イワテケン,,,,,北上市,キタカミシ,,,,,,,
            082082,茨城県,イバラキケン,,,,,龍ケ崎市,リュウガサキシ,,,,,,,
            130001,東京都,トウキョウト,,,,,,,,,,,,,
            131016,東京都,トウキョウト,,,,,千代田区,チヨダク,,,,,,,
            132063,東京都,トウキョウト,,,,,府中市,フチュウシ,,,,,,,
            142042,神奈川県,カナガワケン,,,,,鎌倉市,カマクラシ,,,,,,,
            172022,石川県,イシカワケン,,,,,七尾市,ナナオシ,,,,,,,
            221015,静岡県,シズオカケン,,,,,静岡市,シズオカシ,,葵区,アオイク,,,,
            260002,京都府,キョウトフ,,,,,,,,,,,,,
            261009,京都府,キョウトフ,,,,,京都市,キョウトシ,,,,,,,
            261017,京都府,キョウトフ,,,,,京都市,キョウトシ,,北区,キタク,,,,
            261041,京都府,キョウトフ,,,,,京都市,キョウトシ,,中京区,ナカギョウク,,,,
            271276,大阪府,オオサカフ,,,,,大阪市,オオサカシ,,北区,キタク,,,,
            302015,和歌山県,ワカヤマケン,,,,,和歌山市,ワカヤマシ,,,,,,,
            342084,広島県,ヒロシマケン,,,,,府中市,フチュウシ,,,,,,,
            """;
    /// As in 2026: chome in full-width digits, 字 written.
    static final String TOWNS = """
            lg_code,machiaza_id,machiaza_type,pref,city,oaza_cho,oaza_cho_kana,chome,chome_kana,koaza,koaza_kana,machiaza_dist,rsdt_addr_flg,koaza_aka_code,ablt_date,post_code
            011011,0015006,2,北海道,札幌市,北三条西,キタ３ジョウニシ,６丁目,６チョウメ,,,,1,0,,0600003
            011011,0070002,2,北海道,札幌市,中の島二条,ナカノシマ２ジョウ,２丁目,２チョウメ,,,,1,0,,
            011029,0101002,2,北海道,札幌市,拓北六条,タクホク６ジョウ,２丁目,２チョウメ,,,,1,0,,
            023671,0003101,3,青森県,田舎館村,大字田舎舘,オオアザイナカダテ,,,字中辻,アザナカツジ,,0,0,,
            023671,0003000,1,青森県,田舎館村,大字田舎舘,オオアザイナカダテ,,,,,,0,0,,
            032069,0061000,1,岩手県,北上市,和賀町竪川目,ワガチョウタテカワメ,,,,,,0,0,,
            032069,0061101,3,岩手県,北上市,和賀町竪川目,ワガチョウタテカワメ,,,１地割,１チワリ,,0,0,,
            082082,0061004,2,茨城県,龍ケ崎市,平台,ヒラダイ,４丁目,４チョウメ,,,,1,0,,
            131016,0056000,1,東京都,千代田区,紀尾井町,キオイチョウ,,,,,,1,0,,1020094
            131016,0030001,2,東京都,千代田区,神田神保町,カンダジンボウチョウ,１丁目,１チョウメ,,,,1,0,,1010051
            131016,0030002,2,東京都,千代田区,神田神保町,カンダジンボウチョウ,２丁目,２チョウメ,,,,1,0,,1010051
            132063,0020002,2,東京都,府中市,宮西町,ミヤニシチョウ,２丁目,２チョウメ,,,,1,0,,1830022
            132063,0021001,2,東京都,府中市,本町,ホンマチ,１丁目,１チョウメ,,,,1,0,,
            142042,0010000,1,神奈川県,鎌倉市,山ノ内,ヤマノウチ,,,,,,0,0,,
            142042,0011002,2,神奈川県,鎌倉市,稲村ガ崎,イナムラガサキ,２丁目,２チョウメ,,,,1,0,,
            172022,0040101,3,石川県,七尾市,藤橋町,フジハシマチ,,,亥,イ,,0,0,,
            172022,0040000,1,石川県,七尾市,藤橋町,フジハシマチ,,,,,,0,0,,
            221015,0050004,2,静岡県,静岡市,与一,ヨイチ,４丁目,４チョウメ,,,,1,0,,
            261017,0411000,1,京都府,京都市,紫野大徳寺町,ムラサキノダイトクジチョウ,,,,,,0,0,,
            261041,0029000,1,京都府,京都市,一之船入町,イチノフナイリチョウ,,,,,,0,0,,
            261041,0179000,1,京都府,京都市,下大阪町,シモオオサカチョウ,,,,,,0,0,,
            261041,0179105,3,京都府,京都市,下大阪町,シモオオサカチョウ,,,河原町通四条上る二丁目東入二筋目,,,0,2,,
            271276,0020001,2,大阪府,大阪市,中津,ナカツ,１丁目,１チョウメ,,,,1,0,,
            302015,0001000,1,和歌山県,和歌山市,葵町,アオイチョウ,,,,,,1,0,,6408273
            302015,0010000,1,和歌山県,和歌山市,永田,ナガタ,,,,,,0,0,,
            302015,0099000,1,和歌山県,和歌山市,廃町,ハイチョウ,,,,,,0,0,2020-01-01,
            342084,0030000,1,広島県,府中市,府川町,フカワチョウ,,,,,,0,0,,
            342084,0031000,1,広島県,府中市,本町,ホンマチ,,,,,,0,0,,
            """;
    /// As in 2022: no names of municipalities, points beside the names, a koaza without oaza.
    static final String OLD_TOWNS = """
            lg_code,machiaza_id,machiaza_type,oaza_cho,oaza_cho_kana,chome,chome_kana,koaza,koaza_kana,rsdt_addr_flg,koaza_aka_code,ablt_date,post_code,lat,lng,pos_src
            131016,0056999,1,紀尾井町,キオイチョウ,,,,,1,0,,1020094,35.680694,139.736306,v1
            302015,0000123,3,,,,,中島,ナカジマ,0,0,,,34.21,135.19,v1
            302015,0000124,3,,,,,□島,ナカジマ,0,0,,,,,
            999999,0000001,1,どこか,,,,,,0,0,,,,,
            """;
    static final String RESIDENCES = """
            lg_code,machiaza_id,blk_id,rsdt_id,rsdt2_id,city,ward,oaza_cho,chome,koaza,machiaza_dist,blk_num,rsdt_num,rsdt_num2,basic_rsdt_div,rsdt_addr_flg,rsdt_addr_mtd_code,status_flg,efct_date,ablt_date,src_code,remarks
            131016,0056000,001,003,,千代田区,,紀尾井町,,,,1,3,,0,1,1,0,1947-04-17,,0,
            302015,0001000,001,002,,和歌山市,,葵町,,,,1,2,,0,1,1,0,1947-04-17,,0,
            302015,0001000,001,003,,和歌山市,,葵町,,,,1,3,,0,1,1,0,1947-04-17,,0,
            """;
    static final String LOTS = """
            lg_code,machiaza_id,prc_id,city,ward,oaza_cho,chome,koaza,machiaza_dist,prc_num1,prc_num2,prc_num3,rsdt_addr_flg,prc_rec_flg,prc_area_code,efct_date,ablt_date,src_code,remarks,real_prop_num
            302015,0001000,000010000200000,和歌山市,,葵町,,,,1,2,,1,1,,1947-04-17,,1,,
            302015,0001000,001030000300000,和歌山市,,葵町,,,,103,3,,1,1,,1947-04-17,,1,,
            302015,0010000,004689000600000,和歌山市,,永田,,,,468,乙4,,0,1,,1947-04-17,,1,,
            302015,0010000,007949000100000,和歌山市,,永田,,,,794,ﾛ,,0,1,,1947-04-17,,1,,
            """;
    static final String LOT_POINTS = """
            lg_code,machiaza_id,prc_id,rep_lon,rep_lat,rep_srid
            302015,0001000,001030000300000,135.163016581,34.212431111,EPSG:6668
            302015,0001000,999999999999999,135.163016581,34.212431111,EPSG:6668
            """;
    static final String POSTAL = """
            postal_code,lg_code,pref,city,town,street
            1000000,131016,東京都,千代田区,,
            1020094,131016,東京都,千代田区,紀尾井町,
            """;

    private SmallCountry() {}

    static List<Path> files(Path folder) throws IOException {
        return List.of(write(folder, "cities.csv", CITIES), write(folder, "old.csv", OLD_TOWNS),
                write(folder, "towns.csv", TOWNS), write(folder, "residences.csv", RESIDENCES),
                write(folder, "lots.csv", LOTS), write(folder, "lot-points.csv", LOT_POINTS),
                write(folder, "postal.csv", POSTAL));
    }

    static Path write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    static AddressDictionary.Build build(Path folder, Path out) throws IOException {
        return AddressDictionary.build(files(folder), out, line -> {
        });
    }
}
