package jp.kiban.submission;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/// 写真の向き. Which way up a photo is, the one thing of its Exif data that is kept (Exif 2.32, tag 0x0112): without it a photo
/// taken upright would lie on its side.
final class ExifOrientation {
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;

    private ExifOrientation() {}

    /// 1 to 8, from a TIFF block; empty when it says none, or nothing that can be read.
    static OptionalInt of(byte[] bytes, int from, int length) {
        if (length < 14 || from + length > bytes.length)
            return OptionalInt.empty();
        var tiff = ByteBuffer.wrap(bytes, from, length).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (tiff.get(0) != tiff.get(1) || tiff.getShort(2) != 42)
            return OptionalInt.empty();
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > length - 2)
            return OptionalInt.empty();
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0, at = directory + 2; i < entries && at + 12 <= length; i++, at += 12)
            if ((tiff.getShort(at) & 0xffff) == TAG && tiff.getShort(at + 2) == SHORT) {
                int orientation = tiff.getShort(at + 8);
                return orientation >= 1 && orientation <= 8 ? OptionalInt.of(orientation) : OptionalInt.empty();
            }
        return OptionalInt.empty();
    }

    /// A TIFF block that says the orientation and nothing else.
    static byte[] alone(int orientation) {
        return ByteBuffer.allocate(26).put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8).putShort(
                (short) 1).putShort((short) TAG).putShort((short) SHORT).putInt(1).putShort((short) orientation)
                .putShort((short) 0).putInt(0).array();
    }
}
