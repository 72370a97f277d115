package jp.kiban.submission;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.CRC32;

/// 余分な情報のない写真. The picture of a photo without what the camera wrote beside it: where it was taken, when, with which device,
/// by whom, and whatever lies behind its end. The parts that make the picture are kept byte for byte (colours included) and
/// are not encoded again; of the rest only the orientation stays. Empty: it is not what it claims to be.
final class PlainPhoto {
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    /// Chunks without which the picture would look otherwise (PNG 3, chapter 11).
    private static final Set<String> PNG_KEPT = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB",
            "iCCP", "sBIT", "bKGD", "pHYs", "cICP", "mDCV", "cLLI", "acTL", "fcTL", "fdAT");
    private static final Set<String> WEBP_KEPT = Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP");

    private final byte[] bytes;
    private final ByteArrayOutputStream out;
    private OptionalInt orientation = OptionalInt.empty();

    private PlainPhoto(byte[] bytes) {
        this.bytes = bytes;
        this.out = new ByteArrayOutputStream(bytes.length + 64);
    }

    static Optional<byte[]> jpeg(byte[] bytes) { return new PlainPhoto(bytes).jpeg(); }

    static Optional<byte[]> png(byte[] bytes) { return new PlainPhoto(bytes).png(); }

    static Optional<byte[]> webp(byte[] bytes) { return new PlainPhoto(bytes).webp(); }

    private int word(int at) { return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff; }

    private boolean starts(int at, int end, byte[] with) {
        return at + with.length <= end && Arrays.equals(bytes, at, at + with.length, with, 0, with.length);
    }

    private void copy(int from, int to) { out.write(bytes, from, to - from); }

    // JPEG (ITU-T T.81, annex B): markers with segments, and coded data after each start of a scan

    private Optional<byte[]> jpeg() {
        var body = new PlainPhoto(bytes);
        boolean frame = false;
        boolean scan = false;
        int at = 2;
        while (at + 4 <= bytes.length || at + 2 <= bytes.length && (bytes[at + 1] & 0xff) == 0xd9) {
            if ((bytes[at] & 0xff) != 0xff)
                return Optional.empty();
            int marker = bytes[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == 0xd9)
                return frame && scan ? Optional.of(whole(body)) : Optional.empty();
            if (marker < 0xc0 || marker >= 0xd0 && marker <= 0xd8)
                return Optional.empty();
            int length = word(at + 2);
            int end = at + 2 + length;
            if (length < 2 || end > bytes.length)
                return Optional.empty();
            if (isFrame(marker)) {
                if (length < 8 || word(at + 5) == 0 || word(at + 7) == 0)
                    return Optional.empty();
                frame = true;
            }
            if (marker == 0xda) {
                scan = true;
                end = endOfCodedData(end);
            }
            if (marker == 0xe1 && starts(at + 4, end, EXIF) && orientation.isEmpty())
                orientation = ExifOrientation.of(bytes, at + 10, end - at - 10);
            if (isPicture(marker, at + 4, end))
                body.copy(at, end);
            at = end;
        }
        return Optional.empty();
    }

    private byte[] whole(PlainPhoto body) {
        out.write(0xff);
        out.write(0xd8);
        if (orientation.orElse(1) != 1) {
            var tiff = ExifOrientation.alone(orientation.getAsInt());
            int length = 2 + EXIF.length + tiff.length;
            out.writeBytes(new byte[]{(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
            out.writeBytes(EXIF);
            out.writeBytes(tiff);
        }
        out.writeBytes(body.out.toByteArray());
        out.write(0xff);
        out.write(0xd9);
        return out.toByteArray();
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /// Of the application segments only colour: the profile (ICC) and how the components were turned (Adobe). JFIF says the
    /// shape of a pixel; its own small picture goes.
    private boolean isPicture(int marker, int content, int end) {
        return switch (marker) {
            case 0xe0 -> starts(content, end, "JFIF\0".getBytes(StandardCharsets.ISO_8859_1)) && end - content == 14;
            case 0xe2 -> starts(content, end, ICC);
            case 0xee -> starts(content, end, "Adobe".getBytes(StandardCharsets.ISO_8859_1));
            default -> marker < 0xe0;
        };
    }

    /// Behind the coded data of a scan: at the next marker that is neither a stuffed byte nor a restart.
    private int endOfCodedData(int from) {
        int at = from;
        while (at + 1 < bytes.length) {
            int next = bytes[at + 1] & 0xff;
            if ((bytes[at] & 0xff) == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7))
                return at;
            at++;
        }
        return bytes.length;
    }

    // PNG (W3C PNG 3): chunks, each with its length, name and checksum

    private Optional<byte[]> png() {
        if (!starts(0, bytes.length, PNG))
            return Optional.empty();
        var body = new PlainPhoto(bytes);
        boolean data = false;
        int at = PNG.length;
        while (at + 12 <= bytes.length) {
            long length = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(at));
            long end = at + 12 + length;
            if (end > bytes.length || !isSound(at + 4, (int) (end - 4)))
                return Optional.empty();
            var name = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
            boolean first = at == PNG.length;
            if (first != name.equals("IHDR") || first && (length != 13 || ByteBuffer.wrap(bytes).getInt(at + 8) <= 0
                    || ByteBuffer.wrap(bytes).getInt(at + 12) <= 0))
                return Optional.empty();
            data |= name.equals("IDAT");
            if (name.equals("eXIf"))
                orientation = ExifOrientation.of(bytes, at + 8, (int) length);
            else if (PNG_KEPT.contains(name) && !name.equals("IEND") && !first)
                body.copy(at, (int) end);
            else if (!PNG_KEPT.contains(name) && Character.isUpperCase(name.charAt(0)))
                return Optional.empty();
            if (name.equals("IEND")) {
                if (!data)
                    return Optional.empty();
                copy(0, PNG.length + 25);
                orientation.stream().filter(o -> o != 1).forEach(o -> chunk("eXIf", ExifOrientation.alone(o)));
                out.writeBytes(body.out.toByteArray());
                copy(at, (int) end);
                return Optional.of(out.toByteArray());
            }
            at = (int) end;
        }
        return Optional.empty();
    }

    private boolean isSound(int from, int to) {
        var sum = new CRC32();
        sum.update(bytes, from, to - from);
        return (int) sum.getValue() == ByteBuffer.wrap(bytes).getInt(to);
    }

    private void chunk(String name, byte[] content) {
        var named = ByteBuffer.allocate(4 + content.length).put(name.getBytes(StandardCharsets.ISO_8859_1)).put(content)
                .array();
        var sum = new CRC32();
        sum.update(named);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(named);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    // WebP (RFC 9649): a RIFF container

    private Optional<byte[]> webp() {
        if (bytes.length < 20)
            return Optional.empty();
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long whole = 8 + Integer.toUnsignedLong(in.getInt(4));
        if (whole > bytes.length || whole < 20)
            return Optional.empty();
        var body = new PlainPhoto(bytes);
        boolean picture = false;
        int flags = -1;
        int at = 12;
        while (at + 8 <= whole) {
            var name = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
            long length = Integer.toUnsignedLong(in.getInt(at + 4));
            long end = at + 8 + length + (length & 1);
            if (at + 8 + length > whole)
                return Optional.empty();
            end = Math.min(end, whole);
            if (at == 12 && name.equals("VP8X") && length == 10)
                flags = body.out.size() + 8;
            else if (name.equals("EXIF")) {
                int tiff = starts(at + 8, (int) end, EXIF) ? at + 8 + EXIF.length : at + 8;
                orientation = ExifOrientation.of(bytes, tiff, (int) (at + 8 + length - tiff));
            }
            picture |= name.startsWith("VP8") && !name.equals("VP8X") || name.equals("ANMF");
            if (WEBP_KEPT.contains(name))
                body.copy(at, (int) end);
            at = (int) end;
        }
        if (!picture)
            return Optional.empty();
        boolean turned = flags >= 0 && orientation.orElse(1) != 1;
        if (turned) {
            var tiff = ExifOrientation.alone(orientation.getAsInt());
            body.out.writeBytes("EXIF".getBytes(StandardCharsets.ISO_8859_1));
            body.out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(tiff.length).array());
            body.out.writeBytes(tiff);
        }
        var kept = body.out.toByteArray();
        if (flags >= 0) // XMP is gone, Exif is there when something turns the picture
            kept[flags] = (byte) (kept[flags] & ~0x0c | (turned ? 0x08 : 0));
        out.writeBytes("RIFF".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(4 + kept.length).array());
        out.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(kept);
        return Optional.of(out.toByteArray());
    }
}
