package jp.kiban.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Photos as telephones make them, with the place in them: the picture stays, the place does not.
class PlainPhotoTests {
    /// Latitude 34°43′08″, longitude 136°30′20″ as the bytes of their six fractions, which are looked for afterwards.
    private static final byte[] PLACE = ByteBuffer.allocate(48).putInt(34).putInt(1).putInt(43).putInt(1).putInt(808)
            .putInt(100).putInt(136).putInt(1).putInt(30).putInt(1).putInt(2_031).putInt(100).array();
    private static final byte[] XMP = "<x:xmpmeta exif:GPSLatitude=\"34,43.13N\"/>".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ONE_PIXEL_WEBP = Base64.getDecoder().decode(
            "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    /// A TIFF block with an orientation, a GPS directory and where somebody was.
    private static byte[] exif(int orientation) {
        var tiff = ByteBuffer.allocate(160);
        tiff.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        tiff.putShort((short) 2);
        entry(tiff, 0x0112, 3, 1, orientation << 16);
        entry(tiff, 0x8825, 4, 1, 38);
        tiff.putInt(0);
        tiff.putShort((short) 2);
        entry(tiff, 2, 5, 3, 68);
        entry(tiff, 4, 5, 3, 92);
        tiff.putInt(0).put(PLACE);
        return Arrays.copyOf(tiff.array(), tiff.position());
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static BufferedImage picture() {
        var image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 24; x++)
            for (int y = 0; y < 16; y++)
                image.setRGB(x, y, new Color(x * 10, y * 15, (x * y) % 256).getRGB());
        return image;
    }

    private static byte[] encoded(String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture(), format, out)).isTrue();
        return out.toByteArray();
    }

    private static int[] pixels(byte[] image) throws IOException {
        var read = ImageIO.read(new ByteArrayInputStream(image));
        return read.getRGB(0, 0, read.getWidth(), read.getHeight(), null, 0, read.getWidth());
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts)
            out.writeBytes(part);
        return out.toByteArray();
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int i = 0; i + part.length <= whole.length; i++)
            if (Arrays.equals(whole, i, i + part.length, part, 0, part.length))
                return true;
        return false;
    }

    private static void tellsNothing(byte[] photo) {
        assertThat(contains(photo, Arrays.copyOf(PLACE, 24))).as("latitude").isFalse();
        assertThat(contains(photo, XMP)).as("XMP").isFalse();
        assertThat(contains(photo, "KibanPhone".getBytes(StandardCharsets.UTF_8))).as("a word").isFalse();
        assertThat(contains(photo, "behind".getBytes(StandardCharsets.UTF_8))).as("behind the end").isFalse();
    }

    private static byte[] segment(int marker, byte[] content) {
        int length = content.length + 2;
        return joined(new byte[]{(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length}, content);
    }

    private static byte[] jpeg(int orientation) throws IOException {
        var plain = encoded("jpg");
        return joined(Arrays.copyOf(plain, 2), segment(0xe1, joined("Exif\0\0".getBytes(StandardCharsets.UTF_8), exif(
                orientation))), segment(0xe1, joined("http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.UTF_8),
                        XMP)),
                segment(0xed, "Photoshop 3.0\0KibanPhone".getBytes(StandardCharsets.UTF_8)), segment(0xfe,
                        "KibanPhone".getBytes(StandardCharsets.UTF_8)),
                segment(0xe2, joined("MPF\0".getBytes(
                        StandardCharsets.UTF_8), PLACE)),
                Arrays.copyOfRange(plain, 2, plain.length), "behind".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aJpegKeepsItsPictureAndItsOrientationAlone() throws IOException {
        var given = jpeg(6);
        assertThat(contains(given, PLACE)).isTrue();
        var plain = PlainPhoto.jpeg(given).orElseThrow();
        tellsNothing(plain);
        assertThat(pixels(plain)).isEqualTo(pixels(given));
        assertThat(ExifOrientation.of(plain, 12, 26)).hasValue(6);
        assertThat(PlainPhoto.jpeg(plain)).as("once more changes nothing").contains(plain);
        var upright = PlainPhoto.jpeg(jpeg(1)).orElseThrow();
        assertThat(contains(upright, "Exif".getBytes(StandardCharsets.UTF_8))).as("upright needs no word").isFalse();
    }

    @Test
    void aPhotoThatIsCutShortOrNoPhotoIsRefused() throws IOException {
        var whole = encoded("jpg");
        for (int length : new int[]{3, 20, whole.length / 2, whole.length - 2})
            assertThat(PlainPhoto.jpeg(Arrays.copyOf(whole, length))).as("%d bytes", length).isEmpty();
        assertThat(PlainPhoto.jpeg(joined(new byte[]{(byte) 0xff, (byte) 0xd8, (byte) 0xff}, "<script>".getBytes(
                StandardCharsets.UTF_8)))).isEmpty();
        var png = encoded("png");
        for (int length : new int[]{8, 30, png.length / 2, png.length - 1})
            assertThat(PlainPhoto.png(Arrays.copyOf(png, length))).as("%d bytes", length).isEmpty();
        var damaged = png.clone();
        damaged[png.length / 2] ^= 1;
        assertThat(PlainPhoto.png(damaged)).as("a checksum does not agree").isEmpty();
        assertThat(PlainPhoto.webp(Arrays.copyOf(ONE_PIXEL_WEBP, 24))).isEmpty();
        assertThat(PlainPhoto.webp(joined("RIFF".getBytes(StandardCharsets.UTF_8), new byte[]{16, 0, 0, 0},
                "WEBPEXIF".getBytes(StandardCharsets.UTF_8), new byte[]{4, 0, 0, 0, 1, 2, 3, 4}))).as("no picture")
                .isEmpty();
    }

    private static byte[] chunk(String name, byte[] content) {
        var sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        sum.update(content);
        return joined(ByteBuffer.allocate(4).putInt(content.length).array(), name.getBytes(StandardCharsets.UTF_8),
                content, ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    @Test
    void aPngKeepsItsPictureAndItsOrientationAlone() throws IOException {
        var plain = encoded("png");
        var given = joined(
                Arrays.copyOf(plain, 33), chunk("eXIf", exif(8)), chunk("tEXt", "Author\0KibanPhone".getBytes(
                        StandardCharsets.UTF_8)),
                chunk("iTXt", joined("XML:com.adobe.xmp\0\0\0\0\0".getBytes(
                        StandardCharsets.UTF_8), XMP)),
                chunk("tIME", new byte[]{7, (byte) 0xea, 11, 21, 9, 0, 0}), chunk("gAMA", new byte[]{0, 0, (byte) 0xb1,
                        (byte) 0x8f}),
                Arrays.copyOfRange(plain, 33, plain.length), "behind".getBytes(StandardCharsets.UTF_8));
        var kept = PlainPhoto.png(given).orElseThrow();
        tellsNothing(kept);
        assertThat(pixels(kept)).isEqualTo(pixels(given));
        assertThat(contains(kept, "tIME".getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(contains(kept, "gAMA".getBytes(StandardCharsets.UTF_8))).as("colours stay").isTrue();
        assertThat(ExifOrientation.of(kept, 41, 26)).hasValue(8);
        assertThat(PlainPhoto.png(kept)).as("once more changes nothing").contains(kept);
    }

    private static byte[] riff(String name, byte[] content) {
        return joined(name.getBytes(StandardCharsets.UTF_8), ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(content.length).array(), content, new byte[content.length & 1]);
    }

    @Test
    void aWebpKeepsItsPictureAndItsOrientationAlone() {
        var picture = Arrays.copyOfRange(ONE_PIXEL_WEBP, 12, ONE_PIXEL_WEBP.length);
        var body = joined("WEBP".getBytes(StandardCharsets.UTF_8), riff("VP8X", new byte[]{0x0c, 0, 0, 0, 0, 0, 0, 0, 0,
                0}), picture, riff("EXIF", exif(3)), riff("XMP ", XMP), riff("abcd", "KibanPhone".getBytes(
                        StandardCharsets.UTF_8)));
        var given = joined(riff("RIFF", body), "behind".getBytes(StandardCharsets.UTF_8));
        var kept = PlainPhoto.webp(given).orElseThrow();
        tellsNothing(kept);
        assertThat(contains(kept, picture)).isTrue();
        assertThat(kept[20]).as("Exif yes, XMP no").isEqualTo((byte) 0x08);
        assertThat(ByteBuffer.wrap(kept).order(ByteOrder.LITTLE_ENDIAN).getInt(4)).isEqualTo(kept.length - 8);
        assertThat(ExifOrientation.of(kept, kept.length - 26, 26)).hasValue(3);
        assertThat(PlainPhoto.webp(kept)).as("once more changes nothing").contains(kept);
        assertThat(PlainPhoto.webp(ONE_PIXEL_WEBP)).contains(ONE_PIXEL_WEBP);
    }

    @Test
    void whatAFileIsItsContentSays() throws IOException {
        assertThat(Attachments.Kind.of(jpeg(1))).contains(Attachments.Kind.JPEG);
        assertThat(Attachments.Kind.of(ONE_PIXEL_WEBP)).contains(Attachments.Kind.WEBP);
        assertThat(Attachments.Kind.of("RIFF....AVI LIST".getBytes(StandardCharsets.UTF_8))).isEmpty();
        var paper = "%PDF-1.7 anything".getBytes(StandardCharsets.UTF_8);
        assertThat(Attachments.Kind.PDF.plain(paper)).as("a paper is kept as it was given").contains(paper);
    }
}
