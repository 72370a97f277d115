package jp.kiban.portal;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/// 送れる大きさ. What the operator lets people send with files: the largest that handlers with `LargeFiles` take, a whole form of the others, and one file of it.
@Component("uploads")
public final class Uploads {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
    private final long most;
    private final long form;
    private final long file;

    Uploads(@Value("${kiban.upload.most}") DataSize most, @Value("${kiban.upload.form}") DataSize form,
            @Value("${kiban.upload.file}") DataSize file) {
        if (file.toBytes() < 1 || form.compareTo(file) < 0 || most.compareTo(form) < 0)
            throw new IllegalStateException("kiban.upload: file (" + file + ") is at most form (" + form
                    + "), and form at most most (" + most + ")");
        this.most = most.toBytes();
        this.form = form.toBytes();
        this.file = file.toBytes();
    }

    public long mostBytes() { return most; }

    public long formBytes() { return form; }

    public long fileBytes() { return file; }

    /// `4 GB`
    public String most() { return words(most); }

    /// The bound of a page that has one of its own, or none.
    public long atMost(@Nullable Long own) { return own == null ? most : Math.min(own, most); }

    public String say(long bytes) { return words(bytes); }

    /// `1.5 GB`, never more than it is.
    public static String words(long bytes) {
        int unit = 0;
        while (unit < UNITS.length - 1 && bytes >> 10 * (unit + 1) > 0)
            unit++;
        long tenths = (bytes >> 10 * unit) * 10 + ((bytes & (1L << 10 * unit) - 1) * 10 >> 10 * unit);
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " " + UNITS[unit];
    }
}
