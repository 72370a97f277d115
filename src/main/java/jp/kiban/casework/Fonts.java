package jp.kiban.casework;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// 書体. A Japanese TrueType font for notices on paper. The jar carries none: none with a free licence is published as an
/// artifact that could be resolved. The operator's folder `kiban.fonts` comes first, any `.ttf` in it; then the usual
/// folders of the system, where the fonts known to allow embedding are looked for (IPA フォントライセンス, SIL OFL).
/// Collections (`.ttc`) and PostScript outlines (`.otf`) cannot be embedded in part and are passed over.
@Component
final class Fonts {
    private static final Logger LOG = LoggerFactory.getLogger(Fonts.class);
    private static final List<Path> SYSTEM = List.of(Path.of("/usr/share/fonts"), Path.of("/usr/local/share/fonts"),
            Path.of("/Library/Fonts"), Path.of(System.getProperty("user.home"), ".local/share/fonts"),
            Path.of(System.getProperty("user.home"), ".fonts"));
    /// Best first.
    private static final List<String> KNOWN = List.of("notosansjp-regular.ttf", "notosansjp-variablefont_wght.ttf",
            "notosansjp[wght].ttf", "bizudgothic-regular.ttf", "bizudpgothic-regular.ttf", "ipaexg.ttf", "ipagp.ttf",
            "ipag.ttf",
            "mplus1p-regular.ttf", "mplus-1p-regular.ttf", "ipaexm.ttf", "ipam.ttf", "takaogothic.ttf",
            "vl-gothic-regular.ttf");

    private final Path own;

    Fonts(@Value("${kiban.fonts:fonts}") Path own) { this.own = own; }

    /// The folder in which the operator may put a font.
    Path folder() { return own.toAbsolutePath(); }

    /// Looked for each time: a font that is put there is found without a restart.
    Optional<Path> japanese() {
        return trueType(own).sorted().findFirst().or(() -> {
            var there = SYSTEM.stream().flatMap(Fonts::trueType).toList();
            return KNOWN.stream().flatMap(name -> there.stream().filter(f -> name(f).equals(name))).findFirst();
        });
    }

    private static Stream<Path> trueType(Path folder) {
        if (!Files.isDirectory(folder))
            return Stream.empty();
        try (var files = Files.walk(folder, 5)) {
            return files.filter(f -> name(f).endsWith(".ttf") && Files.isReadable(f)).toList().stream();
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.warn("the font folder {} cannot be read: {}", folder, unreadable.toString());
            return Stream.empty();
        }
    }

    private static String name(Path file) { return file.getFileName().toString().toLowerCase(Locale.ROOT); }
}
